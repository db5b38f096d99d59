"""Papers look as they looked when somebody last looked: coarse pictures, compared with room for renderers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.reports.sheets import pictures
from tests.reports.sheets.papers import Print, made

ALLOWED = 30  # squares; another renderer changes up to 14, a line that moved by half a millimeter over 100


def committed(recipe: str, language: str) -> Image.Image:
    with Image.open(pictures.file_of(recipe, language)) as kept:
        return kept.convert("L")


@pytest.mark.parametrize(("recipe", "language"), pictures.SHOWN)
def test_a_paper_looks_as_it_did(recipe: str, language: str, tmp_path: Path) -> None:
    drawn = pictures.first_page(made(Print(recipe, language, "letter")).pdf)
    drawn.save(tmp_path / "drawn.png")
    off = pictures.differing(committed(recipe, language), drawn)
    assert off <= ALLOWED, f"{tmp_path / 'drawn.png'} differs; if it is right: {pictures.__doc__}"


@pytest.mark.parametrize(("recipe", "language"), pictures.SHOWN)
def test_the_comparison_notices_a_page_that_moved(recipe: str, language: str) -> None:
    kept = committed(recipe, language)
    assert pictures.differing(kept, ImageChops.offset(kept, 0, 1)) > 2 * ALLOWED
    assert pictures.differing(kept, kept.resize((kept.width, kept.height + 1))) > 2 * ALLOWED


def test_every_picture_belongs_to_a_paper_and_all_are_small() -> None:
    wanted = {pictures.file_of(*shown) for shown in pictures.SHOWN}
    assert set(pictures.FOLDER.iterdir()) == wanted
    assert sum(path.stat().st_size for path in wanted) < 100_000
