"""Cells that no spreadsheet program runs as a formula (threat model R23), and the way back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "'"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guard(text: str) -> str:
    """The text with a mark before it when a spreadsheet might run it, or when it begins with such a mark;
    NUL signs go, which spreadsheets take for the end of a cell."""
    text = text.replace("\x00", "")
    if not text.strip():
        return ""
    return MARK + text if text.lstrip(MARK).startswith(_DANGEROUS) else text


def unguard(text: str) -> str:
    """The text without exactly the mark that `guard` puts."""
    if text.startswith(MARK) and text.lstrip(MARK).startswith(_DANGEROUS):
        return text[len(MARK) :]
    return text


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[str]], bare: Iterable[str] = ()) -> bytes:
    """A CSV file in UTF-8; columns in `bare` hold plain numbers and are left as they are."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    as_is = {n for n, heading in enumerate(headings) if heading in set(bare)}
    for row in rows:
        writer.writerow([cell if n in as_is else guard(cell) for n, cell in enumerate(row)])
    return out.getvalue().encode("utf-8", errors="replace")
