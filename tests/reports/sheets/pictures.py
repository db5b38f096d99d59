"""Small reference pictures of papers, and how a page is compared with its own.

    python tests/reports/sheets/pictures.py        draw them again, after looking at what changed

The pictures are coarse, and compared by the mean of each square, so that another version of the renderer
passes and a line that moved by half a millimeter does not.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "tests" / "reports" / "pictures"
SCALE, FINE = 0.5, 4  # pixels to a point; drawn so much finer first, because small type is drawn unlike
SQUARE = 4  # pixels whose mean is compared
NOTICED = 16  # of 255: how far the mean of a square may be off
SHOWN = (
    ("wallet_card", "en"), ("wallet_card", "ar"), ("wallet_card", "my"), ("full_page", "en"),
    ("full_page", "fa"), ("full_page", "zh"), ("large_print_24", "es"), ("bilingual", "ar"),
    ("pictures", "km"), ("tear_off", "en"), ("purpose_use_choices", "hi"), ("release", "en"),
    ("language_card", "en"), ("call_script", "es"), ("booklet", "en"),
)  # fmt: skip


def file_of(recipe: str, language: str) -> Path:
    return FOLDER / f"{recipe}-{language}.png"


def first_page(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as opened:
        leaf = opened[0]
        image = leaf.render(scale=FINE * SCALE, grayscale=True).to_pil()
        leaf.close()
    return image.reduce(FINE)


def differing(one: Image.Image, other: Image.Image) -> int:
    """In how many squares the two pictures differ visibly; all of them when they have other sizes."""
    if one.size != other.size:
        return one.width * one.height // SQUARE**2
    small = [image.reduce(SQUARE) for image in (one, other)]
    marks = ImageChops.difference(*small).point(lambda value: 255 if value > NOTICED else 0)
    return marks.histogram()[255]


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from tests.reports.sheets.papers import Print, made

    FOLDER.mkdir(exist_ok=True)
    for recipe, language in SHOWN:
        image = first_page(made(Print(recipe, language, "letter")).pdf).quantize(16)
        data = io.BytesIO()
        image.save(data, "PNG", optimize=True)
        file_of(recipe, language).write_bytes(data.getvalue())


if __name__ == "__main__":
    main()
