"""What is asked before many entries are changed at once: the area they serve, or the calls that were made."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup

from desktop.desk import Desk
from desktop.dialogs.edit_place import area_codes
from desktop.widgets.basics import Check, button, label
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import Field, Segments
from resources.directory.provider import CHECK_RESULTS

WAYS = ("add", "replace", LIES := "lies")


class AreaDialog(Dialog):
    """Read `codes` and `way` (add, replace or lies) when it was accepted."""

    def __init__(self, desk: Desk, count: int) -> None:
        say = desk.words.say
        super().__init__(desk.ask.window, say("entries.area.title", n=count), width=680)
        self._desk, self._say, self.way = desk, say, WAYS[0]
        self.codes: frozenset[str] = frozenset()
        self.body.addWidget(label(say("entries.area.about"), "mute", wrap=True))
        self.field = Field(say("entries.area.field"), hint=say("entries.area.hint"), most=2000)
        self.body.addWidget(self.field)
        self.ways = Segments(((way, say(f"entries.area.{way}")) for way in WAYS), self.way, self._choose)
        self.body.addWidget(self.ways)
        self.body.addStretch()
        self.add_button(say("desk.cancel"), self.reject)
        self.save_button = self.add_button(say("entries.area.save"), self.save, primary=True)
        self.field.box.setFocus()

    def _choose(self, way: str) -> None:
        self.way = way

    def save(self) -> None:
        here = self._desk.place
        codes, unknown = area_codes(self.field.value(), here.state if here else "")
        if unknown:
            self.field.complain(self._say("upkeep.problem.serves", name="; ".join(unknown)))
        elif not codes:
            self.field.complain(self._say("entries.area.missing"))
        elif self.way == LIES and [len(code) for code in codes] != [5]:
            self.field.complain(self._say("entries.area.one_county"))
        else:
            self.codes = codes
            self.accept()
            return
        self.field.box.setFocus()


class CallsDialog(Dialog):
    """Read `result_code` and `initials()` when it was accepted; it must be said that the calls were made."""

    def __init__(self, desk: Desk, count: int) -> None:
        say = desk.words.say
        super().__init__(desk.ask.window, say("entries.call.title", n=count), width=620)
        self._say = say
        self.result_code: str | None = None
        self.body.addWidget(label(say("entries.call.about", n=count), "warn", wrap=True))
        self._group = QButtonGroup(self)
        self.choices = {}
        for code in CHECK_RESULTS:
            made = button(say(f"desk.call.{code}"), "seg", checkable=True)
            made.clicked.connect(lambda _on, code=code: self._choose(code))
            self._group.addButton(made)
            self.body.addWidget(made)
            self.choices[code] = made
        self.by = Field(say("entries.call.by"), most=8)
        self.sure = Check(say("entries.call.sure", n=count))
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        for part in (self.by, self.sure, self.problem):
            self.body.addWidget(part)
        self.body.addStretch()
        self.add_button(say("desk.cancel"), self.reject)
        self.save_button = self.add_button(say("entries.call.save", n=count), self.save, primary=True)
        self.choices["answered"].setFocus()

    def _choose(self, code: str) -> None:
        self.result_code = code
        self.problem.hide()

    def initials(self) -> str:
        return self.by.value()

    def save(self) -> None:
        """Accept only what a person vouches for with initials and a tick."""
        self.by.complain("" if self.initials() else self._say("entries.call.by_missing"))
        missing = [] if self.result_code else ["desk.call.choose"]
        missing += [] if self.sure.isChecked() else ["entries.call.sure_missing"]
        self.problem.setText("\n".join(self._say(key) for key in missing))
        self.problem.setVisible(bool(missing))
        if not missing and self.initials():
            self.accept()
