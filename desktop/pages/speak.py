"""The I Speak page: a language to point at, a phrase to show, and answers to touch."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.dialogs.agency import AgencyDialog
from desktop.dialogs.interpreter import Interpreter, agency_numbers, what_to_say
from desktop.dialogs.phrases import Phrases
from desktop.dialogs.review_pack import ReviewPack
from desktop.pages.phrase_board import PhraseBoard, Shown
from desktop.pages.speak_languages import AllLanguages, NearLanguages
from desktop.widgets.basics import button, card, column, label, page, row
from resources.guidance import ispeak
from resources.guidance.ispeak import Phrase, SpeakLanguage
from resources.words import Status

WIDE, ONE_COLUMN, LOW = 1100, 860, 480
GAP, AROUND = 8, 38  # between the buttons of the last row, and what stands around that row
ENGLISH_ANSWERS = ("answer_yes", "answer_no", "answer_stop", "answer_unsure")


class SpeakPage(QWidget):
    """What was touched is shown to the officer and forgotten with the next phrase."""

    name = "speak"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        page(self)
        self.setMinimumSize(1, 1)  # the window says how small it may be; what is shown follows its width
        self._desk = desk
        self._known = {language.code: language for language in ispeak.languages()}
        self.code, self.number = ("es" if "es" in self._known else next(iter(self._known))), 0
        self._solo = False
        self.stack = QStackedWidget()
        column(self, 0, 0).addWidget(self.stack)
        self.main = QWidget()
        self._line = row(self.main, (20, 14, 20, 14), 16)
        self.near = NearLanguages(desk.words)
        self._line.addWidget(self.near)
        self._line.addWidget(self._board_card(), 1)
        self._everything: AllLanguages | None = None
        self.stack.addWidget(self.main)
        self._listen()
        self.show_language(self.code)

    # -- what stands where
    def _board_card(self) -> QWidget:
        say = self._desk.words.say
        self.card = card()
        lines = column(self.card, (10, 10, 10, 12), 8)
        self.board = PhraseBoard(theme.THEMES[theme.now.name])
        lines.addWidget(self.board, 1)
        self.officer = label("", "mute", wrap=True)
        self.mark = label("", "warn", wrap=True)
        self.hint = label("", "small", wrap=True)
        for part in (self.officer, self.hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            lines.addWidget(part)
        marked = row(lines, 0, 8)
        self.review = button(say("speak.review.open"), "", name=say("speak.review.open_name"),
                             on=self.review_pack)  # fmt: skip
        marked.addWidget(self.mark, 1)
        marked.addWidget(self.review)
        self._actions(lines)
        return self.card

    def _actions(self, lines: QBoxLayout) -> None:
        say = self._desk.words.say
        acts = row(lines, (8, 0, 8, 0), GAP)
        self.previous = button(say("speak.back"), "", "back", name=say("speak.back_name"),
                               on=lambda: self.step(-1))  # fmt: skip
        self.turn = button(say("speak.turn"), "", "flip", name=say("speak.turn_name"), on=self.turn_around)
        self.full = button(say("speak.full"), "", "full", name=say("speak.full_name"), key="F11",
                           on=self.full_screen)  # fmt: skip
        self.list = button(say("speak.phrases"), "", "list", name=say("speak.phrases_name"),
                           on=self.choose_phrase)  # fmt: skip
        self.all = button("", "", "find", name=say("speak.all_hint"), on=self.show_all)
        called = say("speak.interpreter.open_name")
        self.interpreter = button(say("speak.interpreter.open"), "", "phone", name=called,
                                  on=self.call_interpreter)  # fmt: skip
        self.topic = button(
            say("speak.read_topic"), "", "guide", on=lambda: self._desk.go("guide", "interpreters")
        )
        self.next = button(say("speak.next"), "primary", "next", on=lambda: self.step(1))
        left = (self.previous, self.turn, self.full, self.all, self.list, self.interpreter, self.topic)
        for part in left:
            acts.addWidget(part)
        acts.addStretch()
        acts.addWidget(self.next)
        self.acts = (*left, self.next)

    def _listen(self) -> None:
        self.near.chosen.connect(self.show_language)
        self.near.all_wanted.connect(self.show_all)
        self.board.stepped.connect(self.step)
        self.board.answered.connect(self._show_answer)
        self._desk.solo_changed.connect(self._show_solo)
        key = QShortcut(QKeySequence("F11"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.full_screen)

    @property
    def everything(self) -> AllLanguages:
        """A hundred tiles, made when they are first asked for."""
        if self._everything is None:
            self._everything = AllLanguages(self._desk.words)
            self._everything.chosen.connect(self.show_language)
            self._everything.left.connect(self._to_board)
            self.stack.addWidget(self._everything)
        return self._everything

    # -- page
    def opened(self) -> None:
        shown = self.board if self.stack.currentWidget() is self.main else self.everything.search
        shown.setFocus()

    def show_argument(self, argument: object) -> None:
        """A language code; "all" shows the whole list."""
        if argument == "all":
            self.show_all()
        elif isinstance(argument, str) and argument in self._known:
            self.show_language(argument)

    def back(self) -> bool:
        if self.stack.currentWidget() is not self.main:
            self._to_board()
            return True
        return False

    def find_in_page(self) -> bool:
        self.show_all()
        return True

    def show_all(self) -> None:
        """Every language, with search; in full screen too, because the person may need another one."""
        self.stack.setCurrentWidget(self.everything)
        self.everything.opened(self.code)

    def _to_board(self) -> None:
        self.stack.setCurrentWidget(self.main)
        self.board.setFocus()

    # -- language and phrase
    @property
    def language(self) -> SpeakLanguage:
        return self._known[self.code]

    @property
    def phrases(self) -> list[Phrase]:
        return ispeak.phrases(self.code)

    def show_language(self, code: str) -> None:
        """Start with this language; the same phrase stays when it has it."""
        keys = [phrase.key for phrase in self.phrases]
        key = keys[self.number] if self.number < len(keys) else ""
        self.code = code
        now = [phrase.key for phrase in self.phrases]
        self.number = now.index(key) if key in now else 0
        self.near.show_chosen(code)
        self._show()
        self._arrange()
        self._to_board()

    def step(self, by: int) -> None:
        """The next phrase, round to the first again."""
        count = len(self.phrases)
        if count:
            self.number = (self.number + by) % count
            self._show()

    def choose_phrase(self) -> None:
        own_mark = self.code != "en" and ispeak.reviewed_here(self._desk.data, self.code)
        dialog = Phrases(self._desk.words, self, self.language.english_name, self.phrases, self.number,
                         reviewed=own_mark)  # fmt: skip
        self._desk.ask.run(dialog)
        if dialog.review_wanted:
            self.review_pack()
        elif dialog.number >= 0:
            self.number = dialog.number
            self._show()
        self.board.setFocus()

    def review_pack(self) -> None:
        """A speaker reads all phrases; the agency records who did so."""
        self._desk.ask.run(ReviewPack(self._desk, self, self.language))
        self._show()
        self.board.setFocus()

    def _show(self) -> None:
        phrases = self.phrases
        if phrases:
            self._show_phrase(phrases)
        else:
            self._show_name()
        for part in (self.previous, self.next, self.list):
            part.setVisible(bool(phrases) and not (part is self.list and self._solo))
        self.interpreter.setVisible(not self._solo)
        self.topic.setVisible(not phrases and not self._solo)

    def _show_phrase(self, phrases: list[Phrase]) -> None:
        say, phrase, language = self._desk.words.say, phrases[self.number], self.language
        shown = Shown(self.code, phrase.text, ispeak.answers(self.code), language.rtl)
        name = say("speak.phrase_name", language=language.english_name, english=phrase.english)
        self.board.show_phrase(shown, name)
        self.officer.setText(
            say("speak.officer", language=language.english_name, number=self.number + 1,
                count=len(phrases), english=phrase.english)
        )  # fmt: skip
        notes = [say("speak.hint", hint=phrase.hint)] if phrase.hint else []
        self._show_notes(notes)

    def _show_name(self) -> None:
        """No phrases: the name of the language is what can be shown, and an interpreter is the way on."""
        say, language = self._desk.words.say, self.language
        name = say("speak.phrase_name", language=language.english_name, english=language.own_name)
        self.board.show_phrase(Shown(self.code, language.own_name, (), language.rtl), name)
        spoken = "speak.no_pack" if language.written else "speak.unwritten"
        key = "speak.signed" if language.signed else spoken
        self.officer.setText(say(key, language=language.english_name))
        notes = [what_to_say(self._desk.words, language)]
        if numbers := agency_numbers(self._desk):
            notes = [say("speak.interpreter.own", text=" ".join(numbers.split())), *notes]
        self._show_notes(notes)
        if problem := ispeak.problem(self.code):
            self.mark.setText(self._desk.words.explain(problem))
            self.mark.show()

    def _show_notes(self, notes: list[str]) -> None:
        say, language = self._desk.words.say, self.language
        if language.relay:
            notes = [*notes, say("speak.relay")]
        if language.note:
            notes = [*notes, language.note]
        self.hint.setText("  ".join(notes))
        self._show_hint()
        self._show_mark(ispeak.status(self.code, self._desk.data))

    def _show_mark(self, status: Status) -> None:
        """For the officer: whether a speaker has read this text. It stays in full screen."""
        say = self._desk.words.say
        known = status.state in ("machine", "draft")
        self.mark.setVisible(known)
        self.review.setVisible(known and not self._solo)
        if known:
            self.mark.setText(say(f"speak.status_{status.state}"))
        elif status.reviewed and self.code != "en":
            checked = say("speak.status_reviewed", by=status.by, on=status.on)
            self.hint.setText("  ".join(part for part in (checked, self.hint.text()) if part))
            self._show_hint()

    def _show_hint(self) -> None:
        """Notes are for the officer: not in full screen, and not where they would crowd out the words."""
        room = self.height() >= theme.px(LOW) or not self.phrases
        self.hint.setVisible(bool(self.hint.text()) and not self._solo and room)

    def _show_answer(self, number: int) -> None:
        say = self._desk.words.say
        self.officer.setText(say("speak.answered", answer=say(f"speak.{ENGLISH_ANSWERS[number]}")))

    def call_interpreter(self) -> None:
        """The agency's own numbers first; then the directory, the page that says how, or the form."""
        dialog = Interpreter(self._desk, self, self.language)
        self._desk.ask.run(dialog)
        if dialog.wanted == "find":
            self._desk.go("find", {"need": "interpreter"})
        elif dialog.wanted == "guide":
            self._desk.go("guide", "interpreters")
        elif dialog.wanted == "agency":
            self._desk.ask.run(AgencyDialog(self._desk, self, slot="interpreter"))
            self._show()

    # -- for the person
    def turn_around(self) -> None:
        self.board.turn()
        self.board.setFocus()

    def full_screen(self) -> None:
        """Only their words; the same key (or Esc) brings everything back."""
        self._desk.solo(not self._solo)

    def _show_solo(self, on: bool) -> None:
        self._solo = on
        if not on and self.board.turned:
            self.board.turn()
        say = self._desk.words.say
        self.full.say(say("speak.leave_full" if on else "speak.full"))
        self.full.setAccessibleName(say("speak.leave_full" if on else "speak.full_name"))
        self._show()
        self._arrange()
        if self.isVisible():
            self._to_board()

    # -- room
    def retheme(self) -> None:
        self.board.wear(theme.THEMES[theme.now.name])
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = self.width()
        wide = width >= theme.px(WIDE)
        beside = not self._solo and width >= theme.px(ONE_COLUMN)
        near, side, gap = theme.px(330 if wide else 280), 20 if wide else 12, 16 if wide else 12
        self.near.setVisible(beside)
        self.near.setFixedWidth(near)
        self.all.setVisible(not beside)
        self._line.setContentsMargins(side, 14 if wide else 10, side, 14 if wide else 10)
        self._line.setSpacing(gap)
        self._show_hint()
        self._label_actions(width - 2 * side - (near + gap if beside else 0) - AROUND)

    def _label_actions(self, room: int) -> None:
        """Words on the buttons as long as they fit; where they do not, the seldom used show their picture."""
        say = self._desk.words.say
        all_of_them = say("speak.all", n=len(self._known)) if self._solo else ""
        seldom = (
            (self.list, say("speak.phrases")),
            (self.all, all_of_them),
            (self.full, say("speak.leave_full" if self._solo else "speak.full")),
            (self.interpreter, say("speak.interpreter.open")),
            (self.turn, say("speak.turn")),
            (self.previous, say("speak.back")),
        )
        for part, text in seldom:
            part.say(text)
        for part, _ in seldom:
            shown = [one for one in self.acts if not one.isHidden()]
            if sum(one.sizeHint().width() + GAP for one in shown) <= room:
                break
            part.say("")
