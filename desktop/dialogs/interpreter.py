"""How to reach an interpreter for one language: the agency's own numbers, what to say, and the relay."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.widgets.basics import button, card, column, label
from desktop.widgets.dialog import Dialog
from resources.guidance.agency import Agency
from resources.guidance.ispeak import SpeakLanguage
from resources.words import Words


def agency_numbers(desk: Desk) -> str:
    """What the agency filled in about its interpreters; empty when it did not."""
    return Agency.load(desk.data).filled("interpreter")


def what_to_say(words: Words, language: SpeakLanguage) -> str:
    """The sentence that asks a service for this language; a signed one is not asked for by telephone."""
    key = "speak.tell_signed" if language.signed else "speak.tell_interpreter"
    return words.say(key, language=language.english_name)


class Interpreter(Dialog):
    """`wanted` is where to go next: find, guide or agency; empty when the dialog was only read."""

    def __init__(self, desk: Desk, parent: QWidget | None, language: SpeakLanguage) -> None:
        say = desk.words.say
        title = say("speak.interpreter.title", language=language.english_name)
        super().__init__(parent, title, width=640)
        self.wanted = ""
        self._own_numbers(desk)
        self._head(say("speak.interpreter.say"))
        self.body.addWidget(label(what_to_say(desk.words, language), wrap=True))
        if language.signed:
            self.body.addWidget(label(say("speak.signed", language=language.english_name), "warn", wrap=True))
        if language.relay:
            self.relay = label(say("speak.relay"), "warn", wrap=True)
            self.body.addWidget(self.relay)
        if language.note:
            self.body.addWidget(label(language.note, "mute", wrap=True))
        self.body.addWidget(label(say("speak.interpreter.never"), "mute", wrap=True))
        self.body.addStretch()
        self.to_topic = self.add_button(say("speak.read_topic"), lambda: self._go("guide"), icon="guide")
        self.to_find = self.add_button(say("speak.find_interpreter"), lambda: self._go("find"), icon="find")
        self.shut = self.add_button(say("speak.close"), self.reject, primary=True)
        self.shut.setFocus()

    def _head(self, text: str) -> None:
        self.body.addSpacing(4)
        self.body.addWidget(label(text, "h2", wrap=True))

    def _own_numbers(self, desk: Desk) -> None:
        say, known = desk.words.say, agency_numbers(desk)
        self._head(say("speak.interpreter.agency"))
        self.numbers = label(known or say("speak.interpreter.empty"), "" if known else "mute", wrap=True,
                             selectable=True)  # fmt: skip
        self.fill = button(say("speak.interpreter.fill"), "", "edit", on=lambda: self._go("agency"))
        frame = card()
        inside = column(frame, (14, 12, 14, 12), 8)
        inside.addWidget(self.numbers)
        self.fill.setVisible(not known)
        inside.addWidget(self.fill)
        self.body.addWidget(frame)

    def _go(self, where: str) -> None:
        self.wanted = where
        self.accept()
