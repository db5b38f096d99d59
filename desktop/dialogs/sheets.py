"""All papers Porchlight can make, by whom they are for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.pages.sheet_choices import AUDIENCES
from desktop.widgets.basics import Button, button, label
from desktop.widgets.dialog import Dialog
from reports import recipe
from resources.words import Words


class Sheets(Dialog):
    """`name` is the recipe that was chosen, or empty; `several` says that more than one is wanted."""

    def __init__(self, words: Words, parent: QWidget | None, *, chosen: str) -> None:
        super().__init__(parent, words.say("sheet.sheets.title"), width=640, height=640)
        self.name, self.several = "", False
        self.rows: dict[str, Button] = {}
        self.body.addWidget(label(words.say("sheet.sheets.lead"), "mute", wrap=True))
        for audience in AUDIENCES:
            self.body.addSpacing(6)
            self.body.addWidget(label(words.say(f"sheet.sheets.audience.{audience}"), "h2"))
            for one in recipe.all():
                if one.audience == audience:
                    self._offer(one.name, words.say(one.title), one.name == chosen)
        self.body.addStretch()
        self.add_button(words.say("sheet.sheets.close"), self.reject)
        self.more = self.add_button(words.say("sheet.several.open"), self._choose_several)
        self.more.setAccessibleName(words.say("sheet.several.open_name"))

    def _offer(self, name: str, title: str, chosen: bool) -> None:
        made = button(title, "seg", checkable=True, checked=chosen, on=lambda: self._choose(name))
        self.rows[name] = made
        self.body.addWidget(made)
        if chosen:
            made.setFocus()

    def _choose_several(self) -> None:
        self.several = True
        self.accept()

    def _choose(self, name: str) -> None:
        self.name = name
        self.accept()
