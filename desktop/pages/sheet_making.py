"""Making the paper: at once when it is short, else beside the window with progress and a Cancel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.jobs import Job, Progress
from desktop.pages.sheet_work import SheetWork
from desktop.widgets.basics import button, column, label
from resources.errors import ToolkitError
from resources.words import Words

if TYPE_CHECKING:
    from reports.sheet import Paper


class SheetMaking(QObject):
    """One paper at a time: when another is wanted, the one in work stops and is never shown."""

    made = Signal(object)  # a Paper
    refused = Signal(object)  # a ToolkitError
    started = Signal()
    progressed = Signal(int, int)
    stopped = Signal()

    def __init__(self, work: SheetWork, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._run: _Run | None = None

    @property
    def busy(self) -> bool:
        return self._run is not None

    def make(self) -> None:
        """Make the paper of the handoff as it is now, and say what came of it."""
        self.forget()
        if self._work.takes_long():
            self._run = _Run(self, self._work.later())
            self.started.emit()
            self._run.job.start()
            return
        try:
            paper = self._work.paper()
        except ToolkitError as error:
            self.refused.emit(error)
        else:
            self.made.emit(paper)

    def stop(self) -> None:
        """The person pressed Cancel; `stopped` says when the work has heard it."""
        if self._run is not None:
            self._run.job.stop()

    def forget(self) -> None:
        """Stop, and take nothing from the work that goes on until it hears that."""
        if self._run is not None:
            self._run.job.stop()
            self._run = None

    def ended(self, run: _Run, signal: Callable[..., object], *result: object) -> None:
        if run is self._run:
            self._run = None
            signal(*result)
        run.deleteLater()

    def heard(self, run: _Run, done: int, of: int) -> None:
        if run is self._run:
            self.progressed.emit(done, of)


class _Run(QObject):
    """One paper in work; its slots run on the window's thread."""

    def __init__(self, making: SheetMaking, work: Callable[[Progress], Paper]) -> None:
        super().__init__(making)
        self._making = making
        self.job = Job(work, self)
        queued = Qt.ConnectionType.QueuedConnection  # the job speaks from its own thread
        self.job.progressed.connect(self._progressed, queued)
        self.job.done.connect(self._done, queued)
        self.job.failed.connect(self._failed, queued)
        self.job.stopped.connect(self._stopped, queued)

    def _progressed(self, done: int, of: int) -> None:
        self._making.heard(self, done, of)

    def _done(self, paper: object) -> None:
        self._making.ended(self, self._making.made.emit, paper)

    def _failed(self, problem: Exception) -> None:
        if not isinstance(problem, ToolkitError):
            raise problem
        self._making.ended(self, self._making.refused.emit, problem)

    def _stopped(self) -> None:
        self._making.ended(self, self._making.stopped.emit)


class MakingPage(QWidget):
    """Stands where the paper will be: how far it is, and a way to stop; afterwards a way to go on."""

    cancelled = Signal()
    wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words = words
        lines = column(self, (12, 12, 12, 12), 12)
        self.title = label(words.say("sheet.making"), "strong", wrap=True)
        self.note = label("", "mute", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words.say("sheet.making"))
        self.cancel = button(words.say("desk.cancel"), "", on=self._cancel)
        self.again = button(words.say("sheet.make_again"), "", "sheet", on=self.wanted.emit)
        for part in (self.title, self.note, self.bar):
            lines.addWidget(part)
        for act in (self.cancel, self.again):
            lines.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addStretch()
        self.begin()

    def begin(self) -> None:
        self._say("sheet.making", "sheet.making_note", working=True)
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)

    def show_progress(self, done: int, of: int) -> None:
        if of:
            self.bar.setRange(0, of)
            self.bar.setValue(done)

    def show_stopped(self) -> None:
        self._say("sheet.make_stopped", "sheet.make_stopped_note", working=False)

    def _say(self, title: str, note: str, *, working: bool) -> None:
        self.title.setText(self._words.say(title))
        self.note.setText(self._words.say(note))
        for part in (self.bar, self.cancel):
            part.setVisible(working)
        self.again.setVisible(not working)

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.note.setText(self._words.say("desk.stopping"))
        self.cancelled.emit()
