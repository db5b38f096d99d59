"""Forms filled in by hand: questions with room to write, and lines to sign on."""

from __future__ import annotations

from dataclasses import replace

from reports import blocks
from reports.engine.build import Bench, build
from reports.engine.look import HAIRLINE, RULE
from reports.engine.pieces import Box, Gap, Piece, Row, Stack


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
    return found
