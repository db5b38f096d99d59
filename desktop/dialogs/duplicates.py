"""Entries that may be the same, side by side: choose field by field, merge, or say they are not the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from desktop.desk import Desk
from desktop.dialogs.duplicate_words import value_text
from desktop.dialogs.working import run_job
from desktop.jobs import Progress
from desktop.widgets.basics import clear, column, label
from desktop.widgets.choice_card import ChoiceCard
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import Segments
from resources.directory import combining, duplicates
from resources.directory.combining import BOTH, OTHER, STAYS
from resources.directory.duplicates import Pair
from resources.directory.provider import Provider


@dataclass(frozen=True)
class _Sides:
    """The two entries as they are on the screen, and which of them stays."""

    left: Provider
    right: Provider
    stays: str  # "left" | "right"

    @property
    def kept(self) -> Provider:
        return self.left if self.stays == "left" else self.right

    @property
    def retired(self) -> Provider:
        return self.right if self.stays == "left" else self.left


def show_duplicates(desk: Desk) -> None:
    """Look for pairs (beside the window, it may take a while) and go through them."""
    directory, say = desk.directory, desk.words.say

    def look(progress: Progress) -> list[Pair]:
        return duplicates.pairs(directory.all(), apart=combining.apart(directory), progress=progress)

    def show(pairs: list[Pair]) -> None:
        desk.ask.run(Duplicates(desk, pairs))

    run_job(desk, say("entries.twins.looking"), look, show)


class Duplicates(Dialog):
    """One pair at a time, the surest first; nothing is merged before Merge is pressed."""

    def __init__(self, desk: Desk, pairs: Sequence[Pair]) -> None:
        say = desk.words.say
        super().__init__(desk.ask.window, say("entries.twins.title"), width=1080, height=2000)
        self.desk, self._say = desk, say
        self.pairs, self.at = list(pairs), 0
        self.sides: _Sides | None = None
        self.choices: dict[str, str] = {}
        self.count = label("", "mute", wrap=True)
        self.body.addWidget(self.count)
        holder = QWidget()
        holder.setObjectName("plain")
        self._lines = column(holder, 0, 10)
        self.body.addWidget(holder)
        self.body.addStretch()
        self._make_buttons()
        self.show_pair()

    def _make_buttons(self) -> None:
        say = self._say
        self.forget_button = self.add_button("", self.forget)
        self.close_button = self.add_button(say("desk.close"), self.reject)
        self.previous_button = self.add_button(say("entries.twins.previous"), self.previous, icon="back")
        self.skip_button = self.add_button(say("entries.twins.skip"), self.skip)
        self.apart_button = self.add_button(say("entries.twins.apart"), self.keep_apart)
        self.merge_button = self.add_button(say("entries.twins.merge"), self.merge, primary=True)
        self.merge_button.setDefault(False)  # Enter pressed again and again must not merge what nobody read
        self.buttons.removeWidget(self.forget_button)
        self.buttons.insertWidget(0, self.forget_button)

    # -- showing
    def show_pair(self) -> None:
        """Show the pair at hand; one whose entries are gone meanwhile is passed over."""
        clear(self._lines)
        self.sides = None
        while self.at < len(self.pairs) and self.sides is None:
            pair = self.pairs[self.at]
            found = self.desk.directory.many([pair.a, pair.b])
            if len(found) == 2 and not any(one.retired for one in found):
                stays = combining.better(*found)
                self.sides = _Sides(found[0], found[1], "left" if stays is found[0] else "right")
            else:
                del self.pairs[self.at]
        self._show_buttons()
        if self.sides is None:
            self._lines.addWidget(
                label(self._say("entries.twins.all_done" if self.pairs else "entries.twins.none"))
            )
            self.count.setText("")
            self.close_button.setFocus()
            return
        self._show_sides(self.sides, self.pairs[self.at])
        self.skip_button.setFocus()

    def _show_buttons(self) -> None:
        open_pair = self.sides is not None
        for made in (self.skip_button, self.apart_button, self.merge_button):
            made.setVisible(open_pair)
        can = self.desk.directory.may_edit
        self.merge_button.setEnabled(can)
        self.apart_button.setEnabled(can)
        self.previous_button.setVisible(self.at > 0 and bool(self.pairs))
        count = len(combining.apart(self.desk.directory))
        self.forget_button.setVisible(bool(count) and can)
        self.forget_button.say(self._say("entries.twins.forget", n=count))

    def _show_sides(self, sides: _Sides, pair: Pair) -> None:
        say = self._say
        self.choices = combining.suggested(sides.kept, sides.retired)
        why = ", ".join(say(f"find.duplicate.{mark}") for mark in pair.why)
        parts = [say("entries.twins.count", at=self.at + 1, of=len(self.pairs))]
        parts += [say("entries.twins.why", why=why)] if why else []
        parts.append(say("entries.twins.sureness", percent=round(pair.score * 100)))
        self.count.setText("  ·  ".join(parts))
        self._lines.addWidget(label(say("entries.twins.stays"), "strong", wrap=True))
        names = [
            (side, say("entries.twins.stays_side", side=say(f"entries.twins.{side}"), name=_short(one.name)))
            for side, one in (("left", sides.left), ("right", sides.right))
        ]
        self.staying = Segments(names, sides.stays, self.choose_stays)
        self._lines.addWidget(self.staying)
        self._lines.addWidget(self._grid(sides))
        same = [f for f in combining.FIELDS if f not in self.choices and self._filled(sides.left, f)]
        if same:
            fields = ", ".join(say(f"entries.twins.field.{field}") for field in same)
            text = label(say("entries.twins.same_fields", fields=fields), "small", wrap=True)
            self._lines.addWidget(text)
        self.checks_note = label("", "small", wrap=True)
        self._lines.addWidget(self.checks_note)
        self._say_checks()

    @staticmethod
    def _filled(one: Provider, field: str) -> bool:
        value = combining.part(one, field)
        return value is not False and not combining.is_empty(value)

    def _grid(self, sides: _Sides) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        for place in (1, 2):
            grid.setColumnStretch(place, 1)
        grid.setColumnMinimumWidth(0, 120)
        self.cards: dict[tuple[str, str], ChoiceCard] = {}
        for line, field in enumerate(self.choices):
            grid.addWidget(label(self._say(f"entries.twins.field.{field}"), "mute", wrap=True), line, 0)
            group = QButtonGroup(holder)
            for place, side in ((1, "left"), (2, "right")):
                one = sides.left if side == "left" else sides.right
                grid.addWidget(
                    self._card(group, field, side, value_text(self.desk.words, one, field)), line, place
                )
            both_filled = self._filled(sides.left, field) and self._filled(sides.right, field)
            if field in combining.TOGETHER and both_filled:
                grid.addWidget(self._card(group, field, BOTH, self._say("entries.twins.both")), line, 3)
        return holder

    def _card(self, group: QButtonGroup, field: str, side: str, text: str) -> ChoiceCard:
        named = self._say(f"entries.twins.field.{field}")
        shown = text or self._say("entries.twins.nothing")
        name = self._say("entries.twins.both_name", field=named) if side == BOTH else (
            self._say("entries.twins.side_name", field=named, value=shown)
        )  # fmt: skip
        made = ChoiceCard(shown, name)
        made.setChecked(self._side_of(self.choices[field]) == side)
        made.clicked.connect(lambda _on: self.choose(field, side))
        group.addButton(made)
        self.cards[field, side] = made
        return made

    def _side_of(self, choice: str) -> str:
        if choice == BOTH or self.sides is None:
            return BOTH
        other = "right" if self.sides.stays == "left" else "left"
        return self.sides.stays if choice == STAYS else other

    def _say_checks(self) -> None:
        if self.sides is None:
            return
        merged = self.merged()
        self.checks_note.setVisible(bool(self.sides.left.checks or self.sides.right.checks))
        count = combining.checks_count(self.sides.kept, self.sides.retired, merged)
        self.checks_note.setText(self._say(f"entries.twins.checks_{'kept' if count else 'lost'}"))

    # -- choosing
    def choose(self, field: str, side: str) -> None:
        """Take the value of the "left" or "right" entry, or "both"."""
        if self.sides is not None:
            self.choices[field] = BOTH if side == BOTH else STAYS if side == self.sides.stays else OTHER
            self._say_checks()

    def choose_stays(self, side: str) -> None:
        """The other entry stays; the values that were chosen stay chosen."""
        if self.sides is None or side == self.sides.stays:
            return
        self.sides = _Sides(self.sides.left, self.sides.right, side)
        turned = {STAYS: OTHER, OTHER: STAYS, BOTH: BOTH}
        self.choices = {field: turned[choice] for field, choice in self.choices.items()}
        self._say_checks()

    def merged(self) -> Provider:
        assert self.sides is not None
        return combining.combine(self.sides.kept, self.sides.retired, self.choices)

    # -- deeds
    def merge(self) -> None:
        """Keep the merged entry and retire the other, as one batch that one undo takes back."""
        if self.sides is None:
            return
        desk, merged, gone = self.desk, self.merged(), self.sides.retired.id
        text = self._say("entries.twins.label", name=merged.name)

        def again() -> Any:
            return desk.directory.apply([merged], retire=[gone], label=text)

        with desk.ask.explaining():
            again()
            desk.directory_edited(text, again)
            desk.say(self._say("entries.twins.merged", name=merged.name), undo=True)
            del self.pairs[self.at]
            self.show_pair()

    def keep_apart(self) -> None:
        """They are two services: never propose this pair again."""
        pair = self.pairs[self.at]
        with self.desk.ask.explaining():
            combining.say_apart(self.desk.directory, pair.a, pair.b)
            del self.pairs[self.at]
            self.show_pair()
            self.count.setText(f"{self._say('entries.twins.said_apart')}  {self.count.text()}")

    def skip(self) -> None:
        self.at += 1
        self.show_pair()

    def previous(self) -> None:
        self.at = max(0, self.at - 1)
        self.show_pair()

    def forget(self) -> None:
        """Look again, with the pairs that were said to be different."""
        with self.desk.ask.explaining():
            combining.forget_apart(self.desk.directory)
            self.pairs = duplicates.pairs(self.desk.directory.all())
            self.at = 0
            self.show_pair()


def _short(name: str, most: int = 44) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
