"""Bytes of a list to text: which letters a file was written in, and whether it is text at all."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from resources.errors import ToolkitError
from resources.files import explained

MOST_BYTES = 100 * 1024 * 1024
_OTHER_KINDS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "database"),
    (b"{\\rtf", "document"),
    (b"\xd0\xcf\x11\xe0", "old_excel"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Decoded:
    """The text of a file; `encoding` is `utf-8`, `utf-16`, `utf-32`, `damaged-utf-8` or `cp1252`."""

    text: str
    encoding: str


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The whole file, refused from its size when it is larger than `most`; raises ToolkitError."""
    try:
        size = path.stat().st_size
        if size > most:
            raise ToolkitError("exchange.too_large", file=path.name, limit=most // (1024 * 1024))
        data = path.read_bytes()
    except PermissionError as problem:
        raise ToolkitError("exchange.locked", file=path.name) from problem
    except OSError as problem:
        raise explained(problem, path, "core.cannot_read") from problem
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise ToolkitError("exchange.empty", file=path.name)
    return data


def decode(data: bytes, file: str) -> Decoded:
    """Text of `data`: UTF-8 with or without mark, UTF-16, UTF-32, else Windows-1252; never a failure
    for text, ToolkitError `exchange.not_a_table` for anything else."""
    for start, kind in _OTHER_KINDS:
        if data.startswith(start):
            raise ToolkitError(f"exchange.not_a_table.{kind}", file=file)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(Decoded(data.decode(encoding, errors="replace"), encoding[:6].rstrip("-")), file)
    if encoding := _unmarked_utf16(data):
        return _checked(Decoded(data.decode(encoding, errors="replace"), "utf-16"), file)
    return _checked(_eight_bit(data), file)


def _unmarked_utf16(data: bytes) -> str:
    """The byte order when every second byte of the beginning is nearly always zero."""
    start = data[:2000]
    half = max(1, len(start) // 2)
    if start[1::2].count(0) > 0.7 * half and start[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if start[0::2].count(0) > 0.7 * half and start[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _eight_bit(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    damaged = text.count("�")
    good = sum(1 for sign in text if sign > "\x7f") - damaged
    if good > 8 * damaged:
        return Decoded(text, "damaged-utf-8")
    try:
        return Decoded(data.decode("cp1252"), "cp1252")
    except UnicodeDecodeError:
        return Decoded(data.decode("cp1252", errors="replace"), "cp1252")


def _checked(decoded: Decoded, file: str) -> Decoded:
    start = decoded.text[:100_000]
    controls = sum(1 for sign in start if sign < " " and sign not in "\t\r\n\f\v\x00\x1a\x1b")
    if controls > 8 and controls > len(start) * 0.02:
        raise ToolkitError("exchange.not_a_table.unknown", file=file)
    return decoded
