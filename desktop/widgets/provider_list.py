"""The list of providers found: rows drawn from what the search gave, more fetched as the person scrolls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
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
from desktop.widgets import naming
from desktop.widgets.keys import held, is_enter
from desktop.widgets.row_pen import RowPen
from resources.directory.search import Found
from resources.words import Words

Index = QModelIndex | QPersistentModelIndex
FOUND = int(Qt.ItemDataRole.UserRole)


def _checked(words: Words, found: Found, today: date) -> tuple[str, str, str]:
    return naming.check_state(words, found.needs, found.confirmed_on, found.last_result, today)


class ProviderModel(QAbstractListModel):
    """What was found, in order. `more` is asked for a longer list when the last row comes into view."""

    def __init__(self, words: Words, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words, self._today = words, today
        self.rows: list[Found] = []
        self._more: Callable[[int], list[Found]] | None = None

    def show_rows(self, rows: list[Found], more: Callable[[int], list[Found]] | None = None) -> None:
        """Put these rows in; `more(n)` gives the first n rows when there are more than these."""
        self.beginResetModel()
        self.rows, self._more = list(rows), more
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more is not None and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if self._more is None:
            return
        longer = self._more(len(self.rows) + 100)
        have = {found.provider_id for found in self.rows}
        fresh = [found for found in longer if found.provider_id not in have]
        if not fresh:
            self._more = None
            return
        self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(fresh) - 1)
        self.rows += fresh
        self.endInsertRows()

    def row_of(self, provider_id: str) -> int:
        return next((n for n, found in enumerate(self.rows) if found.provider_id == provider_id), -1)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        found = self.rows[index.row()]
        if role == FOUND:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return found.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(found)
        return None

    def _sentence(self, found: Found) -> str:
        say = self._words.say
        parts = (
            found.name,
            naming.kinds(self._words, found.needs),
            found.place_label,
            naming.distance(self._words, found.miles, found.about, found.remote),
            found.hours_text,
            found.phone_shown or say("desk.find.no_phone"),
            _checked(self._words, found, self._today())[2],
        )
        return ", ".join(part for part in parts if part)


class RowPainter(QStyledItemDelegate):
    """Draws one provider as a card: name and distance, kind and place and hours, phone and last check."""

    def __init__(self, words: Words, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._words, self._today = words, today

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(260, 16 + theme.px(92))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        found: Found = index.data(FOUND)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(2, 4, -6, -4)
        edge = "ink" if chosen and focused else "accent" if chosen else "line"
        painter.setPen(QPen(theme.color(edge), 3 if chosen else 1))
        painter.setBrush(theme.color("tint" if chosen else "surface"))
        painter.drawRoundedRect(box, 10, 10)
        self._draw(RowPen(painter, option.font), box.adjusted(16, 8, -16, -8), found)
        painter.restore()

    def _draw(self, pen: RowPen, box: QRectF, found: Found) -> None:
        words = self._words
        far = naming.distance(words, found.miles, found.about, found.remote)
        width = pen.text(box, 0, far, 15, "mute", right=True)
        room = box.adjusted(0, 0, -width - 12, 0)
        pen.text(room, 0, found.name, 17, "ink", QFont.Weight.DemiBold)
        kind = naming.kinds(words, found.needs)
        line = "  ·  ".join(part for part in (kind, found.place_label, found.hours_text) if part)
        pen.text(box, theme.px(27), line, 15, "mute")
        icon, token, text = _checked(words, found, self._today())
        if found.retired:
            icon, token, text = "warn", "warn", words.say("desk.find.retired")
        below = theme.px(54)
        if found.phone_shown:
            pen.icon("phone", "accent", box.x(), box.y() + below + theme.px(14) - 10, 20)
            weight = QFont.Weight.DemiBold
            width = pen.text(box.adjusted(28, 0, 0, 0), below, found.phone_shown, 18, "accent", weight)
        else:
            width = pen.text(box, below + theme.px(2), words.say("desk.find.no_phone"), 15, "mute")
        room = box.adjusted(28 + width + 36, 0, 0, 0)  # the number is never cut; what is beside it may be
        width = pen.text(room, below + theme.px(2), text, 14, token, right=True)
        pen.icon(icon, token, box.right() - width - 24, box.y() + below + theme.px(13) - 8, 18)


class ProviderList(QListView):
    """Enter or a click opens a row; Up on the first row goes back to the search."""

    opened = Signal(object)
    shown = Signal(object)
    left_upwards = Signal()

    def __init__(self, words: Words, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ProviderModel(words, today, self)
        self.setModel(self.rows)
        self.setItemDelegate(RowPainter(words, today, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(words.say("desk.find.list"))
        self.clicked.connect(lambda index: self.opened.emit(index.data(FOUND)))
        self.selectionModel().currentChanged.connect(lambda now, _before: self.shown.emit(now.data(FOUND)))

    def current(self) -> Found | None:
        found: Found | None = self.currentIndex().data(FOUND)
        return found

    def choose(self, row: int) -> None:
        """Select a row and bring it into view."""
        self.setCurrentIndex(self.rows.index(row))
        self.scrollTo(self.rows.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.opened.emit(self.current())
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        elif held(event) or event.key() in (Qt.Key.Key_Slash, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def retheme(self) -> None:
        self.doItemsLayout()
        self.viewport().update()
