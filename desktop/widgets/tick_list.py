"""A list of entries to tick: the model holds ids only and reads its rows in pages of 100."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import icons, theme
from desktop.widgets.keys import held, is_enter
from desktop.widgets.line_list import LINE, Index, Line, write_line
from desktop.widgets.row_pen import RowPen

PAGE, PAGES_KEPT = 100, 30
TICKED = LINE + 1


class TickModel(QAbstractListModel):
    """`fetch` gives the rows of some ids; at most 30 pages of them are remembered."""

    ticks_changed = Signal()

    def __init__(
        self,
        fetch: Callable[[Sequence[str]], list[Line]],
        say: Callable[..., str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch, self._say = fetch, say
        self.ids: list[str] = []
        self.ticked: set[str] = set()
        self._pages: OrderedDict[int, list[Line]] = OrderedDict()

    def show_ids(self, ids: Sequence[str]) -> None:
        """Put other entries in; a tick stays while its entry is in the list."""
        self.beginResetModel()
        self.ids = list(ids)
        self.ticked &= set(self.ids)
        self._pages.clear()
        self.endResetModel()
        self.ticks_changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.ids)

    def line(self, row: int) -> Line:
        page = row // PAGE
        if page not in self._pages:
            wanted = self.ids[page * PAGE : (page + 1) * PAGE]
            found = {line.key: line for line in self._fetch(wanted)}
            self._pages[page] = [found.get(key) or Line(key, "") for key in wanted]
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page][row % PAGE]

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.ids):
            return None
        if role == TICKED:
            return self.ids[index.row()] in self.ticked
        line = self.line(index.row())
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            on = line.key in self.ticked
            return self._say("entries.spoken_on", text=line.spoken) if on else line.spoken
        return None

    def tick(self, rows: Sequence[int], on: bool) -> None:
        keys = {self.ids[row] for row in rows if 0 <= row < len(self.ids)}
        self.ticked = self.ticked | keys if on else self.ticked - keys
        if keys:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))
        self.ticks_changed.emit()

    def tick_all(self, on: bool) -> None:
        if self.ids:
            self.tick((range(len(self.ids))), on)

    def chosen(self) -> list[str]:
        """The ticked ids in the order of the list."""
        return [key for key in self.ids if key in self.ticked]


class _TickPainter(QStyledItemDelegate):
    BOX = 26

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, theme.px(44) + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, on = index.data(LINE), bool(index.data(TICKED))
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(2, 2, -6, -2)
        if on or focused:
            painter.setPen(QPen(theme.color("ink"), 3) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("tint") if on else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 8, 8)
        else:
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        self._tick(painter, box, on)
        write_line(RowPen(painter, option.font), box.adjusted(54, 6, -14, -6), line)
        painter.restore()

    def _tick(self, painter: QPainter, box: QRectF, on: bool) -> None:
        square = QRectF(box.left() + 14, box.center().y() - self.BOX / 2, self.BOX, self.BOX)
        painter.setPen(QPen(theme.color("accent" if on else "edge"), 2))
        painter.setBrush(theme.color("accent" if on else "surface"))
        painter.drawRoundedRect(square, 6, 6)
        if on:
            at = square.center()
            painter.drawPixmap(int(at.x()) - 10, int(at.y()) - 10, icons.picture("ok", "on_accent", 20, 3))


class TickList(QListView):
    """Space or a press ticks the row, Shift with arrows goes on ticking, Ctrl+A ticks all, Enter opens."""

    opened = Signal(str)

    def __init__(
        self, name: str, fetch: Callable[[Sequence[str]], list[Line]], say: Callable[..., str]
    ) -> None:
        super().__init__()
        self.rows = TickModel(fetch, say, self)
        self.setModel(self.rows)
        self.setItemDelegate(_TickPainter(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)

    def show_ids(self, ids: Sequence[str]) -> None:
        before = self.current()
        self.rows.show_ids(ids)
        if ids:
            place = self.rows.ids.index(before) if before in self.rows.ids else 0
            self.setCurrentIndex(self.rows.index(place))

    def current(self) -> str:
        row = self.currentIndex().row()
        return self.rows.ids[row] if 0 <= row < len(self.rows.ids) else ""

    def _flip(self, row: int) -> None:
        if 0 <= row < len(self.rows.ids):
            self.rows.tick([row], self.rows.ids[row] not in self.rows.ticked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._flip(self.indexAt(event.position().toPoint()).row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        row = self.currentIndex().row()
        if key == Qt.Key.Key_Space and not event.modifiers():
            self._flip(row)
        elif key == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.rows.tick_all(True)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shift:
            other = min(max(row + (1 if key == Qt.Key.Key_Down else -1), 0), len(self.rows.ids) - 1)
            self.rows.tick(sorted((row, other)), True)
            self.setCurrentIndex(self.rows.index(other))
        elif is_enter(event):
            self.opened.emit(self.current())
        elif held(event) or key in (Qt.Key.Key_Slash, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+A is the list's own here, before any shortcut of the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.key() == Qt.Key.Key_A and event.modifiers() == Qt.KeyboardModifier.ControlModifier)
        ):
            event.accept()
            return True
        return super().event(event)

    def retheme(self) -> None:
        self.doItemsLayout()
        self.viewport().update()
