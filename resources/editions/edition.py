"""One edition as a file: everything a laptop must know before it reads a part stands, signed, at the start.

    Porchlight content 1 | one line of JSON | one line of signatures | the parts, one after the other

It is no archive: names are looked up among those an edition may hold (`kinds`), and nothing is unpacked.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from resources.directory.fields import text
from resources.editions.kinds import MOST_BYTES, MOST_FILE, MOST_FILES, fits
from resources.updates.medium import EDITION, Medium
from resources.updates.refusals import Refused
from resources.updates.roster import name_fits, public
from resources.updates.segments import signed_by

MAGIC = b"Porchlight content 1\n"
DOMAIN = b"porchlight content 1\0"
MOST_HEADER = 1 << 20
_HEX = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,6}){1,3}")


@dataclass(frozen=True)
class Part:
    """One file of an edition."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Edition:
    """What an edition says of itself. `number` only grows; `made_with` and `base` name the version of the
    program and the content in it on which the edition was made; `agency` is whose own texts these are."""

    role: str
    issuer: str
    key: str
    agency: str
    number: int
    made_on: str
    made_with: str
    base: str
    parts: tuple[Part, ...]

    @property
    def issuer_id(self) -> str:
        return issuer_id(self.key)

    @property
    def name(self) -> str:
        """Where it lies on a medium."""
        return f"content/{self.role}-{self.issuer_id}-{self.number:08d}.edition"

    @property
    def header(self) -> bytes:
        return text(asdict(self)).encode()


@dataclass(frozen=True)
class Signed:
    """An edition whose parts are what it says; who signed it is judged elsewhere (`signers`)."""

    edition: Edition
    signatures: Mapping[str, str]
    parts: Mapping[str, bytes]

    @property
    def raw(self) -> bytes:
        head = b"".join([MAGIC, self.edition.header, b"\n", text(dict(self.signatures)).encode(), b"\n"])
        return head + b"".join(self.parts[part.name] for part in self.edition.parts)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.edition.header).hexdigest()

    def signers(self) -> set[str]:
        """The keys that really signed it."""
        message = DOMAIN + self.edition.header
        return {key for key, said in self.signatures.items() if signed_by(key, bytes.fromhex(said), message)}

    def with_signature(self, private: Ed25519PrivateKey) -> Signed:
        """The same, signed by one more."""
        said = private.sign(DOMAIN + self.edition.header).hex()
        return Signed(self.edition, {**self.signatures, public(private): said}, self.parts)


def issuer_id(key: str) -> str:
    return "i" + hashlib.sha256(bytes.fromhex(key)).hexdigest()[:12]


def parts_of(files: Mapping[str, bytes]) -> tuple[Part, ...]:
    """How files are named in a header, in the order in which they travel."""
    return tuple(
        Part(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in sorted(files.items())
    )


def read(medium: Medium, name: str) -> Signed:
    """One edition of a medium. The header is read first; what it says is more than an edition may hold is
    refused before a part is read. Raises Refused."""
    edition, signatures, start = head_of(medium.head(name, MOST_HEADER + (64 << 10)))
    total = start + sum(part.size for part in edition.parts)
    if medium.size(name) > total:
        raise Refused("content_damaged")
    signed = Signed(edition, signatures, _parts(memoryview(medium.read(name, total))[start:], edition))
    if EDITION.fullmatch(name) and name != edition.name:
        raise Refused("other_name")
    return signed


def head_of(raw: bytes) -> tuple[Edition, dict[str, str], int]:
    """Header, signatures and where the parts begin. Raises Refused."""
    if not raw.startswith(MAGIC):
        raise Refused("no_edition")
    header, first, rest = raw[len(MAGIC) :].partition(b"\n")
    signatures, second, _ = rest.partition(b"\n")
    if len(header) > MOST_HEADER:
        raise Refused("content_too_large")
    try:
        edition = _edition(json.loads(header))
        signed = _signatures(json.loads(signatures))
        if not (first and second) or edition.header != header or text(signed).encode() != signatures:
            raise ValueError("not in the one spelling")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise Refused("content_damaged") from problem
    return edition, signed, len(MAGIC) + len(header) + len(signatures) + 2


def _edition(table: Any) -> Edition:
    rows = table["parts"]
    if len(rows) > MOST_FILES:
        raise Refused("content_too_large")
    edition = Edition(**{**table, "parts": tuple(Part(**row) for row in rows)})
    sizes = [part.size for part in edition.parts]
    if not all(type(size) is int and size >= 0 for size in sizes):
        raise ValueError("no size")
    if sum(sizes) > MOST_BYTES or max(sizes, default=0) > MOST_FILE:
        raise Refused("content_too_large")
    for part in edition.parts:
        if not fits(edition.role, part.name):
            raise Refused("content_name", part=str(part.name)[:80])
    names = [part.name for part in edition.parts]
    good = (
        names == sorted(set(names))
        and names
        and all(_HEX.fullmatch(part.sha256) for part in edition.parts)
        and _HEX.fullmatch(edition.key)
        and _HEX.fullmatch(edition.base)
        and name_fits(edition.issuer)
        and isinstance(edition.agency, str)
        and type(edition.number) is int
        and 0 < edition.number < 100_000_000
        and _VERSION.fullmatch(edition.made_with)
        and date.fromisoformat(edition.made_on)
    )
    if not good:
        raise ValueError("no edition")
    return edition


def _signatures(table: Any) -> dict[str, str]:
    if len(table) > 50 or not all(_HEX.fullmatch(key) and _SIGNATURE.fullmatch(table[key]) for key in table):
        raise ValueError("no signatures")
    return dict(table)


def _parts(rest: memoryview, edition: Edition) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    at = 0
    for part in edition.parts:
        data = bytes(rest[at : at + part.size])
        at += part.size
        if len(data) != part.size or hashlib.sha256(data).hexdigest() != part.sha256:
            raise Refused("content_damaged")
        parts[part.name] = data
    return parts
