"""Markdown cut into the pieces that checks, search, reading grades and paper work with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MARKER = re.compile(r"\[\^([A-Za-z0-9][A-Za-z0-9.-]*)\]")
LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"\s*(?:([-*+])|(\d{1,3})[.)])\s+(?:\[([ xX])\]\s+)?(.*)")
_RULE_ROW = re.compile(r"\s*\|[\s:|-]+")


@dataclass(frozen=True)
class Piece:
    """One heading, paragraph, list item, quotation or table row, with the line it starts on."""

    kind: str  # heading, paragraph, item, number, check, quote, row, head
    text: str
    line: int
    level: int = 0

    @property
    def markers(self) -> tuple[str, ...]:
        return tuple(MARKER.findall(self.text))

    @property
    def plain(self) -> str:
        return plain(self.text)


def plain(text: str) -> str:
    """The words alone: no markers, link targets, emphasis signs or table bars."""
    bare = LINK.sub(r"\1", MARKER.sub("", text))
    bare = re.sub(r"\\([\\`*_{}\[\]()#+.!:|<>@-])", r"\1", bare.replace("**", "").replace("`", ""))
    return re.sub(r"\s+", " ", bare.replace("*", "").replace(" | ", " ")).strip(" |")


def slug(heading: str) -> str:
    """The anchor of a heading: its letters and digits in lower case, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", plain(heading).casefold().replace("'", "").replace("’", "")))


def split(lines: Iterable[tuple[int, str]]) -> list[Piece]:
    """Cut numbered lines into pieces; a line that continues a piece is joined to it."""
    return list(_split(lines))


def _split(lines: Iterable[tuple[int, str]]) -> Iterator[Piece]:
    open_piece: Piece | None = None
    in_table = False
    for number, text in lines:
        if not text.strip():
            if open_piece:
                yield open_piece
            open_piece, in_table = None, False
            continue
        if in_table and _RULE_ROW.fullmatch(text):
            continue
        piece = _start(number, text, open_piece, in_table)
        if piece is None:
            if open_piece:
                joined = f"{open_piece.text} {text.strip().removeprefix('> ')}"
                open_piece = Piece(open_piece.kind, joined, open_piece.line, open_piece.level)
            continue
        if open_piece:
            yield open_piece
        in_table = piece.kind in ("head", "row")
        open_piece = piece
    if open_piece:
        yield open_piece


def _start(number: int, text: str, before: Piece | None, in_table: bool) -> Piece | None:
    """The piece this line starts, or None when it belongs to the piece before."""
    if match := _HEADING.fullmatch(text):
        return Piece("heading", match[2].strip(), number, len(match[1]))
    if text.lstrip().startswith("|"):
        return Piece("row" if in_table else "head", text.strip(), number)
    if match := _ITEM.fullmatch(text):
        kind = "check" if match[3] else "number" if match[2] else "item"
        return Piece(kind, match[4].strip(), number, (len(text) - len(text.lstrip())) // 2)
    if text.startswith(">"):
        if before and before.kind == "quote":
            return None
        return Piece("quote", text[1:].strip(), number)
    if before and before.kind not in ("heading", "row", "head"):
        return None
    return Piece("paragraph", text.strip(), number)
