"""The Sheet page: choices at left, the paper itself at right, and nothing kept when it is cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.dialogs.languages import Languages
from desktop.dialogs.paper_safety import ADVOCATE, ALOUD, MEMORIZE, NOTHING, ONE_NUMBER, PaperSafety
from desktop.dialogs.sheets import Sheets
from desktop.pages.sheet_form import SheetForm
from desktop.pages.sheet_making import SheetMaking
from desktop.pages.sheet_out import SheetOut
from desktop.pages.sheet_paper import SheetPaper
from desktop.pages.sheet_several import SheetSeveral
from desktop.pages.sheet_work import SheetWork
from desktop.widgets.basics import button, column, page, row, scroll
from reports import recipe
from resources.errors import ToolkitError
from resources.handoff import SURVIVOR

if TYPE_CHECKING:
    from reports.sheet import Paper

PAPER_ROOM, LEFT, WIDE_LEFT = 380, 420, 500
ELSEWHERE = {"topic": "guide", "coverage": "upkeep"}


class SheetPage(QWidget):
    """One page, no wizard. Every change is seen on the paper at once."""

    name = "sheet"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        page(self)
        self.setMinimumSize(1, 1)  # the window says how small it may be; what is shown follows its width
        self._desk = desk
        self._work, self._out = SheetWork(desk), SheetOut(desk, self)
        self._making = SheetMaking(self._work, self)
        self._several = SheetSeveral(desk, self._work, self._out, self)
        self.paper: Paper | None = None
        self._hint = ""
        self._narrow = self._showing_paper = False
        self._build()
        self._listen()
        self.refresh()

    def _build(self) -> None:
        self._line = line = row(self, (20, 14, 20, 14), 16)
        self.left = QWidget()
        self.left.setObjectName("plain")
        lines = column(self.left, 0, 10)
        self.form = SheetForm(self._desk)
        lines.addWidget(scroll(self.form), 1)
        self._actions(lines)
        self.right = SheetPaper(self._desk.words)
        line.addWidget(self.left)
        line.addWidget(self.right, 1)

    def _actions(self, lines: QBoxLayout) -> None:
        say = self._desk.words.say
        acts = row(lines, (0, 0, 6, 0), 8)
        self.print_button = button(say("sheet.print"), "primary", "print", name=say("sheet.print_name"),
                                   key="Ctrl+P", on=self.print_sheet)  # fmt: skip
        self.aloud_button = button(say("sheet.read_aloud"), "primary", "speak",
                                   name=say("sheet.read_aloud_name"), on=self.read_aloud)  # fmt: skip
        self.save_button = button(say("sheet.save"), "", "save", name=say("sheet.save_name"), key="Ctrl+S",
                                  on=self.save_sheet)  # fmt: skip
        self.clear_button = button(say("sheet.clear"), "", name=say("sheet.clear_name"), on=self.clear)
        self.to_preview = button(say("sheet.to_preview"), "", name=say("sheet.to_preview_name"),
                                 on=lambda: self._swap(True))  # fmt: skip
        for part in (self.print_button, self.aloud_button, self.save_button):
            acts.addWidget(part, 1)
        acts.addWidget(self.to_preview)
        acts.addWidget(self.clear_button)

    def _listen(self) -> None:
        choices = self.form.choices
        choices.no_paper_chosen.connect(lambda *_: self.refresh())
        choices.more_languages.connect(self._ask_language)
        choices.more_sheets.connect(self._ask_sheet)
        self.form.safety_asked.connect(self.ask_safety)
        self.right.a4_chosen.connect(self._choose_size)
        self.right.release_wanted.connect(lambda: self.form.choices.choose_recipe("release"))
        self.right.left.connect(lambda: self._swap(False))
        self._desk.handoff_changed.connect(self.refresh)
        self._making.made.connect(self._show_paper)
        self._making.refused.connect(self._show_refusal)
        self._making.started.connect(self.right.show_making)
        self._making.progressed.connect(self.right.making.show_progress)
        self._making.stopped.connect(self.right.making.show_stopped)
        self.right.making.cancelled.connect(self._making.stop)
        self.right.making.wanted.connect(self._make_paper)
        for keys, act in (("Ctrl+P", self.print_sheet), ("Ctrl+S", self.save_sheet)):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    # -- what is shown
    def opened(self) -> None:
        self.refresh()
        self.form.choices.first.setFocus()

    def show_argument(self, argument: object) -> None:
        """A recipe's name (from a link in the guidance) chooses that paper."""
        if isinstance(argument, str) and argument in {one.name for one in recipe.all()}:
            self._take_sheet(argument)

    def refresh(self) -> None:
        """Show the handoff, and make its paper again."""
        say = self._desk.words.say
        everyone = self._work.lists_all()
        none_text = (
            say("sheet.office_all", n=self._desk.directory.count()) if everyone else say("sheet.none_yet")
        )
        self.form.show_handoff(none_text=none_text)
        self.right.a4.setChecked(self._desk.handoff.paper == "a4")
        none = self.form.choices.no_paper
        self.print_button.setVisible(not none)
        self.save_button.setVisible(not none)
        self.aloud_button.setVisible(none)
        self._make_words() if none else self._make_paper()

    def _make_paper(self) -> None:
        self._hint = ""
        self._keep(None)
        self._making.make()

    def _show_paper(self, paper: Paper) -> None:
        chosen = recipe.get(self._desk.handoff.recipe)
        self._keep(paper)
        self.right.show_paper(paper, discreet=chosen.audience == SURVIVOR and chosen.uses_providers)

    def _show_refusal(self, error: ToolkitError) -> None:
        needs_release = recipe.get(self._desk.handoff.recipe).needs_release
        self.right.show_refusal(error, needs_release=needs_release)

    def _keep(self, paper: Paper | None) -> None:
        self.paper = paper
        self.print_button.setEnabled(paper is not None)
        self.save_button.setEnabled(paper is not None)

    def _make_words(self) -> None:
        self._making.forget()
        self.paper = None
        try:
            document, warnings = self._work.words_only()
        except ToolkitError as error:
            self.right.show_refusal(error)
            return
        has_numbers = bool(self._desk.handoff.providers)
        self.right.show_aloud(document if has_numbers else None, warnings, self._hint)

    # -- choices
    def _choose_size(self, a4: bool) -> None:
        text = self._desk.words.say("sheet.a4_name")
        self._desk.change_handoff(text, paper="a4" if a4 else "letter")

    def _ask_language(self) -> None:
        handoff = self._desk.handoff
        possible = recipe.get(handoff.recipe).languages
        dialog = Languages(self._desk.words, self, chosen=handoff.language, possible=possible)
        self._desk.ask.run(dialog)
        if dialog.code:
            self.form.choices.choose_language(dialog.code)

    def _ask_sheet(self) -> None:
        dialog = Sheets(self._desk.words, self, chosen=self._desk.handoff.recipe)
        self._desk.ask.run(dialog)
        if dialog.several:
            self.form.take_typed()
            self._several.ask()
        elif dialog.name:
            self._take_sheet(dialog.name)

    def _take_sheet(self, name: str) -> None:
        """Some papers are made where their content is: a topic in the guide, coverage in the upkeep."""
        if name in ELSEWHERE:
            self._desk.go(ELSEWHERE[name], name if name == "coverage" else None)
        else:
            self.form.choices.choose_recipe(name)

    def ask_safety(self) -> None:
        """Ask whether paper is safe, and do what was chosen instead."""
        dialog = PaperSafety(self._desk.words, self, has_providers=bool(self._desk.handoff.providers))
        self._desk.ask.run(dialog)
        say = self._desk.words.say
        if dialog.way == ONE_NUMBER:
            self.form.choices.choose_recipe("wallet_card")
            first = self._desk.handoff.providers[:1]
            self._desk.change_handoff(
                say("sheet.safety.one_number"), providers=first, plain_cover=True, note=""
            )
        elif dialog.way in (MEMORIZE, ADVOCATE, ALOUD):
            hints = {MEMORIZE: "sheet.safety.say_memorize", ADVOCATE: "sheet.safety.say_advocate"}
            self._hint = say(hints[dialog.way]) if dialog.way in hints else ""
            self.form.choices.choose_no_paper(True)
            self.refresh()
        elif dialog.way == NOTHING:
            self.clear()

    def read_aloud(self) -> None:
        """Put the words where they can be read: the cursor keys scroll them."""
        if self._narrow:
            self._swap(True)
        self.right.aloud.setFocus()

    # -- out
    def print_sheet(self) -> None:
        self.form.take_typed()
        if self.paper is not None:
            self._out.print_pdf(self.paper.pdf, self.paper.passphrase)

    def save_sheet(self) -> None:
        """Save it; a locked PDF shows its passphrase once, after it was written."""
        self.form.take_typed()
        if self.paper is None:
            return
        protect = self.form.protect.isVisibleTo(self) and self.form.protect.isChecked()
        paper = self._work.paper(protect=True) if protect else self.paper
        if self._out.save(lambda: paper.pdf) is not None and paper.passphrase:
            self._out.show_passphrase(paper.passphrase)

    def clear(self) -> None:
        """Empty the handoff, every field and every undo step; nothing of it remains."""
        self.form.forget()
        self._making.forget()
        self.paper, self._hint = None, ""
        self._desk.clear_handoff()
        self.form.choices.first.setFocus()
        self._desk.say(self._desk.words.say("sheet.cleared"))

    # -- room
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # other words, other widths
            self._arrange()
        return super().event(event)

    def retheme(self) -> None:
        self._arrange()

    def _swap(self, paper: bool) -> None:
        self._showing_paper = paper
        self._arrange()
        (self.right.to_form if paper else self.to_preview).setFocus()

    def back(self) -> bool:
        """In one column, Esc goes from the paper to the choices."""
        if self._narrow and self._showing_paper:
            self._swap(False)
            return True
        return False

    def _arrange(self) -> None:
        """Two columns where they fit, else one that shows the choices or the paper."""
        needed = max(theme.px(LEFT), self.form.minimumSizeHint().width() + 24)
        self._narrow = self.width() < needed + theme.px(PAPER_ROOM) + 40
        small = self.width() < theme.px(WIDE_LEFT) * 2
        self._line.setContentsMargins(*((12, 10, 12, 10) if small else (20, 14, 20, 14)))
        self._line.setSpacing(12 if small else 16)
        self.left.setVisible(not self._narrow or not self._showing_paper)
        self.right.setVisible(not self._narrow or self._showing_paper)
        self.to_preview.setVisible(self._narrow)
        self.right.to_form.setVisible(self._narrow)
        if self._narrow:
            self.left.setMinimumWidth(0)
            self.left.setMaximumWidth(16777215)
        else:
            self.left.setFixedWidth(needed if small else max(needed, theme.px(WIDE_LEFT)))
