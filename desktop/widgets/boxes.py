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
            _draw(QPainter(self), QRect(around.x() + _HALF, around.y(), CARET, around.height()))


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
            _draw(QPainter(self.viewport()), caret)


def _draw(painter: QPainter, caret: QRect) -> None:
    """With two strokes of the pen: filling would make PySide learn all of Qt's gradients during a start."""
    painter.setPen(theme.color("ink"))
    painter.drawRect(caret.adjusted(0, 0, -1, -1))
