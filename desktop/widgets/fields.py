"""Parts of forms: a labeled text box with its problem beside it, yes/no/unknown, chips for codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop import icons
from desktop.widgets.basics import Button, button, column, label, row
from desktop.widgets.boxes import LineBox, TextBox
from desktop.widgets.flow import FlowLayout


class Field(QWidget):
    """A label over a text box; `complain` shows a problem below it, in words."""

    def __init__(
        self, name: str, value: str = "", *, hint: str = "", most: int = 200, lines: int = 1
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        inner = column(self, 0, 3)
        title = label(name, "small", wrap=True)
        self.box: QLineEdit | QPlainTextEdit
        if lines == 1:
            self.box = LineBox(value)
            self.box.setMaxLength(most)
            self.box.setCursorPosition(0)
        else:
            self.box = TextBox(value)
            self.box.setFixedHeight(28 * lines + 20)
        self.box.setPlaceholderText(hint)
        self.box.setAccessibleName(name)
        title.setBuddy(self.box)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        for part in (title, self.box, self.problem):
            inner.addWidget(part)

    def value(self) -> str:
        text = self.box.text() if isinstance(self.box, QLineEdit) else self.box.toPlainText()
        return text.strip()

    def set_value(self, text: str) -> None:
        if isinstance(self.box, QLineEdit):
            self.box.setText(text)
        else:
            self.box.setPlainText(text)

    def complain(self, sentence: str) -> None:
        """Show what is wrong; an empty sentence takes the complaint away."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.box.setProperty("wrong", "true" if sentence else "false")
        self.box.setAccessibleDescription(sentence)
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)


class Choice(QComboBox):
    """One of many, opened by a press; the wheel scrolls the page, not the choice under the mouse."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        x = 12 if self.isRightToLeft() else self.width() - 32
        painter.drawPixmap(x, (self.height() - 20) // 2, icons.picture("down", "ink", 20))


class ThreeWay(QWidget):
    """Yes, No, Not known: three toggles of which one is always on."""

    def __init__(
        self, name: str, answers: Sequence[str], value: bool | None, spoken: Callable[..., str]
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        line = row(self, 0, 8)
        title = label(name, wrap=True)
        line.addWidget(title, 1)
        self._group = QButtonGroup(self)
        self.buttons: dict[bool | None, Button] = {}
        for answer, text in zip((True, False, None), answers, strict=True):
            made = button(text, "seg", checkable=True, name=spoken(rule=name, answer=text))
            made.setChecked(answer is value)
            made.setMinimumWidth(96)
            self._group.addButton(made)
            self.buttons[answer] = made
            line.addWidget(made)

    def value(self) -> bool | None:
        return next((answer for answer, made in self.buttons.items() if made.isChecked()), None)


class Chips(QWidget):
    """Toggles for codes; several may be on."""

    def __init__(self, choices: Iterable[tuple[str, str]], on: Iterable[str]) -> None:
        super().__init__()
        self.setObjectName("plain")
        flow, chosen = FlowLayout(self), set(on)
        self.buttons: dict[str, Button] = {}
        for code, name in choices:
            made = button(name, "chip", checkable=True, checked=False)
            made.setChecked(code in chosen)
            self.buttons[code] = made
            flow.addWidget(made)

    def value(self) -> frozenset[str]:
        return frozenset(code for code, made in self.buttons.items() if made.isChecked())


class Segments(QWidget):
    """One of a few choices, all in view; `on_choice` is called with the code of the one pressed."""

    def __init__(
        self, choices: Iterable[tuple[str, str]], value: str, on_choice: Callable[[str], object]
    ) -> None:
        super().__init__()
        self.setObjectName("plain")
        flow = FlowLayout(self)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        for code, name in choices:
            made = button(name, "seg", checkable=True)
            made.setMinimumWidth(110)
            made.setChecked(code == value)
            made.clicked.connect(lambda _on, code=code: on_choice(code))
            self._group.addButton(made)
            self.buttons[code] = made
            flow.addWidget(made)

    def show_value(self, value: str) -> None:
        for code, made in self.buttons.items():
            made.setChecked(code == value)
