"""What happens to sticks: pulled out half-written, files lost, damaged, cut short, half copied, put back."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import zlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from resources.errors import ToolkitError
from resources.updates.medium import Folder


class Pulled(Folder):
    """A stick that is pulled out after some files, in the middle of the next one."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        super().__init__(folder)
        self.chance, self.left = chance, chance.randrange(6)

    def write(self, name: str, data: bytes) -> None:
        self.left -= 1
        if self.left >= 0:
            super().write(name, data)
            return
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        half = data[: int(self.chance.random() * len(data))]
        # the rename reached the stick before the data did, or it did not
        (path if self.chance.random() < 0.5 else path.with_name(path.name + ".part")).write_bytes(half)
        raise ToolkitError("core.cannot_write", file=name)


class Reader:
    """Reads what lies on a stick without the program: files that are whole and signed."""

    def __init__(self) -> None:
        self.read: dict[bytes, tuple[str, int, int] | None] = {}

    def carried(self, stick: Path) -> dict[str, int]:
        """How far each log can be read from its start."""
        spans: dict[str, list[tuple[int, int]]] = {}
        for path in sorted(stick.glob("porchlight/*/*.seg")):
            if (found := self._file(path)) is not None:
                spans.setdefault(found[0], []).append(found[1:])
        upto = dict.fromkeys(spans, 0)
        for device, some in spans.items():
            for first, last in sorted(some):
                if first <= upto[device] + 1:
                    upto[device] = max(upto[device], last)
        return upto

    def whole(self, path: Path) -> bool:
        return self._file(path) is not None

    def _file(self, path: Path) -> tuple[str, int, int] | None:
        raw = path.read_bytes()
        key = f"{path.parent.name}/{path.name}".encode() + hashlib.sha256(raw).digest()
        if key not in self.read:
            self.read[key] = self._parsed(path, raw)
        return self.read[key]

    def _parsed(self, path: Path, raw: bytes) -> tuple[str, int, int] | None:
        try:
            end = 11 + int.from_bytes(raw[7:11], "big")
            header, data = raw[11:end], raw[end + 96 :]
            said = json.loads(header)
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["key"]))
            key.verify(raw[end : end + 64], b"porchlight segment 1\0" + header)
            numbers = [json.loads(body)["n"] for body in zlib.decompress(data).split(b"\n")]
        except (ValueError, KeyError, TypeError, InvalidSignature, zlib.error):
            return None
        device, first, last = said["device"], said["first"], said["last"]
        whole = hashlib.sha256(data).digest() == raw[end + 64 : end + 96] and numbers == [
            *range(first, last + 1)
        ]
        named = (path.parent.name, path.name) == (device, f"{first:08d}-{last:08d}.seg")
        return (device, first, last) if whole and named and raw[:7] == b"PLSEG1\n" else None


def accident(sticks: list[Path], chance: random.Random, aside: Path) -> str:
    """Let one thing happen to one stick; says what."""
    stick = chance.choice(sticks)
    files = sorted(path for path in stick.rglob("*") if path.is_file())
    kind = chance.choice(("lost", "lost", "damaged", "damaged", "cut", "cut", "copied", "copied", "wiped",
                          "kept", "put back"))  # fmt: skip
    if kind == "wiped":
        shutil.rmtree(stick)
        stick.mkdir()
    elif kind == "copied":
        _half_copied(stick, chance.choice(sticks), files, chance)
    elif kind == "kept":
        shutil.rmtree(aside / "kept", ignore_errors=True)
        shutil.copytree(stick, aside / "kept")
    elif kind == "put back":
        if (aside / "kept").exists():
            shutil.rmtree(stick)
            shutil.copytree(aside / "kept", stick)
    elif files:
        for path in chance.sample(files, min(len(files), 4 if kind == "damaged" else 1)):
            _harm(path, kind, chance)
    return kind


def _half_copied(stick: Path, other: Path, files: list[Path], chance: random.Random) -> None:
    for path in chance.sample(files, len(files) // 2):
        target = other / path.relative_to(stick)
        if target != path:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


def _harm(path: Path, kind: str, chance: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    if kind == "lost":
        path.unlink()
    elif kind == "cut":
        path.write_bytes(raw[: int(chance.random() * len(raw))])
    elif raw:
        at = chance.choice((chance.random(), 1 - chance.random() / 8))  # anywhere, or in the data at the end
        raw[min(int(at * len(raw)), len(raw) - 1)] ^= 1 << chance.randrange(8)
        path.write_bytes(raw)
