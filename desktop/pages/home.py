"""Home: three jobs, what is urgent right now, what is still open, how healthy the directory is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.desk import Desk
from desktop.jobs import Job
from desktop.pages.empty import EmptyDirectory
from desktop.widgets.basics import (
    JobButton,
    Picture,
    button,
    card,
    clear,
    column,
    label,
    page,
    row,
    scroll,
)
from desktop.widgets.flow import FlowLayout
from resources.directory import listing
from resources.directory.listing import Health
from resources.starter import NATIONAL

READ_AT_ONCE = 500
FIRST_MINUTES, MINORS, LABOR = "first-ten-minutes", "minors", "indicators-work"


class HomePage(QWidget):
    """Everything on it leads somewhere in one press. It reads the directory after it has been painted."""

    name = "home"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        page(self)
        inner = QWidget()
        lines = column(inner, (28, 14, 28, 10), 12)
        lines.addWidget(label(desk.words.say("home.title"), "h1"))
        self._jobs(row(lines, 0, 14))
        self._chips_holder = QWidget()
        self._chips_holder.setObjectName("plain")
        self._chips = FlowLayout(self._chips_holder)
        self._fill_chips()
        lines.addWidget(self._chips_holder)
        cards = row(lines, 0, 14)
        self._open_card(cards)
        self._speak_card(cards)
        self.empty = EmptyDirectory(desk)
        self.empty.hide()
        lines.addWidget(self.empty)
        lines.addStretch()
        self._health = row(lines, 0, 10)
        column(self, 0, 0).addWidget(scroll(inner))
        for signal in (desk.handoff_changed, desk.providers_changed, desk.directory_switched):
            signal.connect(self._later)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.refresh)

    def _jobs(self, line: QHBoxLayout) -> None:
        say, go = self.desk.words.say, self.desk.go
        self.jobs: dict[str, JobButton] = {}
        for name, key in (("find", "F2"), ("sheet", "F3"), ("guide", "F4")):
            made = JobButton(name, say(f"home.{name}"), say(f"home.{name}_about"), key, partial(go, name))
            self.jobs[name] = made
            line.addWidget(made, 1)

    def _fill_chips(self) -> None:
        say, go = self.desk.words.say, self.desk.go
        self._chips.addWidget(_middle(say("home.right_now")))
        wanted: list[tuple[str, Callable[[], None]]] = [
            ("interpreter", lambda: go("find", {"need": "interpreter"})),
            ("bed", lambda: go("find", {"need": "shelter", "open": "tonight"})),
            ("first", lambda: go("guide", FIRST_MINUTES)),
            ("minor", lambda: go("guide", MINORS)),
            ("labor", lambda: go("guide", LABOR)),
        ]
        self.chips = {name: button(say(f"home.{name}"), "chip", on=act) for name, act in wanted}
        for chip in self.chips.values():
            self._chips.addWidget(chip)

    def _open_card(self, line: QHBoxLayout) -> None:
        frame = card()
        inner = column(frame, (20, 14, 14, 14), 6)
        inner.addWidget(label(self.desk.words.say("home.still_open"), "h2"))
        self._open_rows = column(inner, 0, 4)
        inner.addStretch()
        line.addWidget(frame, 3)

    def _speak_card(self, line: QHBoxLayout) -> None:
        say, frame = self.desk.words.say, card()
        inner = column(frame, (20, 14, 20, 14), 8)
        inner.addWidget(label(say("home.speak_title"), "h2"))
        inner.addWidget(label(say("home.speak_about"), "mute", wrap=True))
        inner.addStretch()
        self.speak = button(say("home.speak"), "primary", "speak", key="F5", on=lambda: self.desk.go("speak"))
        inner.addWidget(self.speak)
        line.addWidget(frame, 2)

    # -- the page protocol
    def opened(self) -> None:
        self._later()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later()

    def _later(self) -> None:
        if self.isVisible():
            self._timer.start()

    def refresh(self) -> None:
        """Show what is open, and the state of the directory, as they are now."""
        self._show_open()
        with self.desk.ask.explaining():
            self._show_health()

    def _show_open(self) -> None:
        say, desk = self.desk.words.say, self.desk
        clear(self._open_rows)
        count = len(desk.handoff.providers)
        if count:
            resume = button(say("home.resume"), on=lambda: desk.go("sheet"))
            self._row("sheet", say("home.sheet_open", n=count), say("home.sheet_memory"), resume)
        for opened in desk.recent[: 2 - bool(count)]:
            minutes = int((datetime.now() - opened.at).total_seconds() // 60)
            when = say("home.opened", n=minutes) if minutes > 0 else say("home.opened_now")
            again = button(say("home.open"), name=say("home.open_name", name=opened.name))
            again.clicked.connect(lambda _on, it=opened: desk.go("find", {"provider": it.provider_id}))
            self._row("find", opened.name, when, again)
        if not count and not desk.recent:
            self._open_rows.addWidget(label(say("home.nothing_open"), "mute", wrap=True))

    def _row(self, icon: str, title: str, about: str, act: QWidget) -> None:
        line = row(self._open_rows, (0, 2, 0, 2), 12)
        line.addWidget(Picture(icon, "mute", 24))
        texts = column(line, 0, 0)
        texts.addWidget(label(title, wrap=True))
        texts.addWidget(label(about, "small", wrap=True))
        line.setStretchFactor(texts, 1)
        line.addWidget(act)

    def _show_health(self) -> None:
        """Small directories are read at once, large ones beside the window."""
        desk = self.desk
        directory, today = desk.directory, desk.today()
        if directory.count(retired=True) <= READ_AT_ONCE:
            self._show_counts(listing.health(directory, today, NATIONAL))
            return
        job = Job(lambda _progress: listing.health(directory, today, NATIONAL), self)
        job.done.connect(self._show_counts, Qt.ConnectionType.QueuedConnection)
        job.start()

    def _show_counts(self, health: Health) -> None:
        say, desk = self.desk.words.say, self.desk
        training = desk.settings.training
        self.empty.setVisible(not health.own and not training)
        clear(self._health)
        if not self.empty.isHidden():  # the card above says it already
            return
        key = "health_training" if training else "health"
        self._health.addWidget(Picture("ok", "ok", 20))
        self._health.addWidget(label(say(f"home.{key}", n=health.total), "mute"))
        if training:
            pass
        elif health.waiting:
            self._health.addWidget(Picture("warn", "warn", 20))
            self._health.addWidget(label(say("home.due", n=health.waiting), "mute"))
            review = button(say("home.review"), "ghost", name=say("home.review_name"))
            review.clicked.connect(lambda _on: desk.go("upkeep", "due"))
            self._health.addWidget(review)
        else:
            self._health.addWidget(label(say("home.none_due"), "mute"))
        self._health.addStretch()


def _middle(text: str) -> QWidget:
    """Words that stand level with the chips beside them."""
    made = label(text, "mute")
    made.setFixedHeight(50)
    made.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    return made
