"""How long a key takes in the search box while a big list comes in, against the same window at rest.

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/import_beside.py [ROWS]    (53000 unless told otherwise)

Opens the window on an empty directory, imports a generated list through the dialog, and types a letter
every 100 ms from start to end. A key counts from the moment it is due until the letter stands in the box and
the page is painted ("late"). On a machine that does other things too, the time for which this thread itself
was busy tells more: the longest stretch before a letter, and the letter ("busy"). Prints both for each step,
and the memory of both processes.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from exchange import write
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import app as apps
from desktop.dialogs.import_review import ImportReview
from desktop.window import Window

EVERY = 0.1
LETTERS = "shelter "


class Typist:
    """Types on time, however busy the window is, and notes how late each letter is there."""

    def __init__(self, window: Window) -> None:
        self.window, self.step, self.typed = window, "at rest", 0
        self.late: dict[str, list[float]] = defaultdict(list)
        self.busy: dict[str, list[float]] = defaultdict(list)
        self._stretch, self._cpu = 0.0, time.thread_time()
        self._due = time.perf_counter() + EVERY
        self._timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        now = time.thread_time()
        self._stretch, self._cpu = max(self._stretch, now - self._cpu), now
        if time.perf_counter() < self._due:
            return
        box, letter = self.window.bar.search, LETTERS[self.typed % len(LETTERS)]
        if letter == " ":
            box.clear()
        else:
            QTest.keyClicks(box, letter)
        self.window.repaint()
        now = time.perf_counter()
        self.late[self.step].append((now - self._due) * 1000)
        cpu = time.thread_time()
        self.busy[self.step].append((self._stretch + cpu - self._cpu) * 1000)
        self._stretch, self._cpu = 0.0, cpu
        self.typed += 1
        self._due = max(self._due + EVERY, now)


def until(condition: Any, seconds: float = 600) -> float:
    clock = QElapsedTimer()
    clock.start()
    while not condition():
        QApplication.processEvents()
        time.sleep(0.001)
        assert clock.elapsed() < seconds * 1000, "it takes too long"
    return clock.elapsed() / 1000


def wait(seconds: float) -> None:
    end = time.perf_counter() + seconds
    until(lambda: time.perf_counter() > end)


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        listed = Path(name) / "list.csv"
        write(listed, rows)
        window = apps.build(apps.application(), Path(name) / "data")
        window.resize(1366, 768)
        window.go("find")
        window.show()
        until(window.isVisible)
        apps.settle(window.desk)
        typist = Typist(window)
        wait(5)
        typist.step = "opening"
        dialog = ImportReview(window.desk)
        window.desk.ask.beside(dialog)
        wait(2)
        steps = {}
        typist.step = "reading"
        dialog.read_path(listed)
        steps["reading"] = until(lambda: not dialog.working.busy)
        typist.step = "comparing"
        dialog.next_button.click()
        steps["comparing"] = until(lambda: not dialog.working.busy)
        assert dialog.changes is not None and len(dialog.changes.new) == rows
        child = memory_of(dialog)
        typist.step = "reviewing"
        wait(3)
        typist.step = "writing"
        dialog.next_button.click()
        steps["writing"] = until(lambda: not dialog.working.busy)
        typist.step = "afterwards"
        wait(5)
        for step, found in typist.late.items():
            told = f"{steps[step]:6.1f} s" if step in steps else " " * 8
            busy = typist.busy[step]
            print(f"{step:11} {told}  keys {len(found):4}  late: {worst(found)}  busy: {worst(busy)}")
        mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"memory: window {mine} MB, the other process {child} MB when it had compared")
        window.close()


def worst(found: list[float]) -> str:
    ordered = sorted(found)
    return f"slowest {ordered[-1]:6.1f} ms, p95 {ordered[int(len(ordered) * 0.95)]:6.1f} ms"


def memory_of(dialog: ImportReview) -> int:
    said = Path(f"/proc/{dialog._away._process.pid}/status").read_text(encoding="ascii")
    return int(said.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 53_000)
