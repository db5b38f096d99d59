"""Whoever is on the stick reads digits aloud; the digits that are written here name the one that is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop.desk import Desk
from desktop.widgets.basics import card, column, label
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import Field
from resources.errors import ToolkitError


def digits_field(desk: Desk, area: str) -> Field:
    """Where they are written; a complaint goes with the next digit, for it was about others."""
    say = desk.words.say
    made = Field(say(f"stick.{area}.typed"), hint=say("stick.join.typed_hint"), most=60)
    made.box.textChanged.connect(lambda _text: made.complain(""))
    return made


class DigitsDialog(Dialog):
    """`asking` are names and, where both sides show them, digits. `take` does what was asked with the digits
    as they were typed and gives the sentence to say; it raises ToolkitError."""

    def __init__(
        self, desk: Desk, area: str, act: str, asking: Iterable[tuple[str, str]], take: Callable[[str], str]
    ) -> None:
        say, people = desk.words.say, list(asking)
        super().__init__(desk.ask.window, say(f"stick.{area}.title"), width=680)
        self._desk, self._take_digits = desk, take
        self.body.addWidget(label(say(f"stick.{area}.{'about' if people else 'nobody'}"), wrap=True))
        for name, digits in people:
            self._person(name, digits)
        self.typed = digits_field(desk, area)
        self.typed.setVisible(bool(people))
        self.body.addWidget(self.typed)
        self.body.addStretch()
        close = self.add_button(say("desk.cancel" if people else "desk.close"), self.reject)
        if people:
            self.take = self.add_button(say(f"stick.{area}.{act}"), self._compare, primary=True)
            self.typed.box.setFocus()
        else:
            close.setFocus()

    def _person(self, name: str, digits: str) -> None:
        frame = card()
        inside = column(frame, (14, 10, 14, 10), 4)
        inside.addWidget(label(name, "strong", wrap=True))
        if digits:
            inside.addWidget(label(digits, "digits", wrap=True, selectable=True))
        self.body.addWidget(frame)

    def _compare(self) -> None:
        desk = self._desk
        try:
            said = self._take_digits(self.typed.value())
        except ToolkitError as problem:
            if problem.key == "updates.other_digits":
                self.typed.complain(desk.words.explain(problem))
                self.fit()  # room for the sentence
                self.typed.box.setFocus()
            else:
                desk.ask.problem(problem)
            return
        desk.say(said)
        self.accept()
