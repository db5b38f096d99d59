"""What an edition of content would change here, old beside new, before any of it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.content_exchange import ToTake
from desktop.desk import Desk
from desktop.widgets import naming
from desktop.widgets.basics import Check, Picture, button, label, row
from desktop.widgets.dialog import Dialog
from desktop.widgets.groups import Group, Groups
from resources.editions.differences import Difference, Line
from resources.editions.review import EditionReview

MOST_LINES = 60  # of one file; the rest is counted
TABS = {
    "page": "pages", "own_page": "pages", "words": "words", "phrases": "words", "sheet": "sheets",
    "lines": "lines", "slots": "own", "policy": "own",
}  # fmt: skip


class ContentReview(Dialog):
    """`numbers` are the keys of the telephone numbers that were ticked; the others stay as they are here."""

    def __init__(self, desk: Desk, looked: EditionReview) -> None:
        say = desk.words.say
        super().__init__(desk.ask.window, looked.label, width=980, height=2000)
        self._say, self._looked = say, looked
        self.numbers: set[str] = set()
        self.ticks: dict[str, Check] = {}
        made = naming.day(date.fromisoformat(looked.signed.edition.made_on))
        self.body.addWidget(label(say("stick.content.about", on=made), wrap=True))
        for sentence in looked.notes:
            self.body.addWidget(label(sentence, "warn", wrap=True))
        self.groups = Groups(self._groups())
        self.body.addWidget(self.groups)
        self.body.addStretch()
        self.left_over = label("", "warn", wrap=True)
        self.over_buttons(self.left_over)
        self.add_button(say("stick.review.later"), self.reject)
        self.take = self.add_button(say("stick.content.take"), self.accept, primary=True, icon="ok")
        self._show_state()
        self.take.setFocus()

    def _groups(self) -> list[Group]:
        found: dict[str, list[Difference]] = {}
        for one in self._looked.differences:
            found.setdefault(TABS.get(one.kind, "rest"), []).append(one)
        count = len(self._looked.numbers)
        numbers = [Group("numbers", self._say("stick.review.numbers", n=count), self._fill_numbers)]
        return numbers[: bool(count)] + [
            Group(tab, self._say(f"stick.content.tab_{tab}", n=len(some)), self._filling(some))
            for tab in ("pages", "words", "sheets", "lines", "own", "rest")
            if (some := found.get(tab, []))
        ]

    def _filling(self, some: list[Difference]) -> Callable[[Groups], object]:
        def fill(groups: Groups) -> None:
            for one in some:
                self._difference(groups, one)

        return fill

    # -- groups
    def _fill_numbers(self, groups: Groups) -> None:
        say = self._say
        groups.add(label(say("stick.content.numbers_about"), wrap=True))
        holder = QWidget()
        acts = row(holder, 0, 0)
        everything = button(say("stick.review.all_numbers"), on=self._accept_all)
        acts.addWidget(everything)
        everything.ensurePolished()
        holder.setMinimumHeight(everything.sizeHint().height())  # else it is cut off where room is short
        acts.addStretch()
        groups.add(holder)
        self.ticks = {}
        nothing = say("stick.review.no_number")
        for one in self._looked.numbers:
            groups.line(one.name, "" if "#" in one.key else say("stick.content.number_page"))
            groups.add(self._beside([Line("", one.old or nothing, one.new or nothing)]))
            made = Check(say("stick.content.number_tick"), checked=one.key in self.numbers)
            made.setAccessibleName(say("stick.content.number_name", name=one.name, new=one.new or nothing))
            made.toggled.connect(lambda on, key=one.key: self._switch(key, on))
            self.ticks[one.key] = made
            groups.add(made)

    def _difference(self, groups: Groups, one: Difference) -> None:
        title = self._say(f"content.kind.{one.kind}", title=one.title)
        groups.line(self._say("stick.content.fresh", title=title) if one.fresh else title)
        if one.status:
            groups.add(self._status(one))
        named = one.kind not in ("words", "phrases")
        groups.add(self._beside(one.lines[:MOST_LINES], old=not one.fresh, named=named))
        if len(one.lines) > MOST_LINES:
            groups.add(label(self._say("stick.review.more", n=len(one.lines) - MOST_LINES), "mute"))

    def _status(self, one: Difference) -> QWidget:
        """Who has checked these words; a warning sign where nobody has."""
        holder = QWidget()
        holder.setObjectName("plain")
        line = row(holder, 0, 8)
        sign = "ok" if one.vouched else "warn"
        line.addWidget(Picture(sign, sign, 18))
        line.addWidget(label(one.status, "" if one.vouched else "warn", wrap=True), 1)
        return holder

    def _beside(self, lines: Sequence[Line], *, old: bool = True, named: bool = False) -> QWidget:
        """Two columns, what is said now and what would be said; one for a file that is new. With `named`
        the name of each thing stands over it."""
        holder = QWidget()
        holder.setObjectName("plain")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        if old:
            grid.addWidget(label(self._say("stick.content.now"), "small"), 0, 0)
            grid.addWidget(label(self._say("stick.content.then"), "small"), 0, 1)
            grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        nothing, top = self._say("stick.review.nothing_there"), Qt.AlignmentFlag.AlignTop
        for place, line in enumerate(lines, 1):
            if named and line.said:
                grid.addWidget(label(line.said, "small", wrap=True), 2 * place - 1, 0, 1, 2)
            if old:
                grid.addWidget(label(line.old or nothing, "mute", wrap=True), 2 * place, 0, top)
            new = label(line.new or nothing, "" if line.new else "mute", wrap=True)
            grid.addWidget(new, 2 * place, 1, top)
        return holder

    # -- decisions
    @property
    def decided(self) -> ToTake:
        return ToTake(self._looked, frozenset(self.numbers))

    def _switch(self, key: str, on: bool) -> None:
        self.numbers = self.numbers | {key} if on else self.numbers - {key}
        self._show_state()

    def _accept_all(self) -> None:
        self.numbers = {one.key for one in self._looked.numbers}
        for made in self.ticks.values():
            made.setChecked(True)
        self._show_state()

    def _show_state(self) -> None:
        left = len(self._looked.numbers) - len(self.numbers)
        self.left_over.setText(self._say("stick.review.left", n=left))
        self.left_over.setVisible(left > 0)
