"""Fonts by language: which file draws which word, opened only when a text needs it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import uharfbuzz

from reports.engine.around import FONTS, problem

hb: Any = uharfbuzz  # compiled; the checker cannot see inside
LATIN = "NotoSans"

# Languages whose own font comes first; all others start with Latin, Greek and Cyrillic.
FIRST = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "prs", "ckb", "sd", "ug"), "IBMPlexSansArabic"),
    **dict.fromkeys(("he", "yi"), "NotoSansHebrew"),
    **dict.fromkeys(("hi", "ne", "mr"), "NotoSansDevanagari"),
    **dict.fromkeys(("bn", "as"), "NotoSansBengali"),
    **dict.fromkeys(("am", "ti"), "NotoSansEthiopic"),
    **dict.fromkeys(("zh", "wuu", "zh-hans"), "NotoSansSC"),
    **dict.fromkeys(("yue", "zh-hant", "zh-tw", "zh-hk"), "NotoSansTC"),
    "pa": "NotoSansGurmukhi",
    "th": "NotoSansThai",
    "lo": "NotoSansLao",
    "km": "NotoSansKhmer",
    "my": "NotoSansMyanmar",
    "ja": "NotoSansJP",
    "ko": "NotoSansKR",
    "gu": "NotoSansGujarati",
    "ta": "NotoSansTamil",
    "te": "NotoSansTelugu",
    "si": "NotoSansSinhala",
    "hy": "NotoSansArmenian",
    "ka": "NotoSansGeorgian",
}
RIGHT_TO_LEFT = frozenset(("ar", "fa", "ur", "he", "yi", "ps", "prs", "ckb", "sd", "ug", "dv"))
TALL = 1.6  # ems; such lines take the room that their words need, not what the font asks for
CJK = ("NotoSansSC", "NotoSansTC", "NotoSansJP", "NotoSansKR")


def right_to_left(language: str) -> bool:
    return language.lower().split("-")[0] in RIGHT_TO_LEFT


@lru_cache(maxsize=4096)
def ignorable(character: str) -> bool:
    """True for characters that never have a shape of their own (joiners, isolates, selectors)."""
    return unicodedata.category(character) in ("Cf", "Cc") or 0xFE00 <= ord(character) <= 0xFE0F


class Face:
    """One font file, read once, asked for glyphs by HarfBuzz."""

    def __init__(self, path: Path) -> None:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise problem("font_unreadable", file=path.name) from error
        self.name = path.stem
        self.face = hb.Face(data)
        self.font = hb.Font(self.face)
        self.per_em = 1000 / self.face.upem
        self.characters = frozenset(map(chr, self.face.unicodes))
        if not self.characters:
            raise problem("font_unreadable", file=path.name)
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender / self.face.upem
        self.descent = -extents.descender / self.face.upem
        self.tall = self.ascent + self.descent > TALL
        self._advances: dict[int, float] = {}

    def advance(self, glyph: int) -> float:
        """The width that the file gives a glyph, in thousandths of the type size."""
        found = self._advances.get(glyph)
        if found is None:
            found = self.font.get_glyph_h_advance(glyph) * self.per_em
            self._advances[glyph] = found
        return found

    def draws(self, text: str) -> bool:
        return self.characters.issuperset(text) or all(
            character in self.characters or ignorable(character) for character in text
        )


@dataclass(frozen=True, eq=False)
class Choice:
    """A face as chosen for a word; `thick` asks for heavier strokes where no bold file exists."""

    face: Face
    thick: bool = False


class Shelf:
    """All font files of one folder."""

    def __init__(self, folder: Path = FONTS) -> None:
        self.folder = folder
        self._faces: dict[str, Face] = {}
        self._orders: dict[tuple[str, bool], tuple[str, ...]] = {}
        self._choices: dict[tuple[str, str, bool], Choice] = {}
        self._picks: dict[str, Choice] = {}
        names = sorted(path.stem for path in folder.glob("*-*.ttf") if not path.stem.startswith("Inter-"))
        if not names:
            raise problem("fonts_missing")
        self._files = frozenset(names)

    def choose(self, text: str, language: str, bold: bool) -> Choice:
        """The first font that draws the whole word; raises when a single character has none."""
        key = (text, language, bold)
        found = self._choices.get(key)
        if found is None:
            found = next((choice for choice in self.order(language, bold) if choice.face.draws(text)), None)
            if found is None and len(text) == 1:
                shown = f"{text} (U+{ord(text):04X})"
                raise problem("missing_glyph", character=shown, language=language)
            if len(self._choices) > 20_000:
                self._choices.clear()
            found = self._choices[key] = found or Choice(self.first(language, bold).face)
        return found

    def whole(self, text: str, language: str, bold: bool) -> bool:
        return self.choose(text, language, bold).face.draws(text)

    def first(self, language: str, bold: bool = False) -> Choice:
        return next(self.order(language, bold))

    def order(self, language: str, bold: bool) -> Iterator[Choice]:
        key = (language, bold)
        if key not in self._orders:
            self._orders[key] = tuple(self._order(language.lower(), bold))
        for name in self._orders[key]:
            yield self._choice(name, bold)

    def _order(self, language: str, bold: bool) -> Iterator[str]:
        own = FIRST.get(language) or FIRST.get(language.split("-")[0], LATIN)
        heavy = not bold or f"{own}-Bold" in self._files
        families = dict.fromkeys((own, LATIN) if heavy else (LATIN, own))  # real bold where there is some
        families.update(dict.fromkeys(sorted({name.split("-")[0] for name in self._files} - {*CJK})))
        families.update(dict.fromkeys(CJK))
        for family in families:
            if bold and f"{family}-Bold" in self._files:
                yield f"{family}-Bold"
            elif f"{family}-Regular" in self._files:
                yield f"{family}-Regular"

    def _choice(self, name: str, bold: bool) -> Choice:
        key = f"{name}!" if bold and name.endswith("-Regular") else name
        if key not in self._picks:
            if name not in self._faces:
                self._faces[name] = Face(self.folder / f"{name}.ttf")
            self._picks[key] = Choice(self._faces[name], thick=key != name)
        return self._picks[key]


@lru_cache(maxsize=4)
def shelf(folder: Path | None = None) -> Shelf:
    """The shelf of a folder, kept: fonts are read once for the life of the program."""
    return Shelf(folder or FONTS)
