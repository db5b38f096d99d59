"""Maps in black and white: fields that differ by dots and lines, never by color, and a text that is heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports import blocks
from reports.engine.build import Bench, build
from reports.engine.canvas import TaggedCanvas
from reports.engine.embed import number
from reports.engine.look import HAIRLINE, RULE
from reports.engine.pieces import Piece, Row, Stack
from reports.engine.structure import Element, text_string

TALLEST = 0.56  # of a page
LEAST_STEP = 0.5  # points: shorter steps of a line are left out
HATCHES = ((), ((5.0, 0.0),), ((5.5, 0.7),), ((3.0, 0.6),))  # per level: distance and weight of its lines
DOT, CELL = 2.0, 4.0  # a town with hundreds of dots has one
KEY = (26.0, 14.0)
Points = list[tuple[float, float]]


class Map(Piece):
    """The figure itself, fitted into the width and a share of the page."""

    def __init__(self, block: blocks.Figure, element: Element, tallest: float) -> None:
        super().__init__()
        self.block, self.element, self.tallest = block, element, tallest
        points = [point for area in block.areas for ring in area.rings for point in ring]
        self.left, self.top = min(x for x, _ in points), min(y for _, y in points)
        self.wide = max(max(x for x, _ in points) - self.left, 1e-9)
        self.high = max(max(y for _, y in points) - self.top, 1e-9)

    def _scale(self, width: float) -> float:
        return min(width / self.wide, self.tallest / self.high)

    def measure(self, width: float) -> float:
        return self.high * self._scale(width)

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        scale = self._scale(self.width)
        x += (self.width - self.wide * scale) / 2
        box = (x, top - self.height, x + self.wide * scale, top)
        held = " ".join(map(number, box))
        self.element.attributes += f"/A<</O/Layout/Placement/Block/BBox[{held}]>>"

        def placed(line: Sequence[tuple[float, float]]) -> Points:
            return _thinned(
                [(x + (px - self.left) * scale, top - (py - self.top) * scale) for px, py in line]
            )

        with canvas.tagged(self.element):
            for level in range(1, len(HATCHES)):
                rings = [
                    placed(ring) for area in self.block.areas if area.level == level for ring in area.rings
                ]
                if rings:
                    hatch(canvas, rings, level)
            _haloed(canvas, [placed(ring) for area in self.block.areas for ring in area.rings], HAIRLINE)
            _haloed(canvas, [placed(line) for line in self.block.edges], RULE * 1.6)
            self._dots(canvas, placed(self.block.dots), box)

    def _dots(self, canvas: TaggedCanvas, dots: Points, box: tuple[float, ...]) -> None:
        taken = set()
        for x, y in dots:
            cell = int(x / CELL), int(y / CELL)
            if cell not in taken and box[0] <= x <= box[2] and box[1] <= y <= box[3]:
                taken.add(cell)
                canvas.disc(x, y, DOT, RULE * 0.8)


class Key(Piece):
    """A small field that shows what a level looks like; decoration beside the words for it."""

    def __init__(self, level: int, unit: float) -> None:
        super().__init__()
        self.level, self.side = level, tuple(length * unit for length in KEY)

    def measure(self, width: float) -> float:
        return self.side[1]

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        right, low = x + self.side[0], top - self.side[1]
        ring = [(x, top), (right, top), (right, low), (x, low), (x, top)]
        with canvas.artifact():
            if self.level:
                hatch(canvas, [ring], self.level)
            canvas.trace([ring], HAIRLINE)


def hatch(canvas: TaggedCanvas, rings: list[Points], level: int) -> None:
    """Slanted lines inside these rings; those of no weight become dots, the densest level is crossed."""
    left, right = (end(x for ring in rings for x, _ in ring) for end in (min, max))
    low, high = (end(y for ring in rings for _, y in ring) for end in (min, max))
    with canvas.clipped(rings):
        for step, weight in HATCHES[level]:
            rising = _slanted(left, right, low, high, step)
            if not weight:
                with canvas.dashed(0, step):
                    canvas.trace(rising, 1.3)
                continue
            canvas.trace(rising, weight)
            if level == len(HATCHES) - 1:
                canvas.trace([[(left + right - x, y) for x, y in line] for line in rising], weight)


def _haloed(canvas: TaggedCanvas, lines: list[Points], weight: float) -> None:
    """Black lines with white beside them, so that they stand out from the hatching."""
    if lines:
        with canvas.pale(1):
            canvas.trace(lines, weight * 3)
        canvas.trace(lines, weight)


def _slanted(left: float, right: float, low: float, high: float, step: float) -> list[Points]:
    """Lines at 45 degrees over this rectangle, so far apart."""
    tall, apart = high - low, step * 2**0.5
    count = int((right - left + tall) / apart) + 1
    return [[(left - tall + n * apart, low), (left + n * apart, high)] for n in range(count)]


def _thinned(line: Points) -> Points:
    """Without points that lie on the one before; the first and the last stay."""
    kept = line[:1]
    for x, y in line[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= LEAST_STEP:
            kept.append((x, y))
    return kept + line[-1:] if len(line) > 1 else kept


@build.register
def _(block: blocks.Figure, bench: Bench) -> list[Piece]:
    if not block.areas:
        return []
    look, unit = bench.look, bench.look.unit
    element = Element("Figure", bench.root, attributes=f"/Alt{text_string(block.text)}")
    found: list[Piece] = [Map(block, element, bench.height * TALLEST)]
    if block.keys:
        style, gap = replace(look.small(), after=0), 8 * unit
        each = bench.width / len(block.keys) - gap
        side = KEY[0] * unit + 6 * unit
        keys = [
            Row([Key(level, unit), bench.text(text, style)], (side, each - side), rtl=look.rtl, middle=True)
            for level, text in block.keys
        ]
        row = Row(keys, (1,) * len(keys), gap=gap, rtl=look.rtl)
        row.before = 10 * unit
        found.append(row)
    return [Stack(found, whole=True, before=8 * unit, after=12 * unit)]
