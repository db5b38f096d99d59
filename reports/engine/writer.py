"""The file itself: ReportLab's objects packed into compressed object streams, and nothing else.

ReportLab's own writer adds its name, dates and comments; this one writes no /Info at all, and the
same objects always give the same bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

from reportlab.pdfbase import pdfdoc

PER_STREAM = 200
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Raw(pdfdoc.PDFObject):
    """An object given as finished PDF text."""

    def __init__(self, content: str | bytes) -> None:
        self.content = content if isinstance(content, bytes) else content.encode("latin-1")

    def format(self, document: object) -> bytes:
        return self.content


def stream(dictionary: str, data: bytes) -> Raw:
    """A stream object whose data is already as it should be stored."""
    return Raw(f"<<{dictionary}/Length {len(data)}>>stream\n".encode("latin-1") + data + b"\nendstream")


def add(document: Any, content: str | Raw) -> int:
    """Give an object a number in the document."""
    reference = document.Reference(content if isinstance(content, Raw) else Raw(content))
    return int(document.idToObjectNumberAndVersion[reference.name][0])


def write(document: Any, root: int, *, identified: bool = False) -> bytes:
    """The finished file. `identified` adds an ID made from the content, as PDF/A demands."""
    plain, streams = _formatted(document)
    out = bytearray(HEADER)
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    for number, body in streams:
        places[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    following = document.objectcounter + 1
    for start in range(0, len(plain), PER_STREAM):
        packed = plain[start : start + PER_STREAM]
        places |= {number: (2, following, at) for at, (number, _) in enumerate(packed)}
        places[following] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (following, _packed(packed))
        following += 1
    places[following] = (1, len(out), 0)
    identity = hashlib.sha256(bytes(out)).hexdigest()[:32] if identified else ""
    start = len(out)
    out += b"%d 0 obj\n%b\nendobj\n" % (following, _table(places, root, identity))
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _formatted(
    document: Any,
) -> tuple[list[tuple[int, bytes]], list[tuple[int, bytes]]]:
    """All objects by kind; formatting one may register more."""
    plain: list[tuple[int, bytes]] = []
    streams: list[tuple[int, bytes]] = []
    number = 1
    while number in document.numberToId:
        body = document.idToObject[document.numberToId[number]].format(document)
        body = body if isinstance(body, bytes) else str(body).encode("latin-1")
        is_stream = body.rstrip().endswith(b"endstream")
        (streams if is_stream else plain).append((number, body))
        number += 1
    return plain, streams


def _packed(objects: list[tuple[int, bytes]]) -> bytes:
    head, at = [], 0
    for number, body in objects:
        head.append(f"{number} {at}")
        at += len(body) + 1
    first = " ".join(head).encode() + b"\n"
    data = zlib.compress(first + b"\n".join(body for _, body in objects))
    return _stream(f"/Type/ObjStm/N {len(objects)}/First {len(first)}/Filter/FlateDecode", data)


def _table(places: dict[int, tuple[int, int, int]], root: int, identity: str) -> bytes:
    size = max(places) + 1
    rows = b"".join(
        bytes((kind,)) + where.to_bytes(4, "big") + extra.to_bytes(2, "big")
        for kind, where, extra in (places[number] for number in range(size))
    )
    known = f"/ID[<{identity}><{identity}>]" if identity else ""
    return _stream(
        f"/Type/XRef/Size {size}/W[1 4 2]/Root {root} 0 R{known}/Filter/FlateDecode", zlib.compress(rows)
    )


def _stream(dictionary: str, data: bytes) -> bytes:
    return stream(dictionary, data).content
