"""Several pages in one place, of which one is shown; the others, however long, take no room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.widgets.basics import column


class OneOf(QWidget):
    """Like QStackedWidget, which however is as high as its highest page."""

    def __init__(self, *pages: QWidget) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._pages, self._shown = pages, pages[0]
        lines = column(self, 0, 0)
        for one in pages:
            one.setVisible(one is self._shown)
            lines.addWidget(one, 1)

    def turn_to(self, shown: QWidget) -> None:
        self._shown.hide()
        self._shown = shown
        shown.show()

    def currentWidget(self) -> QWidget:
        return self._shown

    def currentIndex(self) -> int:
        return self._pages.index(self.currentWidget())
