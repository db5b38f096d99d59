"""Finished paper: what the officer is told, the locked PDF, files that pass the accessibility checkers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from reports import sheet
from resources.directory.provider import Check, Phone, Place, Provider
from resources.handoff import Handoff
from resources.words import load
from tests.reports.sheets.papers import handoff, text_of

Make = Callable[..., Provider]


def test_markup_reaches_the_reader_as_it_was_typed(make_provider: Make, today: date) -> None:
    """Threat test 24."""
    odd = make_provider(name='<b>Bread & "Salt"</b> </para>')
    paper = sheet.make(Handoff("full_page", providers=(odd,), plain_cover=False), today=today)
    assert '<b>Bread & "Salt"</b> </para>' in text_of(paper.pdf).replace("\r\n", " ")


def test_a_name_that_is_far_too_long_still_makes_a_card(make_provider: Make, today: date) -> None:
    long = make_provider(cover_name="Northern " * 22 + "End")
    wide = make_provider(2, cover_name="N" * 180)
    paper = sheet.make(Handoff(providers=(long, wide)), today=today)
    assert "End" in text_of(paper.pdf)


def test_sixty_helpers_flow_over_cards_without_losing_one(make_provider: Make, today: date) -> None:
    sixty = tuple(make_provider(n) for n in range(60))
    text = text_of(sheet.make(Handoff(providers=sixty), today=today).pdf)
    assert [n for n in range(60) if f"555-{100 + n:04}" not in text] == []


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_both_paper_sizes_are_there(paper: str, make_provider: Make, today: date) -> None:
    made = sheet.make(Handoff(paper=paper, providers=(make_provider(),)), today=today)
    with pikepdf.open(BytesIO(made.pdf)) as opened:
        width = float(opened.pages[0].mediabox[2])
    assert round(width) == (612 if paper == "letter" else 595)


def test_the_same_handoff_makes_the_same_bytes(make_provider: Make, today: date) -> None:
    wanted = Handoff(providers=(make_provider(),))
    assert sheet.make(wanted, today=today).pdf == sheet.make(wanted, today=today).pdf


def test_the_file_names_no_person_program_or_time(make_provider: Make, today: date) -> None:
    made = sheet.make(Handoff(providers=(make_provider(),)), today=today)
    with pikepdf.open(BytesIO(made.pdf)) as opened:
        assert "/Info" not in opened.trailer or not {"/Author", "/Creator"} & set(opened.docinfo)
        assert not {"/OpenAction", "/AA", "/AcroForm"} & set(opened.Root.keys())
    assert b"ReportLab" not in made.pdf


def test_a_protected_sheet_opens_only_with_the_passphrase_it_came_with(
    make_provider: Make, today: date
) -> None:
    made = sheet.make(handoff("partner_handoff", "en", (make_provider(1),)), today=today, protect=True)
    assert made.passphrase and len(made.passphrase.replace("-", "")) == 20
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(made.pdf)
    assert "Ana" in text_of(made.pdf, made.passphrase)
    assert made.passphrase.encode() not in made.pdf


def test_each_passphrase_is_new_and_made_of_digits() -> None:
    made = {sheet.new_passphrase() for _ in range(200)}
    assert len(made) == 200
    assert all(one.replace("-", "").isdigit() and len(one) == 24 for one in made)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"checks": ()}, "never_checked"),
        ({"checks": (Check("c", date(2025, 1, 1), "answered"),)}, "stale"),
        ({"checks": (Check("c", date(2026, 11, 1), "wrong-number"),)}, "wrong-number"),
        ({"checks": (Check("c", date(2026, 11, 1), "closed"),)}, "closed"),
        ({"checks": (Check("c", date(2026, 11, 1), "no-answer"),)}, "no-answer"),
        ({"needs": frozenset({"shelter"}), "checks": (Check("c", date(2026, 8, 1), "answered"),)}, "stale"),
        ({"phones": ()}, "no_phone"),
        ({"cover_name": ""}, "no_cover_name"),
        ({"cover_name": "Crisis center", "name": "Rape crisis"}, "cover_replaced"),
        ({"training": True}, "training"),
        ({"status": "temporarily closed"}, "not_active"),
        ({"place": Place(confidential=True)}, "confidential"),
    ],
)
def test_the_officer_is_told(changes: dict[str, object], key: str, make_provider: Make, today: date) -> None:
    _, warnings = sheet.written(Handoff(providers=(make_provider(**changes),)), today=today)
    assert [one.key for one in warnings] == [f"paper_desk.warn.{key}"]
    assert "{" not in warnings[0].sentence()


def test_a_checked_number_with_a_cover_name_needs_no_warning(make_provider: Make, today: date) -> None:
    made = sheet.make(Handoff(providers=(make_provider(),)), today=today)
    assert made.warnings == ()
    assert made.given_away == ()


def test_other_things_the_officer_is_told(make_provider: Make, today: date) -> None:
    def keys(wanted: Handoff) -> set[str]:
        return {one.key.removeprefix("paper_desk.warn.") for one in sheet.written(wanted, today=today)[1]}

    many = tuple(make_provider(n) for n in range(8))
    adults = make_provider(minimum_age=18)
    assert keys(Handoff()) == {"no_providers"}
    assert keys(Handoff(providers=many)) == {"many"}
    assert keys(Handoff(providers=(adults,), minor=True)) == {"minor", "not_for_minors"}
    assert keys(Handoff(language="uk", providers=(adults,))) == {"unreviewed"}
    assert keys(Handoff(providers=(make_provider(enforcement=True),))) == {"enforcement"}


def test_what_gives_a_page_away_is_listed_for_the_officer(make_provider: Make, today: date) -> None:
    one = replace(make_provider(), name="Valley Shelter")
    made = sheet.make(Handoff("full_page", providers=(one,), plain_cover=False), today=today)
    assert made.given_away == ("shelter",)


def test_every_warning_and_refusal_is_a_sentence() -> None:
    words = load("en")
    for key in sorted(words.keys()):
        if key.startswith(("paper_desk.warn.", "paper_desk.refused.")):
            said = words.say(key, **dict.fromkeys(GAPS, "x"), n=2)
            assert said.endswith((".", "?")), key


GAPS = (
    "words", "language", "name", "date", "printed", "questions", "sheet", "paper", "papers", "question",
    "answer", "choices", "known", "recipient", "released", "first", "last",
)  # fmt: skip


def test_a_number_nobody_could_read_is_printed_as_it_came(make_provider: Make, today: date) -> None:
    one = make_provider(phones=(Phone("1", shown="555 0142"),))
    made = sheet.make(Handoff(providers=(one,)), today=today)
    assert "555 0142" in text_of(made.pdf).replace("\u00a0", " ")
