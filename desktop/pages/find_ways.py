"""Beside the list of providers: guidance that fits the words, and ways on when no provider does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from desktop.desk import Desk
from desktop.widgets.basics import Picture, button, clear, column, label, row
from desktop.widgets.flow import FlowLayout
from resources.directory.search import Fallback

if TYPE_CHECKING:
    from resources.guidance.search import TopicHit

MOST_TOPICS = 3


class TopicStrip(QWidget):
    """Up to three guidance pages that hold the words; a press opens the page at the place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("plain")
        line = row(self, 0, 8)
        line.addWidget(Picture("guide", "mute", 22))
        line.addWidget(label(desk.words.say("desk.find.guidance"), "mute"))
        self.buttons = [button("", on=partial(self._open, at)) for at in range(MOST_TOPICS)]
        for made in self.buttons:
            line.addWidget(made)
        line.addStretch()
        self.hits: list[TopicHit] = []
        self.hide()

    def search(self, text: str) -> None:
        """Show what fits `text`; nothing when it is short."""
        hits = self._desk.library.search(text)[:MOST_TOPICS] if len(text.strip()) >= 3 else []
        if hits == self.hits:
            return
        self.hits = hits
        for made, hit in zip(self.buttons, hits, strict=False):
            title = hit.title if len(hit.title) <= 34 else hit.title[:33].rstrip() + "…"
            made.say(title)
            made.setAccessibleName(self._desk.words.say("desk.find.guidance_name", title=hit.title))
        self.setVisible(bool(hits))
        self.arrange(self.width())

    def arrange(self, width: int) -> None:
        """Show as many as there is room for, whole."""
        used = 130
        for at, made in enumerate(self.buttons):
            used += made.sizeHint().width() + 8
            made.setVisible(at < len(self.hits) and used <= max(width, 320))

    def _open(self, at: int) -> None:
        hit = self.hits[at]
        self._desk.go("guide", f"{hit.topic_id}#{hit.anchor}" if hit.anchor else hit.topic_id)


class NoMatch(QFrame):
    """Why nothing is there, and each way on with how many providers it leads to."""

    def __init__(self, desk: Desk, take: Callable[[Fallback | None], object]) -> None:
        super().__init__()
        self._desk, self._take = desk, take
        self.setObjectName("card")
        self._lines = column(self, (24, 18, 24, 18), 12)
        self.hide()

    def show_ways(self, ways: Sequence[Fallback]) -> None:
        """Offer these ways; without any, the search can be cleared."""
        say = self._desk.words.say
        clear(self._lines)
        place = self._desk.place
        title = say("desk.find.no_match_near", place=place.label) if place else say("desk.find.no_match")
        self._lines.addWidget(label(title, "h2", wrap=True))
        self._lines.addWidget(label(say("desk.find.no_match_hint"), "mute", wrap=True))
        holder = QWidget()
        holder.setObjectName("plain")
        buttons = FlowLayout(holder)
        for way in ways[:4]:
            made = button(self._words_for(way))
            made.clicked.connect(lambda _on, way=way: self._take(way))
            buttons.addWidget(made)
        buttons.addWidget(button(say("desk.find.clear_search"), on=lambda: self._take(None)))
        self._lines.addWidget(holder)
        self.show()

    def _words_for(self, way: Fallback) -> str:
        say = self._desk.words.say
        if way.total is None:
            return say("desk.find.way.more", n=len(way.found))
        rule = say(f"desk.rule.{way.value}") if way.drop == "accepts" else ""
        return say(f"desk.find.way.{way.drop}", n=way.total, rule=rule)


class EmptyDirectory(QFrame):
    """What to do when there is nothing to search yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        say = desk.words.say
        self.setObjectName("card")
        lines = column(self, (24, 18, 24, 18), 12)
        lines.addWidget(label(say("home.empty_title"), "h2", wrap=True))
        lines.addWidget(label(say("home.empty_text"), "mute", wrap=True))
        holder = QWidget()
        holder.setObjectName("plain")
        buttons = FlowLayout(holder)
        buttons.addWidget(button(say("home.import"), "", "open", on=lambda: desk.go("upkeep", "import")))
        buttons.addWidget(button(say("home.use_training"), on=lambda: desk.change_settings(training=True)))
        lines.addWidget(holder)
