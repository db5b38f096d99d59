"""The form for one provider: problems stand beside their fields, and saving can be taken back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.desk import Desk
from desktop.dialogs.edit_hours import HoursEditor
from desktop.dialogs.edit_phones import PhoneRows
from desktop.dialogs.edit_place import PlaceEditor
from desktop.dialogs.edit_twins import Twins
from desktop.widgets import naming
from desktop.widgets.basics import button, label, row
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import Chips, Choice, Field, ThreeWay
from resources.directory import needs
from resources.directory.provider import INTAKE_RULES, Provider

LANGUAGES = ("en", "es", "zh", "vi", "ko", "tl", "ru", "ar", "fr", "ht", "pt", "hi", "ase")
_NOTES = (
    ("alert", 2), ("description", 3), ("how_to_reach", 2), ("documents", 1), ("cost", 1), ("email", 1),
    ("website", 1),
)  # fmt: skip
_MOST_HISTORY = 10


def edit_provider(desk: Desk, provider: Provider | None = None) -> None:
    """Edit a provider, or make a new one; what was saved shows at once and can be undone."""
    before = provider or Provider(id=str(uuid.uuid4()), training=desk.settings.training)
    seen = desk.directory.seen(before.id) if provider else None
    dialog = ProviderEdit(desk, before, new=provider is None)
    if not desk.ask.run(dialog) or dialog.saved is None:
        return
    after, say = dialog.saved, desk.words.say
    if after == before:
        desk.say(say("upkeep.edit.unchanged"))
        return
    with desk.ask.explaining():
        if dialog.retire_wanted is not None:
            retire = dialog.retire_wanted
            act = desk.directory.retire if retire else desk.directory.bring_back
            act(before.id)
            key = "retired" if retire else "brought_back"
            desk.directory_edited(say(f"upkeep.edit.{key}", name=before.name), lambda: act(before.id))
            desk.say(say(f"upkeep.edit.{key}", name=before.name), undo=True)
            return
        desk.directory.save(after, seen=seen)
        desk.directory_edited(after.name, lambda: desk.directory.save(after))
        desk.say(say("upkeep.edit.saved", name=after.name), undo=True)


class ProviderEdit(Dialog):
    """Read `saved` (and `retire_wanted`) when it was accepted."""

    def __init__(self, desk: Desk, provider: Provider, *, new: bool = False) -> None:
        parent = desk.ask.window if desk.ask else None
        title = desk.words.say("upkeep.edit.title_new" if new else "upkeep.edit.title")
        super().__init__(parent, title, width=860, height=2000)
        self._desk, self.before = desk, provider
        self.go_to = Choice(desk.words.say("upkeep.edit.go_to"))
        self._titles: list[QLabel] = []
        self.saved: Provider | None = None
        self.retire_wanted: bool | None = None
        self.fields: dict[str, Field] = {}
        self._names()
        self._kinds()
        self._where()
        self._intake()
        self._hours()
        self._texts()
        if not new:
            self._history()
        self.body.addStretch()
        self._buttons(new)
        self._go_to()
        self.twins.watch()
        self.fields["name"].box.setFocus()

    # -- groups of fields
    def _title(self, key: str) -> None:
        self.body.addSpacing(10)
        title = label(self._desk.words.say(f"upkeep.edit.{key}"), "h2")
        self._titles.append(title)
        self.body.addWidget(title)

    def _go_to(self) -> None:
        """The form is long: from the head to any group of fields."""
        self.go_to.setPlaceholderText(self._desk.words.say("upkeep.edit.go_to"))
        self.go_to.addItems([title.text() for title in self._titles])
        self.go_to.setCurrentIndex(-1)
        self.go_to.activated.connect(self.show_group)
        self.head.addWidget(self.go_to)

    def show_group(self, number: int) -> None:
        """Bring a group to the top and be ready to write in its first field."""
        self.go_to.setCurrentIndex(-1)
        title = self._titles[number]
        part: QWidget | None = title.nextInFocusChain()
        while part and not (part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(self)):
            part = part.nextInFocusChain()
        if part is not None:
            part.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.verticalScrollBar().setValue(title.mapTo(self._inner, QPoint(0, 0)).y())

    def _field(self, name: str, *, hint: str = "", most: int = 200, lines: int = 1) -> Field:
        value = getattr(self.before, name)
        text = "" if value is None else str(value)
        made = Field(self._desk.words.say(f"upkeep.edit.{name}"), text, hint=hint, most=most, lines=lines)
        self.fields[name] = made
        return made

    def _names(self) -> None:
        say = self._desk.words.say
        self.summary = label("", "warn", wrap=True)
        self.summary.hide()
        self.body.addWidget(self.summary)
        self.body.addWidget(self._field("name"))
        self.twins = Twins(self._desk, self)
        self.body.addWidget(self.twins)
        line = row(self.body, 0, 8)
        line.addWidget(self._field("organization"), 1)
        line.addWidget(self._field("cover_name", hint=say("upkeep.edit.cover_hint")), 1)
        self._title("group_phones")
        self.phones = PhoneRows(self._desk.words, self.before.phones)
        self.body.addWidget(self.phones)
        self.phone_problem = label("", "problem", wrap=True)
        self.phone_problem.hide()
        self.body.addWidget(self.phone_problem)

    def _kinds(self) -> None:
        say = self._desk.words.say
        self._title("group_kind")
        self.needs = Chips(((need.code, say(need.short_key)) for need in needs.all()), self.before.needs)
        self.body.addWidget(self.needs)

    def _where(self) -> None:
        self._title("group_place")
        self.place = PlaceEditor(self._desk.words, self.before)
        self.body.addWidget(self.place)
        self._title("group_languages")
        codes = [*LANGUAGES, *sorted(self.before.languages - set(LANGUAGES))]
        self.languages = Chips(((code, naming.language(code)) for code in codes), self.before.languages)
        self.body.addWidget(self.languages)
        self.body.addWidget(self._field("interpretation"))

    def _intake(self) -> None:
        say = self._desk.words.say
        self._title("group_accepts")
        answers = [say(f"upkeep.edit.{key}") for key in ("yes", "no", "unknown")]
        self.rules: dict[str, ThreeWay] = {}
        for rule in INTAKE_RULES:
            made = ThreeWay(
                say(f"desk.rule.{rule}"),
                answers,
                self.before.intake.get(rule),
                lambda rule, answer: say("upkeep.edit.rule_name", rule=rule, answer=answer),
            )
            self.rules[rule] = made
            self.body.addWidget(made)
        line = row(self.body, 0, 8)
        line.addWidget(self._field("minimum_age", most=3), 1)
        line.addWidget(self._field("maximum_age", most=3), 1)
        line.addWidget(self._field("eligibility"), 4)

    def _hours(self) -> None:
        self._title("group_hours")
        self.hours = HoursEditor(self._desk.words, self.before.hours)
        self.body.addWidget(self.hours)

    def _texts(self) -> None:
        self._title("group_notes")
        for name, lines in _NOTES:
            self.body.addWidget(self._field(name, lines=lines, most=4000))

    def _history(self) -> None:
        say = self._desk.words.say
        self._title("group_history")
        lines = self._desk.directory.history(self.before.id)[-_MOST_HISTORY:]
        for line in reversed(lines):
            nothing = say("upkeep.import.nothing")
            text = say(
                "upkeep.edit.history_line",
                date=naming.day(line.when.date()), field=line.said, old=line.old or nothing,
                new=line.new or nothing, who=line.who or line.device[:6],
            )  # fmt: skip
            self.body.addWidget(label(text, "small", wrap=True))
        if not lines:
            self.body.addWidget(label(say("upkeep.edit.history_none"), "mute"))
            return
        self.history_button = button(say("entries.history_open"), "", "clock", on=self._all_history)
        row(self.body, 0, 0).addWidget(self.history_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _all_history(self) -> None:
        from desktop.dialogs.history import HistoryDialog

        self._desk.ask.run(HistoryDialog(self._desk, self.before.id))

    def _buttons(self, new: bool) -> None:
        say = self._desk.words.say
        if not new:
            key = "bring_back" if self.before.retired else "retire"
            made = self.add_button(say(f"upkeep.edit.{key}"), self._retire)
            self.buttons.removeWidget(made)
            self.buttons.insertWidget(0, made)
            self.retire_button = made
        self.add_button(say("desk.cancel"), self.reject)
        self.save_button = self.add_button(say("upkeep.edit.save"), self.save, primary=True)

    # -- reading
    def _retire(self) -> None:
        self.retire_wanted = not self.before.retired
        self.saved = replace(self.before, status="defunct" if self.retire_wanted else "active")
        self.accept()

    def save(self) -> None:
        """Keep it when everything could be read; else say what to mend, and go there."""
        made, wrong = self.read()
        if made is None:
            self.summary.setText(self._desk.words.say("upkeep.problem.top", n=wrong))
            self.summary.show()
            self._to_first_problem()
            return
        self.saved = made
        self.accept()

    def _to_first_problem(self) -> None:
        for field in self.findChildren(Field):
            if not field.problem.isHidden():
                field.box.setFocus()
                return
        for phone in self.phones.rows:
            if phone.wrong():
                phone.number.setFocus()
                return
        if not self.phone_problem.isHidden():
            self.phones.rows[0].number.setFocus()
        elif (box := self.hours.first_problem()) is not None:
            box.setFocus()

    def read(self) -> tuple[Provider | None, int]:
        """The provider as the form says it, or None and how many things are to mend."""
        phones, phones_ok = self.phones.read()
        place, serves, place_ok = self.place.read()
        hours = self.hours.read()
        ages, ages_ok = self._ages()
        texts: dict[str, Any] = {
            name: field.value() for name, field in self.fields.items() if not name.endswith("_age")
        }
        made = replace(
            self.before,
            phones=phones, place=place, serves=serves, remote=self.place.remote.isChecked(),
            hours=hours or self.before.hours, needs=self.needs.value(), languages=self.languages.value(),
            intake=self._rules(), minimum_age=ages[0], maximum_age=ages[1], **texts,
        )  # fmt: skip
        came_so = self.before.problems() if self.before.name else []  # a list may leave out what we ask for
        missing = [key for key in made.problems() if key not in came_so and (phones_ok or "phone" not in key)]
        self._show_missing(missing, phones_ok)
        wrong = [phones_ok, place_ok, hours is not None, ages_ok].count(False) + len(missing)
        return (None if wrong else made), wrong

    def _show_missing(self, missing: list[str], phones_ok: bool) -> None:
        say = self._desk.words.say
        name = [key for key in missing if "name" in key]
        self.fields["name"].complain(say(name[0]) if name else "")
        phone = [key for key in missing if "phone" in key]
        self.phone_problem.setText(say(phone[0]) if phone else "")
        self.phone_problem.setVisible(bool(phone) and phones_ok)

    def _rules(self) -> MappingProxyType[str, bool]:
        said = {rule: made.value() for rule, made in self.rules.items()}
        return MappingProxyType({rule: value for rule, value in said.items() if value is not None})

    def _ages(self) -> tuple[tuple[int | None, int | None], bool]:
        say, found, good = self._desk.words.say, [], True
        for name in ("minimum_age", "maximum_age"):
            text = self.fields[name].value()
            ok = not text or (text.isascii() and text.isdigit() and int(text) <= 120)
            self.fields[name].complain("" if ok else say("upkeep.problem.age"))
            found.append(int(text) if text and ok else None)
            good = good and ok
        low, high = found
        if low is not None and high is not None and low > high:
            self.fields["minimum_age"].complain(say("upkeep.problem.ages"))
            good = False
        return (low, high), good
