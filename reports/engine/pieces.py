"""Pieces: flowables that draw tagged, shaped content in place and can be cut anywhere.

They keep the protocol of ReportLab's flowables (wrap, split, drawOn), so a Platypus frame accepts
them; they do not inherit, because importing Platypus would cost a tenth of a second at the first
sheet. The pager here also uses `least`, the height a piece needs to begin on a page, and `cut`,
which splits with or without manners.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace

from reports.engine.canvas import TaggedCanvas
from reports.engine.layout import Line, Style, lines, narrowest
from reports.engine.look import HAIRLINE, SHADE
from reports.engine.structure import Element


class Piece:
    """Something with a height that stands in the flow."""

    before: float = 0
    after: float = 0
    keepWithNext: bool = False
    sinks: bool = False  # to the bottom of its page
    spare: bool = False  # left out where it has no room; `take` asks
    ruled: bool = False  # ends in a line

    def __init__(self) -> None:
        self.width = self.height = 0.0

    def getSpaceBefore(self) -> float:
        return self.before

    def getSpaceAfter(self) -> float:
        return self.after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self.measure(width)
        return width, self.height

    def measure(self, width: float) -> float:
        return self.height

    def least(self, width: float) -> float:
        return self.measure(width)

    def split(self, width: float, height: float) -> list[Piece]:
        return list(self.cut(width, height, strict=True))

    def cut(self, width: float, height: float, *, strict: bool) -> Sequence[Piece]:
        """Two pieces, the first no taller than `height`; none when that cannot be."""
        return []

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        self.paint(canvas, x, y + self.height)

    def opens(self) -> None:
        """Told when it stands first in its frame, or under a line."""

    def take(self, width: float, height: float) -> bool:
        """Make do with this room; false when that cannot be."""
        return True

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw with the top left corner here; `wrap` has run."""


class Text(Piece):
    """A paragraph in one style that belongs to one element (none: an artifact)."""

    def __init__(self, text: str, style: Style, element: Element | None) -> None:
        super().__init__()
        self.text, self.style, self.element = text, style, element
        self.before, self.after = style.before, style.after
        self.outline: tuple[str, int] | None = None
        self._fixed: list[Line] | None = None
        self._laid: tuple[float, list[Line]] | None = None

    def say(self, text: str) -> None:
        """Other words, which must not be taller."""
        self.text, self._laid = text, None

    def lines(self, width: float) -> list[Line]:
        if self._fixed is not None:
            return self._fixed
        if self._laid is None or self._laid[0] != width:
            self._shrink(width)
            self._laid = (width, lines(self.text, self.style, width))
        return self._laid[1]

    def _shrink(self, width: float) -> None:
        """Smaller type where a number would otherwise be broken over two lines."""
        needed = narrowest(self.text, self.style, numbers=True)
        if needed > width:
            size = self.style.size * max(0.5, width / needed * 0.998)
            self.style = replace(self.style, size=size)

    def line_height(self, line: Line) -> float:
        return max(self.style.leading * self.style.size, line.ascent + line.descent)

    def measure(self, width: float) -> float:
        return sum(self.line_height(line) for line in self.lines(width))

    def least(self, width: float) -> float:
        found = self.lines(width)
        kept = found if len(found) <= 3 else found[:2]
        return sum(self.line_height(line) for line in kept)

    def cut(self, width: float, height: float, *, strict: bool) -> Sequence[Piece]:
        found = self.lines(width)
        count, used = 0, 0.0
        while count < len(found) and used + self.line_height(found[count]) <= height + 1e-6:
            used += self.line_height(found[count])
            count += 1
        if strict and len(found) - count == 1:
            count -= 1  # no single line alone on the next page
        if count < (2 if strict else 1) or count >= len(found):
            return []
        first, second = copy.copy(self), copy.copy(self)
        first._fixed, second._fixed = found[:count], found[count:]
        first.after = second.before = 0
        second.outline = None
        return [first, second]

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.outline:
            canvas.bookmark(*self.outline, top + 6)
        placed = []
        for line in self.lines(self.width):
            height = self.line_height(line)
            base = top - (height - line.ascent - line.descent) / 2 - line.ascent
            placed.append((line, x + self._indent(line), base))
            top -= height
        if placed:
            with canvas.tagged(self.element):
                canvas.write_lines(placed, self.style.size)

    def _indent(self, line: Line) -> float:
        free = self.width - line.width
        rtl = self.style.rtl
        if self.style.align == "center":
            free /= 2
        elif (self.style.align == "end") == rtl:
            free = 0
        return free - (line.blank if rtl else 0)


class Gap(Piece):
    """Empty room."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def measure(self, width: float) -> float:
        return self.height


class PageEnd(Piece):
    """What follows starts on a new page."""


class Stack(Piece):
    """Pieces one under another; `whole` keeps them on one page where that is possible."""

    def __init__(
        self, pieces: Sequence[Piece], *, whole: bool = False, before: float = 0, after: float = 0
    ) -> None:
        super().__init__()
        self.pieces, self.whole = list(pieces), whole
        self.before, self.after = before, after

    def _offsets(self, width: float) -> tuple[list[float], float]:
        offsets, at, gap = [], 0.0, 0.0
        for k, piece in enumerate(self.pieces):
            at += max(gap, piece.before) if k else 0
            offsets.append(at)
            at += piece.wrap(width, 0)[1]
            gap = piece.after
        return offsets, at

    def measure(self, width: float) -> float:
        return self._offsets(width)[1]

    def least(self, width: float) -> float:
        if self.whole or not self.pieces:
            return self.measure(width)
        return self.pieces[0].least(width)

    def cut(self, width: float, height: float, *, strict: bool) -> Sequence[Piece]:
        if (strict and self.whole) or len(self.pieces) == 0:
            return []
        offsets, _ = self._offsets(width)
        for at, piece in enumerate(self.pieces):
            if offsets[at] + piece.height <= height + 1e-6:
                continue
            parts = piece.cut(width, height - offsets[at], strict=strict)
            if parts:
                return self._parts([*self.pieces[:at], parts[0]], [parts[1], *self.pieces[at + 1 :]])
            while at and self.pieces[at - 1].keepWithNext:
                at -= 1
            return self._parts(self.pieces[:at], self.pieces[at:]) if at else []
        return []

    def _parts(self, above: list[Piece], below: list[Piece]) -> list[Piece]:
        first, second = copy.copy(self), copy.copy(self)
        first.pieces, second.pieces = above, below
        first.after = second.before = 0
        return [first, second]

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        self.paint_some(canvas, x, top, slice(None))

    def paint_some(self, canvas: TaggedCanvas, x: float, top: float, some: slice) -> None:
        """Only these pieces, each in its place."""
        placed = list(zip(self.pieces, self._offsets(self.width)[0], strict=True))
        for piece, offset in placed[some]:
            piece.paint(canvas, x, top - offset)


class Row(Piece):
    """Pieces side by side. `shares` are parts of the width; `gap` lies between them."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        shares: Sequence[float],
        *,
        gap: float = 0,
        rtl: bool = False,
        middle: bool = False,
    ) -> None:
        super().__init__()
        self.pieces, self.shares, self.gap = list(pieces), tuple(shares), gap
        self.rtl, self.middle = rtl, middle

    def _widths(self, width: float) -> list[float]:
        free = width - self.gap * (len(self.shares) - 1)
        total = sum(self.shares)
        return [free * share / total for share in self.shares]

    def measure(self, width: float) -> float:
        each = zip(self.pieces, self._widths(width), strict=True)
        return max((piece.wrap(own, 0)[1] for piece, own in each), default=0.0)

    def cut(self, width: float, height: float, *, strict: bool) -> Sequence[Piece]:
        above: list[Piece] = []
        below: list[Piece] = []
        for piece, own in zip(self.pieces, self._widths(width), strict=True):
            if piece.wrap(own, 0)[1] <= height + 1e-6:
                parts: Sequence[Piece] = [piece, Gap(0)]
            else:
                parts = piece.cut(own, height, strict=strict)
            if not parts:
                return []
            above.append(parts[0])
            below.append(parts[1])
        first, second = copy.copy(self), copy.copy(self)
        first.pieces, second.pieces = above, below
        return [first, second]

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        at = x + self.width if self.rtl else x
        for piece, own in zip(self.pieces, self._widths(self.width), strict=True):
            down = (self.height - piece.height) / 2 if self.middle else 0
            piece.paint(canvas, at - own if self.rtl else at, top - down)
            at += -(own + self.gap) if self.rtl else own + self.gap


class Box(Piece):
    """A piece with room around it and lines or a shade behind it. Padding: top, side, bottom."""

    def __init__(
        self,
        inner: Piece,
        *,
        padding: tuple[float, float, float] = (0, 0, 0),
        shade: bool = False,
        top: float = 0,
        bottom: float = 0,
        border: float = 0,
        bar: float = 0,
        rtl: bool = False,
        before: float = 0,
        after: float = 0,
    ) -> None:
        super().__init__()
        self.inner, self.padding, self.shade, self.rtl = inner, padding, shade, rtl
        self.top, self.bottom, self.border, self.bar = top, bottom, border, bar
        self.ruled = bool(bottom)
        self.before, self.after = before, after

    def measure(self, width: float) -> float:
        above, side, below = self.padding
        return self.inner.wrap(width - 2 * side, 0)[1] + above + below

    def least(self, width: float) -> float:
        above, side, below = self.padding
        return self.inner.least(width - 2 * side) + above + below

    def cut(self, width: float, height: float, *, strict: bool) -> Sequence[Piece]:
        above, side, below = self.padding
        parts = self.inner.cut(width - 2 * side, height - above - below, strict=strict)
        if not parts:
            return []
        first, second = copy.copy(self), copy.copy(self)
        first.inner, second.inner = parts
        first.after = second.before = 0
        return [first, second]

    def opens(self) -> None:
        self.top = 0  # a rule parts it from what stands above, and nothing or a rule does

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.shade or self.top or self.bottom or self.border or self.bar:
            with canvas.artifact():
                self._lines(canvas, x, top)
        self.inner.paint(canvas, x + self.padding[1], top - self.padding[0])

    def _lines(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        low = top - self.height
        if self.shade:
            canvas.fill(x, low, self.width, self.height, SHADE)
        if self.border:
            canvas.outline(x, low, self.width, self.height, max(self.border, HAIRLINE))
        if self.top:
            canvas.rule(x, top - self.top / 2, self.width, self.top)
        if self.bottom:
            canvas.rule(x, low - self.bottom / 2, self.width, self.bottom)
        if self.bar:
            left = x + self.width - self.bar if self.rtl else x
            canvas.fill(left, low, self.bar, self.height)
