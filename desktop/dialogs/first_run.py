"""First start: place, directory, display mode; three short pages, each can be skipped."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.dialogs.place import PlaceField
from desktop.widgets.basics import Button, button, column, label, page
from desktop.widgets.dialog import Dialog

STEPS = ("place", "directory", "display")
MODES = ("day", "dark", "night")


class FirstRun(Dialog):
    """No account, no questions about the person. Closing it at any page keeps what was chosen so far."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, desk.words.say("desk.first.place"), width=640, height=560)
        self._desk = desk
        self._say = desk.words.say
        self.step_label = label("", "small")
        self.body.addWidget(self.step_label)
        self.pages = QStackedWidget()
        self.body.addWidget(self.pages, 1)
        self.pages.addWidget(self._place_page())
        self.pages.addWidget(self._directory_page())
        self.pages.addWidget(self._display_page())
        self.back_button = self.add_button(self._say("desk.back"), lambda: self._show(self._step - 1))
        self.skip_button = self.add_button(self._say("desk.skip"), self._skip)
        self.next_button = self.add_button(self._say("desk.next"), self._next, primary=True)
        self.finished.connect(lambda _code: self._finish())
        self._first = STEPS.index("directory") if "place" in desk.policy.fixed else 0
        self._step = self._first
        self._show(self._first)

    # -- pages
    def _page(self, about: str) -> tuple[QWidget, QVBoxLayout]:
        made = page(QWidget())
        lines = column(made, 0, 10)
        lines.addWidget(label(self._say(about), "mute", wrap=True))
        return made, lines

    def _place_page(self) -> QWidget:
        made, lines = self._page("desk.place.about")
        self.place = PlaceField(self._desk)
        self.place.chosen.connect(lambda _place: self._next())
        lines.addWidget(self.place, 1)
        return made

    def _choices(
        self, lines: QVBoxLayout, names: dict[str, tuple[str, str]], chosen: str
    ) -> dict[str, Button]:
        group, found = QButtonGroup(self), {}
        for code, (name, about) in names.items():
            choice = button(self._say(name), "seg", checkable=True)
            choice.setAccessibleDescription(self._say(about))
            choice.setChecked(code == chosen)
            group.addButton(choice)
            lines.addWidget(choice)
            lines.addWidget(label(self._say(about), "small", wrap=True))
            found[code] = choice
        lines.addStretch()
        return found

    def _directory_page(self) -> QWidget:
        made, lines = self._page("desk.first.directory_about")
        names = {name: (f"desk.first.{name}", f"desk.first.{name}_about") for name in ("real", "training")}
        chosen = "training" if self._desk.settings.training else "real"
        self.directories = self._choices(lines, names, chosen)
        return made

    def _display_page(self) -> QWidget:
        made, lines = self._page("desk.first.display_about")
        names = {name: (f"desk.theme.{name}", f"desk.first.{name}_about") for name in MODES}
        self.modes = self._choices(lines, names, self._desk.settings.theme)
        for name, choice in self.modes.items():
            choice.clicked.connect(lambda _on, name=name: self._keep(theme=name))
        return made

    # -- moving
    def _show(self, step: int) -> None:
        self._step = step
        self.pages.setCurrentIndex(step)
        self.heading.setText(self._say(f"desk.first.{STEPS[step]}"))
        self.setAccessibleName(self.heading.text())
        number = step + 1 - self._first
        self.step_label.setText(self._say("desk.first.step", step=number, of=len(STEPS) - self._first))
        self.back_button.setVisible(number > 1)
        last = step == len(STEPS) - 1
        self.next_button.say(self._say("desk.first.start" if last else "desk.next"))
        self.skip_button.setVisible(not last)
        first = {0: self.place.box, 1: self._chosen(self.directories), 2: self._chosen(self.modes)}
        first[step].setFocus()

    @staticmethod
    def _chosen(buttons: dict[str, Button]) -> Button:
        return next((made for made in buttons.values() if made.isChecked()), next(iter(buttons.values())))

    def _keep(self, **values: object) -> None:
        with self._desk.ask.explaining():
            self._desk.change_settings(**values)

    def _next(self) -> None:
        if self._step == 0 and (place := self.place.current()):
            self._keep(place=place)
        if self._step == 1:
            self._keep(training=self.directories["training"].isChecked())
        self._skip()

    def _skip(self) -> None:
        if self._step == len(STEPS) - 1:
            self.accept()
        else:
            self._show(self._step + 1)

    def _finish(self) -> None:
        self._keep(first_run_done=True)
