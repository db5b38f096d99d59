"""A value to choose by pressing it: several lines that wrap, a mark when it is the one chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop import icons, theme
from desktop.widgets.keys import pressed_by_enter


class ChoiceCard(QAbstractButton):
    """One of a group; drawn by us so that long values wrap and the choice shows without color."""

    _LEFT, _PAD = 40, 10

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self._words = text
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def _height(self, width: int) -> int:
        room = QRect(0, 0, max(60, width - self._LEFT - self._PAD), 4000)
        return self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._words).height()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(48, self._height(width) + 2 * self._PAD)

    def sizeHint(self) -> QSize:
        lines = self._words.split("\n")
        width = max(self.fontMetrics().horizontalAdvance(line) for line in lines) + self._LEFT + self._PAD + 8
        return QSize(min(width, 320), self.heightForWidth(min(width, 320)))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 200), 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, focused = self.isChecked(), self.hasFocus()
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        edge = "ink" if focused else "accent" if on else "edge"
        painter.setPen(QPen(theme.color(edge), 3 if focused or on else 2))
        painter.setBrush(theme.color("tint" if on else "surface"))
        painter.drawRoundedRect(box, 8, 8)
        mirrored = self.isRightToLeft()
        left = self.width() - 34 if mirrored else 12
        if on:
            painter.drawPixmap(left, (self.height() - 22) // 2, icons.picture("ok", "accent", 22, 2.6))
        painter.setPen(theme.color("ink" if self.isEnabled() else "mute"))
        start, end = (self._PAD, self._LEFT) if mirrored else (self._LEFT, self._PAD)
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        flags = int(Qt.AlignmentFlag.AlignVCenter | side | Qt.TextFlag.TextWordWrap)
        painter.drawText(QRectF(self.rect()).adjusted(start, 4, -end, -4), flags, self._words)
