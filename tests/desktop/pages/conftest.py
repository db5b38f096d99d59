"""Fixtures of the page tests: small papers made in memory."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """One PDF page per text; locked when a password is given."""
    import pikepdf
    from reportlab.pdfgen.canvas import Canvas

    def make(*texts: str, password: str = "", size: tuple[float, float] = (612, 792)) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=size, invariant=1)
        for text in texts:
            canvas.setFont("Helvetica", 24)
            canvas.drawString(40, size[1] - 60, text)
            canvas.showPage()
        canvas.save()
        if not password:
            return out.getvalue()
        locked = io.BytesIO()
        with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
            pdf.save(locked, encryption=pikepdf.Encryption(user=password, owner=password, R=6))
        return locked.getvalue()

    return make
