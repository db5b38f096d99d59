"""Cards of two panels, cut out along the dashes, folded at the dots: for the wallet or the shirt pocket."""

from __future__ import annotations

from reports import blocks
from reports.engine.canvas import TaggedCanvas
from reports.engine.look import CARDS, HAIRLINE, RULE, Look
from reports.engine.pager import Placed, Progress
from reports.engine.pages import watermark

PAD_SIDE, PAD_TOP = 12.0, 9.0
GAP = 18.0  # between cards, so that each has its own cut line


def panel(form: str) -> tuple[float, float]:
    """The room for words on one half of a card."""
    width, height = CARDS[form]
    return width - 2 * PAD_SIDE, height - 2 * PAD_TOP


def draw_cards(
    document: blocks.Document,
    canvas: TaggedCanvas,
    panels: list[list[Placed]],
    look: Look,
    progress: Progress,
) -> None:
    """As many cards as there are panels for, one under another."""
    card_width, card_height = CARDS[document.form]
    cards = [panels[at : at + 2] for at in range(0, len(panels), 2)]
    width, height = canvas.paper
    left = (width - 2 * card_width) / 2
    per_page = int((height - 72 + GAP) // (card_height + GAP))
    for start in range(0, len(cards), per_page):
        progress(start // per_page + 1, -(-len(cards) // per_page))
        if document.watermark:
            watermark(canvas, document.watermark, look)
        for row, card in enumerate(cards[start : start + per_page]):
            top = height - 54 - row * (card_height + GAP)
            _outline(canvas, left, top, card_width, card_height)
            _card(canvas, card, left, top, card_width, look.rtl)
        canvas.showPage()


def _card(
    canvas: TaggedCanvas, card: list[list[Placed]], left: float, top: float, width: float, rtl: bool
) -> None:
    """The first panel lies where reading begins."""
    for side, placed in enumerate(card):
        x = left + (width if bool(side) != rtl else 0)
        for piece, down in placed:
            piece.paint(canvas, x + PAD_SIDE, top - PAD_TOP - down)


def _outline(canvas: TaggedCanvas, left: float, top: float, width: float, height: float) -> None:
    low = top - height
    with canvas.artifact():
        with canvas.dashed(5, 3):
            canvas.outline(left, low, 2 * width, height, HAIRLINE * 1.5)
        with canvas.dashed(0, 3.5):
            canvas.stroke(left + width, low, left + width, top, RULE)
