"""Everything about one provider, the number first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.widgets import naming
from desktop.widgets.basics import Button, button, card, column, hint, label, scroll
from desktop.widgets.flow import FlowLayout
from resources.directory import opening, phones
from resources.directory.provider import INTAKE_RULES, Phone, Provider
from resources.directory.search import Found

FACTS = (
    "before", "about", "hours", "accepts", "not_accepts", "serves", "ages", "languages", "address", "how",
    "documents", "cost", "numbers", "number", "email", "website", "source",
)  # fmt: skip


class ProviderCard(QWidget):
    """Shows a provider as the directory has it now. Signals say which button was pressed. Its parts are made
    once and filled again, because a new card may come with every key."""

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
        self._with_back = self._on_sheet = False
        self.add_button: Button | None = None  # None while no provider is shown
        outer = card()
        column(self, 0, 0).addWidget(outer)
        self._inner = QWidget()
        self._scroll = scroll(self._inner, on_card=True)
        column(outer, 4, 0).addWidget(self._scroll)
        self._make(column(self._inner, (20, 14, 14, 14), 8))
        self._inner.hide()
        desk.handoff_changed.connect(self.refresh)

    # -- parts
    def _make(self, lines: QVBoxLayout) -> None:
        back = self._desk.words.say("desk.find.back_to_list")
        self._back = button(back, "ghost", "back", on=self.back_pressed.emit)
        lines.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._title, self._owner = label("", "title", wrap=True), label("", "", wrap=True)
        self._about = label("", "mute", wrap=True)
        self._number = label("", "phone", wrap=True, selectable=True)
        self._no_number = label(self._desk.words.say("desk.find.no_phone"), "mute")
        self._doubt = label("", "warn", wrap=True)
        self._tip = label(self._desk.words.say("desk.detail.not_for_survivors"), "warn", wrap=True)
        for part in (
            self._title,
            self._owner,
            self._about,
            self._number,
            self._no_number,
            self._doubt,
            self._tip,
        ):
            lines.addWidget(part)
        self._make_actions(lines)
        lines.addWidget(self._make_facts())
        lines.addStretch()

    def _make_actions(self, lines: QVBoxLayout) -> None:
        say, holder = self._desk.words.say, QWidget()
        line = FlowLayout(holder)  # for the words are wider in some fonts and languages than a narrow column
        lines.addWidget(holder)
        self._adder = button(
            say("desk.detail.add"), "primary", "plus", key="Ctrl+Enter", on=self._add_or_remove
        )
        self._called = button(say("desk.detail.called"), "", "phone")
        self._called.clicked.connect(lambda _on: self._emit(self.call_pressed))
        self._edit = button("", "", "edit", name=say("desk.detail.edit"))
        self._edit.clicked.connect(lambda _on: self._emit(self.edit_pressed))
        for wide in (self._adder, self._called):
            wide.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in (self._adder, self._called, self._edit):
            line.addWidget(part)

    def _make_facts(self) -> QFrame:
        table = QFrame()
        table.setObjectName("plain")
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(11)
        grid.setColumnStretch(1, 1)
        self._facts: dict[str, tuple[QLabel, QLabel]] = {}
        for line, name in enumerate(FACTS):
            head = label(self._desk.words.say(f"desk.detail.{name}"), "mute")
            text = label("", "", wrap=True, selectable=True)
            grid.addWidget(head, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, line, 1)
            self._facts[name] = head, text
        return table

    def _add_or_remove(self) -> None:
        self._emit(self.remove_pressed if self._on_sheet else self.add_pressed)

    def _emit(self, pressed: SignalInstance) -> None:
        if self.provider is not None:
            pressed.emit(self.provider.id)

    # -- showing
    def show_found(self, found: Found | None, *, with_back: bool = False) -> None:
        """Show the provider of a result row; None empties the card. The same row again costs nothing."""
        if (found, with_back) == (self._found, self._with_back) and found is not None:
            return
        self._found, self._with_back = found, with_back
        self._scroll.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Read it again: a call, an edit or the sheet has changed."""
        known = self._desk.directory.many([self._found.provider_id]) if self._found else []
        self.provider = known[0] if known else None
        self.add_button = self._adder if known else None
        if self.provider is not None and self._found is not None:
            self._fill(self.provider, self._found)
        self._inner.setVisible(bool(known))

    def _fill(self, provider: Provider, found: Found) -> None:
        words = self._desk.words
        self._back.setVisible(self._with_back)
        self._title.setText(provider.name)
        _show(self._owner, provider.organization if provider.organization != provider.name else "")
        far = naming.distance(words, found.miles, found.about, found.remote)
        about = (naming.kinds(words, provider.needs, 4), found.place_label, far)
        self._about.setText("  ·  ".join(part for part in about if part))
        main = provider.phone
        number = _number(main) if main else next((p.shown for p in provider.phones if p.shown), "")
        _show(self._number, number)
        self._no_number.setVisible(not number)
        last = provider.last_check
        icon, _, text = naming.check_state(
            words, provider.needs, provider.confirmed_on, last.result if last else "", self._desk.today()
        )
        doubt = words.say("desk.check.call_first", state=text) if icon == "warn" else ""
        _show(self._doubt, words.say("desk.find.retired") if provider.retired else doubt)
        self._tip.setVisible(provider.enforcement)
        self._fill_actions(provider)
        for name, said in self._pairs(provider, text):
            head, part = self._facts[name]
            head.setVisible(bool(said))
            _show(part, said)

    def _fill_actions(self, provider: Provider) -> None:
        say, may_edit = self._desk.words.say, self._desk.directory.may_edit
        on = provider.id in {p.id for p in self._desk.handoff.providers}
        if on != self._on_sheet:
            self._on_sheet = on
            self._adder.say(say(f"desk.detail.{'on_sheet' if on else 'add'}"), icon="ok" if on else "plus")
            self._adder.change_kind("" if on else "primary")
            self._adder.setAccessibleName(say(f"desk.detail.{'remove' if on else 'add'}"))
            hint(self._adder, "" if on else f"{say('desk.detail.add')}  (Ctrl+Enter)")
        self._called.setAccessibleName(say("desk.detail.called_name", name=provider.name))
        self._called.setVisible(may_edit)
        self._edit.setVisible(may_edit)

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


def _show(part: QLabel, text: str) -> None:
    """The text, and no room where there is none."""
    part.setText(text)
    part.setVisible(bool(text))


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
