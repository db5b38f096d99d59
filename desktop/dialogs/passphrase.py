"""The passphrase of a locked PDF: shown once, to be read out by telephone, kept nowhere."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.widgets.basics import label
from desktop.widgets.boxes import LineBox
from desktop.widgets.dialog import Dialog
from resources.words import Words


class Passphrase(Dialog):
    """The letters are large and can be read by a screen reader; nothing copies them to the clipboard."""

    def __init__(self, words: Words, parent: QWidget | None, passphrase: str) -> None:
        super().__init__(parent, words.say("sheet.passphrase_title"), width=620)
        self.body.addWidget(label(words.say("sheet.passphrase_lead"), wrap=True))
        self.shown = LineBox(passphrase)
        self.shown.setReadOnly(True)
        self.shown.setStyleSheet(f"font-size:{theme.px(24)}px;")
        self.shown.setMinimumHeight(64)
        self.shown.setAccessibleName(words.say("sheet.passphrase_name"))
        self.body.addWidget(self.shown)
        self.body.addStretch()
        self.add_button(words.say("sheet.passphrase_done"), self.accept, primary=True)
