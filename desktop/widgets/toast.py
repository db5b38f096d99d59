"""A short message over the window, with Undo when there is something to take back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from desktop.widgets.basics import button, label, row


class Toast(QFrame):
    """One per window, in the middle above the bottom line."""

    def __init__(self, parent: QWidget, undo_text: str, on_undo: Callable[[], object]) -> None:
        super().__init__(parent)
        self._around = parent
        self.setObjectName("toast")
        inner = row(self, (18, 8, 8, 8), 16)
        self.text = label("", wrap=False)
        self.undo = button(undo_text, key="Ctrl+Z", on=on_undo)
        inner.addWidget(self.text)
        inner.addWidget(self.undo)
        self.hide()

    def show_text(self, text: str, undo: bool) -> None:
        self.undo.setVisible(undo)
        self.setMinimumHeight(64)
        self.text.setWordWrap(False)
        self.text.setText(text)
        room = self._around.width() - 80
        if self.sizeHint().width() > room:
            self.text.setWordWrap(True)
            self.setFixedWidth(room)
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16777215)
        self.ensurePolished()
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()

    def retheme(self) -> None:
        """The text may have grown: take the room it needs."""
        if self.isVisible():
            self.show_text(self.text.text(), not self.undo.isHidden())

    def place(self) -> None:
        around = self._around
        self.move((around.width() - self.width()) // 2, around.height() - self.height() - 58)
