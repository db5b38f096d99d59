"""What Home says while there is nothing to search yet."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from desktop.desk import Desk
from desktop.widgets.basics import button, column, label
from desktop.widgets.flow import FlowLayout


class EmptyDirectory(QFrame):
    """What to do when there is nothing to search yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        say = desk.words.say
        self.setObjectName("card")
        lines = column(self, (24, 18, 24, 18), 12)
        lines.addWidget(label(say("home.empty_title"), "h2", wrap=True))
        lines.addWidget(label(say("home.empty_text"), "mute", wrap=True))
        holder = QWidget()
        holder.setObjectName("plain")
        buttons = FlowLayout(holder)
        buttons.addWidget(button(say("home.import"), "", "open", on=lambda: desk.go("upkeep", "import")))
        buttons.addWidget(button(say("home.use_training"), on=lambda: desk.change_settings(training=True)))
        lines.addWidget(holder)
