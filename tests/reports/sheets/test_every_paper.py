"""Every paper there is: usable by ear, read back to the letter, numbers in order, nothing cut off."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from reports import compose, recipe, sheet
from reports.blocks import Names
from reports.engine.fonts import right_to_left
from reports.engine.look import CARDS, SHEETS
from reports.engine.pieces import Text
from tests.reports.engine.samples import letters
from tests.reports.sheets.conftest import TODAY
from tests.reports.sheets.papers import PRINTS, Print, boxes, handoff, helpers, made, overlaps, text_of
from tests.reports.validators import faults_of

# a page of tear-off numbers for each helper begins with its own heading, which looks like a running head
EXPECTED = {"tear_off": {"PAG-001"}}
NUMBER = re.compile(r"\d[\d()+:.\-–\u00a0 ]*\d")
ONE_PAGE = {
    "bilingual", "full_page", "language_card", "pictures", "purpose_use_choices", "release", "safety_plan",
    "wallet_card", "withdrawal",
}  # fmt: skip
CUT_OUT = {"wallet_card": "wallet", "language_card": "pocket"}
CLEAR = 8  # points between words and a cut or a fold
ROUND = 1.5  # points by which the feet of digits on one line differ
TO_LEFT = [one for one in PRINTS if right_to_left(one.language)]
TO_RIGHT = [one for one in PRINTS if not right_to_left(one.language)]


def name_of(wanted: Print) -> str:
    return "-".join(wanted)


def test_the_list_of_papers_leaves_none_out() -> None:
    assert {(one.recipe, one.paper) for one in PRINTS} == {
        (one.name, paper) for one in recipe.all() for paper in ("letter", "a4")
    }
    assert {one.language for one in PRINTS} == {row[0] for row in recipe.languages()}
    assert len(PRINTS) > 500


@pytest.mark.parametrize("wanted", PRINTS, ids=name_of)
def test_a_blind_reader_can_use_it(wanted: Print, tmp_path: Path) -> None:
    assert set(faults_of(made(wanted).pdf, tmp_path)) <= EXPECTED.get(wanted.recipe, set())


@pytest.mark.parametrize("wanted", TO_RIGHT, ids=name_of)
def test_its_text_is_read_back_exactly(wanted: Print) -> None:
    """Every sentence that was written, to the letter; words in right-to-left scripts have their own test."""
    document = made(wanted).document
    found = letters(text_of(made(wanted).pdf))
    said = [letters(text) for text in compose.texts(document) if text != document.title]
    codes = {code for block in document.blocks if isinstance(block, Names) for code, _, _ in block.items}
    lost = [text for text in said if text not in found and text not in codes]
    assert [text for text in lost if not re.search("[\u0590-\u08ff]", text)] == []


def digits_in_rows(pdf: bytes) -> list[str]:
    """The digits of each line and of each strip to tear off, in the order in which an eye meets them."""
    rows: list[str] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for leaf in document:
            text = leaf.get_textpage()
            placed = [(text.get_charbox(at), text.get_text_range(at, 1)) for at in range(text.count_chars())]
            text.close()
            leaf.close()
            seen = [(box, sign) for box, sign in placed if sign.isdigit()]
            rows += _rows([(box[1], box[0], sign) for box, sign in seen])
            rows += _rows([(box[2], box[1], sign) for box, sign in seen])
    return rows


def _rows(digits: list[tuple[float, float, str]]) -> list[str]:
    """Digits whose feet stand on one line, from its start to its end."""
    digits.sort()
    rows: list[list[tuple[float, str]]] = [[]]
    for before, now in pairwise([(-99.0, 0.0, ""), *digits]):
        if now[0] - before[0] > ROUND:
            rows.append([])
        rows[-1].append((now[1], now[2]))
    return ["".join(sign for _, sign in sorted(row)) for row in rows if row]


@pytest.mark.parametrize("wanted", TO_LEFT, ids=name_of)
def test_its_numbers_stand_in_order(wanted: Print) -> None:
    """By the places of the drawn digits: telephone numbers, times, dates and addresses on all RTL paper."""
    rows = digits_in_rows(made(wanted).pdf)
    texts = compose.texts(made(wanted).document)
    numbers = {re.sub(r"\D", "", number) for text in texts for number in NUMBER.findall(text)}
    assert [number for number in sorted(numbers) if not any(number in row for row in rows)] == []
    copied = text_of(made(wanted).pdf).replace("\u00a0", " ")
    if recipe.get(wanted.recipe).uses_providers and wanted.recipe != "coverage":
        assert "4065550101" in numbers
        assert any("4065550101" in row for row in rows)
        assert "(406) 555-0101" in copied


@pytest.mark.parametrize("wanted", PRINTS, ids=name_of)
def test_nothing_is_drawn_beyond_its_margins(wanted: Print) -> None:
    with pypdfium2.PdfDocument(made(wanted).pdf) as document:
        for leaf in document:
            image = leaf.render(scale=0.5, grayscale=True).to_pil()
            leaf.close()
            left, top, right, bottom = image.point(lambda value: 255 if value < 200 else 0).getbbox()
            assert left >= 11 and top >= 11 and right <= image.width - 11 and bottom <= image.height - 9


@pytest.mark.parametrize("wanted", PRINTS, ids=name_of)
def test_no_block_lies_over_another(wanted: Print) -> None:
    assert overlaps(made(wanted).pdf) == []


@pytest.mark.parametrize("wanted", [one for one in PRINTS if one.recipe in ONE_PAGE], ids=name_of)
def test_a_paper_to_hold_or_to_sign_is_one_page(wanted: Print) -> None:
    assert made(wanted).pages == 1


@pytest.mark.parametrize("wanted", [one for one in PRINTS if one.recipe in CUT_OUT], ids=name_of)
def test_words_on_a_card_stay_clear_of_its_cuts_and_its_fold(wanted: Print) -> None:
    """Between the dashes and the dotted line there is room for scissors that slip."""
    (page,) = boxes(made(wanted).pdf)
    width, height = CARDS[CUT_OUT[wanted.recipe]]
    paper_width, paper_height = SHEETS[wanted.paper]
    fold, top = paper_width / 2, paper_height - 54
    for left, low, right, high in page:
        assert left > fold - width + CLEAR and right < fold + width - CLEAR
        assert right < fold - CLEAR or left > fold + CLEAR
        assert high < top - 2 and low > top - height + 2


def test_the_look_for_overlaps_would_find_some(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = handoff("full_page", "en", helpers("en"))
    assert overlaps(sheet.make(wanted, today=TODAY).pdf) == []
    monkeypatch.setattr(Text, "line_height", lambda text, _line: 0.6 * text.style.size)
    assert len(overlaps(sheet.make(wanted, today=TODAY).pdf)) > 5
