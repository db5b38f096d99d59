"""Work of more than a blink: off the window's thread, with progress and a Cancel that is heard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

Result = TypeVar("Result")


class Stopped(Exception):
    """Raised inside a job when the person pressed Cancel."""


class Progress:
    """What a job may call: `progress(done, of)` tells how far it is, and stops the job when asked to."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()

    def __call__(self, done: int = 0, of: int = 0) -> None:
        if self._stop.is_set():
            raise Stopped
        self._tell(done, of)

    def stop(self) -> None:
        self._stop.set()


class Job(QObject):
    """One piece of work on its own thread; the signals arrive on the thread that made the job."""

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, work: Callable[[Progress], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._progress = Progress(self.progressed.emit)
        self._thread = threading.Thread(target=self._run, name="job", daemon=True)

    def start(self) -> Job:
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ask it to stop; it does at its next progress call, and says `stopped`."""
        self._progress.stop()

    def wait(self, seconds: float = 10.0) -> None:
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            result = self._work(self._progress)
        except Stopped:
            self.stopped.emit()
        except Exception as problem:
            self.failed.emit(problem)
        else:
            self.done.emit(result)


class Steps(QObject):
    """Work that has to stay on the window's thread, such as printing: a step whenever the window is idle."""

    progressed = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(
        self, steps: Generator[tuple[int, int], None, object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._steps = steps
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._step)

    def start(self) -> Steps:
        self._idle.start()
        return self

    def stop(self) -> None:
        """No further step; the work cleans up behind itself."""
        self._idle.stop()
        self._steps.close()
        self.stopped.emit()

    def wait(self) -> None:
        """It has ended when it says so."""

    def _step(self) -> None:
        try:
            self.progressed.emit(*next(self._steps))
        except StopIteration as end:
            self._idle.stop()
            self.done.emit(end.value)
        except Exception as problem:
            self._idle.stop()
            self.failed.emit(problem)


class Idle(QObject):
    """Makes what a page shows step by step, so that nobody who types waits: the first step at once, each
    other one when the window has nothing else to do."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._step)

    def begin(self, steps: Iterator[None]) -> None:
        """These from now on; what is left of others is no longer wanted."""
        self._steps = steps
        self._timer.start()
        self._step()

    def finish(self) -> None:
        """Make now what is left."""
        for _ in self._steps:
            pass

    def _step(self) -> None:
        if next(self._steps, self) is self:
            self._timer.stop()
