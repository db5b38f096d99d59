"""From blocks to pieces: one function for each kind of block, chosen by its type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatch

from reportlab.pdfgen.canvas import Canvas

from reports import blocks
from reports.engine.canvas import TaggedCanvas
from reports.engine.layout import Style, width_of
from reports.engine.look import HAIRLINE, RULE, Look
from reports.engine.pieces import Box, PageEnd, Piece, Row, Stack, Text
from reports.engine.structure import Element, list_attributes

Paint = Callable[[Canvas, float, float], None]


@dataclass
class Bench:
    """What the builders work with: the look, the tree they fill and the room they have."""

    look: Look
    root: Element
    width: float
    height: float  # of one page or panel
    pictures: Mapping[str, Paint] = field(default_factory=dict)
    bookmarks: bool = False
    level: int = 0  # of the last heading
    heads: list[Text] = field(default_factory=list)  # of the second level, for a table of contents

    def text(self, text: str, style: Style, tag: str = "P", parent: Element | None = None) -> Text:
        """A paragraph under the root or another element, marked when its language differs."""
        lang = style.language if style.language != self.look.language else ""
        return Text(text, style, Element(tag, parent or self.root, lang=lang))


@singledispatch
def build(block: object, bench: Bench) -> list[Piece]:
    """The pieces that draw a block."""
    raise TypeError(type(block).__name__)


@build.register
def _(block: blocks.Heading, bench: Bench) -> list[Piece]:
    level = bench.level = max(1, min(block.level, bench.level + 1, 6))  # a level may not be skipped
    style = bench.look.heading(level)
    text = bench.text(block.text, style, f"H{level}")
    if bench.bookmarks:
        text.outline = (block.text, level - 1)
        if level == 2:
            bench.heads.append(text)
    text.keepWithNext = True
    if level > 1 or bench.look.compact:
        return [text]
    unit = bench.look.unit
    ruled = Box(text, padding=(0, 0, 6 * unit), bottom=RULE * 1.5, before=text.before, after=text.after)
    ruled.keepWithNext = True
    return [ruled]


@build.register
def _(block: blocks.Para, bench: Bench) -> list[Piece]:
    look = bench.look.of(block.language)
    if block.kind == "notice":
        return [notice(bench, bench.text(block.text, look.body()), look)]
    style = {"small": look.small, "strong": look.strong}.get(block.kind, look.body)()
    return [bench.text(block.text, style)]


def notice(bench: Bench, inner: Piece, look: Look) -> Box:
    """A shaded box with a heavy bar where reading begins."""
    unit = look.unit
    gap = 3 * unit if look.compact else 8 * unit
    return Box(
        inner,
        padding=(gap * 0.8, gap * 1.5, gap * 0.8),
        shade=True,
        bar=3 * unit,
        rtl=look.rtl,
        before=gap * 0.6,
        after=gap,
    )


class Tick(Piece):
    """An empty box to tick, drawn because fonts lack it; it speaks as a list label."""

    def __init__(self, side: float, line: float, element: Element, rtl: bool) -> None:
        super().__init__()
        self.side, self.line, self.element, self.rtl = side, line, element, rtl

    def measure(self, width: float) -> float:
        return self.line

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        left = x + self.width - self.side if self.rtl else x
        with canvas.tagged(self.element):
            canvas.outline(left, top - (self.line + self.side) / 2, self.side, self.side, RULE)


@build.register
def _(block: blocks.Bullets, bench: Bench) -> list[Piece]:
    look = bench.look
    kind = "Decimal" if block.ordered else "Square" if block.tick_boxes else "Disc"
    outer = Element("L", bench.root, attributes=list_attributes(kind))
    style = replace(look.body(), after=0)
    digits = width_of(f"{len(block.items)}.", style) if block.ordered else 0
    hang = max(digits + 6 * look.unit, look.base * (1.75 if block.tick_boxes else 1.25))
    gap = 18 * look.unit
    room = (bench.width - gap * (block.columns - 1)) / block.columns
    found: list[Piece] = []
    for number, item in enumerate(block.items, 1):
        entry = Element("LI", outer)
        label: Piece
        if block.tick_boxes:
            box = Element("Lbl", entry, attributes="/ActualText<FEFF2610>")
            label = Tick(look.base * 0.86, style.leading * style.size, box, look.rtl)
        else:
            label = bench.text(f"{number}." if block.ordered else "\u2022", style, "Lbl", entry)
        row = Row([label, bench.text(item, style, "LBody", entry)], (hang, room - hang), rtl=look.rtl)
        row.after = (1.5 if look.compact else 4) * look.unit
        found.append(row)
    if block.columns > 1 and found:
        tall = -(-len(found) // block.columns)
        columns = [Stack(found[at : at + tall]) for at in range(0, len(found), tall)]
        found = [Row(columns, (1,) * len(columns), gap=gap, rtl=look.rtl)]
    if found:
        found[-1].after = look.body().after + look.unit * 2
    return found


@build.register
def _(block: blocks.SideBySide, bench: Bench) -> list[Piece]:
    found: list[Piece] = []
    unit = bench.look.unit
    if block.contact:
        found += build(block.contact, bench)
        found[-1].after = 0
    if block.heads:
        bench.level = min(2, bench.level + 1)
    for first, second in block.pairs:
        cells = [
            _one_side(text, bench.look.of(language), bench, heads=block.heads)
            for text, language in ((first, block.first_language), (second, block.second_language))
        ]
        row = Row(cells, (1, 1), gap=18 * unit, rtl=bench.look.rtl)
        if block.heads or block.contact:
            found.append(Box(row, padding=(0, 0, 4 * unit), before=10 * unit if block.heads else 0))
            found[-1].keepWithNext = block.heads
        else:
            found.append(Box(row, padding=(5 * unit, 0, 6 * unit), top=HAIRLINE))
    if block.contact:
        found = [Stack(found, whole=True)]
    if found:
        found[-1].after = 0 if block.heads else 8 * unit
    return found


def _one_side(text: str, look: Look, bench: Bench, *, heads: bool) -> Text:
    if not heads:
        return bench.text(text, replace(look.body(), after=0))
    return bench.text(text, replace(look.heading(2), before=0, after=0), f"H{bench.level}")


class Drawing(Piece):
    """A pictogram: decoration, because the words beside it say the same."""

    def __init__(self, paint: Paint, side: float) -> None:
        super().__init__()
        self.drawing, self.side = paint, side

    def measure(self, width: float) -> float:
        return self.side

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact(), canvas.moved(x, top - self.side):
            self.drawing(canvas, self.side, self.side)


@build.register
def _(block: blocks.Picture, bench: Bench) -> list[Piece]:
    look = bench.look
    side = look.base * (2.6 if look.compact else 4.2)
    gap = look.base * 0.9
    room = bench.width - side - gap
    words: list[Piece] = [bench.text(block.text, replace(look.strong(), size=look.base * 1.1, after=0))]
    if block.phone:
        words.append(bench.text(whole(block.phone), look.phone(whole(block.phone), room)))
    row = Row(
        [Drawing(bench.pictures[block.name], side), Stack(words)],
        (side, room),
        gap=gap,
        rtl=look.rtl,
        middle=True,
    )
    return [Box(row, padding=(3 * look.unit, 0, 3 * look.unit), after=4 * look.unit)]


@build.register
def _(block: blocks.PageBreak, bench: Bench) -> list[Piece]:
    return [PageEnd()]


def whole(number: str) -> str:
    """A telephone number that keeps its order in any text and its place on one line."""
    return f"\u2066{number}\u2069" if number and number[0] != "\u2066" else number
