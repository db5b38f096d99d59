"""The bar on top: one search for everything, the working place, the display mode, Hide."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame

from desktop import theme
from desktop.widgets.basics import Picture, button, row
from desktop.widgets.boxes import LineBox
from desktop.widgets.keys import is_enter
from resources.words import Words

FULL = 1200
_ICON = {"day": "sun", "dark": "moon", "night": "moon"}


class SearchBox(LineBox):
    """The search. Down moves into the list; undo keys stay with the sheet, not with the typed text."""

    down_pressed = Signal()
    enter_pressed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setMaxLength(200)
        self.setPlaceholderText(words.say("desk.search"))
        self.setAccessibleName(words.say("desk.search_name"))
        self._glass = Picture("find", "mute", 24)
        self._glass.setParent(self)
        self._clear = button("", "ghost", "x", name=words.say("desk.clear_search"), key="Esc", on=self.clear)
        self._clear.setParent(self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        self.setTextMargins(0, 0, 44, 0)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._glass.move(14, (self.height() - 24) // 2)
        self._clear.setGeometry(self.width() - 52, (self.height() - 48) // 2, 50, 48)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            for keys in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
                if event.matches(keys):
                    event.ignore()
                    return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif is_enter(event):
            self.enter_pressed.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """Search and the three buttons that are always there; the buttons shrink to icons on a narrow screen."""

    def __init__(
        self,
        words: Words,
        *,
        on_place: Callable[[], object],
        on_mode: Callable[[], object],
        on_hide: Callable[[], object],
    ) -> None:
        super().__init__()
        self._words = words
        self._label, self._wide = "", True
        self.setObjectName("bar")
        self.setFixedHeight(76)
        inner = row(self, (20, 12, 16, 12), 10)
        self.search = SearchBox(words)
        self.place = button("", "", "pin", name=words.say("desk.place_none"), on=on_place)
        self.mode = button("", "", "moon", name=words.say("desk.mode"), key="F9", on=on_mode)
        self.hide_button = button("", "", "hide", name=words.say("desk.hide"), key="F12", on=on_hide)
        inner.addWidget(self.search, 1)
        for made in (self.place, self.mode, self.hide_button):
            inner.addWidget(made)
        self.retheme()

    def show_place(self, label: str) -> None:
        """The working place; empty when none was chosen yet."""
        self._label = label
        self.retheme()

    def arrange(self, width: int) -> None:
        """Words on the buttons only where there is room (ui.md breakpoints)."""
        self._wide = width >= FULL
        self.retheme()

    def retheme(self) -> None:
        say = self._words.say
        after = theme.NEXT[theme.now.name]
        name = say("desk.place_name", place=self._label) if self._label else say("desk.place_none")
        self.place.setAccessibleName(name)
        self.place.setToolTip("")
        self.place.say(self._place_text())
        self.mode.say(say(f"desk.theme.{after}") if self._wide else "", icon=_ICON[after])
        self.mode.setAccessibleName(say("desk.mode_to", mode=say(f"desk.theme.{after}")))
        self.hide_button.say(say("desk.hide_key") if self._wide else "")

    def _place_text(self) -> str:
        text = (
            self._label.replace(" County,", " Co.,") if self._label else self._words.say("desk.place_choose")
        )
        if not self._wide and self._label:
            text = text.partition(",")[0].removesuffix(" Co.")
        most = 24 if self._wide else 14
        return text if len(text) <= most else text[: most - 1].rstrip() + "…"
