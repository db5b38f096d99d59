"""Contacts: the name, the number large enough to read in a car, and the facts below."""

from __future__ import annotations

from dataclasses import replace

from reports import blocks
from reports.engine.build import Bench, build, whole
from reports.engine.canvas import TaggedCanvas
from reports.engine.layout import width_of
from reports.engine.look import HAIRLINE, Look
from reports.engine.pieces import Box, Piece, Row, Stack, Text
from reports.engine.structure import Element, list_attributes


@build.register
def _(block: blocks.Contacts, bench: Bench) -> list[Piece]:
    return _list(block.items, bench)


@build.register
def _(block: blocks.Contact, bench: Bench) -> list[Piece]:
    return _list((block,), bench)


def _list(items: tuple[blocks.Contact, ...], bench: Bench) -> list[Piece]:
    outer = Element("L", bench.root, attributes=list_attributes("None"))
    unit, compact = bench.look.unit, bench.look.compact
    pad = (2.2 if compact else 6) * unit
    found: list[Piece] = []
    for item in items:
        card = _card(item, bench, Element("LBody", Element("LI", outer)))
        found.append(Box(card, padding=(pad, 0, pad), top=HAIRLINE))
    if found:
        found[-1].after = (2 if compact else 8) * unit
    return found


def _card(item: blocks.Contact, bench: Bench, body: Element) -> Piece:
    """Name and number side by side where the line has room for both, else one under the other."""
    look = bench.look
    number = whole(item.phone)
    style = look.phone(number, bench.width)
    wide = width_of(number, style)
    beside = bool(item.phone) and not look.compact and wide <= bench.width * 0.45
    name = bench.text(item.name, look.name(), parent=body)
    phone: list[Piece] = []
    if item.phone:
        phone = [bench.text(number, replace(style, align="end" if beside else "start"), parent=body)]
    facts: list[Piece] = [bench.text(line, look.fact(), parent=body) for line in item.lines if line]
    if item.mark:
        facts.append(_mark(bench.text(item.mark, look.label(), parent=body), look))
    if not beside:
        return Stack([name, *phone, *facts], whole=True)
    gap = 14 * look.unit
    shares = (bench.width - wide - gap - 0.5, wide + 0.5)
    return _Beside([Stack([name, *facts], whole=True), phone[0]], shares, gap=gap, rtl=look.rtl)


class _Beside(Row):
    """Name and facts with the number at their side, drawn as heard: name, number, facts.

    Not on right-to-left paper: PDFium takes a number drawn next to a name for part of its line, and
    would copy the groups of digits in the wrong order.
    """

    def paint(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        words, number = self.pieces
        if self.rtl or not isinstance(words, Stack):  # or the facts have ended on the page before
            super().paint(canvas, x, top)
            return
        left, _ = self._widths(self.width)
        words.paint_some(canvas, x, top, slice(1))
        number.paint(canvas, x + left + self.gap, top)
        words.paint_some(canvas, x, top, slice(1, None))


def _mark(text: Text, look: Look) -> Box:
    unit = look.unit
    return Box(text, padding=(0, 6 * unit, 0), bar=2 * unit, rtl=look.rtl, before=2 * unit)
