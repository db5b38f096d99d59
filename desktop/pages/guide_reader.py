"""Who reads the guide: the role, and whether someone under 18 is involved."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.desk import Desk
from desktop.widgets.basics import button, row
from resources.guidance.library import Library
from resources.guidance.topic import ROLES, Topic
from resources.words import Words


class GuideReader(QWidget):
    """The role is a setting of the laptop; minor mode belongs to the handoff and ends with it."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk = desk
        say = desk.words.say
        line = row(self, 0, 8)
        self.role_button = button("", "", name=say("guide.reader_name"), on=self._open_menu)
        self.minor_button = button(say("guide.minor"), "chip", name=say("guide.minor_name"), checkable=True)
        self.minor_button.setChecked(desk.handoff.minor)
        self.minor_button.clicked.connect(self._take_minor)
        line.addWidget(self.role_button)
        line.addWidget(self.minor_button)
        self.menu = QMenu(self)
        group = QActionGroup(self.menu)
        self.actions_by_role: dict[str, QAction] = {}
        for role in self._offered():
            act = self.menu.addAction(say(f"guide.role.{role}"))
            act.setCheckable(True)
            act.triggered.connect(lambda _on, chosen=role: self.take_role(chosen))
            group.addAction(act)
            self.actions_by_role[role] = act
        self._shown_role = ""
        self._show_role()
        desk.settings_changed.connect(self._follow_settings)

    def _offered(self) -> tuple[str, ...]:
        """The roles that the agency's policy leaves to choose from."""
        return tuple(role for role in ROLES if role in (self._desk.policy.roles or ROLES))

    @property
    def role(self) -> str:
        role, offered = self._desk.settings.role, self._offered()
        return role if role in offered else offered[0]

    @property
    def minor(self) -> bool:
        return self.minor_button.isChecked()

    def take_role(self, role: str) -> None:
        with self._desk.ask.explaining():
            self._desk.change_settings(role=role)
        self._show_role()

    def _follow_settings(self) -> None:
        """The role may change here or under Settings."""
        if self.role != self._shown_role:
            self._show_role()
            self.changed.emit()

    def show_minor(self) -> bool:
        """Follow the handoff; True when that changed something."""
        before = self.minor
        self.minor_button.setChecked(self._desk.handoff.minor)
        return before != self.minor

    def _take_minor(self, on: bool) -> None:
        self._desk.change_handoff(self._desk.words.say("guide.minor"), minor=on)
        self.changed.emit()

    def _show_role(self) -> None:
        self._shown_role = self.role
        text = self._desk.words.say(f"guide.role.{self.role}")
        self.actions_by_role[self.role].setChecked(True)
        self.role_button.say(text, icon="down")
        self.role_button.setAccessibleDescription(text)

    def _open_menu(self) -> None:
        self.menu.popup(self.role_button.mapToGlobal(QPoint(0, self.role_button.height() + 2)))


def ago(words: Words, day: date, today: date) -> str:
    """How long ago that was, in words."""
    days = max(0, (today - day).days)
    if days == 0:
        return words.say("guide.ago.today")
    for unit, size, most in (("days", 1, 14), ("weeks", 7, 60), ("months", 30, 365)):
        if days < most:
            return words.say(f"guide.ago.{unit}", n=days // size)
    return words.say("guide.ago.years", n=days // 365)


def review_line(words: Words, library: Library, topic: Topic, today: date) -> str:
    """The pack this page belongs to, and when somebody last confirmed it."""
    if topic.local:
        pack = words.say("guide.local")
    else:
        newest = max((t.reviewed_on for t in library.topics() if t.reviewed_on and not t.local), default=None)
        pack = words.say("guide.pack", version=f"{newest:%Y.%m.%d}" if newest else "–")
    if topic.reviewed_on is None:
        return words.say("guide.not_dated", pack=pack)
    day = f"{topic.reviewed_on:%B} {topic.reviewed_on.day}, {topic.reviewed_on.year}"
    return words.say("guide.reviewed", pack=pack, ago=ago(words, topic.reviewed_on, today), date=day)
