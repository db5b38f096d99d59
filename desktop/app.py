"""Builds the objects and hands them to each other: lock, settings, desk, window."""

from __future__ import annotations

import gc
import importlib
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import desktop.plain_import  # noqa: F401  (first: it makes the imports below cheaper)
from desktop import theme
from desktop.ask import Ask, keep_no_paths
from desktop.desk import Desk
from desktop.hide import Hider
from desktop.single import SingleInstance
from desktop.window import Window
from resources.errors import ToolkitError
from resources.paths import data_folder

SIZE = (1366, 768)
TITLE_BAR = 40
WARM_UP_MS = 1000


@dataclass(frozen=True)
class Options:
    """What the command line may ask of the window."""

    data: Path | None = None
    size: tuple[int, int] | None = None
    theme: str = ""
    page: str = "home"
    once: bool = False


def _say_and_leave() -> None:
    """How a start is timed."""
    print("usable", flush=True)
    QApplication.quit()


def application() -> QApplication:
    """The one QApplication, in our style; it shows no name of ours in its windows or settings."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
        app.setStyle("Fusion")
    else:  # named here, for asking for the style costs Qt's types of all styles in Python
        app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    app.setApplicationName("Resources")
    app.setCursorFlashTime(0)
    keep_no_paths()
    return app


def run(options: Options) -> int:
    """Open the window and stay until it is closed. A second start shows the first one's window."""
    app = application()
    data = data_folder(options.data)
    try:
        single = SingleInstance(data)
    except OSError:
        return _cannot_write(app, data)
    if not single.first:
        single.request(options.page)
        return 0
    window = build(app, data, options)
    single.asked.connect(lambda page: _to_front(window, page))
    sys.excepthook = _Crash(window)
    try:
        if not directory_opens(window):
            return 1
        if options.once:
            window.usable.connect(_say_and_leave)
        _open(window, options)
        QTimer.singleShot(0, window, lambda: settle(window.desk))
        return app.exec()
    finally:
        single.release()


def settle(desk: Desk) -> None:
    """The start is over: what it made stays, so the collector need not look at it again; what the first
    search and the first sheet need is loaded beside the window."""
    gc.freeze()
    gc.enable()
    QTimer.singleShot(WARM_UP_MS, desk, lambda: _beside(_warm_up, desk))  # a bound method would not be kept


def _beside(work: Callable[[Desk], None], desk: Desk) -> None:
    threading.Thread(target=work, args=[desk], daemon=True).start()


def build(app: QApplication, data: Path, options: Options | None = None) -> Window:
    """The window with everything it needs, not shown yet."""
    options = options or Options()
    desk = Desk(data)
    if options.theme in theme.THEMES:
        desk.settings = desk.settings.changed(theme=options.theme)
    theme.apply(app, desk.settings.theme, desk.settings.text_size)
    window = Window(desk, Hider(app, desk.words))
    desk.setParent(window)
    desk.ask = Ask(desk.words, window)
    window.resize(*(options.size or _fitting(app)))
    return window


def directory_opens(window: Window) -> bool:
    """Open the directory; where that fails, show what happened and the ways on. False means leave."""
    try:
        return window.desk.directory is not None
    except ToolkitError as problem:
        from desktop.dialogs.damaged import ways_on

        window.hider.listen()
        return ways_on(window.desk, problem)


def _fitting(app: QApplication) -> tuple[int, int]:
    room = app.primaryScreen().availableGeometry()
    return min(SIZE[0], room.width()), min(SIZE[1], room.height())


def _open(window: Window, options: Options) -> None:
    window.go(options.page)
    room = window.screen().availableGeometry()
    if options.size is None and (room.width() <= SIZE[0] or room.height() <= SIZE[1] + TITLE_BAR):
        window.showMaximized()  # a title bar would push the bottom line off a small screen
    else:
        window.show()
    for damage in window.desk.content_problems:
        window.desk.say(window.desk.words.explain(damage))
    if window.desk.policy.problems:
        window.desk.say(window.desk.words.say("policy.mistake"))
    if not window.desk.settings.first_run_done:
        QTimer.singleShot(0, lambda: _first_run(window))


def _first_run(window: Window) -> None:
    from desktop.dialogs.first_run import FirstRun

    window.desk.ask.run(FirstRun(window.desk, window))
    window.bar.search.setFocus()


def _warm_up(desk: Desk) -> None:
    pages = ("desktop.pages.find", "desktop.pages.sheet", "desktop.pages.guide")
    for name in (*pages, "reports.sheet", "reports.engine.render"):
        importlib.import_module(name)
    with suppress(ToolkitError):  # nobody asked: the page that needs it says what is wrong
        desk.read_guidance()


def _to_front(window: Window, page: str) -> None:
    window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    if page and page != "home":
        window.go(page)


def _cannot_write(app: QApplication, data: Path) -> int:
    from resources.words import load

    theme.apply(app, "day")
    Ask(load("en")).problem(ToolkitError("core.no_permission", file=data.name))
    return 1


class _Crash:
    """Shows a bug without its words: kind of error, module and line, because messages carry data (R9)."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._shown = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(error, ToolkitError):
            self._window.desk.ask.problem(error)
            return
        details = describe(kind, trace)
        print(details, file=sys.stderr)
        if not self._shown:
            self._shown = True
            from desktop.dialogs.crash import CrashDialog

            self._window.desk.ask.run(CrashDialog(self._window.desk.words, details, self._window))
            self._shown = False


def describe(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Kind of error and the modules and lines it came through; never its message."""
    lines = [f"{date.today():%Y-%m-%d} {kind.__name__}"]
    for frame in traceback.extract_tb(trace):
        lines.append(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}")
    return "\n".join(lines)
