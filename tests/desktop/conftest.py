"""A window over the training directory, a clock that stands still, a FakeAsk that answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop import app as apps
from desktop import theme
from desktop.window import Window
from resources import settings
from resources.errors import ToolkitError
from resources.home import open_directory

TODAY = date(2026, 11, 25)


class FakeAsk:
    """Answers dialogs: `answers` are called with the dialog, in order; paths are given beforehand."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.answers: list[Callable[[Any], object]] = []
        self.paths: list[Path | None] = []
        self.problems: list[str] = []
        self.told: list[str] = []
        self.shown: list[QDialog] = []

    def run(self, dialog: Any) -> int:
        self.shown.append(dialog)
        dialog.show_centered()
        dialog.show()
        QApplication.processEvents()
        if self.answers:
            self.answers.pop(0)(dialog)
        if dialog.isVisible():
            dialog.reject()
        return int(dialog.result())

    def beside(self, dialog: Any) -> None:
        self.run(dialog)

    def _path(self, *_words: str) -> Path | None:
        return self.paths.pop(0)

    open_path = open_folder = save_path = _path

    def confirm(self, title: str, text: str, yes: str, *, danger: bool = False) -> bool:
        self.told.append(title)
        return True

    def tell(self, title: str, text: str) -> None:
        self.told.append(text)

    def problem(self, error: ToolkitError, title: str = "desk.problem_title") -> None:
        self.problems.append(error.key)
        self.problem_title = title

    @contextmanager
    def explaining(self) -> Iterator[None]:
        try:
            yield
        except ToolkitError as error:
            self.problem(error)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with both directories made once."""
    data = tmp_path_factory.mktemp("filled")
    for training in (True, False):
        open_directory(data, training=training, today=lambda: TODAY).close()
    return data


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "data"
    shutil.copytree(filled, copied)
    chosen = settings.Settings().changed(training=True, first_run_done=True, place="Rosebud County, MT")
    settings.write(copied, chosen)
    return copied


@pytest.fixture
def window(qtbot: QtBot, data: Path) -> Iterator[Window]:
    """The whole window, shown at 1366 x 689, on Home."""
    app = apps.application()
    made = apps.build(app, data)
    made.desk.today = lambda: TODAY
    made.desk.ask = FakeAsk(made)
    made.resize(1366, 689)
    made.go("home")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    QApplication.processEvents()
    yield made
    app.removeEventFilter(made.hider)
    made.desk.close()
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else every window lives to the end
    theme.apply(app, "day")


@pytest.fixture
def ask(window: Window) -> FakeAsk:
    fake: FakeAsk = window.desk.ask
    return fake
