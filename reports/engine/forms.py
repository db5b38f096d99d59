"""Forms filled in by hand: questions with room to write, and lines to sign on."""

from __future__ import annotations

from dataclasses import replace

from reports import blocks
from reports.engine.build import Bench, build
from reports.engine.canvas import TaggedCanvas
from reports.engine.look import HAIRLINE, RULE
from reports.engine.pieces import Box, Gap, Piece, Row, Stack, Text

LEAST_LINES = 2  # fewer are no room for notes


@build.register
def _(block: blocks.Fields, bench: Bench) -> list[Piece]:
    look = bench.look
    unit = look.unit
    found: list[Piece] = []
    for question, answer in block.items:
        label = bench.text(question, look.label())
        if answer:
            held: Piece = Stack([label, bench.text(answer, replace(look.body(), after=0))])
            found.append(Box(held, padding=(4 * unit, 0, 4 * unit), bottom=HAIRLINE))
        else:
            held = Stack([label, Gap(20 * unit)], whole=True)
            found.append(Box(held, padding=(5 * unit, 0, 0), bottom=RULE * 0.75, after=2 * unit))
    if found:
        found[-1].after = 10 * unit
    return found


class Room(Piece):
    """A label and lines to write on, as many as fit where it stands."""

    spare = True

    def __init__(self, label: Text, step: float, most: int) -> None:
        super().__init__()
        self.label, self.step, self.most, self.count = label, step, most, most
        self.before = step / 2

    def take(self, width: float, height: float) -> bool:
        free = height - self.label.wrap(width, 0)[1]
        self.count = min(self.most, int(free // self.step))
        return self.count >= min(LEAST_LINES, self.most)

    def measure(self, width: float) -> float:
        return self.label.wrap(width, 0)[1] + self.count * self.step

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        self.label.paint(canvas, x, top)
        top -= self.label.height
        for number in range(1, self.count + 1):
            canvas.rule(x, top - number * self.step, self.width, HAIRLINE)


@build.register
def _(block: blocks.Notes, bench: Bench) -> list[Piece]:
    look = bench.look
    return [Room(bench.text(block.label, look.label()), max(22.0, 22 * look.unit), block.most)]


@build.register
def _(block: blocks.Signature, bench: Bench) -> list[Piece]:
    """Two lines beside each other: a long one to sign on and a short one, often for the date."""
    look = bench.look
    unit = look.unit
    found: list[Piece] = []
    for at in range(0, len(block.labels), 2):
        pair = block.labels[at : at + 2]
        lines: list[Piece] = [
            Box(bench.text(label, look.small()), padding=(3 * unit, 0, 0), top=RULE * 0.75) for label in pair
        ]
        if len(lines) == 1:
            lines.append(Gap(0))
        row = Row(lines, (3, 2), gap=24 * unit, rtl=look.rtl)
        found.append(Box(row, padding=(30 * unit, 0, 6 * unit)))
    return [Stack(found, whole=True, after=8 * unit)] if found else []
