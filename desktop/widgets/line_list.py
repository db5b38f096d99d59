"""A list of two-line rows: a name, something about it, and a state at the right; thousands are no trouble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.widgets.keys import held, is_enter
from desktop.widgets.row_pen import RowPen

Index = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class Line:
    """One row. `icon` and `token` belong to `state`, the words at the right."""

    key: str
    title: str
    about: str = ""
    state: str = ""
    icon: str = ""
    token: str = "mute"

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.about, self.state) if part)


class LineModel(QAbstractListModel):
    """The rows as they were given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        return line.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class _LinePainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, theme.px(44) + 20)  # as wide as the list, also where that is narrow

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(2, 2, -6, -2)
        if chosen:
            painter.setPen(QPen(theme.color("ink" if focused else "accent"), 3))
            painter.setBrush(theme.color("tint"))
            painter.drawRoundedRect(box, 8, 8)
        else:
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(14, 6, -14, -6)
        write_line(RowPen(painter, option.font), inner, line)
        painter.restore()


def write_line(pen: RowPen, inner: QRectF, line: Line) -> None:
    """Write a row into `inner`: title, state at the right, what is about it below."""
    width = pen.text(inner, 0, line.state, 14, line.token, right=True)
    if line.icon:
        pen.icon(line.icon, line.token, inner.right() - width - 26, inner.y() + 3, 18)
        width += 30
    room = inner.adjusted(0, 0, -width - 12, 0)
    pen.text(room, 0, line.title, 16, "ink", QFont.Weight.DemiBold)
    pen.text(inner, theme.px(24), line.about, 14, "mute")


class LineList(QListView):
    """Enter or a double click opens a row."""

    opened = Signal(str)
    moved = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = LineModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_LinePainter(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(LINE).key))
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.moved.emit())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Put rows in; the one that was marked stays marked when it is still there."""
        before = self.current()
        self.rows.show_lines(lines)
        if lines:
            keys = [line.key for line in lines]
            place = keys.index(before.key) if before and before.key in keys else 0
            self.setCurrentIndex(self.rows.index(place))

    def current(self) -> Line | None:
        line: Line | None = self.currentIndex().data(LINE)
        return line

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current()
        if is_enter(event):
            if line is not None:
                self.opened.emit(line.key)
        elif held(event) or event.key() in (Qt.Key.Key_Slash, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def retheme(self) -> None:
        self.doItemsLayout()
        self.viewport().update()
