"""What the engine takes from the program around it. Somewhere else, this is the one file to replace."""

from __future__ import annotations

from resources.errors import ToolkitError
from resources.paths import CONTENT
from resources.words import load

FONTS = CONTENT / "fonts"


def problem(key: str, **data: object) -> Exception:
    """What to raise: missing_glyph (character, language), fonts_missing, font_unreadable (file), too_tall."""
    return ToolkitError(f"paper_engine.{key}", **data)


def page_number(language: str, page: int, pages: int) -> str:
    """The page number in words: "1 / 2" reads as "2 / 1" in right-to-left text."""
    return load(language).say("paper_engine.page", page=page, pages=pages)
