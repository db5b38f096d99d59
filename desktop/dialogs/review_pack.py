"""A speaker reads one phrase pack against its English, and the agency records who did so and when."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.scripts import write_in
from desktop.widgets.basics import card, column, label
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import Field
from resources.guidance import ispeak
from resources.guidance.ispeak import SpeakLanguage


class ReviewPack(Dialog):
    """Each phrase with its English and what it says back; the mark counts until the text changes."""

    def __init__(self, desk: Desk, parent: QWidget | None, language: SpeakLanguage) -> None:
        say = desk.words.say
        title = say("speak.review.title", language=language.english_name)
        super().__init__(parent, title, width=820, height=660)
        self._desk, self._language = desk, language
        self.body.addWidget(label(say("speak.review.lead"), "mute", wrap=True))
        if record := ispeak.back_check(language.code):
            showed = say("speak.review.back_check", by=record.by, on=record.on, found=record.found)
            self.body.addWidget(label(showed, "", wrap=True))
        for phrase in ispeak.phrases(language.code):
            self._phrase(phrase)
        self.body.addStretch()
        self.by = Field(say("speak.review.by"), hint=say("speak.review.by_hint"), most=80)
        self.over_buttons(self.by)
        self._buttons()
        self.by.box.setFocus()

    def _phrase(self, phrase: ispeak.Phrase) -> None:
        say, code = self._desk.words.say, self._language.code
        frame = card()
        inside = column(frame, (14, 10, 14, 10), 4)
        text = label(phrase.text, "strong", wrap=True, selectable=True)
        write_in(text, code, phrase.text, 18)
        if self._language.rtl:
            text.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        inside.addWidget(text)
        inside.addWidget(label(say("speak.review.english", text=phrase.english), wrap=True))
        if phrase.back:
            inside.addWidget(label(say("speak.review.back", text=phrase.back), "small", wrap=True))
        self.body.addWidget(frame)

    def _buttons(self) -> None:
        say, desk = self._desk.words.say, self._desk
        if ispeak.reviewed_here(desk.data, self._language.code):
            self.withdraw = self.add_button(say("speak.review.withdraw"), self._withdraw, icon="undo")
        self.cancel = self.add_button(say("speak.close"), self.reject)
        self.mark = self.add_button(say("speak.review.mark"), self._mark, primary=True, icon="ok")

    def _mark(self) -> None:
        """Who read it, and today's date; nothing is recorded without a name."""
        desk = self._desk
        if not self.by.value():
            self.by.complain(desk.words.say("ispeak.reviewer_missing"))
            self.by.box.setFocus()
            return
        with desk.ask.explaining():
            ispeak.mark_reviewed(desk.data, self._language.code, self.by.value(), desk.today().isoformat())
            desk.say(desk.words.say("speak.review.marked", language=self._language.english_name))
            self.accept()

    def _withdraw(self) -> None:
        with self._desk.ask.explaining():
            ispeak.forget_review(self._desk.data, self._language.code)
            self.accept()
