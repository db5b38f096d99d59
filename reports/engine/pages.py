"""Full pages: pieces in one column, with page numbers, a running title and a watermark around it."""

from __future__ import annotations

import math
from dataclasses import replace

from reports import blocks
from reports.engine.around import page_number
from reports.engine.canvas import TaggedCanvas
from reports.engine.contents import turn
from reports.engine.layout import Style, lines
from reports.engine.look import FOOT, GHOST, HAIRLINE, LOGO, MARGIN, Look, fitted
from reports.engine.pager import Progress, flow
from reports.engine.pieces import Piece, Text


def room(canvas: TaggedCanvas, footer: bool) -> tuple[float, float]:
    """The width and height that text has on a page."""
    return canvas.paper[0] - 2 * MARGIN, canvas.paper[1] - 2 * MARGIN - (12 if footer else 0)


def draw_pages(
    document: blocks.Document, canvas: TaggedCanvas, pieces: list[Piece], look: Look, progress: Progress
) -> None:
    """All pages of a sheet or booklet."""
    frames = flow(pieces, *room(canvas, document.footer), progress)
    turn(pieces, frames)
    for number, frame in enumerate(frames, 1):
        progress(number, len(frames))
        if document.watermark:
            watermark(canvas, document.watermark, look)
        if document.logo and number == 1:
            _logo(canvas, document.logo, look)
        for piece, down in frame:
            piece.paint(canvas, MARGIN, canvas.paper[1] - MARGIN - down)
        if document.footer:
            running = document.title if document.form == "booklet" else ""
            _footer(canvas, look, running, number, len(frames))
        canvas.showPage()


def _logo(canvas: TaggedCanvas, logo: blocks.Image, look: Look) -> None:
    """In the upper margin, at the end of the line."""
    wide, high = LOGO
    scale = min(wide / logo.width, high / logo.height)
    width, height = logo.width * scale, logo.height * scale
    x = MARGIN if look.rtl else canvas.paper[0] - MARGIN - width
    with canvas.artifact("Header"):
        canvas.picture(logo, x, canvas.paper[1] - MARGIN + 6, width, height)


def _footer(canvas: TaggedCanvas, look: Look, running: str, page: int, pages: int) -> None:
    style = Style(max(8.5, look.size * 0.75), look.language)
    width = canvas.paper[0] - 2 * MARGIN
    said = page_number(look.language, page, pages)
    canvas.rule(MARGIN, FOOT + style.size * 1.5, width, HAIRLINE)
    with canvas.artifact("Footer"):
        for text, align in ((said, "end"), (running, "start")):
            if text:
                shown = Text(text, fitted(text, replace(style, align=align), width * 0.7), None)
                shown.wrap(width, 0)
                shown.paint(canvas, MARGIN, FOOT + style.size * 1.3)


def watermark(canvas: TaggedCanvas, text: str, look: Look) -> None:
    """A word across the page, under everything, pale enough to read through."""
    width, height = canvas.paper
    diagonal = math.hypot(width, height) * 0.7
    style = fitted(text, Style(120, look.language, bold=True), diagonal)
    angle = math.degrees(math.atan2(height, width))
    with canvas.artifact("Watermark"), canvas.moved(width / 2, height / 2, angle), canvas.pale(GHOST):
        for line in lines(text, style, diagonal):
            canvas.write_lines([(line, -line.width / 2, -style.size * 0.35)], style.size)
