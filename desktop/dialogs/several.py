"""Several papers in one go: which sheets, in which languages, to the printer or into a folder."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.scripts import write_in
from desktop.widgets.basics import Button, button, label
from desktop.widgets.dialog import Dialog
from desktop.widgets.flow import FlowLayout
from reports import recipe
from resources.handoff import Handoff
from resources.words import Words

PRINT, SAVE = "print", "save"


class Several(Dialog):
    """`act` is what to do with `recipes` in `languages`, or empty."""

    def __init__(self, words: Words, parent: QWidget | None, handoff: Handoff) -> None:
        say = words.say
        super().__init__(parent, say("sheet.several.title"), width=760, height=640)
        self.act, self._words = "", words
        self.sheets: dict[str, Button] = {}
        self.codes: dict[str, Button] = {}
        self.body.addWidget(label(say("sheet.several.lead"), "mute", wrap=True))
        chosen = recipe.get(handoff.recipe)
        sheets = self._flow(say("sheet.several.sheets"))
        for one in recipe.all():
            if one.audience == chosen.audience:
                on = one.name == chosen.name
                self.sheets[one.name] = made = button(say(one.title), "chip", checkable=True, checked=on)
                sheets.addWidget(made)
        self._offer_languages(recipe.base_code(handoff.language))
        self.body.addStretch()
        self._missing = label(say("sheet.several.none"), "problem", wrap=True)
        self._missing.hide()
        self.body.addWidget(self._missing)
        self.add_button(say("desk.cancel"), self.reject)
        self.save_button = self.add_button(say("sheet.several.save"), lambda: self._go(SAVE))
        self.print_button = self.add_button(
            say("sheet.several.print"), lambda: self._go(PRINT), primary=True, icon="print"
        )

    def _flow(self, title: str) -> FlowLayout:
        """A heading, and room for chips below it."""
        self.body.addWidget(label(title, "h2"))
        holder = QWidget()
        holder.setObjectName("plain")
        self.body.addWidget(holder)
        return FlowLayout(holder)

    def _offer_languages(self, chosen: str) -> None:
        flow = self._flow(self._words.say("sheet.several.languages"))
        possible = {code for name in self.sheets for code in recipe.get(name).languages}
        for code, own, english, _, _ in recipe.languages():
            if code in possible:
                made = button("", "chip", name=f"{own}. {english}", checkable=True, checked=code == chosen)
                write_in(made, code, own, 18)
                made.say(own)
                self.codes[code] = made
                flow.addWidget(made)

    @property
    def recipes(self) -> list[str]:
        return [name for name, made in self.sheets.items() if made.isChecked()]

    @property
    def languages(self) -> list[str]:
        return [code for code, made in self.codes.items() if made.isChecked()]

    def _go(self, act: str) -> None:
        if not (self.recipes and self.languages):
            self._missing.show()
            return
        self.act = act
        self.accept()
