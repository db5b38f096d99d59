"""All phrases of one language, in English for the officer, by what they are for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.widgets.basics import label
from desktop.widgets.choice_card import ChoiceCard
from desktop.widgets.dialog import Dialog
from resources.guidance.ispeak import Phrase
from resources.words import Words


class Phrases(Dialog):
    """`number` is the phrase that was chosen, or -1; `review_wanted` asks for the agency's own mark."""

    def __init__(
        self, words: Words, parent: QWidget | None, language: str, phrases: list[Phrase], at: int,
        *, reviewed: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent, words.say("speak.phrases_title", language=language), width=720, height=620)
        self.number = -1
        self.review_wanted = False
        self.rows: list[ChoiceCard] = []
        group = ""
        for number, phrase in enumerate(phrases):
            if phrase.group != group:
                group = phrase.group
                key = f"speak.group.{group}"
                head = words.say(key if words.has(key) else "speak.group.rest")
                self.body.addWidget(label(head, "h2", wrap=True))
            made = ChoiceCard(phrase.english, phrase.english)
            made.setChecked(number == at)
            made.clicked.connect(lambda *_, chosen=number: self._choose(chosen))
            self.rows.append(made)
            self.body.addWidget(made)
            if number == at:
                made.setFocus()
        self.body.addStretch()
        if reviewed:
            self.review = self.add_button(words.say("speak.review.open"), self._review, icon="ok")
        self.add_button(words.say("speak.close"), self.reject)

    def _choose(self, number: int) -> None:
        self.number = number
        self.accept()

    def _review(self) -> None:
        self.review_wanted = True
        self.accept()
