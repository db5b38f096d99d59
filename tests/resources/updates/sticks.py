"""What happens to sticks: pulled out half-written, files lost, damaged, cut short, half copied, put back."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

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
        _harm(chance.choice(files), kind, chance)
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
        raw[int(chance.random() * len(raw))] ^= 1 << chance.randrange(8)
        path.write_bytes(raw)
