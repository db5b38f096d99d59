"""I called: what happened, in one press; only this counts as a check of a number."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.widgets.basics import button, label, row
from desktop.widgets.boxes import LineBox
from desktop.widgets.dialog import Dialog
from resources.directory import phones
from resources.directory.provider import CHECK_RESULTS, Provider
from resources.words import Words


class CheckCall(Dialog):
    """Read `result_code`, `initials()` and `note_text()` when it was accepted."""

    def __init__(self, words: Words, provider: Provider, parent: QWidget | None = None) -> None:
        super().__init__(parent, words.say("desk.call.title"), width=560)
        self._words = words
        self.result_code: str | None = None
        self.body.addWidget(label(provider.name, "strong", wrap=True))
        if provider.phone is not None:
            number = phones.show(provider.phone.number, provider.phone.extension)
            self.body.addWidget(label(number, "phone", selectable=True))
        self._group = QButtonGroup(self)
        self.choices = {}
        for code in CHECK_RESULTS:
            made = button(words.say(f"desk.call.{code}"), "seg", checkable=True)
            made.clicked.connect(lambda _on, code=code: self._choose(code))
            self._group.addButton(made)
            self.body.addWidget(made)
            self.choices[code] = made
        self._by = self._field(words.say("desk.call.by"), 8)
        self._note = self._field(words.say("desk.call.note"), 200)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.body.addStretch()
        self.add_button(words.say("desk.cancel"), self.reject)
        self.save = self.add_button(words.say("desk.call.save"), self._save, primary=True)
        self.choices["answered"].setFocus()

    def _field(self, name: str, most: int) -> LineBox:
        title = label(name, "small", wrap=True)
        field = LineBox()
        field.setMaxLength(most)
        field.setAccessibleName(name)
        title.setBuddy(field)
        self.body.addWidget(title)
        line = row(self.body, 0, 0)
        line.addWidget(field)
        return field

    def _choose(self, code: str) -> None:
        self.result_code = code
        self._problem.hide()

    def initials(self) -> str:
        return self._by.text().strip()

    def note_text(self) -> str:
        return self._note.text().strip()

    def _save(self) -> None:
        if self.result_code is None:
            self._problem.setText(self._words.say("desk.call.choose"))
            self._problem.show()
            return
        self.accept()
