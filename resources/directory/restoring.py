"""The backups of a directory as a person chooses among them: when each was made, whether it is whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from resources.directory import backup, keys
from resources.engine import Error, open_file
from resources.errors import ToolkitError

Progress = Callable[[int, int], object]
RESTORABLE = ("store.damaged", "store.damaged_restore", "store.missing")


@dataclass(frozen=True)
class Backup:
    """One backup; `entries` is how many providers in use it holds, None when it cannot be read."""

    path: Path
    made: datetime
    size: int
    entries: int | None

    @property
    def good(self) -> bool:
        return self.entries is not None


def listed(folder: Path, progress: Progress | None = None) -> list[Backup]:
    """Every backup, newest first, each one checked page by page; `progress(done, of)` may raise to stop.

    Raises ToolkitError when the key of this laptop is missing or damaged.
    """
    found = backup.backups(folder)
    if not found:
        return []
    key = keys.device_key(folder, create=False)
    made = []
    for n, path in enumerate(found):
        if progress:
            progress(n, len(found))
        made.append(Backup(path, backup.made_on(path), path.stat().st_size, _entries(path, key)))
    return made


def _entries(path: Path, key: bytes) -> int | None:
    try:
        backup.verify(path, key)
        connection = open_file(path, key, immutable=True)
        try:
            row = connection.execute("select count(*) from provider where status <> 'defunct'").fetchone()
            return int(row[0])
        finally:
            connection.close()
    except (ToolkitError, Error):
        return None
