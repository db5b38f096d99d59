"""The review: counts, every change by name, changed numbers one by one, problems by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from desktop.jobs import Idle
from desktop.widgets.basics import Button, Check, button, card, clear, column, label, page, row, rule
from desktop.widgets.flow import FlowLayout
from resources.directory.duplicates import Pair
from resources.directory.provider import Provider
from resources.exchange import telling
from resources.exchange.incoming import Problem
from resources.exchange.review import Change, Changes, FieldChange
from resources.words import Words

AT_ONCE = 40  # entries; the next ones come at the press of a button
IN_ONE_GO = 8  # of these, so that nobody who types waits for them


class ChangesPage(QWidget):
    """Shows one group at a time. `accepted()` says which numbers and which disputed entries were ticked."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        page(self)
        self._words, self._say = words, words.say
        self._changes: Changes | None = None
        self._numbers: set[str] = set()
        self._disputed: set[str] = set()
        self._with_phones = self._only_phones = frozenset[str]()
        self._group, self._shown = "new", 0
        self._idle = Idle(self)
        self.retire = False
        self.phone_checks: dict[str, Check] = {}
        lines = column(self, 0, 10)
        lines.addWidget(label(self._say("upkeep.import.review_about"), "mute"))
        self._tabs_holder = QWidget()
        self._tabs_holder.setObjectName("plain")
        self._tabs = FlowLayout(self._tabs_holder)
        self.tabs: dict[str, Button] = {}
        self.same = label("", "mute")
        self.left_over = label("", "warn", wrap=True)
        self._list: QVBoxLayout
        holder = card()
        self._list = column(holder, (16, 14, 16, 14), 8)
        self.more: Button = button("", on=self._show_more)
        for part in (self._tabs_holder, self.same, self.left_over, holder):
            lines.addWidget(part)
        below = row(lines, 0, 0)
        below.addWidget(self.more)
        below.addStretch()
        lines.addStretch()

    def show_changes(self, changes: Changes) -> None:
        """Show these changes; nothing is ticked."""
        self._changes, self.retire = changes, False
        self._with_phones = frozenset(changes.changed.with_phones())
        self._only_phones = frozenset(changes.changed.only_phones())
        self._numbers, self._disputed = set(), set()
        clear(self._tabs)
        self.tabs = {}
        group = QButtonGroup(self)
        for name in telling.groups(changes):
            made = button(telling.heading(self._words, changes, name), "seg", checkable=True)
            made.clicked.connect(lambda _on, name=name: self._show_group(name))
            group.addButton(made)
            self.tabs[name] = made
            self._tabs.addWidget(made)
        self.same.setText("  ·  ".join(telling.same_and_notes(self._words, changes)))
        self.same.setWordWrap(True)
        first = next((name for name in telling.GROUPS if getattr(changes, name)), "new")
        self.tabs[first].setChecked(True)
        self._show_group(first)

    def focus_first(self) -> None:
        next(made for made in self.tabs.values() if made.isChecked()).setFocus()

    # -- groups
    def _show_group(self, name: str) -> None:
        clear(self._list)
        self.phone_checks = {}
        self._group, self._shown = name, 0
        if not self._entries():
            self._list.addWidget(label(self._say(f"upkeep.import.none_{name}"), "mute"))
        elif name == "changed" and self._with_phones:
            self._head_of_changed()
        elif name == "missing":
            self._head_of_missing()
        if self._entries() and name in ("changed", "disputed"):
            self._side_by_side(
                "", self._say("upkeep.import.here"), self._say("upkeep.import.on_list"), "small"
            )
        self._show_more()
        self._show_left_over()

    def _entries(self) -> Sequence[Any]:
        entries: Sequence[Any] = getattr(self._changes, self._group)
        return entries

    def _show_more(self) -> None:
        """The next entries of the group, and a button for those after them."""
        self.more.hide()
        self._idle.begin(self._some_more())

    def _some_more(self) -> Iterator[None]:
        entries = self._entries()
        end = min(self._shown + AT_ONCE, len(entries))
        while self._shown < end:
            some = entries[self._shown : min(self._shown + IN_ONE_GO, end)]
            getattr(self, f"_show_{self._group}")(some)
            self._shown += len(some)
            if self._shown < end:
                yield
        if left := len(entries) - end:
            self.more.say(self._say("upkeep.import.more", n=left))
            self.more.show()

    def _show_new(self, entries: Iterable[Provider]) -> None:
        for provider in entries:
            self._entry(provider.name, telling.new_line(provider))

    def _entry(self, title: str, about: str) -> None:
        if self._list.count():
            self._list.addWidget(rule())
        self._list.addWidget(label(title, "strong", wrap=True))
        if about:
            self._list.addWidget(label(about, "mute", wrap=True))

    def _head_of_changed(self) -> None:
        self._list.addWidget(label(self._say("upkeep.import.phones_about"), wrap=True))
        acts = row(self._list, 0, 0)
        acts.addWidget(button(self._say("upkeep.import.accept_all"), on=self._accept_all))
        acts.addStretch()

    def _show_changed(self, entries: Iterable[Change]) -> None:
        for change in entries:
            self._entry(change.new.name, "")
            for line in change.lines:
                if not line.is_phone:
                    self._field(line)
            if change.phones:
                self._phone_check(change)

    def _field(self, line: FieldChange) -> None:
        nothing = self._say("upkeep.import.nothing")
        shown = self._side_by_side(line.said, line.old or nothing, line.new or nothing)
        shown.setAccessibleName(telling.field_line(self._words, line))

    def _side_by_side(self, field: str, old: str, new: str, kind: str = "") -> QWidget:
        """A line in columns that stand below those of the other entries."""
        holder = QWidget()
        holder.setObjectName("plain")
        cells = row(holder, 0, 14)
        for text, share in ((field, 2), (old, 4), (new, 4)):
            cell = label(text, kind or ("mute" if share == 2 else ""), wrap=True)
            cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            cells.addWidget(cell, share, Qt.AlignmentFlag.AlignTop)
        self._list.addWidget(holder)
        return holder

    def _phone_check(self, change: Change) -> None:
        text = telling.phone_line(self._words, change)
        identity = change.old.id
        made = Check(text, checked=identity in self._numbers)
        made.toggled.connect(lambda on: self._switch(self._numbers, identity, on))
        self.phone_checks[identity] = made
        self._list.addWidget(made)

    def _show_disputed(self, entries: Iterable[Change]) -> None:
        for change in entries:
            self._entry(change.old.name, "")
            for line in change.lines:
                self._field(line)
            identity = change.old.id
            made = Check(telling.disputed_line(self._words, change), checked=identity in self._disputed)
            made.toggled.connect(lambda on, identity=identity: self._switch(self._disputed, identity, on))
            self._list.addWidget(made)

    def _head_of_missing(self) -> None:
        made = Check(self._say("upkeep.import.retire_check", n=len(self._entries())), checked=self.retire)
        made.toggled.connect(self._switch_retire)
        self._list.addWidget(made)
        self._list.addWidget(label(self._say("upkeep.import.retire_about"), "small", wrap=True))

    def _show_missing(self, entries: Iterable[Provider]) -> None:
        for provider in entries:
            self._entry(provider.name, telling.new_line(provider))

    def _show_problems(self, entries: Iterable[Problem]) -> None:
        for problem in entries:
            self._list.addWidget(
                label(telling.problem_line(self._words, problem), "", wrap=True, selectable=True)
            )

    def _show_duplicates(self, entries: Iterable[Pair]) -> None:
        assert self._changes is not None
        for pair in entries:
            self._list.addWidget(label(telling.duplicate_line(self._words, self._changes, pair), wrap=True))

    # -- decisions
    def _switch(self, chosen: set[str], identity: str, on: bool) -> None:
        if on:
            chosen.add(identity)
        else:
            chosen.discard(identity)
        self._show_left_over()
        self.changed.emit()

    def _switch_retire(self, on: bool) -> None:
        self.retire = on
        self.changed.emit()

    def _accept_all(self) -> None:
        self._numbers = set(self._with_phones)
        for made in self.phone_checks.values():
            made.setChecked(True)
        self._show_left_over()

    def _show_left_over(self) -> None:
        left = len(self._with_phones - self._numbers)
        self.left_over.setText(self._say("upkeep.import.phones_left", n=left))
        self.left_over.setVisible(left > 0)

    def accepted(self) -> tuple[set[str], set[str], bool]:
        """Entries whose new numbers, and whose disputed fields, are taken; whether missing ones retire."""
        return set(self._numbers), set(self._disputed), self.retire

    def count(self) -> int:
        """How many entries Apply would write."""
        if self._changes is None:
            return 0
        changes = self._changes
        only_phones = len(self._only_phones - self._numbers)
        retired = len(changes.missing) if self.retire else 0
        written = len(changes.new) + len(changes.changed) - only_phones + len(changes.quiet)
        return written + len(self._disputed) + retired
