"""Languages to point at: many names on little room, each in its own script with the English under it."""

from __future__ import annotations

from dataclasses import replace

from reports import blocks
from reports.engine.build import Bench, build
from reports.engine.fonts import right_to_left
from reports.engine.look import HAIRLINE, fitted
from reports.engine.pieces import Box, Gap, Piece, Row, Stack, Text
from reports.engine.structure import Element, list_attributes


@build.register
def _(block: blocks.Names, bench: Bench) -> list[Piece]:
    look = bench.look
    unit = look.unit
    outer = Element("L", bench.root, attributes=list_attributes("None"))
    english = replace(look.small(), size=look.base * 0.72, leading=1.2, after=0)
    gap = 6 * unit
    width = (bench.width - gap * (block.columns - 1)) / block.columns
    cells: list[Piece] = []
    for code, own, name in block.items:
        body = Element("LBody", Element("LI", outer))
        # a name that runs from the right still starts at the left, over its English; not bold, because
        # the letters of many scripts run together when they are small and thickened
        style = replace(look.of("" if right_to_left(code) else code).body(), leading=1.2, after=0)
        style = replace(style, size=look.base * 1.1)
        if " " not in own:
            style = fitted(own, style, width - 0.5)
        lang = code if code != look.language else ""
        lines: list[Piece] = [Text(own, style, Element("P", body, lang=lang))]
        if name != own:
            lines.append(bench.text(name, english, "P", body))
        cells.append(Stack(lines, whole=True))
    found: list[Piece] = []
    for at in range(0, len(cells), block.columns):
        line = cells[at : at + block.columns]
        line += [Gap(0)] * (block.columns - len(line))
        row = Row(line, (1,) * block.columns, gap=gap, rtl=look.rtl)
        found.append(Box(row, padding=(1.6 * unit, 0, 1.6 * unit), bottom=HAIRLINE))
    return found
