"""Shows that long work goes on, how far it is, and a Cancel that works."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QCloseEvent

from desktop.desk import Desk
from desktop.jobs import Job, Progress, Steps
from desktop.widgets.dialog import Dialog
from desktop.widgets.job_page import SHOWN_AFTER_MS, JobPage
from resources.errors import ToolkitError


class Working(Dialog):
    """A dialog over one job; it closes when the job ends, and cannot be closed in another way."""

    def __init__(self, desk: Desk, text: str, job: Job | Steps) -> None:
        super().__init__(desk.ask.window if desk.ask else None, text, width=480)
        self.page = JobPage(desk.words)
        self.page.title.hide()  # the dialog has it
        self._job = job
        self.body.addWidget(self.page)
        self.cancel = self.add_button(desk.words.say("desk.cancel"), self.stop)
        self.ended: tuple[str, Any] | None = None
        self._loop = QEventLoop()
        self.page.ended.connect(self._end)

    def _end(self, how: str, value: Any) -> None:
        self.ended = (how, value)
        self._loop.quit()

    def wait(self) -> tuple[str, Any]:
        """Do the job and wait for it; show this dialog when it takes more than a moment."""
        timer = QTimer(singleShot=True, interval=SHOWN_AFTER_MS)
        timer.timeout.connect(self._loop.quit)
        timer.start()
        self.page.begin(self.heading.text(), self._job)
        self._loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if self.ended is None:
            self.setModal(True)
            self.show_centered()
            self.show()
            self._loop.exec()
        timer.stop()
        self.hide()
        return self.ended or ("stopped", None)

    def stop(self) -> None:
        self.cancel.setEnabled(False)
        self.page.stop()

    def reject(self) -> None:
        self.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.stop()


def run_job(desk: Desk, text: str, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> None:
    """Do `work` off the window's thread and hand its result to `done`; after a moment it says so, with
    Cancel. Problems are explained; a stopped job changes nothing and `done` is not called."""
    _follow(desk, text, Job(work, desk), done, desk.ask.problem)


def run_steps(
    desk: Desk,
    text: str,
    steps: Generator[tuple[int, int], None, Any],
    done: Callable[[Any], object],
    failed: Callable[[ToolkitError], object],
) -> None:
    """The same for work that has to stay on the window's thread and therefore comes in short steps."""
    _follow(desk, text, Steps(steps, desk), done, failed)


def _follow(
    desk: Desk,
    text: str,
    job: Job | Steps,
    done: Callable[[Any], object],
    failed: Callable[[ToolkitError], object],
) -> None:
    dialog = Working(desk, text, job)
    kind, value = dialog.wait()
    dialog.deleteLater()
    if kind == "done":
        done(value)
    elif kind == "failed":
        if not isinstance(value, ToolkitError):
            raise value
        failed(value)
