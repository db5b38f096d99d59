"""Everything about one provider, the number first; shared by Find and the call list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.widgets import naming
from desktop.widgets.basics import Button, button, card, clear, column, label, row, scroll
from resources.directory import opening, phones
from resources.directory.provider import INTAKE_RULES, Phone, Provider
from resources.directory.search import Found


class ProviderCard(QWidget):
    """Shows a provider as the directory has it now. Signals say which button was pressed."""

    add_pressed = Signal(str)
    remove_pressed = Signal(str)
    call_pressed = Signal(str)
    edit_pressed = Signal(str)
    back_pressed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: Found | None = None
        self.provider: Provider | None = None
        self._with_back = False
        self.add_button: Button | None = None
        outer = card()
        column(self, 0, 0).addWidget(outer)
        inner = QWidget()
        self._lines: QVBoxLayout = column(inner, (20, 14, 14, 14), 8)
        column(outer, 4, 0).addWidget(scroll(inner, on_card=True))
        desk.handoff_changed.connect(self.refresh)

    def show_found(self, found: Found | None, *, with_back: bool = False) -> None:
        """Show the provider of a result row; None empties the card. The same row again costs nothing."""
        if (found, with_back) == (self._found, self._with_back) and found is not None:
            return
        self._found, self._with_back = found, with_back
        self.refresh()

    def refresh(self) -> None:
        """Read it again: a call, an edit or the sheet has changed."""
        had_focus = self.add_button is not None and self.add_button.hasFocus()
        clear(self._lines)
        self.provider = self.add_button = None
        if self._found is None:
            return
        known = self._desk.directory.many([self._found.provider_id])
        if known:
            self.provider = known[0]
            self._fill(known[0], self._found)
        if had_focus and self.add_button is not None:
            self.add_button.show()
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, provider: Provider, found: Found) -> None:
        words, lines = self._desk.words, self._lines
        if self._with_back:
            back = button(words.say("desk.find.back_to_list"), "ghost", "back", on=self.back_pressed.emit)
            row(lines, 0, 0).addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addWidget(label(provider.name, "title", wrap=True))
        if provider.organization and provider.organization != provider.name:
            lines.addWidget(label(provider.organization, "", wrap=True))
        far = naming.distance(words, found.miles, found.about, found.remote)
        about = (naming.kinds(words, provider.needs, 4), found.place_label, far)
        lines.addWidget(label("  ·  ".join(part for part in about if part), "mute", wrap=True))
        main = provider.phone
        number = _number(main) if main else next((p.shown for p in provider.phones if p.shown), "")
        lines.addWidget(label(number or words.say("desk.find.no_phone"), "phone", wrap=True, selectable=True))
        last = provider.last_check
        icon, _, text = naming.check_state(
            words, provider.confirmed_on, last.result if last else "", self._desk.today()
        )
        if provider.retired:
            lines.addWidget(label(words.say("desk.find.retired"), "warn", wrap=True))
        elif icon == "warn":
            lines.addWidget(label(words.say("desk.check.call_first", state=text), "warn", wrap=True))
        if provider.enforcement:
            lines.addWidget(label(words.say("desk.detail.not_for_survivors"), "warn", wrap=True))
        self._actions(provider)
        lines.addWidget(self._facts(provider, text))
        lines.addStretch()

    def _actions(self, provider: Provider) -> None:
        say, line = self._desk.words.say, row(self._lines, 0, 8)
        on = provider.id in {p.id for p in self._desk.handoff.providers}
        if on:
            self.add_button = button(
                say("desk.detail.on_sheet"), "", "ok", name=say("desk.detail.remove"),
                on=lambda: self.remove_pressed.emit(provider.id),
            )  # fmt: skip
        else:
            self.add_button = button(
                say("desk.detail.add"), "primary", "plus", key="Ctrl+Enter",
                on=lambda: self.add_pressed.emit(provider.id),
            )  # fmt: skip
        line.addWidget(self.add_button, 1)
        if self._desk.directory.may_edit:
            called = button(
                say("desk.detail.called"), "", "phone",
                name=say("desk.detail.called_name", name=provider.name),
                on=lambda: self.call_pressed.emit(provider.id),
            )  # fmt: skip
            line.addWidget(called, 1)
            edit = button("", "", "edit", name=say("desk.detail.edit"))
            edit.clicked.connect(lambda _on: self.edit_pressed.emit(provider.id))
            line.addWidget(edit)

    def _facts(self, provider: Provider, checked: str) -> QFrame:
        table = QFrame()
        table.setObjectName("plain")
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(11)
        grid.setColumnStretch(1, 1)
        say = self._desk.words.say
        for line, (name, text) in enumerate((n, t) for n, t in self._pairs(provider, checked) if t):
            grid.addWidget(label(say(f"desk.detail.{name}"), "mute"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(text, "", wrap=True, selectable=True), line, 1)
        return table

    def _pairs(self, provider: Provider, checked: str) -> list[tuple[str, str]]:
        words, say = self._desk.words, self._desk.words.say
        yes = [say(f"desk.rule.{rule}") for rule in INTAKE_RULES if provider.intake.get(rule) is True]
        no = [say(f"desk.rule.{rule}") for rule in INTAKE_RULES if provider.intake.get(rule) is False]
        last = provider.last_check
        when = say("desk.check.when", state=checked, date=naming.day(last.on)) if last else checked
        others = [p for p in provider.phones if p is not provider.phone]
        spoken = ". ".join(filter(None, (naming.languages(provider.languages), provider.interpretation)))
        return [
            ("before", provider.alert),
            ("about", provider.description),
            ("hours", opening.in_words(provider.hours, words, self._desk.today())),
            ("accepts", ", ".join(yes)),
            ("not_accepts", ", ".join(no)),
            ("serves", provider.eligibility),
            ("ages", _ages(provider, say)),
            ("languages", spoken),
            ("address", self._address(provider)),
            ("how", provider.how_to_reach),
            ("documents", provider.documents),
            ("cost", provider.cost),
            ("numbers", "\n".join(filter(None, (_line(phone) for phone in others)))),
            ("number", when),
            ("email", provider.email),
            ("website", provider.website),
            ("source", self._source(provider)),
        ]

    def _address(self, provider: Provider) -> str:
        place = provider.place
        if place.confidential:
            return self._desk.words.say("desk.detail.address_hidden")
        state = " ".join(part for part in (place.state, place.postal_code) if part)
        return ", ".join(part for part in (place.street, place.city, state) if part)

    def _source(self, provider: Provider) -> str:
        source = provider.kept.get("source", "")
        on = provider.kept.get("source_date", "")
        if source and on:
            when = naming.day(date.fromisoformat(on)) if len(on) == 10 else on
            return self._desk.words.say("desk.detail.source_on", source=source, date=when)
        return source


def _ages(provider: Provider, say: Callable[..., str]) -> str:
    low, high = provider.minimum_age, provider.maximum_age
    if low is None and high is None:
        return ""
    if low is not None and high is not None:
        return say("desk.detail.age_both", low=low, high=high)
    return say("desk.detail.age_from", age=low) if high is None else say("desk.detail.age_to", age=high)


def _number(phone: Phone) -> str:
    return phones.show(phone.number, phone.extension) if phone.number else phone.shown


def _line(phone: Phone) -> str:
    number = _number(phone)
    kind = phone.label or (phone.kind if phone.kind != "voice" else "")
    return f"{number} ({kind})" if number and kind else number
