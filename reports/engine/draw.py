"""Drawing words: the operators that put shaped lines on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reports.engine.embed import FontUse, number, utf16
from reports.engine.fonts import Face
from reports.engine.layout import Atom, Line
from reports.engine.shape import Glyph, Word

THICKEN = 0.028  # of the type size: how much heavier strokes stand in for a bold file


OPERATOR_ENDS = ("J", "C", "s")  # of TJ, EMC and Ts; glyphs end in > or a digit


class _Written(NamedTuple):
    """A word as operators: in which font, and whether these are complete or glyphs for a TJ array."""

    font: str
    code: str
    whole: bool


class Pen:
    """Writes lines of one document and remembers which glyphs of which fonts it used."""

    def __init__(self) -> None:
        self.uses: dict[str, FontUse] = {}
        self._written: dict[float, dict[tuple[Word, ...], _Written]] = {}

    def line(self, line: Line, size: float, x: float, y: float) -> str:
        """The operators (inside BT ... ET) for one line whose first word starts at x, y."""
        parts = [f"1 0 0 1 {number(x)} {number(y)} Tm"]
        font, thick = "", False
        waiting: list[str] = []
        written = self._written.setdefault(size, {})
        for words, heavy in _joined(line.atoms):
            known = written.get(words)
            if known is None:
                known = written[words] = self._write(words, size)
            name, code, whole = known
            if waiting and (whole or name != font or heavy != thick):
                parts.append(f"[{''.join(waiting)}]TJ")
                waiting = []
            if name != font:
                parts.append(f"/{name} {number(size)} Tf")
                font = name
            if heavy != thick:
                parts.append(f"2 Tr {number(size * THICKEN)} w" if heavy else "0 Tr")
                thick = heavy
            (parts if whole else waiting).append(code)
        if waiting:
            parts.append(f"[{''.join(waiting)}]TJ")
        if thick:
            parts.append("0 Tr")
        return " ".join(parts)

    def _write(self, words: tuple[Word, ...], size: float) -> _Written:
        face = words[0].face
        use = self.uses.get(face.name)
        if use is None:
            use = self.uses[face.name] = FontUse(face, f"G{len(self.uses) + 1}")
        code = _code(words[0], use, size) if len(words) == 1 else _code_together(words, use, size)
        return _Written(use.name, code, code[-1:] in OPERATOR_ENDS)


def _joined(atoms: Iterable[Atom]) -> Iterator[tuple[tuple[Word, ...], bool]]:
    """Each word alone; a word whose last mark hangs over its end together with what follows.

    PDFium sorts what it draws by where it begins: such a mark would come after the next word, and
    the text of the word would be read twice.
    """
    waiting: list[Word] = []
    thick = False
    for word, _, heavy in atoms:
        if waiting and (heavy != thick or word.rtl or word.face is not waiting[0].face):
            yield tuple(waiting), thick
            waiting = []
        waiting.append(word)
        thick = heavy
        if not word.hangs:
            yield tuple(waiting), thick
            waiting = []
    if waiting:
        yield tuple(waiting), thick


def _code_together(words: tuple[Word, ...], use: FontUse, size: float) -> str:
    """Several words as one piece of text."""
    for word in words:
        for cluster in word.clusters:
            _spells(cluster, use)  # each glyph has to be in the font, whatever it means
    return _spoken(
        "".join(word.text for word in words), " ".join(_whole(_shown(word, size)) for word in words)
    )


def _code(word: Word, use: FontUse, size: float) -> str:
    """Glyphs for a TJ array, or whole operators where glyphs rise or do not spell their text.

    Readers turn right-to-left runs round themselves and mangle a run that carries its logical
    text, so there the text is given cluster by cluster; elsewhere once for the word.
    """
    plain = [_spells(cluster, use) for cluster in word.clusters]
    if all(plain):
        return _shown(word, size)
    if not word.rtl:
        return _spoken(word.text, _shown(word, size))
    parts: list[str] = []
    for cluster, ok in zip(word.clusters, plain, strict=True):
        shown = _show(cluster, word.face, size)
        parts.append(_whole(shown) if ok else _spoken(cluster[0].text, shown))
    return " ".join(parts)


def _spells(cluster: tuple[Glyph, ...], use: FontUse) -> bool:
    """True when reading the cluster's glyphs one by one gives its text."""
    ok = len(cluster) == 1
    for glyph in cluster:
        ok = use.means(glyph.number, glyph.text if len(cluster) == 1 else "") and ok
    return ok


def _spoken(text: str, shown: str) -> str:
    return f"/Span<</ActualText<FEFF{utf16(text)}>>>BDC {_whole(shown)} EMC"


def _whole(shown: str) -> str:
    return shown if shown[-1:] in OPERATOR_ENDS else f"[{shown}]TJ"


def _shown(word: Word, size: float) -> str:
    """The word's glyphs, worked out once: only glyphs that rise depend on the type size."""
    key = size if word.rises else 0.0
    found = word.written.get(key)
    if found is None:
        found = word.written[key] = _show(word.glyphs, word.face, size)
    return found


def _show(glyphs: Iterable[Glyph], face: Face, size: float) -> str:
    """Glyph numbers in hex with corrections between them; a Ts operator lifts those that rise."""
    done: list[str] = []
    waiting: list[str] = []
    digits: list[str] = []
    rise = 0.0
    for glyph in glyphs:
        if abs(glyph.up - rise) > 0.01:
            _close(digits, waiting)
            if waiting:
                done.append(f"[{''.join(waiting)}]TJ")
                waiting = []
            rise = glyph.up
            done.append(f"{number(rise * size / 1000)} Ts")
        if abs(glyph.right) > 0.01:
            _close(digits, waiting)
            waiting.append(f" {number(-glyph.right)}")
        digits.append(f"{glyph.number:04X}")
        gap = face.advance(glyph.number) - glyph.advance + glyph.right
        if abs(gap) > 0.01:
            _close(digits, waiting)
            waiting.append(f" {number(gap)}")
    _close(digits, waiting)
    if not done:
        return "".join(waiting)
    done.append(f"[{''.join(waiting)}]TJ")
    if rise:
        done.append("0 Ts")
    return " ".join(done)


def _close(digits: list[str], waiting: list[str]) -> None:
    if digits:
        waiting.append(f"<{''.join(digits)}>")
        digits.clear()
