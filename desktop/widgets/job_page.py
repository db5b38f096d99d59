"""One job, shown while it goes on: a sentence, how far it is, and the way it ended."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.jobs import Job, Steps
from desktop.widgets.basics import column, label, page
from resources.words import Words

SHOWN_AFTER_MS = 200


class JobPage(QWidget):
    """Put it where it can be seen when a job takes longer than SHOWN_AFTER_MS. `ended` says how ("done",
    "failed" or "stopped") and with what, on the window's thread."""

    ended = Signal(str, object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        page(self)
        self._say = words.say
        self._job: Job | Steps | None = None
        lines = column(self, 0, 10)
        self.title = label("", "strong", wrap=True)
        self.note = label("", "mute", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        for part in (self.title, self.note, self.bar):
            lines.addWidget(part)
        lines.addStretch()

    @property
    def busy(self) -> bool:
        return self._job is not None

    def begin(self, text: str, job: Job | Steps) -> None:
        """Start this job and follow it."""
        self.title.setText(text)
        self.note.setText(self._say("desk.job.text"))
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(text)
        self._job = job
        queued = Qt.ConnectionType.QueuedConnection  # the job speaks from its own thread
        job.progressed.connect(self._progressed, queued)
        job.done.connect(self._done, queued)
        job.failed.connect(self._failed, queued)
        job.stopped.connect(self._stopped, queued)
        job.start()

    def stop(self) -> None:
        """Ask the job to stop; it says so at its next step."""
        if self._job is not None:
            self.note.setText(self._say("desk.stopping"))
            self._job.stop()

    def _progressed(self, done: int, of: int) -> None:
        if of:
            self.bar.setRange(0, of)
            self.bar.setValue(done)

    def _done(self, value: object) -> None:
        self._end("done", value)

    def _failed(self, problem: object) -> None:
        self._end("failed", problem)

    def _stopped(self) -> None:
        self._end("stopped", None)

    def _end(self, how: str, value: object) -> None:
        if self._job is not None:
            self._job.wait()
            self._job.deleteLater()
            self._job = None
        self.ended.emit(how, value)
