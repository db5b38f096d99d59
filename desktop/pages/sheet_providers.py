"""The providers on the sheet: in order, with buttons to move one up or take it off."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.widgets.basics import Button, button, clear, column, label, row
from resources.directory import needs
from resources.directory.phones import show
from resources.directory.provider import Provider

NONE_HEIGHT = 40


def phone_of(provider: Provider) -> str:
    """The number as people write it, or the text it came with."""
    phone = provider.phone
    if phone is not None:
        return show(phone.number, phone.extension)
    return next((one.shown for one in provider.phones if one.shown), "")


class SheetProviders(QFrame):
    """Rebuilt when the handoff has other providers; the focus stays where the hand was."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._rows: QVBoxLayout = column(self, (14, 4, 6, 4), 0)
        self._listed: tuple[Provider, ...] | None = None
        self._uses_providers = True
        self.removers: list[Button] = []
        self.movers: list[Button] = []

    def show_providers(self, uses_providers: bool, none_text: str) -> None:
        """Show what the handoff holds now."""
        listed = self._desk.handoff.providers
        if listed == self._listed and uses_providers == self._uses_providers and listed:
            return
        self._listed, self._uses_providers = listed, uses_providers
        focus = self._focused()
        clear(self._rows)
        self.removers, self.movers = [], []
        if not uses_providers or not listed:
            key = none_text if uses_providers else self._desk.words.say("sheet.no_providers_here")
            none = label(key, "mute", wrap=True)
            none.setMinimumHeight(NONE_HEIGHT)
            self._rows.addWidget(none)
        else:
            for place, provider in enumerate(listed):
                self._rows.addWidget(self._row(place, provider))
        self._refocus(focus)

    def _row(self, place: int, provider: Provider) -> QWidget:
        say = self._desk.words.say
        made = QWidget()
        made.setObjectName("plain")
        line = row(made, (0, 2, 0, 2), 2)
        names = column(None, 0, 0)
        names.addWidget(label(provider.name, wrap=True))
        about = [say(f"needs.short.{need.code}") for need in needs.all() if need.code in provider.needs][:1]
        names.addWidget(label("  ·  ".join([*about, phone_of(provider)]), "small", wrap=True))
        line.addLayout(names, 1)
        up = button("", "ghost", "up", name=say("sheet.move_up", name=provider.name),
                    on=lambda: self._move(place))  # fmt: skip
        up.setEnabled(place > 0)
        off = button("", "ghost", "x", name=say("sheet.remove", name=provider.name),
                     on=lambda: self._remove(provider))  # fmt: skip
        line.addWidget(up)
        line.addWidget(off)
        self.movers.append(up)
        self.removers.append(off)
        return made

    def _move(self, place: int) -> None:
        name = self._desk.handoff.providers[place].name
        self._desk.move_provider(place, -1)
        target = self.movers[place - 1] if place > 1 else self.removers[place - 1]
        target.setFocus()
        self._desk.say(self._desk.words.say("sheet.moved", name=name, number=place), undo=True)

    def _remove(self, provider: Provider) -> None:
        self._desk.remove_provider(provider.id)
        self._desk.say(self._desk.words.say("sheet.removed", name=provider.name), undo=True)

    def _focused(self) -> int | None:
        return next((n for n, off in enumerate(self.removers) if off.hasFocus()), None)

    def _refocus(self, place: int | None) -> None:
        """After a removal the next row has the focus; after the last one, whatever comes after the list."""
        if place is None:
            return
        if self.removers:
            self.removers[min(place, len(self.removers) - 1)].setFocus()
        else:
            self.focusNextChild()
