"""The table of contents of the guide: a search over all pages, then topics by group, one button each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from desktop import theme
from desktop.widgets.basics import Button, button, clear, column, label, scroll
from desktop.widgets.boxes import LineBox
from desktop.widgets.line_list import Line, LineList
from resources.guidance.search import TopicHit
from resources.guidance.topic import Topic
from resources.words import Words


def wrapped(text: str, measure: QFontMetrics, room: int) -> list[str]:
    """The text in lines that fit the room; a word that is too long has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class GuideContents(QFrame):
    """`chosen` carries the id of a topic, `found` also a heading ("id#heading"); `practice_wanted` asks for
    the practice scenes. `find` looks for words on all pages."""

    chosen = Signal(str)
    found = Signal(str)
    practice_wanted = Signal()

    def __init__(self, words: Words, find: Callable[[str], Sequence[TopicHit]]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._words = words
        self.buttons: dict[str, Button] = {}
        self._titles: dict[str, str] = {}
        self._group = QButtonGroup(self)
        inner = QWidget()
        self._lines = column(inner, 4, 2)
        self.area = scroll(inner, on_card=True)
        around = column(self, 6, 6)
        self._search(find)
        around.addWidget(self.search_box)
        around.addWidget(self.none)
        around.addWidget(self.results, 1)
        around.addWidget(self.area, 1)
        self.practice = button(words.say("practice.open"), "", "people", name=words.say("practice.open_name"))
        self.practice.clicked.connect(lambda *_: self.practice_wanted.emit())
        around.addWidget(self.practice)

    def _search(self, find: Callable[[str], Sequence[TopicHit]]) -> None:
        say = self._words.say
        self._find = find
        self.search_box = LineBox()
        self.search_box.setPlaceholderText(say("guide.search"))
        self.search_box.setAccessibleName(say("guide.search_name"))
        self.search_box.textChanged.connect(self.look)
        self.search_box.returnPressed.connect(self._take)
        self.none = label(say("guide.search_none"), "mute", wrap=True)
        self.results = LineList(say("guide.results_name"))
        self.results.clicked.connect(lambda *_: self._take())
        self.results.opened.connect(self.found)
        for part in (self.none, self.results):
            part.hide()

    def look(self, text: str) -> None:
        """Show the pages that hold these words, at every key; without words, the table of contents."""
        hits = self._find(text)
        lines = [
            Line(f"{hit.topic_id}#{hit.anchor}", hit.title, hit.heading or hit.snippet.removeprefix("… "))
            for hit in hits
        ]
        self.results.show_lines(lines)
        self.results.setVisible(bool(lines))
        self.none.setVisible(bool(text.strip()) and not lines)
        self.area.setVisible(not text.strip())

    def _take(self) -> None:
        line = self.results.current()
        if line is not None:
            self.found.emit(line.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search_box.hasFocus() and self.results.isVisible():
            self.results.setFocus()
        else:
            super().keyPressEvent(event)

    def show_topics(self, topics: list[Topic]) -> None:
        """List the topics under the names of their groups."""
        clear(self._lines)
        self.buttons = {}
        group = ""
        for topic in topics:
            if topic.group != group:
                group = topic.group
                if self.buttons:
                    self._lines.addSpacing(8)
                self._lines.addWidget(label(self._words.say(f"guidance.group.{group}"), "small", wrap=True))
            made = button("", "row", name=topic.title, checkable=True)
            made.clicked.connect(lambda *_, chosen=topic.id: self.chosen.emit(chosen))
            made.setAccessibleDescription(topic.summary)
            self._group.addButton(made)
            self.buttons[topic.id] = made
            self._lines.addWidget(made)
        self._lines.addStretch()
        self._titles = {topic.id: topic.title for topic in topics}
        self._wrap()

    def _wrap(self) -> None:
        """Titles in as many lines as they need; a button does not wrap by itself."""
        room = self.width() - theme.px(16) - 56
        for topic_id, made in self.buttons.items():
            lines = wrapped(self._titles[topic_id], QFontMetrics(theme.font(16, QFont.Weight.DemiBold)), room)
            made.say("\n".join(lines))
            high = max(48, 12 + len(lines) * theme.px(21))
            made.setStyleSheet(f"min-height:{high}px" if high > 48 else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def show_chosen(self, topic_id: str) -> None:
        """Press the button of the page that is open, and bring it into view."""
        made = self.buttons.get(topic_id)
        if made is not None:
            made.setChecked(True)
            self.area.ensureWidgetVisible(made)
