"""A releaser with a key of its own, and sticks made by it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from resources.release import stick
from resources.release.signature import PublicKey


class Releaser:
    """Signs as minisign does: Ed25519 over BLAKE2b, and over that signature with its comment."""

    def __init__(self, number: bytes = b"releaser") -> None:
        self._private = Ed25519PrivateKey.generate()
        raw = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.key = PublicKey(number, raw)

    def sign(self, data: bytes, comment: str) -> str:
        signed = self._private.sign(hashlib.blake2b(data, digest_size=64).digest())
        over = self._private.sign(signed + comment.encode())
        first = base64.b64encode(b"ED" + self.key.number + signed).decode()
        second = base64.b64encode(over).decode()
        return f"untrusted comment: ours\n{first}\ntrusted comment: {comment}\n{second}\n"

    def stick(self, folder: Path, version: str, files: dict[str, bytes]) -> Path:
        """A release folder with these files, signed."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = []
        for name, content in files.items():
            (folder / name).write_bytes(content)
            lines.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        listed = "".join(lines).encode()
        (folder / stick.SUMS).write_bytes(listed)
        (folder / stick.SIGNATURE).write_text(self.sign(listed, f"porchlight {version}"), encoding="utf-8")
        return folder


@pytest.fixture
def releaser(monkeypatch: pytest.MonkeyPatch) -> Releaser:
    """A releaser whom this copy believes."""
    made = Releaser()
    monkeypatch.setattr(stick, "trusted_keys", lambda: [made.key])
    return made


@pytest.fixture
def stranger() -> Callable[..., Releaser]:
    """Makes releasers whom this copy does not believe, whatever they call themselves."""
    return Releaser
