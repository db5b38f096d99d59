"""A layout that puts widgets side by side and starts a new line when the room ends."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Chips and toggles in as many lines as they need, mirrored for right-to-left screens."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        lines, y = self._lines(rect.width()), rect.y()
        for line in lines:
            height = max(item.sizeHint().height() for item in line)
            if move:
                self._place(line, rect, y)
            y += height + self._gap
        return y - rect.y() - (self._gap if lines else 0)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """The items of each line; what is wider than the room has a line of its own."""
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            needed = item.sizeHint().width()
            if not lines or needed > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= needed + self._gap
        return lines

    def _place(self, line: list[QLayoutItem], rect: QRect, y: int) -> None:
        """Put a line in its place; what may grow sideways shares the room that is left."""
        sizes = [item.sizeHint() for item in line]
        growing = [n for n, item in enumerate(line) if item.expandingDirections() & Qt.Orientation.Horizontal]
        spare = max(0, rect.width() - sum(size.width() for size in sizes) - self._gap * (len(line) - 1))
        for turn, n in enumerate(growing):
            share = spare // (len(growing) - turn)
            sizes[n].setWidth(sizes[n].width() + share)
            spare -= share
        widget, x = self.parentWidget(), 0
        mirrored = widget is not None and widget.isRightToLeft()
        for item, size in zip(line, sizes, strict=True):
            left = rect.right() + 1 - x - size.width() if mirrored else rect.x() + x
            item.setGeometry(QRect(QPoint(left, y), size))
            x += size.width() + self._gap
