"""Tables that run over pages: one Table to a reader, with its head repeated for the eye alone."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace

from reports import blocks
from reports.engine.build import Bench, build
from reports.engine.canvas import TaggedCanvas
from reports.engine.layout import Style, narrowest, width_of
from reports.engine.look import HAIRLINE, RULE, Look
from reports.engine.pieces import Box, Piece, Row, Stack, Text
from reports.engine.structure import Element, scope

SAMPLED = 60  # rows that decide the widths of columns
GAP, PAD = 10, 4  # units between columns, and around a row


class Grid(Piece):
    """Rows with a head that comes again at the top of each page."""

    def __init__(self, head: Piece | None, again: Piece | None, rows: Sequence[Piece], after: float) -> None:
        super().__init__()
        self.head, self.again, self.rows, self.after = head, again, list(rows), after
        self.before = after / 2

    def _all(self) -> list[Piece]:
        return [*([self.head] if self.head else []), *self.rows]

    def measure(self, width: float) -> float:
        return sum(self._tall(piece, width) for piece in self._all())

    def least(self, width: float) -> float:
        return sum(self._tall(piece, width) for piece in self._all()[:2])

    @staticmethod
    def _tall(piece: Piece, width: float) -> float:
        """Measured once, however many pages the table goes on for."""
        return piece.height if piece.width == width else piece.wrap(width, 0)[1]

    def cut(self, width: float, height: float, *, strict: bool) -> Sequence[Piece]:
        self.measure(width)
        used = self.head.height if self.head else 0.0
        for at, row in enumerate(self.rows):
            if used + row.height > height + 1e-6:
                parts = row.cut(width, height - used, strict=strict) if not strict or not at else []
                if parts:
                    parts[0].width = parts[1].width = 0.0  # cut, so to be measured anew
                    return self._parts([*self.rows[:at], parts[0]], [parts[1], *self.rows[at + 1 :]])
                if at:
                    return self._parts(self.rows[:at], self.rows[at:])
                return self._without_head(width, height) if not strict else []
            used += row.height
        return []

    def _parts(self, above: list[Piece], below: list[Piece]) -> list[Grid]:
        first, second = copy.copy(self), copy.copy(self)
        first.rows, second.rows = above, below
        second.head = self.again
        return [first, second]

    def _without_head(self, width: float, height: float) -> Sequence[Piece]:
        """Very large type on a small card: the head stands alone, or is cut, and does not come again."""
        if self.head is None:
            return []
        self.again = None
        if self.head.height <= height:
            return self._parts([], self.rows)
        parts = self.head.cut(width, height, strict=False)
        if not parts:
            return []
        parts[0].width = parts[1].width = 0.0
        first, second = self._parts([], self.rows)
        first.head, second.head = parts
        return [first, second]

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for piece in self._all():
            piece.paint(canvas, x, top)
            top -= piece.height


@build.register
def _(block: blocks.Table, bench: Bench) -> list[Piece]:
    look = bench.look
    head = replace(look.label(), size=look.base * 0.9)
    body = replace(look.body(), size=look.base * 0.95, leading=1.32, after=0)
    shares = block.widths or _shares(block, head, body, bench.width, look.unit)
    outer = Element("Table", bench.root)
    first = again = None
    if any(block.head):
        first = _row(block.head, [head] * len(shares), shares, look, _heads(block.head, outer))
        again = _row(block.head, [head] * len(shares), shares, look, [None] * len(shares))
    # a table of mostly heads is heard worse than one without: name rows only where data outnumber them
    named = block.row_heads and len(block.rows) * (len(shares) - 2) >= len(block.head)
    rows = []
    for cells in block.rows:
        cells = (*cells, *[""] * (len(shares) - len(cells)))
        styles = [replace(body, bold=block.row_heads and not k) for k in range(len(shares))]
        rows.append(_row(cells, styles, shares, look, _cells(cells, outer, named), plain=True))
    return [Grid(first, again, rows, 10 * look.unit)]


def _heads(cells: Sequence[str], outer: Element) -> list[Element | None]:
    row = Element("TR", outer)
    return [Element("TH", row, attributes=scope("Column")) for _ in cells]


def _cells(cells: Sequence[str], outer: Element, row_heads: bool) -> list[Element | None]:
    row = Element("TR", outer)
    return [
        Element("TH", row, attributes=scope("Row")) if row_heads and not at else Element("TD", row)
        for at, _ in enumerate(cells)
    ]


def _row(
    cells: Sequence[str],
    styles: Sequence[Style],
    shares: Sequence[float],
    look: Look,
    elements: Sequence[Element | None],
    *,
    plain: bool = False,
) -> Piece:
    unit = look.unit
    texts: list[Piece] = []
    for cell, style, element in zip(cells, styles, elements, strict=True):
        texts.append(Stack([Text(cell, style, element)]))
    row = Row(texts, shares, gap=GAP * unit, rtl=look.rtl)
    if plain:
        return Box(row, padding=(PAD * unit,) * 3, bottom=HAIRLINE)
    return Box(row, padding=(PAD * unit,) * 3, shade=True, bottom=RULE)


def _shares(block: blocks.Table, head: Style, body: Style, width: float, unit: float) -> tuple[float, ...]:
    """Columns as wide as their text asks, up to half of the whole, and no narrower than a word."""
    count = max(len(block.head), *(len(row) for row in block.rows), 1)
    width -= (2 * PAD + GAP * (count - 1)) * unit
    wanted, least = [0.0] * count, [0.0] * count
    for k in range(count):
        cells = [(block.head[k], head)] if k < len(block.head) else []
        style = replace(body, bold=not k)
        cells += [(row[k], style) for row in block.rows[:SAMPLED] if k < len(row)]
        least[k] = min(max((narrowest(text, style) for text, style in cells), default=0.0) + 0.1, width / 2)
        natural = max((width_of(text, style) for text, style in cells), default=0.0)
        wanted[k] = max(least[k], min(natural, width / 2), width / 12)
    return _fair(wanted, least, width)


def _fair(wanted: list[float], least: list[float], room: float) -> tuple[float, ...]:
    """What is wanted where the room is enough, else the least, else the widest columns give way."""
    if sum(wanted) <= room:
        return tuple(wanted)
    spare = sum(wanted) - sum(least)
    if sum(least) <= room and spare > 0:
        part = (room - sum(least)) / spare
        return tuple(low + (high - low) * part for low, high in zip(least, wanted, strict=True))
    free = room
    for taken, width in enumerate(sorted(least)):
        share = free / (len(least) - taken)
        if width > share:
            return tuple(min(low, share) for low in least)
        free -= width
    return tuple(least)
