"""While nobody types: reads in small pieces what the next letter, place or misspelt word will need."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.desk import Desk
from resources.directory.search import Shortlists
from resources.errors import ToolkitError

PAUSE_MS = 150


class ReadAhead(QObject):
    """Begins `PAUSE_MS` after the last `later()`, and says `done` once all is read."""

    def __init__(self, desk: Desk, shortlists: Shortlists, done: Callable[[], object]) -> None:
        super().__init__(desk)
        self._desk, self._shortlists, self._done = desk, shortlists, done
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._piece)
        desk.directory_closing.connect(self._timer.stop)

    def later(self) -> None:
        """A key was just answered: wait for a pause."""
        self._timer.start(PAUSE_MS)

    def _piece(self) -> None:
        try:
            with self._desk.directory.reading():
                more = self._shortlists.read_ahead(self._desk.directory.connection)
        except ToolkitError:
            return  # nobody asked: the next question says what is wrong
        if more:
            self._timer.start(0)
        else:
            self._done()
