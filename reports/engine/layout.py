"""Paragraph layout: text -> words in fonts -> lines that fit, in the order the eye reads them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from icu4py.breakers import CharacterBreaker, LineBreaker

from reports.engine import keep
from reports.engine.fonts import Choice, Shelf, ignorable, right_to_left, shelf
from reports.engine.levels import levels, visual_order
from reports.engine.shape import Word, shape

HIDDEN = "\n\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
BLANK = " \u3000\n"
CONTROLS = (*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0xAD, 0xFFFC)
CLEAN: dict[int, str | None] = {
    **dict.fromkeys(CONTROLS),
    **dict.fromkeys((0x85, 0x2028, 0x2029), "\n"),
    **dict.fromkeys((0x09, 0x2009), " "),
    **dict.fromkeys((0x202F, 0x2007), "\u00a0"),  # fonts lack these two
}


@dataclass(frozen=True)
class Style:
    """How a paragraph looks. Distances in points; `grow` stretches the distance between lines."""

    size: float
    language: str = "en"
    bold: bool = False
    leading: float = 1.38
    before: float = 0
    after: float = 0
    align: str = "start"  # start | center | end

    @property
    def rtl(self) -> bool:
        return right_to_left(self.language)


class Atom(NamedTuple):
    """A word in its place in the text: its embedding level and whether its strokes are thickened."""

    word: Word
    level: int
    thick: bool


class Segment(NamedTuple):
    """Text up to a place where a line may end. Widths are in ems."""

    text: str
    atoms: tuple[Atom, ...]
    blanks: tuple[Atom, ...]
    width: float
    blank: float
    ends: bool  # a line must end here
    kept: bool  # holds a number that may not be broken


class Line(NamedTuple):
    """One line: atoms from left to right, and its size in points."""

    atoms: tuple[Atom, ...]
    width: float  # visible
    blank: float  # of trailing blanks, drawn so that readers hear two words
    ascent: float
    descent: float


@lru_cache(maxsize=1024)
def clean(text: str) -> str:
    """Text without control characters, composed the usual way."""
    return unicodedata.normalize("NFC", text.translate(CLEAN))


@lru_cache(maxsize=1024)
def segments(text: str, language: str, bold: bool, fonts: Shelf) -> tuple[Segment, ...]:
    """The paragraph cut at each place where a line may end."""
    rtl = right_to_left(language)
    text = clean(text)
    if rtl:
        text = keep.isolated(text)
    depth = levels(text, rtl)
    found, start = [], 0
    for end in _ends(text, language):
        found.append(_segment(text[start:end], depth and depth[start:end], language, bold, fonts))
        start = end
    return tuple(found)


def _ends(text: str, language: str) -> Iterator[int]:
    closed = keep.unbroken(text)
    at = 0
    for part in LineBreaker(text, language):
        at += len(part)
        if not any(start < at < end for start, end in closed):
            yield at


def _segment(text: str, depth: Sequence[int] | None, language: str, bold: bool, fonts: Shelf) -> Segment:
    body = text.rstrip(BLANK)
    atoms = tuple(_atoms(body, depth, language, bold, fonts))
    tail = text[len(body) :].replace("\n", "")
    blanks = tuple(_atoms(tail, depth and depth[len(body) :], language, bold, fonts))
    return Segment(
        text,
        atoms,
        blanks,
        sum(atom.word.width for atom in atoms),
        sum(atom.word.width for atom in blanks),
        text.endswith("\n"),
        bool(keep.numbers(body)),
    )


def _atoms(text: str, depth: Sequence[int] | None, language: str, bold: bool, fonts: Shelf) -> Iterator[Atom]:
    if not text:
        return
    if depth is None and fonts.whole(text, language, bold) and not any(c in HIDDEN for c in text):
        choice = fonts.choose(text, language, bold)
        yield Atom(shape(text, choice.face, False, language), 0, choice.thick)
        return
    for run, choice, level in _runs(text, depth, language, bold, fonts):
        yield Atom(shape(run, choice.face, bool(level & 1), language), level, choice.thick)


def _runs(
    text: str, depth: Sequence[int] | None, language: str, bold: bool, fonts: Shelf
) -> list[tuple[str, Choice, int]]:
    """Stretches of one font and one level. A mark stays with the letter it sits on."""
    shown = "".join(character for character in text if character not in HIDDEN)
    word = fonts.choose(shown, language, bold) if shown and fonts.whole(shown, language, bold) else None
    runs: list[tuple[str, Choice, int]] = []
    for at, character in enumerate(text):
        if character in HIDDEN:
            continue
        level = depth[at] if depth else 0
        choice = word or _of_character(character, runs, language, bold, fonts)
        if runs and runs[-1][1] is choice and runs[-1][2] == level:
            runs[-1] = (runs[-1][0] + character, choice, level)
        else:
            runs.append((character, choice, level))
    return runs


def _of_character(
    character: str, runs: list[tuple[str, Choice, int]], language: str, bold: bool, fonts: Shelf
) -> Choice:
    if runs and (ignorable(character) or unicodedata.category(character) in ("Mn", "Mc", "Me", "Zs")):
        before = runs[-1][1]
        if before.face.draws(character):
            return before
    return fonts.choose(character, language, bold)


def lines(text: str, style: Style, width: float, fonts: Shelf | None = None) -> list[Line]:
    """The lines of a paragraph no wider than `width` points."""
    fonts = fonts or shelf()
    limit = width / style.size + 1e-6
    taken: list[Segment] = []
    used = 0.0
    found = []
    for segment in segments(text, style.language, style.bold, fonts):
        if taken and used + segment.width > limit:
            found.append(_line(taken, style, fonts))
            taken, used = [], 0.0
        for part in _fitting(segment, limit, style, fonts) if segment.width > limit else (segment,):
            if taken and used + part.width > limit:
                found.append(_line(taken, style, fonts))
                taken, used = [], 0.0
            taken.append(part)
            used += part.width + part.blank
        if segment.ends:
            found.append(_line(taken, style, fonts))
            taken, used = [], 0.0
    if taken:
        found.append(_line(taken, style, fonts))
    return _even(found)


def _even(found: list[Line]) -> list[Line]:
    """Lines of one paragraph stand at one distance, whatever words they hold."""
    if len({(line.ascent, line.descent) for line in found}) < 2:
        return found
    ascent, descent = max(line.ascent for line in found), max(line.descent for line in found)
    return [line._replace(ascent=ascent, descent=descent) for line in found]


def _fitting(segment: Segment, limit: float, style: Style, fonts: Shelf) -> Iterator[Segment]:
    """A word wider than the line, cut between letters (never inside one) into pieces that fit."""
    depth = levels(segment.text, style.rtl)
    letters = list(CharacterBreaker(segment.text, style.language))
    start = 0
    while letters:
        low, high = 1, len(letters)
        while low < high:  # the longest piece that fits, at least one letter
            middle = (low + high + 1) // 2
            end = start + sum(map(len, letters[:middle]))
            part = _segment(
                segment.text[start:end], depth and depth[start:end], style.language, style.bold, fonts
            )
            low, high = (middle, high) if part.width <= limit else (low, middle - 1)
        end = start + sum(map(len, letters[:low]))
        yield _segment(segment.text[start:end], depth and depth[start:end], style.language, style.bold, fonts)
        letters, start = letters[low:], end


def _line(taken: list[Segment], style: Style, fonts: Shelf) -> Line:
    atoms = [atom for segment in taken[:-1] for atom in (*segment.atoms, *segment.blanks)]
    atoms += taken[-1].atoms
    visible = sum([atom.word.width for atom in atoms])
    # rule L1: blanks at the end of a line stand where the paragraph's own direction puts them
    side = int(style.rtl)
    atoms += [atom if atom.level == side else atom._replace(level=side) for atom in taken[-1].blanks]
    if side or any(atom.level for atom in atoms):
        atoms = [atoms[at] for at in visual_order([atom.level for atom in atoms])]
    size = style.size
    if atoms:
        ascent = max([atom.word.ascent for atom in atoms])
        descent = max([atom.word.descent for atom in atoms])
    else:
        face = fonts.first(style.language, style.bold).face
        ascent, descent = face.ascent, face.descent
    return Line(tuple(atoms), visible * size, taken[-1].blank * size, ascent * size, descent * size)


def narrowest(text: str, style: Style, fonts: Shelf | None = None, *, numbers: bool = False) -> float:
    """The width of the longest word (or of the longest number alone), which lines should not be below."""
    found = segments(text, style.language, style.bold, fonts or shelf())
    return max([part.width for part in found if part.kept or not numbers], default=0.0) * style.size


def width_of(text: str, style: Style, fonts: Shelf | None = None) -> float:
    """Width in points of text set on a single line."""
    found = segments(text, style.language, style.bold, fonts or shelf())
    return (sum(part.width + part.blank for part in found) - found[-1].blank) * style.size if found else 0.0
