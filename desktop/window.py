"""The window: rail, search bar, pages, bottom line; keys that work everywhere; the toast."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.hide import Hider
from desktop.widgets.basics import column, row
from desktop.widgets.dialog import NEUTRAL_TITLE
from desktop.widgets.foot import Foot
from desktop.widgets.rail import Rail
from desktop.widgets.toast import Toast
from desktop.widgets.topbar import TopBar

PAGES = {
    "home": ("desktop.pages.home", "HomePage"),
    "find": ("desktop.pages.find", "FindPage"),
    "sheet": ("desktop.pages.sheet", "SheetPage"),
    "guide": ("desktop.pages.guide", "GuidePage"),
    "speak": ("desktop.pages.speak", "SpeakPage"),
    "settings": ("desktop.pages.settings", "SettingsPage"),
    "upkeep": ("desktop.pages.upkeep", "UpkeepPage"),
    "practice": ("desktop.pages.practice", "PracticePage"),
    "coverage": ("desktop.pages.coverage", "CoveragePage"),
    "entries": ("desktop.pages.entries", "EntriesPage"),
    "updates": ("desktop.pages.updates", "UpdatesPage"),
}
ABOVE = {"upkeep": "settings", "practice": "guide", "coverage": "upkeep", "entries": "upkeep",
         "updates": "upkeep"}  # fmt: skip
SMALLEST = (880, 520)
TOAST_MS = 8000


class Window(QWidget):
    """One per program. Pages are made when they are first shown; each keeps its state while it is hidden."""

    usable = Signal()  # once: it has been painted and answers again

    def __init__(self, desk: Desk, hider: Hider) -> None:
        super().__init__()
        self.desk, self.hider = desk, hider
        self.current, self._quiet, self._seen = "", False, False
        self.pages: dict[str, QWidget] = {}
        self.setWindowTitle(NEUTRAL_TITLE)
        self.setMinimumSize(*SMALLEST)
        self._build()
        self._listen()
        self._keys()

    def _build(self) -> None:
        words = self.desk.words
        outer = row(self, 0, 0)
        self.rail = Rail(words)
        outer.addWidget(self.rail)
        main = column(outer, 0, 0)
        outer.setStretchFactor(main, 1)
        self.bar = TopBar(
            words, on_place=self.choose_place, on_mode=self.next_theme, on_hide=self.hider.toggle
        )
        self.stack = QStackedWidget()
        self.foot = Foot(words)
        main.addWidget(self.bar)
        main.addWidget(self.stack, 1)
        main.addWidget(self.foot)
        self.toast = Toast(self, words.say("desk.undo"), self._undo_from_toast)
        self._toast_timer = QTimer(self, singleShot=True, interval=TOAST_MS)
        self._toast_timer.timeout.connect(self.toast.hide)

    def _listen(self) -> None:
        desk = self.desk
        self.usable.connect(self.hider.listen)
        self.rail.chosen.connect(self.go)
        self.bar.search.textChanged.connect(self._typed)
        self.bar.search.down_pressed.connect(self._into_list)
        self.bar.search.enter_pressed.connect(self._into_list)
        desk.went_to.connect(self.go)
        desk.said.connect(self.say)
        desk.place_changed.connect(self._show_place)
        desk.theme_changed.connect(self._apply_theme)
        desk.settings_changed.connect(self._show_training)
        desk.guidance_changed.connect(lambda: self.foot.arrange(self.width()))
        desk.solo_changed.connect(self._solo)
        desk.search_wanted.connect(self._search_for)
        self._show_place()
        self._show_training()

    def _keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "F1": self.help,
            "F2": lambda: self.go("find"),
            "F3": lambda: self.go("sheet"),
            "F4": lambda: self.go("guide"),
            "F5": lambda: self.go("speak"),
            "Alt+Home": lambda: self.go("home"),
            "F9": self.next_theme,
            "Ctrl+F": self.search,
            "/": self.search,
            "Ctrl+Z": self.undo,
            "Ctrl+Y": self.desk.undo_stack.redo,
            "Ctrl++": lambda: self.text_size(1),
            "Ctrl+=": lambda: self.text_size(1),
            "Ctrl+-": lambda: self.text_size(-1),
            "Ctrl+0": lambda: self.text_size(0),
            "Esc": self.back,
        }
        for sequence, act in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(act)

    # -- pages
    def page(self, name: str) -> QWidget:
        """The page, made now if it was never shown."""
        if name not in self.pages:
            module, kind = PAGES[name]
            made: QWidget = getattr(importlib.import_module(module), kind)(self.desk)
            self.pages[name] = made
            self.stack.addWidget(made)
        return self.pages[name]

    def go(self, name: str, argument: object = None) -> None:
        """Show a page and hand it the `argument` (a query, a topic, a provider), if there is one."""
        page = self.page(name)
        if self.rail.isHidden():
            self.desk.solo(False)
        changed, self.current = name != self.current, name
        self.rail.show_page(name)
        if changed:
            self.toast.hide()  # it would lie over the buttons of the next page; Ctrl+Z still undoes
        if changed and name != "find":
            self._clear_quietly()
        self.stack.setCurrentWidget(page)
        if argument is not None:
            self._tell(page, "show_argument", argument)
        self._tell(page, "opened")
        if name == "home":
            self.bar.search.setFocus()

    @staticmethod
    def _tell(page: QWidget, verb: str, *arguments: object) -> object:
        told = getattr(page, verb, None)
        return told(*arguments) if callable(told) else None

    def _clear_quietly(self) -> None:
        self._quiet = True
        self.bar.search.clear()
        self._quiet = False
        if "find" in self.pages:
            self._tell(self.pages["find"], "search", "")

    # -- search
    def search(self) -> None:
        """Put the cursor into the search box; on a page with its own search, a second press goes there."""
        if self.bar.search.hasFocus() and self._tell(self.page(self.current), "find_in_page"):
            return
        self.bar.search.setFocus()
        self.bar.search.selectAll()

    def _typed(self, text: str) -> None:
        if self._quiet:
            return
        if self.current != "find" and len(text.strip()) >= 2:
            self.current = "find"
            self.rail.show_page("find")
            self.stack.setCurrentWidget(self.page("find"))
        if self.current == "find":
            self._tell(self.page("find"), "search", text)

    def _search_for(self, text: object) -> None:
        """A page asks for words in the search box, or (None) for the cursor there."""
        if text is None:
            self.bar.search.setFocus()
        elif text != self.bar.search.text():
            self._quiet = True
            self.bar.search.setText(str(text))
            self._quiet = False

    def _into_list(self) -> None:
        if self.current == "find":
            self._tell(self.page("find"), "focus_list")

    def back(self) -> None:
        """Esc: clear the search, then step back inside the page, then Home."""
        if self.bar.search.text():
            self.bar.search.clear()
            self.bar.search.setFocus()
        elif self.rail.isHidden():
            self.desk.solo(False)
        elif not self._tell(self.page(self.current), "back"):
            self.go(ABOVE.get(self.current, "home"))

    # -- look
    def next_theme(self) -> None:
        self.desk.change_settings(theme=theme.NEXT[theme.now.name])

    def text_size(self, step: int) -> None:
        """One step larger or smaller; 0 is the usual size."""
        sizes = theme.TEXT_SIZES
        place = sizes.index(theme.now.percent) + step if step else 0
        self.desk.change_settings(text_size=sizes[min(max(place, 0), len(sizes) - 1)])

    def _apply_theme(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self.desk.settings.theme, self.desk.settings.text_size)
        self._arrange()

    def _show_place(self) -> None:
        place = self.desk.place
        self.bar.show_place(place.label if place else "")

    def _show_training(self) -> None:
        self.foot.training.setVisible(self.desk.settings.training)
        self.foot.arrange(self.width())

    def _solo(self, on: bool) -> None:
        """Only the page itself, without the title bar and the system's own bar: nothing else to see or to
        press by accident."""
        whole, state = Qt.WindowState.WindowFullScreen, self.windowState()
        self.setWindowState(state | whole if on else state & ~whole)
        for part in (self.rail, self.bar, self.foot):
            part.setVisible(not on)
        self.toast.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.usable.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self.bar.arrange(self.width())
        self.foot.arrange(self.width())
        self.toast.place()

    # -- dialogs, toast
    def choose_place(self) -> None:
        if "place" in self.desk.policy.fixed:
            self.desk.say(self.desk.words.say("policy.fixed"))
            return
        from desktop.dialogs.place import PlaceDialog

        self.desk.ask.run(PlaceDialog(self.desk, self))

    def help(self) -> None:
        from desktop.dialogs.help import HelpDialog

        self.desk.ask.run(HelpDialog(self.desk.words, self))

    def say(self, text: str, undo: bool = False) -> None:
        self.toast.show_text(text, undo and self.desk.undo_stack.canUndo())
        self._toast_timer.start()

    def undo(self) -> None:
        with self.desk.ask.explaining():
            self.desk.undo_stack.undo()
        self.toast.hide()

    def _undo_from_toast(self) -> None:
        self.undo()
        focus = self.focusWidget()
        if focus is None or not focus.isVisible() or isinstance(focus, QLineEdit):
            self.bar.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.desk.close()
        super().closeEvent(event)
