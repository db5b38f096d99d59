"""The wallet card: two panels the size of a bank card, cut out along the dashes, folded at the dots."""

from __future__ import annotations

from reports import blocks
from reports.engine.canvas import TaggedCanvas
from reports.engine.look import CARD_HEIGHT, CARD_WIDTH, HAIRLINE, RULE, Look
from reports.engine.pager import Placed, flow
from reports.engine.pages import watermark
from reports.engine.pieces import Piece

PAD_SIDE, PAD_TOP = 12.0, 9.0
GAP = 18.0  # between cards, so that each has its own cut line
PANEL = (CARD_WIDTH - 2 * PAD_SIDE, CARD_HEIGHT - 2 * PAD_TOP)


def draw_cards(document: blocks.Document, canvas: TaggedCanvas, pieces: list[Piece], look: Look) -> None:
    """As many cards as the pieces need, one under another."""
    panels = flow(pieces, *PANEL)
    cards = [panels[at : at + 2] for at in range(0, len(panels), 2)]
    width, height = canvas.paper
    left = (width - 2 * CARD_WIDTH) / 2
    per_page = int((height - 72 + GAP) // (CARD_HEIGHT + GAP))
    for start in range(0, len(cards), per_page):
        if document.watermark:
            watermark(canvas, document.watermark, look)
        for row, card in enumerate(cards[start : start + per_page]):
            top = height - 54 - row * (CARD_HEIGHT + GAP)
            _outline(canvas, left, top)
            _card(canvas, card, left, top, look.rtl)
        canvas.showPage()


def _card(canvas: TaggedCanvas, card: list[list[Placed]], left: float, top: float, rtl: bool) -> None:
    """The first panel lies where reading begins."""
    for side, panel in enumerate(card):
        x = left + (CARD_WIDTH if bool(side) != rtl else 0)
        for piece, down in panel:
            piece.paint(canvas, x + PAD_SIDE, top - PAD_TOP - down)


def _outline(canvas: TaggedCanvas, left: float, top: float) -> None:
    low = top - CARD_HEIGHT
    with canvas.artifact():
        with canvas.dashed(5, 3):
            canvas.outline(left, low, 2 * CARD_WIDTH, CARD_HEIGHT, HAIRLINE * 1.5)
        with canvas.dashed(0, 3.5):
            canvas.stroke(left + CARD_WIDTH, low, left + CARD_WIDTH, top, RULE)
