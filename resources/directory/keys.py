"""The keys of this laptop: one that opens the directory without a login, one that signs its operations.

The device key guards against damage and casual copying, not against someone who uses the officer's
account. It lies in two checked copies beside the directory, readable by their owner only. (An operating
system key store may hold it one day; a bare Linux has none, and a hotline must be found in seconds.)
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from resources.errors import ToolkitError
from resources.files import write_whole

# the library is loaded by what signs or wraps: opening a directory needs neither, and officers wait for it
if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

COPIES = ("device.key", "device.key.copy")
_FIRST_LINE = "Porchlight device key 1"


@dataclass(frozen=True)
class Identity:
    """What this laptop signs with: a random name and a private key, wrapped with the device key."""

    device: str
    wrapped: bytes
    public_key: str


def device_key(folder: Path, *, create: bool) -> bytes:
    """The 32 bytes that open the directory; a copy that is damaged is mended from the good one.

    Raises ToolkitError `store.key_missing` when there is none and `create` is False, and
    `store.key_damaged` when both copies are unreadable or they contradict each other.
    """
    paths = [folder / name for name in COPIES]
    found = [_read(path) for path in paths]
    good = {key for key in found if key is not None}
    if len(good) > 1:
        raise ToolkitError("store.key_damaged", folder=folder.name)
    if not good:
        if any(path.exists() for path in paths):
            raise ToolkitError("store.key_damaged", folder=folder.name)
        if not create:
            raise ToolkitError("store.key_missing", folder=folder.name)
        good = {secrets.token_bytes(32)}
    key = good.pop()
    for path, held in zip(paths, found, strict=True):
        if held is None:
            _mend(path, key, needed=create)
    return key


def _read(path: Path) -> bytes | None:
    try:
        first, key, check = path.read_text(encoding="ascii").splitlines()
        raw = bytes.fromhex(key)
    except (OSError, ValueError):
        return None
    return raw if first == _FIRST_LINE and len(raw) == 32 and check == _check(raw) else None


def _mend(path: Path, key: bytes, *, needed: bool) -> None:
    """Write a copy; on a medium that cannot be written the other copy serves."""
    try:
        write_whole(path, f"{_FIRST_LINE}\n{key.hex()}\n{_check(key)}\n".encode(), private=True)
    except ToolkitError:
        if needed:
            raise


def _check(key: bytes) -> str:
    return hashlib.sha256(b"porchlight device key" + key).hexdigest()


def new_identity(key: bytes) -> Identity:
    """A fresh name and signing key. A directory restored from a backup must take one."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    private = Ed25519PrivateKey.generate()
    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Identity(f"d{secrets.token_hex(6)}", wrap(key, "signing key", raw), public.hex())


def signing_key(identity: Identity, key: bytes) -> Ed25519PrivateKey:
    """The private key of this laptop; raises ToolkitError when the device key does not fit it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(unwrap(key, "signing key", identity.wrapped))


def wrap(key: bytes, purpose: str, secret: bytes) -> bytes:
    """A secret of 32 bytes, readable with the device key only, and for this purpose only."""
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    return aes_key_wrap(_wrapping(key, purpose), secret)


def unwrap(key: bytes, purpose: str, wrapped: bytes) -> bytes:
    """What `wrap` wrapped; raises ToolkitError when the device key does not fit it."""
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    try:
        return aes_key_unwrap(_wrapping(key, purpose), wrapped)
    except (InvalidUnwrap, ValueError) as problem:
        raise ToolkitError("store.key_damaged", folder="") from problem


def _wrapping(key: bytes, purpose: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=None, info=f"porchlight {purpose}".encode()).derive(key)
