"""The language card: every language of I Speak on both sides of one card for a shirt pocket."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from reports import letters_check, sheet
from reports.engine.look import CARDS
from resources.guidance import ispeak
from resources.handoff import Handoff


@pytest.fixture(scope="module", params=["letter", "a4"])
def pdf(request: pytest.FixtureRequest) -> pypdfium2.PdfDocument:
    handoff = Handoff(recipe="language_card", paper=request.param)
    return pypdfium2.PdfDocument(sheet.make(handoff, today=date(2026, 11, 25)).pdf)


def test_all_languages_fit_one_folded_card(pdf: pypdfium2.PdfDocument) -> None:
    assert len(pdf) == 1
    shown = re.sub(r"\s+", "", pdf[0].get_textpage().get_text_range())
    missing = [
        one.english_name for one in ispeak.languages() if one.english_name.replace(" ", "") not in shown
    ]
    assert len(ispeak.languages()) >= 45
    assert not missing


def test_the_card_fits_a_shirt_pocket(pdf: pypdfium2.PdfDocument) -> None:
    width, height = (side / 72 for side in CARDS["pocket"])
    assert width <= 4
    assert height <= 5.5
    assert 2 * CARDS["pocket"][0] + 36 <= pdf[0].get_width()


def test_a_letter_without_a_font_is_named(tmp_path: Path) -> None:
    phrases = tmp_path / "phrases"
    phrases.mkdir()
    (tmp_path / "languages.toml").write_text(
        '[[language]]\ncode = "ii"\nown_name = "ꆈꌠꉙ"\nenglish_name = "Nuosu"\nregions = ["East Asia"]\n',
        encoding="utf-8",
    )
    (said,) = letters_check.problems(tmp_path)
    assert said.startswith("ispeak/languages.toml, line 3: Nuosu has letters")
    assert "U+A188" in said


def test_our_own_content_can_be_drawn() -> None:
    assert letters_check.problems() == []
