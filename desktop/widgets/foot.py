"""The bottom line: training badge, that we are offline, and the emergency numbers, always in one place."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from desktop import theme
from desktop.widgets.basics import Picture, label, row
from resources.starter import national_numbers
from resources.words import Words

FULL = 1200


class Foot(QFrame):
    """Never scrolls, never changes place."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setObjectName("foot")
        inner = row(self, (20, 0, 20, 0), 14)
        self.training = label(words.say("desk.training"), "train")
        self._offline = label()
        self._numbers = label(words.say("desk.numbers", **national_numbers()))
        inner.addWidget(self.training)
        inner.addWidget(Picture("lock", "mute", 18))
        inner.addWidget(self._offline)
        inner.addStretch()
        inner.addWidget(self._numbers)
        self.arrange(FULL)

    def arrange(self, width: int) -> None:
        """Short words where the long ones do not fit; the numbers always stay whole."""
        say, national = self._words.say, national_numbers()
        self.setFixedHeight(max(42, theme.px(14) + 28))
        badge = self.training.sizeHint().width() if not self.training.isHidden() else 0
        room = width - 92 - 40 - 60
        self._numbers.setText(say("desk.numbers", **national))
        if self._numbers.sizeHint().width() + badge > room:
            self._numbers.setText(say("desk.numbers_short", phone=national["phone"]))
        self._offline.setText(say("desk.offline_long" if width >= FULL else "desk.offline"))
        room -= self._numbers.sizeHint().width()
        if self._offline.sizeHint().width() + badge > room:
            self._offline.setText(say("desk.offline"))
        self._offline.setVisible(self._offline.sizeHint().width() + badge <= room)
