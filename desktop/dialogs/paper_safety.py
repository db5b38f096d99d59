"""Is paper safe? Asked before printing, with real ways to give a number without any (dossier section 11)."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.widgets.basics import Button, button, label
from desktop.widgets.dialog import Dialog
from resources.words import Words

SAFE, ONE_NUMBER, MEMORIZE, ADVOCATE, ALOUD, NOTHING = WAYS = (
    "safe",
    "one_number",
    "memorize",
    "advocate",
    "aloud",
    "nothing",
)


class PaperSafety(Dialog):
    """Three questions to ask, six ways to go on; `way` is the one that was chosen, or empty."""

    def __init__(self, words: Words, parent: QWidget | None, *, has_providers: bool) -> None:
        super().__init__(parent, words.say("sheet.safety.title"), width=780)
        self.way = ""
        self.ways: dict[str, Button] = {}
        self.body.addWidget(label(words.say("sheet.safety.lead"), "mute", wrap=True))
        for question in ("ask_who", "ask_what", "ask_other"):
            self.body.addWidget(label("“" + words.say(f"sheet.safety.{question}") + "”", wrap=True))
        if not has_providers:
            self.body.addWidget(label(words.say("sheet.safety.choose_first"), "warn", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        for way in WAYS:
            self._offer(words, grid, way, has_providers or way in (SAFE, NOTHING))
        self.body.addStretch()
        self.add_button(words.say("sheet.close"), self.reject)

    def _offer(self, words: Words, grid: QGridLayout, way: str, possible: bool) -> None:
        name, about = words.say(f"sheet.safety.{way}"), words.say(f"sheet.safety.{way}_text")
        made = button(name, "", name=f"{name}. {about}", on=lambda: self._choose(way))
        made.setEnabled(possible)
        self.ways[way] = made
        place = len(self.ways)
        grid.addWidget(made, place, 0)
        grid.addWidget(label(about, "mute", wrap=True), place, 1)

    def _choose(self, way: str) -> None:
        self.way = way
        self.accept()
