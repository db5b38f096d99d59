"""Paper uses the room it has: type grows on cards, notes fill the rest, lines take what their words need."""

from __future__ import annotations

import io
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from reports.blocks import Block, Bullets, Contact, Contacts, Document, Heading, Notes, Para, SideBySide
from reports.engine import render
from reports.engine.fonts import shelf
from reports.engine.layout import Style, lines
from reports.engine.look import GROWN
from tests.reports.engine.samples import PHONE, TEXTS, pages_of


def sizes_of(pdf: bytes, wanted: str) -> set[float]:
    """The type sizes of the lines that hold these words."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        said = text.get_text_range()
        at = said.index(wanted)
        return {round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, at + k), 1) for k in (0, len(wanted) - 1)}


def card(count: int, language: str = "en") -> bytes:
    facts = ("Mon–Fri 8 am–5 pm",)
    people = tuple(Contact(f"Helper {n}", f"(406) 555-01{n:02}", facts) for n in range(count))
    return render(Document("Card", language, (Heading("Numbers"), Contacts(people)), form="wallet", size=9))


@pytest.mark.parametrize("language", ("en", "ar", "my", "zh"))
def test_one_number_is_written_larger_than_six(language: str) -> None:
    (few,), (many,) = (sizes_of(card(count, language), "555-0100") for count in (1, 6))
    assert 1.15 < few / many <= GROWN[-1]


def test_type_never_grows_onto_a_second_card() -> None:
    for count in range(1, 8):
        assert pages_of(card(count))[0].count("555-01") == count
        if count <= 6:
            assert len(panels(card(count))) <= 2


def panels(pdf: bytes) -> set[tuple[bool, int]]:
    """On which half and in which row of cards the words stand."""
    with pypdfium2.PdfDocument(pdf) as document:
        leaf = document[0]
        found = [one.get_bounds() for one in leaf.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
        return {(left > 306, int((738 - high) // 171)) for left, _, _, high in found}


@pytest.mark.parametrize("language", ("zh", "ja", "ko"))
def test_numbers_are_really_bold_where_the_script_has_no_bold_file(language: str) -> None:
    pdf = render(Document("Bold", language, (Contacts((Contact(TEXTS[language][0], PHONE),)),)))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = [str(font.BaseFont) for font in opened.pages[0].Resources.Font.as_dict().values()]
    assert any("NotoSans-Bold" in name for name in fonts)


@pytest.mark.parametrize("language", ("my", "lo"))
def test_lines_take_the_room_their_words_need_and_stand_evenly(language: str) -> None:
    text = f"{TEXTS[language][1]}\n{PHONE}\n{TEXTS[language][1]}"
    found = lines(text, Style(10, language), 120)
    face = shelf().first(language).face
    assert len(found) > 3
    assert len({(line.ascent, line.descent) for line in found}) == 1
    assert found[0].ascent + found[0].descent < 10 * (face.ascent + face.descent) - 1
    (number,) = lines(PHONE, Style(10, language), 400)
    assert number.ascent + number.descent == pytest.approx(13.6)


@pytest.mark.parametrize("language", ("my", "lo", "km", "th", "ar", "bn", "hi"))
def test_lines_of_a_paragraph_do_not_run_into_each_other(language: str) -> None:
    """Between two lines there is a row of pixels without ink."""

    def bands(count: int) -> int:
        text = "\n".join((TEXTS[language][1],) * count)
        pdf = render(Document("Lines", language, (Para(text),), footer=False, size=16))
        with pypdfium2.PdfDocument(pdf) as document:
            image = document[0].render(scale=4, grayscale=True).to_pil()
        rows = [image.crop((0, y, image.width, y + 1)).getextrema()[0] < 128 for y in range(image.height)]
        return sum(now and not before for before, now in pairwise(rows))

    assert bands(5) == 5 * bands(1)


def test_notes_fill_the_rest_of_a_page_and_never_begin_another() -> None:
    for count in range(20, 45):
        blocks = (Para("Line.\n" * count), Notes("Your notes", 6))
        pages = pages_of(render(Document("Notes", "en", blocks)))
        assert len(pages) == 1 or "Your notes" not in pages[-1]
    few = render(Document("Notes", "en", (Para("Line."), Notes("Your notes", 6))))
    many = render(Document("Notes", "en", (Para("Line.\n" * 36), Notes("Your notes", 6))))
    assert strokes(few) == 6 + 1  # and the line over the page number
    assert 2 + 1 <= strokes(many) < 6 + 1


def strokes(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(list(document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])))


def test_a_list_in_two_columns_is_read_down_the_first_and_then_the_second() -> None:
    items = tuple(f"Item {n}" for n in range(7))
    text = pages_of(render(Document("List", "en", (Bullets(items, columns=2),))))[0]
    assert [text.index(item) for item in items] == sorted(text.index(item) for item in items)
    tall = render(Document("List", "en", (Bullets(items),), footer=False))
    wide = render(Document("List", "en", (Bullets(items, columns=2),), footer=False))
    assert height(wide) < 0.65 * height(tall)


def height(pdf: bytes) -> float:
    with pypdfium2.PdfDocument(pdf) as document:
        boxes = [one.get_bounds() for one in document[0].get_objects()]
    return max(box[3] for box in boxes) - min(box[1] for box in boxes)


def test_the_first_language_stands_where_reading_begins() -> None:
    for language, right in (("es", False), ("ar", True)):
        block = SideBySide(((TEXTS[language][0], "Safe paper"),), language, "en")
        with pypdfium2.PdfDocument(render(Document("Two", language, (block,), footer=False))) as document:
            text = document[0].get_textpage()
            said = text.get_text_range()
            places = [text.get_charbox(at)[0] for at, sign in enumerate(said) if sign == "S"][-1:]
        assert (places[0] < 306) == right


def test_a_line_under_a_heading_is_not_doubled() -> None:
    def count(*blocks: Block) -> int:
        return strokes(render(Document("Lines", "en", blocks, footer=False)))

    contacts = Contacts((Contact("Porch", PHONE),))
    assert count(Heading("Title"), contacts) == 1
    assert count(Heading("Title"), Para("Words."), contacts) == 2
