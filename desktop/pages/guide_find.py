"""Find in page: a line with what is looked for, where we are, and buttons to go on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.pages.article import Article
from desktop.widgets.basics import button, label, row
from desktop.widgets.boxes import LineBox
from resources.words import Words


class GuideFind(QWidget):
    """Shown over the article; `closed` tells that the reader is back in the text."""

    closed = Signal()

    def __init__(self, words: Words, article: Article) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words, self._article = words, article
        self._found: list[QTextCursor] = []
        self._at = -1
        say = words.say
        line = row(self, 0, 8)
        self.box = LineBox()
        self.box.setPlaceholderText(say("guide.find_placeholder"))
        self.box.setAccessibleName(say("guide.find_name"))
        self.box.textChanged.connect(self._look)
        self.box.returnPressed.connect(lambda: self.step(1))
        self.count = label("", "small")
        line.addWidget(self.box, 1)
        line.addWidget(self.count)
        self.previous = button("", "", "up", name=say("guide.find_previous"), on=lambda: self.step(-1))
        self.next = button("", "", "down", name=say("guide.find_next"), on=lambda: self.step(1))
        self.shut = button("", "", "x", name=say("guide.find_close"), on=self.close_find)
        for part in (self.previous, self.next, self.shut):
            line.addWidget(part)
        self.hide()

    def open_find(self) -> None:
        self.show()
        self.box.setFocus()
        self.box.selectAll()
        self._look(self.box.text())

    def close_find(self) -> None:
        """Take the marks off; what was typed is forgotten."""
        self.box.setText("")  # clear() could be undone
        self.hide()
        self.closed.emit()

    def again(self) -> None:
        """The page changed under us: look for the same words on it."""
        if self.isVisible():
            self._look(self.box.text())

    def step(self, by: int) -> None:
        if self._found:
            self._at = (self._at + by) % len(self._found)
            self._article.show_found(self._found, self._at)
        self._say()

    def _look(self, text: str) -> None:
        self._found = self._article.find_all(text)
        self._at = -1
        if self._found:
            self.step(1)
        self._say()

    def _say(self) -> None:
        say = self._words.say
        if not self.box.text().strip():
            self.count.setText("")
        elif not self._found:
            self.count.setText(say("guide.found_none"))
        else:
            self.count.setText(say("guide.found", number=self._at + 1, count=len(self._found)))
        for part in (self.previous, self.next):
            part.setEnabled(len(self._found) > 1)
