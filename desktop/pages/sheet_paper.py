"""The right half of the sheet page: what would be printed, what to check, and what a stranger would read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop import theme
from desktop.pages.aloud import Aloud
from desktop.pages.sheet_making import MakingPage
from desktop.preview import Look, Preview
from desktop.widgets.basics import button, clear, column, label, row, scroll
from reports.blocks import Document
from resources.errors import ToolkitError
from resources.words import Words

if TYPE_CHECKING:
    from reports.sheet import Paper, Warning

ROOM_FOR_TWO, LINES_SHOWN = 600, 12
CARD_CLOSER = 1.2
TRAINING = "paper_desk.warn.training"


def paper_look() -> Look:
    """Colors of the paper in the present display mode; night has no blue."""
    if theme.now.name == "night":
        return Look(theme.token("edge"), theme.token("ink"), inverted=True)
    tone = "#D3DADD" if theme.now.name == "dark" else "#FFFFFF"
    return Look(theme.token("edge"), tone)


class SheetPaper(QFrame):
    """Shows a finished paper, why there is none, or its words to read aloud."""

    a4_chosen = Signal(bool)
    release_wanted = Signal()
    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("card")
        self._words = words
        self._warned: tuple[Warning, ...] = ()
        self._listing, self._pages, self._first = False, "", 1
        lines = column(self, (14, 10, 6, 8), 8)
        self._header(lines)
        self._warnings = column(lines, (4, 0, 8, 0), 4)
        self.preview = Preview(words.say("sheet.preview_name"))
        self.preview.wear(paper_look())
        self.aloud = Aloud(words)
        self.making = MakingPage(words)
        self._refusal, self._refused_text = self._refusal_page()
        self.stack = QStackedWidget()
        listed = QWidget()
        self._all_warnings = column(listed, (4, 0, 8, 0), 6)
        for part in (self.preview, self.aloud, self._refusal, self.making, scroll(listed, on_card=True)):
            self.stack.addWidget(part)
        self._shown: QWidget = self.preview
        lines.addWidget(self.stack, 1)
        self._footer(lines)

    def _header(self, lines: QVBoxLayout) -> None:
        say = self._words.say
        top = row(lines, (4, 0, 8, 0), 8)
        self.to_form = button("", "", "back", name=say("sheet.to_choices_name"), on=self.left.emit)
        self.to_form.hide()
        self.title = label(say("sheet.preview"), "h2")
        self.title.setMinimumHeight(theme.px(50))
        self.state = label(say("sheet.in_memory"), "small")
        self.a4 = button(say("sheet.a4"), "seg", name=say("sheet.a4_name"), checkable=True)
        self.a4.clicked.connect(lambda on: self.a4_chosen.emit(on))
        self.whole = button(say("sheet.whole_page"), "seg", name=say("sheet.whole_page_name"), checkable=True)
        self.whole.toggled.connect(self.preview_whole)
        self.state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        top.addWidget(self.to_form)
        top.addWidget(self.title)
        top.addWidget(self.state, 1)
        top.addWidget(self.a4)
        top.addWidget(self.whole)

    def _refusal_page(self) -> tuple[QWidget, QVBoxLayout]:
        made = QWidget()
        inside = column(made, (12, 12, 12, 12), 8)
        inside.addWidget(label(self._words.say("sheet.refused"), "strong", wrap=True))
        text = column(inside)
        inside.addSpacing(8)
        self.release = button(self._words.say("sheet.make_release"), "", "sheet", on=self.release_wanted.emit)
        inside.addWidget(self.release, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch()
        return scroll(made, on_card=True), text

    def _footer(self, lines: QVBoxLayout) -> None:
        say = self._words.say
        self.stranger = button(say("sheet.given_away"), "row", "hide", name=say("sheet.given_away_name"),
                               checkable=True)  # fmt: skip
        self.stranger_text = label("", "mute", wrap=True)
        self.stranger.toggled.connect(self.stranger_text.setVisible)
        self.stranger_text.hide()
        lines.addWidget(self.stranger)
        holder = column(lines, (14, 0, 8, 4))
        holder.addWidget(self.stranger_text)

    def _put(self, part: QWidget) -> None:
        self._shown = part
        self.stack.setCurrentWidget(part)

    def preview_whole(self, whole: bool) -> None:
        self.preview.show_whole(whole)

    def show_paper(self, paper: Paper, *, discreet: bool) -> None:
        """The bytes that would be printed, with what to know about them."""
        self.aloud.forget()
        closer = CARD_CLOSER if paper.document.form == "wallet" else 1.0
        self.preview.show_pdf(paper.pdf, paper.passphrase, closer=closer)
        self._put(self.preview)
        self._say_state(self._words.say("sheet.pages", n=paper.pages), preview=True)
        self.show_warnings(paper.warnings)
        self._show_stranger(paper.given_away, paper.document, discreet)

    def show_refusal(self, error: ToolkitError, *, needs_release: bool = False) -> None:
        """Why this paper cannot be made yet."""
        self.release.setVisible(needs_release)
        clear(self._refused_text)
        self._refused_text.addWidget(label(self._words.explain(error), wrap=True))
        self._without_paper(self._refusal)

    def show_making(self) -> None:
        """A long paper is being made."""
        self.making.begin()
        self._without_paper(self.making)

    def _without_paper(self, part: QWidget) -> None:
        self.preview.clear()
        self.aloud.forget()
        self._put(part)
        self._say_state("", preview=True)
        self.show_warnings(())
        self.stranger.hide()
        self.stranger_text.hide()

    def show_aloud(self, document: Document | None, warnings: tuple[Warning, ...], hint: str = "") -> None:
        """The same words without paper."""
        self.preview.clear()
        self.aloud.show_document(document, hint)
        self._put(self.aloud)
        self._say_state("", preview=False)
        self.show_warnings(warnings)
        self.stranger.hide()
        self.stranger_text.hide()

    def _say_state(self, pages: str, *, preview: bool) -> None:
        say = self._words.say
        self.title.setText(say("sheet.preview" if preview else "sheet.read_aloud"))
        self._pages = pages
        self._fit_state()
        self.a4.setVisible(preview)
        self.whole.setVisible(preview)

    def _fit_state(self) -> None:
        """As much of the small line as fits; nothing is ever cut."""
        memory = self._words.say("sheet.in_memory")
        both = f"{memory}  ·  {self._pages}" if self._pages else memory
        room = self.width() - theme.px(74 + 47 + 122) - 80
        texts = [text for text in (both, memory) if self.state.fontMetrics().horizontalAdvance(text) < room]
        self.state.setText(texts[0] if texts else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_state()
        if self._room_for() != self._first:
            self.show_warnings(self._warned)

    def _room_for(self) -> int:
        return 2 if self.height() >= theme.px(ROOM_FOR_TWO) else 1

    def show_warnings(self, warnings: tuple[Warning, ...]) -> None:
        """The first two stand above the page, all of them in its place on request; none blocks printing."""
        warnings = tuple(sorted(warnings, key=lambda one: one.key == TRAINING))  # the badge says it too
        self._warned = warnings
        self._first = first = self._room_for()
        listed = self._listing and len(warnings) > first
        clear(self._warnings)
        clear(self._all_warnings)
        for warning in warnings if listed else warnings[:first]:
            made = label(warning.sentence(self._words), "warn", wrap=True)
            (self._all_warnings if listed else self._warnings).addWidget(made)
        self._all_warnings.addStretch()
        self._listing = listed
        if len(warnings) > first:
            say, hidden = self._words.say, len(warnings) - first
            text = say("sheet.warnings_less") if listed else say("sheet.warnings_more", n=hidden)
            self._warnings.addWidget(button(text, "ghost", "up" if listed else "down", on=self._more_or_less))
        if listed:
            self.stack.setCurrentIndex(self.stack.count() - 1)

    def _more_or_less(self) -> None:
        self._listing = not self._listing
        self.show_warnings(self._warned)
        if not self._listing:
            self.stack.setCurrentWidget(self._shown)
        last = self._warnings.itemAt(self._warnings.count() - 1)
        if last is not None and (widget := last.widget()) is not None:
            widget.show()
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_stranger(self, words: tuple[str, ...], document: Document, discreet: bool) -> None:
        from reports.compose import texts

        self.stranger.setVisible(discreet)
        self.stranger_text.setVisible(discreet and self.stranger.isChecked())
        say = self._words.say
        listed = ", ".join(words)
        judged = say("sheet.given_away_some", words=listed) if words else say("sheet.given_away_none")
        lines = [text for text in dict.fromkeys(texts(document)) if text.strip()][:LINES_SHOWN]
        self.stranger_text.setText(judged + "\n" + say("sheet.given_away_lines", lines=" · ".join(lines)))

    def retheme(self) -> None:
        self.preview.wear(paper_look())
