"""Beside the list of providers: guidance that fits the words, and ways on when no provider does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from desktop.desk import Desk
from desktop.pages.find_query import eased
from desktop.widgets.basics import Picture, button, clear, column, label, row
from desktop.widgets.flow import FlowLayout
from resources.directory.outward import Outward, Step
from resources.directory.search import Fallback, Query
from resources.starter import national_numbers

if TYPE_CHECKING:
    from resources.guidance.search import TopicHit

MOST_TOPICS = 3
MOST_WAYS = 4


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

    def __init__(self, desk: Desk, take: Callable[[Query], object]) -> None:
        super().__init__()
        self._desk, self._take = desk, take
        self.setObjectName("card")
        self._lines = column(self, (24, 14, 24, 14), 10)
        self.hide()

    def show_ways(self, query: Query, ways: Sequence[Fallback], around: Outward | None) -> None:
        """Offer what to leave out, and say who is there without any filter, from the county outwards."""
        say = self._desk.words.say
        clear(self._lines)
        place = self._desk.place
        title = say("desk.find.no_match_near", place=place.label) if place else say("desk.find.no_match")
        self._lines.addWidget(label(title, "h2", wrap=True))
        if around:
            steps = "  ·  ".join(self._step(step) for step in around.steps)
            self._lines.addWidget(label(say("desk.find.outward", steps=steps), wrap=True))
        hint = say("desk.find.no_match_hint", phone=national_numbers()["phone"])
        self._lines.addWidget(label(hint, "mute", wrap=True))
        holder = QWidget()
        holder.setObjectName("plain")
        buttons = FlowLayout(holder)
        for way in ways[:MOST_WAYS]:
            if not (around and way.drop == "all"):
                self._offer(buttons, self._words_for(way), eased(query, way))
        if around:
            bare = replace(around.query, near=None, moment=None, limit=Query().limit, ways_on=True)
            self._offer(buttons, say("desk.find.way.bare"), bare)
        self._offer(buttons, say("desk.find.clear_search"), eased(query, None))
        self._lines.addWidget(holder)
        self.show()

    def _offer(self, buttons: FlowLayout, text: str, query: Query) -> None:
        buttons.addWidget(button(text, on=lambda: self._take(query)))

    def _step(self, step: Step) -> str:
        say, n = self._desk.words.say, len(step.found)
        said = say("desk.find.outward_more", n=n) if step.more else str(n)
        return (
            say("desk.find.outward_step", where=say(f"find.ring.{step.ring}"), n=said) if step.ring else said
        )

    def _words_for(self, way: Fallback) -> str:
        say = self._desk.words.say
        if way.total is None:
            return say("desk.find.way.more", n=len(way.found))
        rule = say(f"desk.rule.{way.value}") if way.drop == "accepts" else ""
        return say(f"desk.find.way.{way.drop}", n=way.total, rule=rule)
