"""From a finished Document to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Mapping

from reports import blocks
from reports.engine import contacts, contents, figures, forms, names, tables, tearoff  # noqa: F401  (builders)
from reports.engine.build import Bench, Paint, build
from reports.engine.canvas import TaggedCanvas
from reports.engine.finish import encrypted
from reports.engine.fonts import shelf
from reports.engine.look import CARDS, GROWN, SHEETS, Look
from reports.engine.pager import Progress, flow
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
    progress: Progress = lambda done, of: None,
) -> bytes:
    """The PDF: tagged (PDF/UA-1), the same bytes for the same document.

    `password` encrypts it with AES-256; `pdfa` adds PDF/A-2A, which knows no encryption, so the
    password wins. `pictures` maps the names in Picture blocks to functions that draw them. `progress` is
    called with pages drawn and pages in all (0 of 0 while pages are still being made up); what it
    raises stops the work.
    """
    canvas = TaggedCanvas(
        Element("Document"),
        title=document.title,
        language=document.language,
        size=SHEETS[document.paper],
        pdfa=pdfa and not password,
    )
    if document.form in CARDS:
        _cards(document, canvas, pictures or {}, progress)
    else:
        look = Look(document.size, document.language)
        bench = Bench(look, canvas.root, *room(canvas, document.footer), pictures or {})
        bench.bookmarks = document.bookmarks or document.form == "booklet"
        draw_pages(document, canvas, _pieces(document, bench, progress), look, progress)
    data = canvas.finished()
    return encrypted(data, password) if password else data


def _pieces(document: blocks.Document, bench: Bench, progress: Progress) -> list[Piece]:
    pieces: list[Piece] = []
    for block in document.blocks:
        progress(0, 0)
        pieces += build(block, bench)
    contents.fill(pieces)
    return pieces


def _cards(
    document: blocks.Document, canvas: TaggedCanvas, pictures: Mapping[str, Paint], progress: Progress
) -> None:
    """Cards in the largest type that still fits one of them; `size` is the smallest type there is."""
    space = panel(document.form)
    for grown in GROWN:
        look = Look(document.size * grown, document.language, compact=True)
        bench = Bench(look, Element("Document"), *space, pictures)
        panels = flow(_pieces(document, bench, progress), *space, progress)
        if grown > 1 and len(panels) > 2:
            break
        canvas.root, fitting = bench.root, (panels, look)
        if len(panels) > 2:
            break
    draw_cards(document, canvas, *fitting, progress)
