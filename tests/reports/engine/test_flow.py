"""Paper of any length: pieces flow on, nothing is clipped, what belongs together stays together."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from icu4py.breakers import CharacterBreaker, LineBreaker

from reports.blocks import Bullets, Contact, Contacts, Document, Fields, Heading, PageBreak, Para, Table
from reports.engine import render
from reports.engine.layout import Style, lines
from reports.engine.look import CARD_HEIGHT, CARD_WIDTH
from reports.engine.pieces import Text
from reports.engine.structure import Element
from tests.reports.engine.samples import PHONE, TEXTS, dot, letters, pages_of, paper

LONG = "Gemeindeunterstützungsverein" * 12


def ink(pdf: bytes) -> list[tuple[int, int, int, int, int, int]]:
    """For each page its size and the box around everything that is not white, in points."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for leaf in document:
            image = leaf.render(scale=1, grayscale=True).to_pil()
            box = image.point(lambda value: 255 if value < 200 else 0).getbbox() or (0, 0, 0, 0)
            found.append((*image.size, *box))
            leaf.close()
    return found


@pytest.mark.parametrize("form", ("page", "wallet", "booklet"))
@pytest.mark.parametrize("size", (11, 18, 24))
@pytest.mark.parametrize("language", ("en", "ar"))
def test_sixty_contacts_are_all_printed_inside_the_margins(form: str, size: float, language: str) -> None:
    title, sentence, _ = TEXTS[language]
    people = tuple(Contact(f"{title} {n}", f"(406) 555-{n:04}", (sentence,)) for n in range(100, 160))
    blocks = (Heading(title), Contacts(people))
    pdf = render(Document("Many", language, blocks, form=form, size=size))
    found = "".join(pages_of(pdf))
    assert [n for n in range(100, 160) if f"(406) 555-{n:04}" not in found] == []
    for width, height, left, top, right, bottom in ink(pdf):
        assert left >= 24 and top >= 24 and right <= width - 24 and bottom <= height - 18


@pytest.mark.parametrize("form", ("page", "wallet"))
@pytest.mark.parametrize("size", (11, 24))
def test_unbreakable_words_break_and_stay_whole(form: str, size: float) -> None:
    blocks = (
        Heading(LONG),
        Para(LONG, "notice"),
        Contacts((Contact(LONG, "1-800-555-0199 ext. 123456", (LONG,), LONG),)),
        Bullets((LONG,)),
        Table(("A", "B"), ((LONG, LONG), ("short", LONG))),
        Fields(((LONG, LONG), (LONG, ""))),
    )
    pdf = render(Document("Long", "de", blocks, form=form, size=size))
    assert letters("".join(pages_of(pdf))).count("Gemeindeunterstützungsverein") >= 12
    for width, height, left, top, right, bottom in ink(pdf):
        assert left >= 24 and top >= 24 and right <= width - 24 and bottom <= height - 18


@pytest.mark.parametrize("form", ("page", "wallet", "booklet"))
@pytest.mark.parametrize("size", (11, 18, 24))
@pytest.mark.parametrize("language", ("en", "ar", "my"))
def test_every_block_fits_every_form_and_size(form: str, size: float, language: str) -> None:
    pdf = render(paper(language, form=form, size=size, footer=False), pictures={"dot": dot})
    for width, height, left, top, right, bottom in ink(pdf):
        assert left >= 24 and top >= 24 and right <= width - 24 and bottom <= height - 24


def test_a_contact_is_not_torn_in_two() -> None:
    people = tuple(Contact(f"Name{n}", f"(406) 555-{n:04}", (f"Fact{n}",) * 3) for n in range(100, 140))
    for text in pages_of(render(Document("Whole", "en", (Contacts(people),), form="wallet"))):
        for n in range(100, 140):
            assert (f"Name{n}" in text) == (f"555-{n:04}" in text)


def test_the_last_line_of_a_page_is_not_a_heading() -> None:
    for count in range(30, 50):
        blocks = (Para("Line.\n" * count), Heading("Title", 2), Para("Text under the title.\n" * 4))
        for text in pages_of(render(Document("Heads", "en", blocks))):
            assert "Title" not in text or "Text under" in text


def test_a_long_table_repeats_its_head_for_the_eye_and_not_for_the_ear() -> None:
    rows = tuple((f"Row {n}", "9:00-17:00", PHONE) for n in range(120))
    pdf = render(Document("Table", "en", (Table(("Service", "Hours", "Phone"), rows),)))
    pages = pages_of(pdf)
    assert len(pages) > 2
    assert all(text.count("Service") == 1 for text in pages)
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tags = [
            str(each["/S"])
            for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and "/S" in each
        ]
    assert tags.count("/Table") == 1
    assert tags.count("/TR") == 121


def test_a_page_break_starts_a_page_and_page_numbers_count() -> None:
    pages = pages_of(render(Document("Two", "en", (Para("First."), PageBreak(), Para("Second.")))))
    assert ["First." in pages[0], "Second." in pages[1]] == [True, True]
    assert "Page 1 of 2" in pages[0] and "Page 2 of 2" in pages[1]
    assert "Page" not in pages_of(render(Document("None", "en", (Para("First."),), footer=False)))[0]


def test_the_booklet_has_bookmarks_in_levels() -> None:
    blocks = (Heading("Été"), Para("x"), Heading("Second", 2), Para("y"), Heading("Third"), Para("z"))
    with pypdfium2.PdfDocument(render(Document("Book", "fr", blocks, form="booklet"))) as document:
        assert [(entry.level, entry.get_title()) for entry in document.get_toc()] == [
            (0, "Été"),
            (1, "Second"),
            (0, "Third"),
        ]


def test_the_wallet_card_has_the_size_of_a_bank_card() -> None:
    assert abs(CARD_WIDTH - 85.6 * 72 / 25.4) < 0.1
    assert abs(CARD_HEIGHT - 54 * 72 / 25.4) < 0.1
    pdf = render(Document("Card", "en", (Contacts((Contact("Porch", PHONE),)),), form="wallet"))
    _, _, left, top, right, bottom = ink(pdf)[0]
    assert abs(right - left - 2 * CARD_WIDTH) < 3
    assert abs(bottom - top - CARD_HEIGHT) < 3


@pytest.mark.parametrize("language", ("th", "km", "lo", "my", "zh", "ja"))
@pytest.mark.parametrize("width", (40, 70, 120))
def test_lines_end_where_words_end_and_never_inside_a_letter(language: str, width: float) -> None:
    text = TEXTS[language][1] * 2
    words, letter_ends = _ends(LineBreaker(text, language)), _ends(CharacterBreaker(text, language))
    at, good, count = 0, 0, 0
    for line in lines(text, Style(9, language), width):
        at += len("".join(atom.word.text for atom in line.atoms))
        assert at in letter_ends
        good, count = good + (at in words), count + 1
    assert at == len(text)
    assert good / count >= 0.9


def _ends(parts: LineBreaker | CharacterBreaker) -> set[int]:
    at, found = 0, set()
    for part in parts:
        at += len(part)
        found.add(at)
    return found


def test_a_platypus_frame_takes_our_pieces() -> None:
    from reportlab.platypus import Frame

    from reports.engine.canvas import TaggedCanvas

    root = Element("Document")
    canvas = TaggedCanvas(root, title="Frame", language="en", size=(300, 200))
    waiting = [Text("Some words for a stock frame. " * 20, Style(11), Element("P", root))]
    while waiting:
        frame = Frame(20, 20, 260, 160)
        if not frame.add(waiting[0], canvas):
            waiting[:1] = frame.split(waiting[0], canvas)
            assert frame.add(waiting[0], canvas)
        waiting.pop(0)
        canvas.showPage()
    pages = pages_of(canvas.finished())
    assert len(pages) == 2
    assert letters("".join(pages)).count("stockframe") == 20
