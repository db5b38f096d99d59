"""A segment: a run of one laptop's operations as a signed file, chained to the one before it.

    PLSEG1 | length of header | header | signature | SHA-256 of the rest | zlib of one operation a line

The signed header names the device, the range, and the hash of the device's log before and after it. The
log's hash proves every operation, also one whose street was taken out (see optext), so another
laptop can pass a segment on without a secret it must forget, and the author's signature still holds.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from resources.directory.fields import text
from resources.directory.merge import SEEN, Op
from resources.directory.optext import link, proved
from resources.updates.refusals import Refused
from resources.updates.values import all_fit

MAGIC = b"PLSEG1\n"
DOMAIN = b"porchlight segment 1\0"
MOST_OPS = 5_000
MOST_BYTES = 20 << 20  # a file, packed or unpacked (threat model R21)
MOST_HEADER = 1024
HEAD = len(MAGIC) + 4 + MOST_HEADER + 64 + 32  # so many bytes hold everything but the operations
DEVICE = re.compile(r"d[0-9a-f]{12}")
NAME = re.compile(r"(d[0-9a-f]{12})/(\d{8})-(\d{8})\.seg")


@dataclass(frozen=True)
class Header:
    """What the author signs."""

    device: str
    first: int
    last: int
    prev: str
    chain: str
    key: str

    @property
    def name(self) -> str:
        """Where the segment lies in the folder."""
        return f"{self.device}/{self.first:08d}-{self.last:08d}.seg"

    @cached_property
    def raw(self) -> bytes:
        return text({"v": 1} | {name: getattr(self, name) for name in self.__dataclass_fields__}).encode()

    @classmethod
    def read(cls, raw: bytes) -> Self:
        try:
            table = json.loads(raw)
            header = cls(**{name: table[name] for name in cls.__dataclass_fields__})
            kinds = all(type(getattr(header, n)) is int for n in ("first", "last"))
            hashes = all(re.fullmatch(r"[0-9a-f]{64}", getattr(header, n)) for n in ("prev", "chain", "key"))
            if not (kinds and hashes and DEVICE.fullmatch(header.device) and header.raw == raw):
                raise ValueError("no header")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
            raise Refused("no_segment") from problem
        if not 1 <= header.first <= header.last:
            raise Refused("no_segment")
        if header.last - header.first >= MOST_OPS:
            raise Refused("too_large")
        return header


@dataclass(frozen=True)
class Sealed:
    """The signed part of a segment, and the hash of what lies behind it."""

    header: Header
    signature: bytes
    seal: bytes

    @property
    def raw(self) -> bytes:
        size = len(self.header.raw).to_bytes(4, "big")
        return MAGIC + size + self.header.raw + self.signature + self.seal

    @classmethod
    def read(cls, raw: bytes) -> Self:
        """From the first bytes of a file; nothing is verified yet. Raises Refused."""
        start = len(MAGIC) + 4
        size = int.from_bytes(raw[len(MAGIC) : start], "big")
        if raw[: len(MAGIC)] != MAGIC or size > MOST_HEADER or len(raw) < start + size + 96:
            raise Refused("no_segment")
        end = start + size
        return cls(Header.read(raw[start:end]), raw[end : end + 64], raw[end + 64 : end + 96])

    def verify(self, key: str) -> None:
        """Raises Refused unless the holder of this public key signed the header."""
        if not signed_by(self.header.key, self.signature, DOMAIN + self.header.raw):
            raise Refused("bad_signature")
        if self.header.key != key:
            raise Refused("wrong_key")


def signed_by(key: str, signature: bytes, data: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign(header: Header, private: Ed25519PrivateKey) -> bytes:
    return private.sign(DOMAIN + header.raw)


def pack(bodies: Sequence[str]) -> bytes:
    """Operations as they lie in a file."""
    return zlib.compress("\n".join(bodies).encode(), 6)


def unpack(data: bytes) -> list[str]:
    """The operations again; what is larger than the limit is not unpacked to its end (R21)."""
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(data, MOST_BYTES + 1)
        if len(plain) > MOST_BYTES:
            raise Refused("too_large")
        if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
            raise Refused("damaged")
        return plain.decode().split("\n")
    except (zlib.error, UnicodeDecodeError) as problem:
        raise Refused("damaged") from problem


class Glance(NamedTuple):
    """What is remembered of each operation: its entry, its clock, and the name it gives it.

    The name is None when the operation cannot be the only one of a new entry.
    """

    provider: str
    clock: int
    name: str | None


@dataclass(frozen=True)
class Segment:
    """A segment whose signature, hashes and operations were verified."""

    sealed: Sealed
    data: bytes
    hashes: tuple[bytes, ...]
    bare: frozenset[str] = frozenset()  # providers whose street was taken out of an operation here
    glances: tuple[Glance, ...] = ()

    @property
    def header(self) -> Header:
        return self.sealed.header

    def passed(self, after: int) -> int:
        """How many of its operations have a number up to `after`."""
        return max(0, after - self.header.first + 1)

    def bodies(self, after: int = 0) -> list[str]:
        """The operations after number `after`."""
        return unpack(self.data)[self.passed(after) :]

    @classmethod
    def read(cls, raw: bytes, name: str, key: str) -> Self:
        """From a whole file called `name` whose author has this public key. Raises Refused."""
        if len(raw) > MOST_BYTES:
            raise Refused("too_large")
        sealed = Sealed.read(raw)
        sealed.verify(key)
        header, data = sealed.header, raw[len(sealed.raw) :]
        if header.name != name:
            raise Refused("other_name")
        if hashlib.sha256(data).digest() != sealed.seal:
            raise Refused("damaged")
        bodies = unpack(data)
        if len(bodies) != header.last - header.first + 1:
            raise Refused("damaged")
        chain, hashes, glances, bare = bytes.fromhex(header.prev), [], [], set()
        for n, body in enumerate(bodies, header.first):
            op, hashed, stripped = _checked(header.device, n, body)
            chain = link(chain, hashed)
            hashes.append(hashed)
            called = None if SEEN in op.set else op.set.get("name")
            glances.append(Glance(op.provider, op.clock, called))
            if stripped:
                bare.add(op.provider)
        if chain.hex() != header.chain:
            raise Refused("damaged")
        return cls(sealed, data, tuple(hashes), frozenset(bare), tuple(glances))


def _checked(device: str, n: int, body: str) -> tuple[Op, bytes, bool]:
    """An operation that is what it says, its hash, and whether a street was taken out of it."""
    try:
        op, hashed, stripped = proved(device, body)
        if op.id.n != n or not all_fit(op.set):
            raise Refused("malformed")
    except (ValueError, TypeError, AttributeError, RecursionError) as problem:
        raise Refused("malformed") from problem
    return op, hashed, stripped
