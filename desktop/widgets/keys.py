"""Keys as people press them: Enter presses the button it stands on, on either side of the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton


def held(event: QKeyEvent) -> Qt.KeyboardModifier:
    """Shift, Ctrl, Alt and the like; where on the keyboard the key lies does not count."""
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def is_enter(event: QKeyEvent) -> bool:
    """Enter alone, also the one of the number pad."""
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held(event)


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press the button when this is Enter: Qt would do nothing, or press the main button of the dialog
    although the focus stands on Cancel."""
    if not is_enter(event):
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
