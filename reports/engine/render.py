"""From a finished Document to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reports import blocks
from reports.engine import contacts, forms, names, tables, tearoff  # noqa: F401  (they register their builders)
from reports.engine.build import Bench, Paint, build
from reports.engine.canvas import TaggedCanvas
from reports.engine.finish import encrypted
from reports.engine.fonts import shelf
from reports.engine.look import CARDS, SHEETS, Look
from reports.engine.pages import draw_pages, room
from reports.engine.pieces import Piece
from reports.engine.structure import Element
from reports.engine.wallet import draw_cards, panel


def preload() -> None:
    """Read the fonts that most sheets need, so that the first sheet comes as fast as the others."""
    for bold in (False, True):
        shelf().first("en", bold)


def render(
    document: blocks.Document,
    *,
    password: str | None = None,
    pdfa: bool = False,
    pictures: Mapping[str, Paint] | None = None,
    progress: Callable[[int, int], object] = lambda done, of: None,
) -> bytes:
    """The PDF: tagged (PDF/UA-1), the same bytes for the same document.

    `password` encrypts it with AES-256; `pdfa` adds PDF/A-2A, which knows no encryption, so the
    password wins. `pictures` maps the names in Picture blocks to functions that draw them. `progress` is
    called with pages drawn and pages in all (0 of 0 while pages are still being made up); what it
    raises stops the work.
    """
    card = document.form in CARDS
    root = Element("Document")
    canvas = TaggedCanvas(
        root,
        title=document.title,
        language=document.language,
        size=SHEETS[document.paper],
        pdfa=pdfa and not password,
    )
    look = Look(document.size, document.language, compact=card)
    space = panel(document.form) if card else room(canvas, document.footer)
    bench = Bench(look, root, *space, pictures or {})
    bench.bookmarks = document.bookmarks or document.form == "booklet"
    pieces: list[Piece] = []
    for block in document.blocks:
        progress(0, 0)
        pieces += build(block, bench)
    (draw_cards if card else draw_pages)(document, canvas, pieces, look, progress)
    data = canvas.finished()
    return encrypted(data, password) if password else data
