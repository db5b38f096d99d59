"""For whom, in which language, on which paper: three rows of buttons that say what is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.scripts import write_in
from desktop.widgets.basics import Button, button, column, label, row
from reports import recipe
from reports.recipe import Recipe
from resources.handoff import OFFICER, PARTNER, SURVIVOR

AUDIENCES = (SURVIVOR, PARTNER, OFFICER)
FIRST = {SURVIVOR: "wallet_card", PARTNER: "partner_handoff", OFFICER: "call_script"}
NEAR_LANGUAGES = ("en", "es")
HEAD = 98


def own_name(code: str) -> str:
    """What the speakers of a language call it, for a button."""
    code = recipe.base_code(code)
    return next((own for known, own, *_ in recipe.languages() if known == code), code)


def fitting_language(chosen: Recipe, language: str) -> str:
    """The language itself when this paper exists in it, else English, else the first there is."""
    if recipe.base_code(language) in chosen.languages:
        return language
    return "en" if "en" in chosen.languages else next(iter(chosen.languages), "en")


class _Segments:
    """One row: a heading and buttons of which one is down."""

    def __init__(self, parent: QWidget, title: str) -> None:
        self.line: QHBoxLayout = row()
        self.head = label(title, "h2")
        self.line.addWidget(self.head)
        self.group = QButtonGroup(parent)
        self.buttons: dict[str, Button] = {}

    def add(self, key: str, text: str, name: str) -> Button:
        made = button(text, "seg", name=name, checkable=True)
        self.group.addButton(made)
        self.line.addWidget(made, 1)
        self.buttons[key] = made
        return made

    def choose(self, key: str) -> None:
        self.group.setExclusive(False)
        for name, made in self.buttons.items():
            made.setChecked(name == key)
        self.group.setExclusive(key in self.buttons)


class SheetChoices(QWidget):
    """Changes the handoff; `no_paper_chosen` says that no paper is wanted (or that it is again)."""

    no_paper_chosen = Signal(bool)
    more_languages = Signal()
    more_sheets = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk = desk
        self.no_paper = False
        lines = column(self, 0, 6)
        self._audience = self._audience_row()
        self._language = self._language_row()
        self._paper = self._paper_row()
        for segments in (self._audience, self._language, self._paper):
            lines.addLayout(segments.line)
        self.retheme()

    def retheme(self) -> None:
        """The buttons of all rows start at one line, at every text size."""
        for segments in (self._audience, self._language, self._paper):
            segments.head.setMinimumWidth(theme.px(HEAD))

    @property
    def first(self) -> Button:
        """Where the focus goes when the page opens."""
        chosen = next((b for b in self._audience.buttons.values() if b.isChecked()), None)
        return chosen or self._audience.buttons[SURVIVOR]

    def _audience_row(self) -> _Segments:
        say = self._desk.words.say
        made = _Segments(self, say("sheet.for"))
        for audience in AUDIENCES:
            one = made.add(audience, say(f"sheet.{audience}"), say(f"sheet.{audience}_name"))
            one.clicked.connect(lambda *_, chosen=audience: self._choose_audience(chosen))
        return made

    def _language_row(self) -> _Segments:
        say = self._desk.words.say
        made = _Segments(self, say("sheet.language"))
        for code in NEAR_LANGUAGES:
            one = made.add(code, own_name(code), recipe.english_name(code))
            one.clicked.connect(lambda *_, chosen=code: self.choose_language(chosen))
        more = made.add("more", say("sheet.more_languages"), say("sheet.more_languages_name"))
        more.clicked.connect(self._ask_language)
        return made

    def _paper_row(self) -> _Segments:
        say = self._desk.words.say
        made = _Segments(self, say("sheet.paper"))
        for name, text in (("wallet_card", "sheet.wallet"), ("full_page", "sheet.page_form")):
            one = made.add(name, say(text), say(text))
            one.clicked.connect(lambda *_, chosen=name: self.choose_recipe(chosen))
        other = made.add("other", "", say("sheet.more_sheets_name"))
        other.clicked.connect(self._ask_sheet)
        none = made.add("none", say("sheet.no_paper"), say("sheet.no_paper_name"))
        none.clicked.connect(lambda *_: self.choose_no_paper(True))
        return made

    def _choose_audience(self, audience: str) -> None:
        if recipe.get(self._desk.handoff.recipe).audience != audience:
            self.choose_recipe(FIRST[audience])
        else:
            self.show_choices()

    def choose_language(self, code: str) -> None:
        self._desk.change_handoff(self._desk.words.say("sheet.language"), language=code)
        self.show_choices()

    def choose_recipe(self, name: str) -> None:
        """Take another paper, in the same language where it exists; its answers start empty."""
        handoff = self._desk.handoff
        self.choose_no_paper(False)
        if name != handoff.recipe:
            language = fitting_language(recipe.get(name), handoff.language)
            self._desk.change_handoff(
                self._desk.words.say("sheet.paper"), recipe=name, language=language, answers={}
            )
        self.show_choices()

    def choose_no_paper(self, none: bool) -> None:
        changed = self.no_paper != none
        self.no_paper = none
        self.show_choices()
        if changed:
            self.no_paper_chosen.emit(none)

    def _ask_language(self) -> None:
        self.show_choices()
        self.more_languages.emit()

    def _ask_sheet(self) -> None:
        self.show_choices()
        self.more_sheets.emit()

    def show_choices(self) -> None:
        """Press the buttons that say what the handoff says."""
        say, handoff = self._desk.words.say, self._desk.handoff
        chosen = recipe.get(handoff.recipe)
        self._audience.choose(chosen.audience)
        near = handoff.language in NEAR_LANGUAGES
        more = self._language.buttons["more"]
        text = say("sheet.more_languages") if near else own_name(handoff.language)
        write_in(more, handoff.language, text)
        more.say(text)
        self._language.choose(handoff.language if near else "more")
        for code in NEAR_LANGUAGES:
            self._language.buttons[code].setEnabled(code in chosen.languages)
        self._show_paper(chosen)

    def _show_paper(self, chosen: Recipe) -> None:
        say, buttons = self._desk.words.say, self._paper.buttons
        usual = chosen.name in buttons
        survivor = chosen.audience == SURVIVOR
        for name in ("wallet_card", "full_page"):
            buttons[name].setVisible(survivor and usual)
        buttons["other"].setVisible(not usual)
        buttons["other"].say(say(chosen.title))
        buttons["none"].setVisible(survivor)
        self._paper.choose("none" if self.no_paper else chosen.name if usual else "other")
