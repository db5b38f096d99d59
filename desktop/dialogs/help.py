"""F1: the keys, and what Hide can and cannot do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.widgets.basics import label
from desktop.widgets.dialog import Dialog
from resources.words import Words

AT_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
KEYS = (
    ("F1", "f1"),
    ("F2", "f2"),
    ("F3", "f3"),
    ("F4", "f4"),
    ("F5", "f5"),
    ("Alt+Home", "home"),
    ("F12", "f12"),
    ("F9", "f9"),
    ("Ctrl +  Ctrl −  Ctrl 0", "text"),
    ("Ctrl+F  or  /", "search"),
    ("Down", "down"),
    ("Enter", "enter"),
    ("Ctrl+Enter", "add"),
    ("Ctrl+P  Ctrl+S", "print"),
    ("Ctrl+Z  Ctrl+Y", "undo"),
    ("F11", "f11"),
    ("Esc", "esc"),
)


class HelpDialog(Dialog):
    """The keyboard map on one page."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent, words.say("desk.help.title"), width=640)
        self.body.addWidget(label(words.say("desk.help.about"), "mute", wrap=True))
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, (keys, word) in enumerate(KEYS):
            grid.addWidget(label(keys, "key"), line, 0, AT_START)
            grid.addWidget(label(words.say(f"desk.help.{word}"), wrap=True), line, 1)
        self.body.addWidget(table)
        self.body.addStretch()
        self.add_button(words.say("desk.close"), self.accept, primary=True)
