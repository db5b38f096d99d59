"""What is printed can be read back: exact text, numbers in order, markup as plain letters."""

from __future__ import annotations

import pypdfium2
import pytest

from reports.blocks import Contact, Contacts, Document, Heading, Para
from reports.engine import render
from reports.engine.keep import isolated, numbers, unbroken
from reports.engine.layout import Style, lines
from resources.errors import ToolkitError
from resources.words import load
from tests.reports.engine.samples import (
    LEFT_TO_RIGHT,
    OTHER_PHONE,
    PHONE,
    RIGHT_TO_LEFT,
    TEXTS,
    dot,
    letters,
    pages_of,
    paper,
)

MIRRORED = str.maketrans("()", ")(")


def plain(text: str, language: str = "en", **changes: object) -> bytes:
    return render(Document("Paper", language, (Heading("Paper"), Para(text)), **changes))


@pytest.mark.parametrize("language", LEFT_TO_RIGHT)
def test_text_comes_back_exactly(language: str) -> None:
    found = letters("".join(pages_of(render(paper(language), pictures={"dot": dot}))))
    for text in (*TEXTS[language], PHONE, OTHER_PHONE):
        assert letters(text) in found


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_right_to_left_text_keeps_its_letters_and_numbers(language: str) -> None:
    found = "".join(pages_of(render(paper(language), pictures={"dot": dot})))
    assert PHONE in found
    assert OTHER_PHONE in found
    for text in TEXTS[language]:
        assert set(letters(text)) <= set(letters(found))


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
@pytest.mark.parametrize("number", ("+1 406 555-0142", PHONE, "9:00-17:00", "2026-11-25"))
def test_numbers_stand_in_order_on_right_to_left_paper(language: str, number: str) -> None:
    """By the places of the drawn glyphs, not by what a reader makes of them."""
    sentence = TEXTS[language][1]
    with pypdfium2.PdfDocument(plain(f"{sentence} {number} {sentence}", language)) as document:
        leaf = document[0]
        text = leaf.get_textpage()
        boxes = [(text.get_text_range(at, 1), text.get_charbox(at)) for at in range(text.count_chars())]
        text.close()
        leaf.close()
    middle = next((box[1] + box[3]) / 2 for shown, box in boxes if shown == number[-1])
    line = sorted((box[0], shown) for shown, box in boxes if abs((box[1] + box[3]) / 2 - middle) < 6)
    seen = "".join(shown for _, shown in line if shown in "+()-:0123456789")
    wanted = number.replace(" ", "")
    assert wanted in (seen, seen.translate(MIRRORED))  # pdfium names brackets by the text around them


@pytest.mark.parametrize("width", (80, 110, 140, 200))
@pytest.mark.parametrize("language", ("en", "ar", "th"))
def test_no_line_ends_inside_a_number(language: str, width: float) -> None:
    text = f"{TEXTS[language][1]} {PHONE} {TEXTS[language][1]} +1 406 555-0142"
    shown = [
        "".join(atom.word.text for atom in line.atoms) for line in lines(text, Style(8, language), width)
    ]
    assert sum(PHONE in line for line in shown) == 1
    assert sum("+1 406 555-0142" in line for line in shown) == 1


def test_numbers_are_told_from_words() -> None:
    assert numbers("Room 5, 12 beds") == []
    text = "Call (406) 555-0142 ext. 12, 9:00-17:00"
    assert [text[a:b] for a, b in numbers(text)] == ["(406) 555-0142 ext. 12", "9:00-17:00"]
    assert isolated("a 9:00-17:00") == "a \u20669:00-17:00\u2069"
    assert isolated(isolated("a 9:00-17:00")) == isolated("a 9:00-17:00")
    assert unbroken("\u2066Main St 12\u2069") == [(0, 11)]


@pytest.mark.parametrize(
    "payload",
    (
        "& < > </para> <b>bold</b> <img src='/etc/hostname'/>",
        '<a href="javascript:alert(1)">x</a> &amp; &#60;',
        "((( \\ ) %%EOF endobj >> BDC /Name",
        "=1+1 {page} %s",
    ),
)
def test_markup_is_printed_as_it_is(payload: str) -> None:
    blocks = (Heading(payload), Para(payload), Contacts((Contact(payload, PHONE, (payload,), payload),)))
    pdf = render(Document(payload, "en", blocks, bookmarks=True))
    assert letters("".join(pages_of(pdf))).count(letters(payload)) == 5
    with pypdfium2.PdfDocument(pdf) as document:
        assert [entry.get_title() for entry in document.get_toc()] == [payload]


def test_control_characters_leave_no_trace() -> None:
    found = "".join(pages_of(plain("be\u0000fo\u0007re\u00ad\ufeff af\tter")))
    assert "before af ter" in found


@pytest.mark.parametrize("sign", ("\U0001f600", "\u4e02\U0002070e", "\u13a0"))
def test_a_sign_without_glyph_stops_the_print(sign: str) -> None:
    with pytest.raises(ToolkitError) as caught:
        plain(f"Go to {sign} now")
    assert caught.value.key == "paper_engine.missing_glyph"
    assert sign[-1] in load("en").explain(caught.value) or sign[0] in load("en").explain(caught.value)


def test_names_in_twelve_scripts_on_one_english_paper() -> None:
    names = {language: TEXTS[language][0] for language in TEXTS if language not in RIGHT_TO_LEFT}
    names |= {"hy": "Անահիտ", "ka": "ნინო", "gu": "આશા", "ta": "மீனா", "te": "లక్ష్మి", "si": "නිමල්", "el": "Ελένη"}
    found = letters("".join(pages_of(plain(". ".join(names.values())))))
    for name in names.values():
        assert letters(name) in found


@pytest.mark.parametrize("language", TEXTS)
def test_page_numbers_are_said_in_the_language(language: str) -> None:
    said = load(language).say("paper_engine.page", page=1, pages=1)
    assert load(language).has("paper_engine.page")
    assert set(letters(said)) <= set(
        letters(pages_of(render(paper(language), pictures={"dot": dot}))[0]) + "1"
    )
