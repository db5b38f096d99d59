"""The questions of a paper as a form; answers live in memory and go with the sheet (R1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop.widgets.basics import Button, Check, button, clear, column, label
from desktop.widgets.boxes import LineBox, TextBox
from desktop.widgets.flow import FlowLayout
from reports.recipe import Question, Recipe
from resources.words import Words

LONGEST = 400


class SheetQuestions(QWidget):
    """`answered` is sent after each change; `answers` are what stands in the form now."""

    answered = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words = words
        self._lines: QVBoxLayout = column(self, 0, 4)
        self._recipe: Recipe | None = None
        self._read: dict[str, Callable[[], str]] = {}
        self._write: dict[str, Callable[[str], None]] = {}
        self._filling = False

    @property
    def answers(self) -> dict[str, str]:
        """Every answer that is not empty, by the key of its question."""
        said = {key: read().strip() for key, read in self._read.items()}
        return {key: text for key, text in said.items() if text}

    def show_recipe(self, recipe: Recipe, answers: Mapping[str, str]) -> None:
        """Ask what this paper asks; for the same paper only the answers change (undo)."""
        if self._recipe is None or recipe.name != self._recipe.name:
            self._build(recipe)
        if self.answers != dict(answers):
            self._filling = True
            for key, write in self._write.items():
                write(answers.get(key, ""))
            self._filling = False

    def forget(self) -> None:
        """Throw the fields away, with what was typed and its undo history."""
        self._recipe = None
        self._read.clear()
        self._write.clear()
        clear(self._lines)

    def _build(self, recipe: Recipe) -> None:
        self._recipe = recipe
        clear(self._lines)
        self._read.clear()
        self._write.clear()
        self.setVisible(bool(recipe.questions))
        if not recipe.questions:
            return
        self._lines.addWidget(label(self._words.say("sheet.questions"), "h2"))
        self._lines.addWidget(label(self._words.say("sheet.questions_hint"), "small", wrap=True))
        for question in recipe.questions:
            self._ask(question)

    def _ask(self, question: Question) -> None:
        text = self._words.say(question.label)
        if question.required:
            text = self._words.say("sheet.required", label=text)
        self._lines.addSpacing(6)
        head = label(text, "strong", wrap=True)
        self._lines.addWidget(head)
        if question.hint:
            self._lines.addWidget(label(self._words.say(question.hint), "small", wrap=True))
        if question.kind in ("yes", "choice"):
            self._choice(question, text)
        elif question.kind == "items":
            self._items(question)
        else:
            head.setBuddy(self._field(question, text))

    def _field(self, question: Question, name: str) -> QWidget:
        if question.kind == "long":
            box = TextBox()
            box.setFixedHeight(96)
            box.setAccessibleName(name)
            box.textChanged.connect(self._changed)
            self._lines.addWidget(box)
            self._keep(question.key, box.toPlainText, box.setPlainText)
            return box
        line = LineBox()
        line.setMaxLength(LONGEST)
        line.setAccessibleName(name)
        if question.kind == "date":
            line.setPlaceholderText(self._words.say("sheet.date_placeholder"))
        line.textChanged.connect(self._changed)
        self._lines.addWidget(line)
        self._keep(question.key, line.text, line.setText)
        return line

    def _choice(self, question: Question, name: str) -> None:
        choices = question.choices or ("yes", "no")
        holder, line = self._holder()
        group = QButtonGroup(holder)
        group.setExclusive(False)
        buttons: dict[str, Button] = {}
        for choice in choices:
            text = self._choice_text(choice)
            made = button(text, "chip", name=f"{name}: {text}", checkable=True)
            made.clicked.connect(lambda _on, chosen=made: self._press(chosen, list(buttons.values())))
            group.addButton(made)
            line.addWidget(made)
            buttons[choice] = made

        def read() -> str:
            return next((key for key, made in buttons.items() if made.isChecked()), "")

        def write(said: str) -> None:
            for key, made in buttons.items():
                made.setChecked(key == said)

        self._keep(question.key, read, write)

    def _press(self, chosen: Button, buttons: list[Button]) -> None:
        """At most one is down; pressing it again takes the answer back."""
        for other in buttons:
            if other is not chosen:
                other.setChecked(False)
        self._changed()

    def _items(self, question: Question) -> None:
        boxes = {
            choice: Check(self._words.say(f"paper_partner.item.{choice}")) for choice in question.choices
        }
        for box in boxes.values():
            box.toggled.connect(self._changed)
            self._lines.addWidget(box)

        def read() -> str:
            return ", ".join(key for key, box in boxes.items() if box.isChecked())

        def write(said: str) -> None:
            chosen = {part.strip() for part in said.split(",")}
            for key, box in boxes.items():
                box.setChecked(key in chosen)

        self._keep(question.key, read, write)

    def _holder(self) -> tuple[QWidget, FlowLayout]:
        holder = QWidget()
        holder.setObjectName("plain")
        line = FlowLayout(holder)
        self._lines.addWidget(holder)
        return holder, line

    def _choice_text(self, choice: str) -> str:
        return self._words.say(f"paper_partner.choice.{choice}")

    def _keep(self, key: str, read: Callable[[], str], write: Callable[[str], None]) -> None:
        self._read[key] = read
        self._write[key] = write

    def _changed(self, *_: object) -> None:
        if not self._filling:
            self.answered.emit()
