"""A desk over the invented providers, with dialogs that are answered, for the pages about guidance."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app as apps
from desktop import theme
from desktop.window import Window
from resources import settings
from resources.errors import ToolkitError
from resources.home import open_directory

TODAY = date(2026, 11, 25)


class FakeAsk:
    """Answers dialogs in order; a dialog without an answer is closed."""

    def __init__(self) -> None:
        self.answers: list[Callable[[Any], object]] = []
        self.shown: list[Any] = []
        self.problems: list[str] = []

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

    @contextmanager
    def explaining(self) -> Iterator[None]:
        try:
            yield
        except ToolkitError as error:
            self.problems.append(error.key)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose training directory was made once."""
    data = tmp_path_factory.mktemp("filled")
    open_directory(data, training=True, today=lambda: TODAY).close()
    return data


@pytest.fixture
def data(filled: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "data"
    shutil.copytree(filled, copied)
    settings.write(copied, settings.Settings().changed(training=True, first_run_done=True))
    return copied


@pytest.fixture
def window(qtbot: QtBot, data: Path) -> Iterator[Window]:
    """The whole window, shown at 1366 x 689, on Home."""
    app = apps.application()
    made = apps.build(app, data)
    made.desk.today = lambda: TODAY
    made.desk.ask = FakeAsk()
    qtbot.addWidget(made)
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
    theme.apply(app, "day")


@pytest.fixture
def ask(window: Window) -> FakeAsk:
    fake: FakeAsk = window.desk.ask
    return fake
