"""A field on which laptops disagree: every value, who said it and when; a person decides."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup

from desktop.desk import Desk
from desktop.widgets import naming
from desktop.widgets.basics import label
from desktop.widgets.choice_card import ChoiceCard
from desktop.widgets.dialog import Dialog
from resources.directory.history import Conflict
from resources.updates.holdings import Holding


def decide(desk: Desk, conflict: Conflict, laptops: list[Holding]) -> None:
    """Let a person choose; what was not chosen stays in the history of the entry."""
    desk.ask.run(ConflictDialog(desk, conflict, laptops))


class ConflictDialog(Dialog):
    """One card for each value; Keep writes the chosen one, so that all laptops agree again."""

    def __init__(self, desk: Desk, conflict: Conflict, laptops: list[Holding]) -> None:
        say = desk.words.say
        name = desk.directory.get(conflict.provider_id).name
        super().__init__(desk.ask.window, say("stick.conflict.title", name=name), width=760)
        self._desk, self._conflict = desk, conflict
        self.body.addWidget(label(say("stick.conflict.about", field=conflict.said), wrap=True))
        names = {one.device: one.name for one in laptops}  # a claim without a person names its laptop
        group = QButtonGroup(self)
        self.cards: list[ChoiceCard] = []
        for claim in conflict.values:
            who = names.get(claim.who, claim.who) or say("stick.conflict.somebody")
            when = f"{naming.day(claim.when.date())}, {claim.when:%H:%M}"
            text = claim.text or say("stick.conflict.nothing")
            said = say("stick.conflict.said", who=who, when=when)
            card = ChoiceCard(f"{text}\n{said}", f"{text}. {said}")
            card.toggled.connect(lambda _on: self._show_keep())
            group.addButton(card)
            self.cards.append(card)
            self.body.addWidget(card)
        self.body.addWidget(label(say("stick.conflict.kept"), "small", wrap=True))
        self.body.addStretch()
        self.edit = self.add_button(say("stick.conflict.edit"), self._edit, icon="edit")
        self.add_button(say("stick.conflict.later"), self.reject)
        self.keep = self.add_button(say("stick.conflict.keep"), self._keep, primary=True)
        self._show_keep()
        self.cards[0].setFocus()

    def _show_keep(self) -> None:
        self.keep.setEnabled(any(card.isChecked() for card in self.cards))

    def _keep(self) -> None:
        desk, conflict = self._desk, self._conflict
        number = next(n for n, card in enumerate(self.cards) if card.isChecked())
        value = conflict.values[number].value

        def write() -> None:
            desk.directory.resolve(conflict.provider_id, conflict.field, value)

        with desk.ask.explaining():
            write()
            desk.directory_edited(conflict.said, write)
            desk.directory_changed()
            desk.say(desk.words.say("stick.conflict.decided"), undo=True)
            self.accept()

    def _edit(self) -> None:
        from desktop.dialogs.provider_edit import edit_provider

        self.reject()
        edit_provider(self._desk, self._desk.directory.get(self._conflict.provider_id))
