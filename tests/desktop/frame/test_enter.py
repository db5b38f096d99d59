"""Enter presses the button that has the focus, on either side of the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from desktop.dialogs.first_run import FirstRun
from desktop.widgets.basics import button
from desktop.widgets.dialog import Dialog
from desktop.window import Window

KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Enter, KEYPAD)],
)
def test_enter_presses_what_has_the_focus(
    window: Window, qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    home: Any = window.page("home")
    qtbot.keyClick(home.chips["minor"], key, held)
    assert window.current == "guide"
    qtbot.keyClick(window.rail.buttons["home"], key, held)
    assert window.current == "home"
    qtbot.keyClick(home.jobs["sheet"], key, held)
    assert window.current == "sheet"
    window.bar.search.setText("shelter")
    qtbot.keyClick(window.bar.search, key, held)
    page: Any = window.page("find")
    assert page.list.hasFocus()


def test_enter_on_cancel_cancels(window: Window, qtbot: QtBot) -> None:
    dialog = Dialog(window, "Save?")
    qtbot.addWidget(dialog)
    cancel = dialog.add_button("Cancel", dialog.reject)
    dialog.add_button("Save", dialog.accept, primary=True)
    dialog.show()
    qtbot.keyClick(cancel, Qt.Key.Key_Return)
    assert (dialog.isVisible(), dialog.result()) == (False, 0)


def test_enter_takes_a_choice_and_nothing_more(window: Window, qtbot: QtBot) -> None:
    """Not the main button too: in a review that would apply what nobody has looked at."""
    dialog = FirstRun(window.desk, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.skip_button, Qt.MouseButton.LeftButton)
    own = dialog.directories["real"]
    for _ in range(2):
        qtbot.keyClick(own, Qt.Key.Key_Return)
        assert own.isChecked()
        assert dialog.pages.currentIndex() == 1


def test_a_held_enter_presses_once(window: Window, qtbot: QtBot) -> None:
    pressed: list[int] = []
    made = button("Add", on=lambda: pressed.append(1))
    qtbot.addWidget(made)
    made.show()
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", True)
    made.keyPressEvent(event)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert pressed == [1]
