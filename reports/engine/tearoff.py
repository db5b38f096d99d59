"""A strip of numbers to tear off: the same name and number many times, readable from the side."""

from __future__ import annotations

from dataclasses import replace

from reports import blocks
from reports.engine.build import Bench, build, whole
from reports.engine.canvas import TaggedCanvas
from reports.engine.look import RULE, fitted
from reports.engine.pieces import Piece, Stack, Text
from reports.engine.structure import Element, list_attributes


class Strips(Piece):
    """The strips beside each other, cut lines between them, at the foot of the page."""

    sinks = True

    def __init__(self, strips: list[Stack], height: float, unit: float) -> None:
        super().__init__()
        self.strips, self.count = strips, len(strips)
        self.height, self.unit = height, unit
        self.before = 18 * unit

    def measure(self, width: float) -> float:
        return self.height

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        each = self.width / self.count
        with canvas.artifact(), canvas.dashed(4, 3):
            canvas.stroke(x, top, x + self.width, top, RULE * 0.75)
            for k in range(1, self.count):
                canvas.stroke(x + k * each, top, x + k * each, top - self.height, RULE * 0.75)
        for k, words in enumerate(self.strips):
            self._strip(canvas, x + k * each, top, each, words)

    def _strip(self, canvas: TaggedCanvas, x: float, top: float, width: float, words: Stack) -> None:
        """Read with the paper turned clockwise: up becomes the strip's left edge."""
        pad = 8 * self.unit
        tall = words.wrap(self.height - 2 * pad, 0)[1]
        with canvas.moved(x, top - self.height + pad, 90):
            words.paint(canvas, 0, -(width - tall) / 2)


@build.register
def _(block: blocks.TearOff, bench: Bench) -> list[Piece]:
    """As many strips as asked for, fewer when the type is too large for so many."""
    look = bench.look
    unit = look.unit
    height = min(150 * unit, bench.height * 0.9)
    length = height - 16 * unit
    number = whole(block.phone)
    phone = look.phone(number, length)
    name = fitted(block.name, replace(look.label(), leading=1.25), length)
    sample = Stack([Text(block.name, name, None), Text(number, phone, None)])
    room = sample.wrap(length, 0)[1] + 8 * unit
    count = max(1, min(block.count, int(bench.width // room)))
    outer = Element("L", bench.root, attributes=list_attributes("None"))
    strips = []
    for _each in range(count):
        body = Element("LBody", Element("LI", outer))
        strips.append(Stack([Text(block.name, name, body), Text(number, phone, body)]))
    return [Strips(strips, height, unit)]
