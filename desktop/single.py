"""One Porchlight per data folder: a second start brings the first window to the front."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

from resources.files import write_whole

LOCK, REQUEST = "window.lock", "window.request"
PAGES = ("home", "find", "sheet", "guide", "speak", "settings", "upkeep")


class SingleInstance(QObject):
    """Holds the lock of a data folder, and hears when another start asks to be shown instead."""

    asked = Signal(str)

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        data.mkdir(parents=True, exist_ok=True)
        self._request = data / REQUEST
        self._lock = QLockFile(str(data / LOCK))
        self._lock.setStaleLockTime(0)  # only a dead process makes a lock stale
        self._watcher = QFileSystemWatcher(self)
        self.first = self._lock.tryLock(0)
        if self._lock.error() == QLockFile.LockError.PermissionError:
            self.first = True  # a folder that can only be read: nothing to keep apart
        elif self.first:
            self._request.unlink(missing_ok=True)
            self._watcher.addPath(str(data))
            self._watcher.directoryChanged.connect(lambda _path: self._read())

    def request(self, page: str = "") -> None:
        """Ask the first instance to come to the front, on this page."""
        write_whole(self._request, json.dumps({"page": page}).encode())

    def release(self) -> None:
        if self.first:
            self._lock.unlock()
            self.first = False

    def _read(self) -> None:
        try:
            asked = json.loads(self._request.read_bytes())
            self._request.unlink()
        except (OSError, ValueError):
            return
        page = asked.get("page") if isinstance(asked, dict) else ""
        self.asked.emit(page if page in PAGES else "")
