"""The rail at the left: the five places of the program, and Settings below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from desktop.widgets.basics import Picture, column, hint, label
from desktop.widgets.keys import pressed_by_enter
from resources.words import Words

PAGES = (
    ("home", "Alt+Home"),
    ("find", "F2"),
    ("sheet", "F3"),
    ("guide", "F4"),
    ("speak", "F5"),
)
BELOW = "settings"
INSIDE = {"upkeep": "settings", "practice": "guide", "coverage": "settings", "entries": "settings"}
WIDTH = 92


class RailButton(QPushButton):
    """An icon over a word."""

    def __init__(self, name: str, text: str, key: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFixedWidth(76)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        hint(self, f"{text}  ({key})" if key else text)
        inner = column(self, (0, 8, 0, 6), 2)
        picture = Picture(name, "on_rail", 28)
        word = label(text)
        word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner.addWidget(picture, 0, Qt.AlignmentFlag.AlignCenter)
        inner.addWidget(word)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


class Rail(QFrame):
    """Says which page was chosen; marks the one that is shown."""

    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        inner = column(self, (8, 12, 8, 12), 6)
        self.buttons: dict[str, RailButton] = {}
        for name, key in (*PAGES, (BELOW, "")):
            if name == BELOW:
                inner.addStretch()
            made = RailButton(name, words.say(f"desk.page.{name}"), key)
            made.clicked.connect(lambda _on, name=name: self._press(name))
            inner.addWidget(made)
            self.buttons[name] = made

    def _press(self, name: str) -> None:
        self.chosen.emit(name)

    def show_page(self, name: str) -> None:
        """Mark a page; directory upkeep lives under Settings, practice in the Guide."""
        for known, made in self.buttons.items():
            made.setChecked(known == INSIDE.get(name, name))
