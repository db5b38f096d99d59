"""Text boxes whose cursor keeps to the display mode: Qt inverts the picture, which is white at night."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop import theme

CARET = 2
_HALF = 5  # QLineEdit gives the cursor with this much room at its left


class LineBox(QLineEdit):
    """One line of text; its cursor stands still (ui.md: no flashing) and has the color of the text."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and not self.isReadOnly():
            around = self.cursorRect()
            caret = QRect(around.x() + _HALF, around.y(), CARET, around.height())
            painter = QPainter(self)
            painter.fillRect(caret, theme.color("ink"))


class TextBox(QPlainTextEdit):
    """Several lines of text; Tab leaves it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            caret = self.cursorRect()
            caret.setWidth(CARET)
            painter = QPainter(self.viewport())
            painter.fillRect(caret, theme.color("ink"))
