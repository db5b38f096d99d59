"""The sticks that are plugged in, so that the clerk need not look for a folder."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_MOUNTED_AT = re.compile(r"(/media|/run/media)(/[^/]+){1,2}|(/mnt|/Volumes)/[^/]+")
_REMOVABLE = 2  # what GetDriveTypeW calls a removable drive


@dataclass(frozen=True)
class Stick:
    """A removable drive: where it is, and what people see written on it."""

    path: Path
    name: str


def sticks() -> list[Stick]:
    """The removable drives that can be written now, by name."""
    volumes = [one for one in QStorageInfo.mountedVolumes() if one.isReady() and not one.isReadOnly()]
    return chosen((one.rootPath(), one.displayName()) for one in volumes)


def chosen(volumes: Iterable[tuple[str, str]]) -> list[Stick]:
    """Those of some volumes, given as root and name, that are sticks."""
    found = [Stick(Path(root), _name(root, name)) for root, name in volumes if removable(root)]
    return sorted(found, key=lambda one: (one.name, str(one.path)))


def removable(root: str) -> bool:
    """True for a drive that can be pulled out."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\")) == _REMOVABLE)
    return _MOUNTED_AT.fullmatch(root) is not None


def _name(root: str, name: str) -> str:
    plain = root.rstrip("/\\")
    if sys.platform == "win32":
        return f"{name} ({plain})" if name and name.rstrip("/\\") != plain else plain
    return Path(plain).name if not name or name == root else name
