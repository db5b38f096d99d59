"""The left half of the sheet page: choices, providers, cover, note, and the paper's own questions."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.pages.sheet_choices import SheetChoices
from desktop.pages.sheet_providers import SheetProviders
from desktop.pages.sheet_questions import SheetQuestions
from desktop.widgets.basics import Check, button, column, label, row
from desktop.widgets.boxes import LineBox
from desktop.widgets.flow import FlowLayout
from reports import recipe
from resources.handoff import PARTNER, SURVIVOR

LATER_MS = 250
NOTE_LENGTH = 90


class SheetForm(QWidget):
    """Writes into the desk's handoff: buttons at once, typing a moment after the last key."""

    safety_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._showing = False
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self.take_typed)
        lines = column(self, (0, 0, 6, 0), 6)
        self.choices = SheetChoices(desk)
        lines.addWidget(self.choices)
        self._asks(lines)
        self._provider_part(lines)
        self._fields(lines)
        lines.addStretch()

    def _asks(self, lines: QVBoxLayout) -> None:
        say = self._desk.words.say
        holder = QWidget()
        holder.setObjectName("plain")
        asks = FlowLayout(holder)
        self.ask_first = button(say("sheet.ask_first"), "seg", name=say("sheet.ask_first_name"))
        self.ask_first.clicked.connect(lambda *_: self.safety_asked.emit())
        self.all_sheets = button(say("sheet.more_sheets"), "seg", name=say("sheet.more_sheets_name"))
        self.all_sheets.clicked.connect(lambda *_: self.choices.more_sheets.emit())
        asks.addWidget(self.ask_first)
        asks.addWidget(self.all_sheets)
        lines.addWidget(holder)

    def _provider_part(self, lines: QVBoxLayout) -> None:
        say = self._desk.words.say
        head = row(lines)
        head.addWidget(label(say("sheet.providers"), "h2", wrap=True), 1)
        self.add = button(say("sheet.add"), "", "plus", name=say("sheet.add_name"), key="F2",
                          on=lambda: self._desk.go("find"))  # fmt: skip
        head.addWidget(self.add)
        self.providers = SheetProviders(self._desk)
        lines.addWidget(self.providers)

    def _fields(self, lines: QVBoxLayout) -> None:
        say = self._desk.words.say
        self.plain = Check(say("sheet.plain_cover"), checked=True)
        self.plain.toggled.connect(lambda on: self._change("sheet.plain_cover", plain_cover=on))
        self.minor = Check(say("sheet.minor"))
        self.minor.setAccessibleName(say("sheet.minor_name"))
        self.minor.toggled.connect(lambda on: self._change("sheet.minor", minor=on))
        self.protect = Check(say("sheet.protect"))
        self.note = LineBox()
        self.note.setMaxLength(NOTE_LENGTH)
        self.note.setPlaceholderText(say("sheet.note_placeholder"))
        self.note.setAccessibleName(say("sheet.note_name"))
        self.note.textEdited.connect(lambda *_: self._later.start())
        self.questions = SheetQuestions(self._desk.words)
        self.questions.answered.connect(self._later.start)
        ticks = QWidget()
        ticks.setObjectName("plain")
        flow = FlowLayout(ticks, gap=6)
        flow.addWidget(self.plain)
        flow.addWidget(self.minor)
        for part in (ticks, self.note, self.questions, self.protect):
            lines.addWidget(part)

    def _change(self, key: str, **changes: object) -> None:
        if not self._showing:
            self._desk.change_handoff(self._desk.words.say(key), **changes)

    def take_typed(self) -> None:
        """Put what was typed into the handoff now."""
        self._later.stop()
        handoff = self._desk.handoff
        note, answers = self.note.text(), self.questions.answers
        if (note, answers) != (handoff.note, dict(handoff.answers)):
            self._desk.change_handoff(self._desk.words.say("sheet.page"), note=note, answers=answers)

    def show_handoff(self, *, none_text: str) -> None:
        """Show what the handoff says now; nothing is written back meanwhile."""
        handoff, chosen = self._desk.handoff, recipe.get(self._desk.handoff.recipe)
        self._showing = True
        self.choices.show_choices()
        self.providers.show_providers(chosen.uses_providers, none_text)
        self.add.setEnabled(chosen.uses_providers)
        self.ask_first.setVisible(chosen.audience == SURVIVOR)
        self.plain.setChecked(handoff.plain_cover)
        self.plain.setVisible(chosen.audience == SURVIVOR and chosen.uses_providers)
        self.minor.setChecked(handoff.minor)
        self.minor.setVisible(chosen.audience == SURVIVOR)
        self.note.setVisible(chosen.shows_note)
        if self.note.text() != handoff.note and not self._later.isActive():
            self.note.setText(handoff.note)
        self.protect.setVisible(chosen.audience == PARTNER)
        if not self._later.isActive():
            self.questions.show_recipe(chosen, handoff.answers)
        self._showing = False

    def forget(self) -> None:
        """Empty every field, with its own undo history (R1)."""
        self._later.stop()
        self._showing = True
        self.note.setText("")  # clear() could be undone
        self.protect.setChecked(False)
        self.questions.forget()
        self.choices.choose_no_paper(False)
        self._showing = False
