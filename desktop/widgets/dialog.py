"""The shape of every dialog: a title, something that scrolls, and a row of buttons that never does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.widgets.basics import Button, button, column, label, row, scroll

NEUTRAL_TITLE = "Resources"


class Dialog(QDialog):
    """A dialog with a neutral window title (R12). Add to `body`; buttons by `add_button`, safe one first."""

    def __init__(self, parent: QWidget | None, title: str, *, width: int = 640, height: int = 0) -> None:
        super().__init__(parent)
        self.setWindowTitle(NEUTRAL_TITLE)
        self.setAccessibleName(title)
        self._wanted = QSize(width, height)
        self._outer = outer = column(self, (24, 20, 24, 20), 14)
        self.heading = label(title, "title", wrap=True)
        self.head = row(outer, 0, 10)
        self.head.addWidget(self.heading, 1)
        inner = QWidget()
        inner.setObjectName("page")
        self.body: QVBoxLayout = column(inner, (0, 0, 8, 0), 10)
        self._inner = inner
        self.area = scroll(inner)
        outer.addWidget(self.area, 1)
        self.buttons = row(outer, 0, 10)
        self.buttons.addStretch()

    def add_button(
        self, text: str, on: Callable[[], object], *, primary: bool = False, kind: str = "", icon: str = ""
    ) -> Button:
        """Add a button to the row at the bottom; Enter presses the primary one."""
        made = button(text, "primary" if primary else kind, icon, on=on)
        made.setDefault(primary)
        self.buttons.addWidget(made)
        return made

    def over_buttons(self, part: QWidget) -> None:
        """Show `part` above the buttons, where it never scrolls away."""
        self._outer.insertWidget(self._outer.count() - 1, part)

    def fit(self) -> None:
        """Take the wanted width and as much height as the content needs, within the screen."""
        around = self.parentWidget()
        room = around.window().size() if around else QSize(1000, 700)
        room = QSize(max(room.width(), 480), max(room.height(), 420))
        width = min(self._wanted.width(), room.width() - 40)
        needed = self.body.totalHeightForWidth(width - 72)
        if needed <= 0:
            needed = self._inner.sizeHint().height()
        height = self._wanted.height() or needed + 190
        self.resize(width, min(max(height, 240), room.height() - 40))

    def show_centered(self) -> None:
        self.fit()
        around = self.parentWidget()
        if around is not None:
            middle = around.window().frameGeometry().center()
            self.move(middle.x() - self.width() // 2, middle.y() - self.height() // 2)

    def exec(self) -> int:
        self.show_centered()
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        return super().exec()
