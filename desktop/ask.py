"""The one door to dialogs: files, yes or no, problems. Tests put a FakeAsk in its place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from desktop.widgets.basics import label
from desktop.widgets.dialog import Dialog
from resources.errors import ToolkitError
from resources.words import Words


def keep_no_paths() -> None:
    """Qt's file dialog writes the folders it showed to a settings file outside ours (R10): give it none."""
    nowhere = str(Path(os.devnull) / "none")
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, nowhere)


class Ask:
    """Asks the person. Every method returns what they chose, or None or False when they chose nothing."""

    def __init__(self, words: Words, window: QWidget | None = None) -> None:
        self.words, self.window = words, window

    def _parent(self) -> QWidget | None:
        """The window that is in front: it gets the keys back afterwards, also one that stands beside ours."""
        front = QApplication.activeModalWidget() or QApplication.activeWindow()
        return front if front is not None and front.isVisible() else self.window

    def open_path(self, title: str, kinds: str = "") -> Path | None:
        """A file to read; `kinds` as Qt writes them ("Lists (*.csv *.xlsx)")."""
        keep_no_paths()
        chosen, _ = QFileDialog.getOpenFileName(self._parent(), title, "", kinds)
        return Path(chosen) if chosen else None

    def open_folder(self, title: str) -> Path | None:
        keep_no_paths()
        chosen = QFileDialog.getExistingDirectory(self._parent(), title, "")
        return Path(chosen) if chosen else None

    def save_path(self, title: str, name: str, kinds: str = "") -> Path | None:
        """Where to write; `name` is suggested and says nothing about anybody."""
        keep_no_paths()
        chosen, _ = QFileDialog.getSaveFileName(self._parent(), title, name, kinds)
        return Path(chosen) if chosen else None

    def confirm(self, title: str, text: str, yes: str, *, danger: bool = False) -> bool:
        """Only for what cannot be undone. Keeping things as they are is the default."""
        dialog = Dialog(self._parent(), title, width=560)
        dialog.body.addWidget(label(text, wrap=True))
        dialog.body.addStretch()
        keep = dialog.add_button(self.words.say("desk.cancel"), dialog.reject)
        keep.setDefault(danger)
        dialog.add_button(yes, dialog.accept, primary=not danger, kind="danger" if danger else "")
        if danger:
            keep.setFocus()
        return bool(self.run(dialog) == QDialog.DialogCode.Accepted)

    def tell(self, title: str, text: str) -> None:
        """Say something that has to be read before going on."""
        dialog = Dialog(self._parent(), title, width=600)
        dialog.body.addWidget(label(text, wrap=True, selectable=True))
        dialog.body.addStretch()
        dialog.add_button(self.words.say("desk.close"), dialog.accept, primary=True)
        self.run(dialog)

    def problem(self, error: ToolkitError, title: str = "desk.problem_title") -> None:
        """What happened and what to do, in one sentence."""
        self.tell(self.words.say(title), self.words.explain(error))

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Inside it a ToolkitError becomes a sentence; anything else is a bug and goes on up."""
        try:
            yield
        except ToolkitError as error:
            self.problem(error)

    def beside(self, dialog: Dialog) -> None:
        """Show a dialog of ours beside the window, which stays usable; it goes away when it is closed."""
        dialog.finished.connect(dialog.deleteLater)
        dialog.show_centered()
        dialog.show()

    def run(self, dialog: QDialog) -> Any:
        """Show a dialog of ours and wait; returns its result code. It lives until the caller is done."""
        try:
            return dialog.exec()
        finally:
            dialog.deleteLater()
