"""Content goes from its maker over sticks to laptops: taken after a review, printed, and taken back."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest

from reports import sheet
from resources.editions import exchange, shelf
from resources.errors import ToolkitError
from resources.guidance.library import Library
from resources.handoff import Handoff
from resources.starter import hotlines
from resources.words import load
from tests.resources.editions.conftest import CHECKS, TODAY, program

OLD, NEW = "You decide who to call, and when.", "You choose who you call, and also when."
WORDS = "words/en/paper.toml"


def printed(laptop: Any) -> str:
    """What a reader of the survivor's page finds on this laptop."""
    laptop.here()
    lines = laptop.directory.many([line.id for line in hotlines()])[:2]
    paper = sheet.make(Handoff(recipe="full_page", providers=tuple(lines), language="en"), today=TODAY)
    with pypdfium2.PdfDocument(paper.pdf) as document:
        return " ".join(document[0].get_textpage().get_text_range().split())


def test_the_survivors_sheet_prints_the_new_words_and_after_going_back_the_old(
    agency: Any, folder: Any
) -> None:
    assert OLD in printed(agency.car)
    edition = agency.center.pack(folder({WORDS: program(WORDS, OLD, NEW)}))
    stick = agency.brings(edition)
    looked = agency.car.look(stick)
    (line,) = looked.reviews[0].differences[0].lines
    assert (line.old, line.new) == (OLD, NEW) and OLD in printed(agency.car), "looking changes nothing"
    (placed,) = agency.car.take(stick)
    assert NEW in printed(agency.car) and OLD not in printed(agency.car)
    assert (placed.issuer, placed.number, placed.made_on) == ("State Center", 1, "2026-11-25")
    assert OLD in printed(agency.desk), "another data folder is another laptop"
    exchange.back(agency.car.directory, agency.car.data, "guidance")
    assert OLD in printed(agency.car) and NEW not in printed(agency.car)
    exchange.back(agency.car.directory, agency.car.data, "guidance")
    assert NEW in printed(agency.car), "going back can be taken back too"


def test_one_laptop_carries_an_edition_on_to_the_next_even_before_it_takes_it(
    agency: Any, folder: Any
) -> None:
    edition = agency.center.pack(folder({WORDS: program(WORDS, OLD, NEW)}))
    agency.car.look(agency.brings(edition, "one"))
    assert agency.car.give(agency.stick("two")) == 1 and agency.car.give(agency.stick("two")) == 0
    agency.desk.take(agency.stick("two"))
    assert NEW in printed(agency.desk) and OLD in printed(agency.car)
    waiting = exchange.waiting(agency.car.here().directory, agency.car.data, CHECKS)
    assert [one.label for one in waiting.reviews] == ["Guidance of State Center, number 1"]


def test_pages_sheets_phrases_and_new_languages_come_with_an_edition(agency: Any, folder: Any) -> None:
    page = "guidance/rapport/en.md"
    title = load("en").say("paper_desk.no_recipe", name="x", known="y")
    made = folder({
        page: program(page, 'title = "', 'title = "Newly said: '),
        "guidance/night-desk/en.md": program("guidance/rapport/en.md", 'title = "', 'title = "Night desk: '),
        "sheets/night_page.toml": program("sheets/full_page.toml"),
        "ispeak/phrases/es.toml": program("ispeak/phrases/es.toml", "¿", "¿Por favor, "),
    })  # fmt: skip
    agency.car.take(agency.brings(agency.center.pack(made)))
    agency.car.here()
    titles = {topic.id: topic.title for topic in Library.load().topics()}
    assert titles["rapport"].startswith("Newly said: ") and "night-desk" in titles and title
    from reports import recipe
    from resources.guidance import ispeak

    assert "night_page" in {one.name for one in recipe.all()}
    assert any(phrase.text.startswith("¿Por favor, ") for phrase in ispeak.phrases("es"))
    agency.desk.here()
    assert "night_page" not in {one.name for one in recipe.all()}


def test_going_back_with_nothing_before_is_said(agency: Any) -> None:
    with pytest.raises(ToolkitError, match="nothing_before"):
        exchange.back(agency.car.directory, agency.car.data, "guidance")


def test_from_the_second_edition_one_goes_back_to_the_first_or_to_the_program(
    agency: Any, folder: Any
) -> None:
    first = agency.center.pack(folder({WORDS: program(WORDS, OLD, NEW)}))
    second = agency.center.pack(folder({WORDS: program(WORDS, OLD, "Third words, you see.")}))
    agency.car.take(agency.brings(first))
    agency.car.take(agency.brings(second))
    assert "Third words" in printed(agency.car)
    exchange.back(agency.car.directory, agency.car.data, "guidance")
    assert NEW in printed(agency.car)
    exchange.back(agency.car.directory, agency.car.data, "guidance", program=True)
    assert OLD in printed(agency.car)
    assert not exchange.waiting(agency.car.directory, agency.car.data, CHECKS).reviews, "it was taken once"
    folders = [p.name for p in (agency.car.data / shelf.FOLDER).iterdir() if p.is_dir()]
    assert len(folders) == 2, "no more than held and the one before"
