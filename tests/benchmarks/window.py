"""How long the window takes to start, to change its look with every page made, and to answer a first search.

    python tests/benchmarks/window.py [FOLDER]    (as `keys.py COUNT --data FOLDER` keeps it; else training)

Baselines of the same run: for the start `empty_window.py`, the least that PySide6 can show; for the look a
plain window of Qt with as many labels and buttons under the same style sheet. Screen: offscreen.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import app as apps
from desktop import theme
from desktop.window import PAGES, Window
from resources import settings
from resources.home import open_directory
from tests.benchmarks.keys import PLACE, SIZE, press
from tests.benchmarks.timing import Times, load, ratio

ROOT = Path(__file__).parents[2]
STARTS, ROUNDS, MOST_LOOK, MOST_START = 8, 12, 200.0, 1000.0
FIRST = ("shelter", "shletr hope")


def start(command: list[str], times: Times) -> None:
    """From starting a process to its word that it is usable, and its processor time until its end."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"usable"
        times.clock.append((time.perf_counter() - began) * 1000)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    times.own.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000)


def starts(data: Path) -> None:
    ours, empty = Times(), Times()
    for _ in range(STARTS + 1):
        start([sys.executable, "-m", "desktop", "--data", str(data), "--size", "1366x768", "--once"], ours)
        start([sys.executable, str(ROOT / "tests" / "benchmarks" / "empty_window.py")], empty)
    for one in (ours, empty):  # the first start reads the program from the disk
        del one.clock[0], one.own[0]
    print(ours.line("start to usable", MOST_START))
    print(empty.line("empty window of Qt"))
    print(f"  p50 of the empty window: {ratio(ours, empty, 0.5)}")


def opened(app: QApplication, data: Path) -> Window:
    """The window as it opens: on Home, which reads the state of the directory beside it."""
    settings.write(data, settings.read(data).changed(first_run_done=True, place=PLACE))
    window = apps.build(app, data)
    window.resize(*SIZE)
    window.go("home")
    window.show()
    until = time.perf_counter() + 0.3
    while time.perf_counter() < until:
        app.processEvents()
    return window


def first_search(window: Window, app: QApplication) -> None:
    """Nothing was read yet: the page is made, a word is typed, then a slip that is mended."""
    for typed in FIRST:
        window.bar.search.clear()
        took = Times()
        for letter in typed:
            took.measure(lambda letter=letter: press(app, window.bar.search, letter))
        worst, own = max(took.clock), max(took.own)
        print(
            f"  first time {typed!r}: slowest key {worst:.1f} ms by the clock, {own:.1f} ms of the processor"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  memory at its highest so far: {peak:.0f} MB")


def plain_window(labels: int, buttons: int) -> QWidget:
    made = QWidget()
    lines = QVBoxLayout(made)
    for kind, count in ((QLabel, labels), (QPushButton, buttons)):
        for number in range(count):
            lines.addWidget(kind(str(number)))
    made.resize(*SIZE)
    made.show()
    return made


def look(window: Window, app: QApplication) -> None:
    for name in PAGES:
        window.go(name)
        app.processEvents()
    window.go("home")
    app.processEvents()
    ours, base = Times(), Times()
    for _ in range(ROUNDS):
        ours.measure(lambda: (window.next_theme(), app.processEvents()))
    widgets = app.allWidgets()
    buttons = sum(isinstance(one, QPushButton) for one in widgets)
    print(ours.line(f"look, {len(widgets)} widgets", MOST_LOOK))
    window.hide()
    window.deleteLater()
    app.processEvents()
    plain = plain_window(len(widgets) - buttons, buttons)
    app.processEvents()
    for name in list(theme.NEXT) * (ROUNDS // len(theme.NEXT)):
        theme.now.name = name
        sheet = theme.stylesheet()
        base.measure(lambda sheet=sheet: (app.setStyleSheet(sheet), app.processEvents()))
    print(base.line("as many labels and buttons"))
    print(f"  p95 of the plain window: {ratio(ours, base)}")
    plain.close()


def main() -> None:
    app = apps.application()
    with tempfile.TemporaryDirectory() as new:
        data = Path(sys.argv[1]) if sys.argv[1:] else Path(new)
        if not sys.argv[1:]:
            open_directory(data, training=True).close()
            settings.write(data, settings.Settings().changed(training=True, first_run_done=True))
        print(f"{data.name if sys.argv[1:] else 'training directory'}; {load()}")
        starts(data)
        window = opened(app, data)
        first_search(window, app)
        if not sys.argv[1:]:  # over a large directory pages would still be reading
            look(window, app)


if __name__ == "__main__":
    main()
