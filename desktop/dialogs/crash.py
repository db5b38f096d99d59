"""What is shown when Porchlight itself has a bug."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.widgets.basics import label
from desktop.widgets.dialog import Dialog
from resources.words import Words


class CrashDialog(Dialog):
    """Says so, goes on, and offers the details, which hold no text that anybody typed."""

    def __init__(self, words: Words, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, words.say("desk.crash.title"), width=680)
        self.body.addWidget(label(words.say("desk.crash.text"), wrap=True))
        self.body.addWidget(label(details, "small", wrap=True, selectable=True))
        self.body.addStretch()
        self.add_button(words.say("desk.copy_details"), lambda: QGuiApplication.clipboard().setText(details))
        self.add_button(words.say("desk.close"), self.accept, primary=True)
