"""Where updates lie: a folder on a stick or a share, or the parts of one bundle file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from resources.errors import ToolkitError
from resources.files import write_whole
from resources.updates import segments
from resources.updates.refusals import Refused

FOLDER = "porchlight"  # all we write on a stick lies in here
MOST_FILES = 100_000
ROSTER = re.compile(r"agency-(a[0-9a-f]{12})/(\d{8})\.json")
JOINING = re.compile(r"joining/(d[0-9a-f]{12})\.json")
HELD = re.compile(r"held/(d[0-9a-f]{12})\.json")
EDITION = re.compile(r"content/(guidance|agency)-(i[0-9a-f]{12})-(\d{8})\.edition")
SIGNER = re.compile(r"signers/(i[0-9a-f]{12})\.json")
_KINDS = (segments.NAME, ROSTER, JOINING, HELD, EDITION, SIGNER)


class Medium(Protocol):
    """What an exchange needs of the place where updates lie."""

    @property
    def label(self) -> str: ...
    def names(self) -> list[str]: ...
    def size(self, name: str) -> int: ...
    def head(self, name: str, size: int) -> bytes: ...
    def read(self, name: str, limit: int) -> bytes: ...
    def write(self, name: str, data: bytes) -> None: ...


def known(name: str) -> bool:
    """True for a name that we write ourselves; all others are left alone, whatever they are."""
    return any(kind.fullmatch(name) for kind in _KINDS)


class Folder:
    """A folder; only files with names of ours, that really lie in it, are looked at."""

    def __init__(self, folder: Path) -> None:
        self.label = folder.name or str(folder)
        self.root = folder if folder.name == FOLDER else folder / FOLDER
        if not folder.is_dir():
            raise ToolkitError("updates.no_folder", folder=self.label)

    def names(self) -> list[str]:
        try:
            return sorted(self._names())
        except OSError as problem:
            raise ToolkitError("updates.folder_unreadable", folder=self.label) from problem

    def _names(self) -> Iterator[str]:
        if not self.root.is_dir() or self.root.is_symlink():
            return
        left = MOST_FILES
        with os.scandir(self.root) as folders:
            ours = [one for one in folders if one.is_dir(follow_symlinks=False)]
        for folder in ours:
            with os.scandir(folder.path) as files:
                for file in files:
                    left -= 1
                    if left < 0:
                        return
                    name = f"{folder.name}/{file.name}"
                    if known(name) and file.is_file(follow_symlinks=False):
                        yield name

    def size(self, name: str) -> int:
        try:
            return (self.root / name).stat().st_size
        except OSError:
            return 0

    def head(self, name: str, size: int) -> bytes:
        try:
            with (self.root / name).open("rb") as file:
                return file.read(size)
        except OSError as problem:
            raise Refused("unreadable") from problem

    def read(self, name: str, limit: int) -> bytes:
        """The whole file; raises Refused when it is larger than `limit` or cannot be read."""
        data = self.head(name, limit + 1)
        if len(data) > limit:
            raise Refused("too_large")
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write whole, then read again: what a stick says it keeps is not believed."""
        write_whole(self.root / name, data)
        try:
            again = self.read(name, len(data))
        except Refused:
            again = b""
        if again != data:
            raise ToolkitError("updates.written_wrong", folder=self.label, file=name)


class Parts:
    """The parts of a bundle, in memory."""

    def __init__(self, label: str, parts: dict[str, bytes] | None = None) -> None:
        self.label = label
        self.parts = parts if parts is not None else {}

    def names(self) -> list[str]:
        return sorted(self.parts)

    def size(self, name: str) -> int:
        return len(self.parts.get(name, b""))

    def head(self, name: str, size: int) -> bytes:
        if name not in self.parts:
            raise Refused("unreadable")
        return self.parts[name][:size]

    def read(self, name: str, limit: int) -> bytes:
        data = self.head(name, limit + 1)
        if len(data) > limit:
            raise Refused("too_large")
        return data

    def write(self, name: str, data: bytes) -> None:
        self.parts[name] = data
