"""The releaser's signature in minisign's format, checked with the cryptography we ship.

A person checks the same file with the well-known tool: minisign -Vm SHA256SUMS -P KEY
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from resources import policy
from resources.errors import ToolkitError
from resources.paths import CONTENT

KEYS = CONTENT / "release"
_TRUSTED = "trusted comment: "


@dataclass(frozen=True)
class PublicKey:
    """A releaser's key: its eight-byte number and the Ed25519 key of 32 bytes."""

    number: bytes
    key: bytes

    @property
    def text(self) -> str:
        """As minisign writes it, for people to compare."""
        return base64.b64encode(b"Ed" + self.number + self.key).decode("ascii")


def read_key(text: str) -> PublicKey:
    """A key from the text of a minisign .pub file; raises ValueError for anything else."""
    lines = [line for line in text.splitlines() if line and not line.startswith("untrusted comment:")]
    raw = base64.b64decode(lines[0], validate=True) if len(lines) == 1 else b""
    if len(raw) != 42 or raw[:2] != b"Ed":
        raise ValueError("not a minisign public key")
    return PublicKey(raw[2:10], raw[10:])


def trusted_keys(folder: Path = KEYS) -> list[PublicKey]:
    """The keys this copy believes: those that came with it (two while a releaser changes keys, none in a copy
    without) and those of the agency's policy."""
    texts = [path.read_text(encoding="ascii") for path in sorted(folder.glob("*.pub"))]
    return [read_key(text) for text in (*texts, *policy.current().releasers)]


def check(data: bytes, signature: str, keys: Iterable[PublicKey]) -> str:
    """The comment that one of `keys` signed together with `data`.

    Raises ToolkitError `release.no_key`, `release.other_signer` or `release.altered`.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    believed = {key.number: key for key in keys}
    if not believed:
        raise ToolkitError("release.no_key")
    number, signed, comment, over_comment = _parts(signature)
    if number not in believed:
        raise ToolkitError("release.other_signer")
    public = Ed25519PublicKey.from_public_bytes(believed[number].key)
    try:
        public.verify(signed, hashlib.blake2b(data, digest_size=64).digest())
        public.verify(over_comment, signed + comment.encode())
    except InvalidSignature as wrong:
        raise ToolkitError("release.altered") from wrong
    return comment


def _parts(text: str) -> tuple[bytes, bytes, str, bytes]:
    """Key number, signature, comment, signature over both; only the prehashed form is taken."""
    lines = text.splitlines()
    try:
        raw, over_comment = (base64.b64decode(lines[n], validate=True) for n in (1, 3))
    except (IndexError, ValueError) as wrong:
        raise ToolkitError("release.altered") from wrong
    shaped = len(raw) == 74 and raw[:2] == b"ED" and len(over_comment) == 64
    if not shaped or not lines[2].startswith(_TRUSTED):
        raise ToolkitError("release.altered")
    return raw[2:10], raw[10:], lines[2].removeprefix(_TRUSTED), over_comment
