"""A table of contents: headings and their pages, filled in once everything has its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reports import blocks
from reports.engine.build import Bench, build
from reports.engine.layout import width_of
from reports.engine.look import HAIRLINE
from reports.engine.pager import Placed
from reports.engine.pieces import Box, Piece, Row, Stack, Text
from reports.engine.structure import Element

WIDEST = "0000"


class Contents(Stack):
    """One line for each heading: `fill` makes them before the flow, `turn` puts in the pages after it."""

    def __init__(self, title: str, bench: Bench) -> None:
        unit = bench.look.unit
        super().__init__([], before=12 * unit, after=10 * unit)
        self._title = bench.text(title, bench.look.heading(3))
        self._bench, self._element = bench, Element("TOC", bench.root)
        self._numbers: dict[int, Text] = {}

    def fill(self) -> None:
        if self._bench.heads:
            self.pieces.append(self._title)
        style = replace(self._bench.look.body(), after=0)
        end = width_of(WIDEST, style)
        for heading in self._bench.heads:
            entry = Element("TOCI", self._element)
            name = self._bench.text(heading.text, style, parent=entry)
            number = self._bench.text("", replace(style, align="end"), parent=entry)
            row = Row([name, number], (self._bench.width - end, end), rtl=self._bench.look.rtl)
            unit = self._bench.look.unit
            self.pieces.append(Box(row, padding=(2 * unit, 0, 2 * unit), bottom=HAIRLINE))
            self._numbers[id(heading.outline)] = number

    def turn(self, frames: Sequence[Sequence[Placed]]) -> None:
        for page, frame in enumerate(frames, 1):
            for placed in frame:
                number = self._numbers.get(id(getattr(placed.piece, "outline", None)))
                if number is not None:
                    number.say(str(page))


def fill(pieces: Iterable[Piece]) -> None:
    """Make the lines of each table of contents, after all headings are built."""
    for piece in pieces:
        if isinstance(piece, Contents):
            piece.fill()


def turn(pieces: Iterable[Piece], frames: Sequence[Sequence[Placed]]) -> None:
    """Put the page numbers in, before anything is drawn."""
    for piece in pieces:
        if isinstance(piece, Contents):
            piece.turn(frames)


@build.register
def _(block: blocks.Contents, bench: Bench) -> list[Piece]:
    return [Contents(block.title, bench)]
