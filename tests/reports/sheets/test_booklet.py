"""The booklet of the directory: found by need and county, by contents on paper and bookmarks on screen."""

from __future__ import annotations

import re
from datetime import date

import pypdfium2
import pytest

from reports import compose, sheet
from reports.blocks import Contacts
from resources.directory.provider import Place
from resources.handoff import Handoff
from resources.words import load
from tests.reports.sheets.conftest import TODAY, provider
from tests.reports.sheets.papers import text_of

NEEDS = ("shelter", "food", "medical", "legal", "transport", "job", "child")
COUNTIES = ("30087", "30017", "30003")
HELPERS = tuple(
    provider(
        n,
        needs=frozenset({NEEDS[n % 7], NEEDS[(n * 3 + 1) % 7]}),
        place=Place(f"{n} Main St", "Forsyth", COUNTIES[n % 3], "MT", "59327"),
    )
    for n in range(60)
)


@pytest.fixture(scope="module")
def booklet() -> sheet.Paper:
    return sheet.make(Handoff("booklet", providers=HELPERS), today=TODAY)


@pytest.fixture(scope="module")
def pages(booklet: sheet.Paper) -> list[str]:
    with pypdfium2.PdfDocument(booklet.pdf) as document:
        return [leaf.get_textpage().get_text_range().replace("\r\n", "\n") for leaf in document]


def test_its_contents_name_the_page_of_each_need(pages: list[str]) -> None:
    listed = re.findall(r"^(.+?)\s+(\d+)$", pages[0].split("Contents")[1].split("Resources")[0], re.MULTILINE)
    assert len(listed) == len(NEEDS)
    for need, page in listed:
        assert f"\n{need}\n" in f"\n{pages[int(page) - 1]}\n"


def test_its_bookmarks_lead_to_needs_and_counties(booklet: sheet.Paper, pages: list[str]) -> None:
    with pypdfium2.PdfDocument(booklet.pdf) as document:
        marks = [(each.level, each.get_title(), each.get_dest().get_index()) for each in document.get_toc()]
    assert [level for level, _, _ in marks].count(1) == len(NEEDS)
    assert [level for level, _, _ in marks].count(2) == len(NEEDS) * len(COUNTIES)
    for _, title, index in marks:
        assert title in pages[index]


def test_every_page_has_its_number(pages: list[str]) -> None:
    assert len(pages) > 5
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text


def test_each_helper_stands_under_each_need_and_is_told_in_full_once(booklet: sheet.Paper) -> None:
    entries = [
        item for block in booklet.document.blocks if isinstance(block, Contacts) for item in block.items
    ]
    for one in HELPERS:
        mine = [entry for entry in entries if entry.name == one.name]
        assert len(mine) == len(one.needs)
        assert sum("Main St" in line for entry in mine for line in entry.lines) == 1
        assert sum("More under" in line for entry in mine for line in entry.lines) == len(one.needs) - 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_empty_directory_makes_a_booklet_without_needs(language: str, today: date) -> None:
    made = sheet.make(Handoff("booklet", language), today=today)
    assert made.pages == 1
    assert load(language).say("paper_partner.booklet.contents") not in text_of(made.pdf)
    assert not any(isinstance(block, Contacts) for block in made.document.blocks)
    assert compose.texts(made.document)


def test_nobody_is_left_out_and_no_county_is_made_up() -> None:
    """Most lists give no county, and some no kind of help."""
    one = provider(1, needs=frozenset(), place=Place("1 Main St", "Forsyth", "", "MT", "59327"))
    said = text_of(sheet.make(Handoff("booklet", providers=(one,)), today=TODAY).pdf)
    assert "Other help" in said and one.name in said
    assert "by phone, or county not stated" in said and "Serves every county" not in said
