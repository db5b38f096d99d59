"""Languages to point at: the nearest ones beside the phrase, all of them on a page of their own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from desktop import theme
from desktop.scripts import write_in
from desktop.widgets.basics import Button, button, card, column, label, page, row, scroll
from desktop.widgets.boxes import LineBox
from resources.guidance import ispeak
from resources.guidance.ispeak import SpeakLanguage
from resources.words import Words

NEAR = ("es", "zh-Hans", "vi", "ar", "tl", "ko", "ru", "pt", "ht", "fr", "hi", "quc", "mam", "en")
TILE, REGIONS, TALL = 264, 236, 66


def tile(words: Words, language: SpeakLanguage) -> Button:
    """One language in its own script; English for the officer and the screen reader."""
    made = button("", "seg", checkable=True)
    write_in(made, language.code, language.own_name)
    made.say(language.own_name)
    has = ispeak.phrases(language.code)
    note = words.say("speak.with_phrases" if has else "speak.without_phrases")
    made.setAccessibleName(
        words.say("speak.tile", english=language.english_name, own=language.own_name, note=note)
    )
    return made


def near_languages() -> list[SpeakLanguage]:
    """The languages met most often, in two columns beside the phrase."""
    known = {language.code: language for language in ispeak.languages()}
    return [known[code] for code in NEAR if code in known]


class NearLanguages(QWidget):
    """`chosen` carries a code; `all_wanted` asks for the whole list."""

    chosen = Signal(str)
    all_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        lines = column(self, 0, 8)
        lines.addWidget(label(words.say("speak.point"), "h2", wrap=True))
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self.buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        for number, language in enumerate(near_languages()):
            made = tile(words, language)
            made.clicked.connect(lambda *_, code=language.code: self.chosen.emit(code))
            self._group.addButton(made)
            self.buttons[language.code] = made
            grid.addWidget(made, number // 2, number % 2)
        grid.setRowStretch(len(self.buttons), 1)
        lines.addWidget(scroll(inner), 1)
        count = len(ispeak.languages())
        self.all = button(words.say("speak.all", n=count), "", "find", name=words.say("speak.all_hint"))
        self.all.clicked.connect(lambda *_: self.all_wanted.emit())
        lines.addWidget(self.all)

    def show_chosen(self, code: str) -> None:
        self._group.setExclusive(False)
        for name, made in self.buttons.items():
            made.setChecked(name == code)
        self._group.setExclusive(code in self.buttons)


class AllLanguages(QWidget):
    """Every language with search and regions; tiles are large enough for a finger."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        page(self)
        self._words = words
        self._region = ""
        self.tiles: dict[str, Button] = {}
        lines = column(self, (20, 14, 20, 14), 10)
        top = row(lines, 0, 8)
        back = button("", "", "back", name=words.say("speak.back_to_phrases"), on=self.left.emit)
        self.search = LineBox()
        self.search.setPlaceholderText(words.say("speak.find_placeholder"))
        self.search.setAccessibleName(words.say("speak.find_name"))
        self.search.textChanged.connect(self._show)
        self.search.returnPressed.connect(self._take_first)
        self.count = label("", "small")
        top.addWidget(back)
        top.addWidget(label(words.say("speak.point"), "h2"))
        top.addWidget(self.search, 1)
        top.addWidget(self.count)
        middle = row(lines, 0, 12)
        lines.setStretchFactor(middle, 1)
        middle.addWidget(self._regions())
        middle.addWidget(self._grid_part(), 1)
        self.retheme()

    def _regions(self) -> QWidget:
        names = dict.fromkeys(region for one in ispeak.languages() for region in one.regions)
        self._region_card = made = card()
        inner = QWidget()
        lines = column(inner, 4, 2)
        self.region_buttons: dict[str, Button] = {}
        group = QButtonGroup(self)
        for region in ("", *names):
            text = region or self._words.say("speak.region_all")
            one = button(text, "row", checkable=True, checked=not region)
            one.clicked.connect(lambda *_, chosen=region: self._take_region(chosen))
            group.addButton(one)
            lines.addWidget(one)
            self.region_buttons[region] = one
        lines.addStretch()
        column(made, 6).addWidget(scroll(inner, on_card=True))
        return made

    def _grid_part(self) -> QWidget:
        inner = QWidget()
        lines = column(inner, 0, 8)
        self._none = label(self._words.say("speak.no_match"), "warn", wrap=True)
        self._none.hide()
        lines.addWidget(self._none)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        lines.addLayout(self._grid)
        lines.addStretch()
        for language in ispeak.languages():
            self.tiles[language.code] = self._tile(language)
        return scroll(inner)

    def _tile(self, language: SpeakLanguage) -> Button:
        made = tile(self._words, language)
        if language.english_name != language.own_name:
            made.setText(f"{language.own_name}\n{language.english_name}".replace("&", "&&"))
        made.clicked.connect(lambda *_: self.chosen.emit(language.code))
        return made

    def retheme(self) -> None:
        """Room for two lines in every script, at every text size."""
        self._region_card.setFixedWidth(theme.px(REGIONS))
        for language in ispeak.languages():
            high = f"min-height:{theme.px(TALL)}px"
            write_in(self.tiles[language.code], language.code, language.own_name, more=high)
        self._show()

    def opened(self, code: str) -> None:
        """Show everything again, with the cursor in the search."""
        for name, made in self.tiles.items():
            made.setChecked(name == code)
        self.search.clear()
        self._show()
        self.search.setFocus()

    def _take_region(self, region: str) -> None:
        self._region = region
        self._show()

    def _wanted(self) -> list[str]:
        text = self.search.text()
        found = ispeak.find(text) if text.strip() else list(ispeak.languages())
        return [one.code for one in found if not self._region or self._region in one.regions]

    def _show(self, *_: object) -> None:
        codes = self._wanted()
        while self._grid.takeAt(0) is not None:
            pass
        columns = max(1, (self.width() - theme.px(REGIONS) - 76) // (theme.px(TILE) + 8))
        for number, code in enumerate(codes):
            self._grid.addWidget(self.tiles[code], number // columns, number % columns)
        for number in range(self._grid.columnCount()):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        for code, made in self.tiles.items():
            made.setVisible(code in codes)
        self._none.setVisible(not codes)
        self.count.setText(self._words.say("speak.count", n=len(codes)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _take_first(self) -> None:
        codes = self._wanted()
        if codes:
            self.chosen.emit(codes[0])
