"""Settings: place, display, text size, directory, role; the way to directory upkeep and to help."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.policy_words import policy_lines
from desktop.widgets.basics import Button, button, card, column, label, page, row, scroll
from desktop.widgets.fields import Segments
from desktop.widgets.flow import FlowLayout
from resources import VERSION
from resources.settings import CHECK_DAYS, ROLES, URGENT_DAYS


class SettingsPage(QWidget):
    """Each choice holds at once; there is nothing to save."""

    name = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        page(self)
        inner = QWidget()
        self._lines = column(inner, (28, 14, 28, 14), 12)
        self._lines.addWidget(label(desk.words.say("upkeep.settings.title"), "h1"))
        if desk.policy.problems:
            self._policy()
        self._upkeep()
        self._place()
        self._display()
        self._directory()
        self._role()
        self._calls()
        if desk.policy.file and not desk.policy.problems:
            self._policy()
        self._about()
        self._lines.addStretch()
        column(self, 0, 0).addWidget(scroll(inner))
        for signal in (desk.settings_changed, desk.place_changed, desk.directory_switched):
            signal.connect(self.refresh)
        self.refresh()

    def _card(self, title: str) -> QVBoxLayout:
        frame = card()
        inner = column(frame, (20, 14, 20, 16), 8)
        inner.addWidget(label(self.desk.words.say(f"upkeep.settings.{title}"), "h2"))
        self._lines.addWidget(frame)
        return inner

    def _choice(self, inside: QVBoxLayout, codes: Iterable[tuple[str, str]], field: str) -> Segments:
        made = Segments(codes, "", lambda code: self._keep(field, code))
        inside.addWidget(made)
        return made

    def _policy(self) -> None:
        frame = card()
        self._lines.addWidget(frame)
        inner = column(frame, (20, 14, 20, 16), 8)
        inner.addWidget(label(self.desk.words.say("policy.title"), "h2"))
        self.policy = [
            label(text, kind, wrap=True) for kind, text in policy_lines(self.desk.policy, self.desk.words)
        ]
        for made in self.policy:
            inner.addWidget(made)

    def _upkeep(self) -> None:
        say, inside = self.desk.words.say, self._card("upkeep")
        inside.addWidget(label(say("upkeep.settings.upkeep_about"), "mute", wrap=True))
        self.upkeep = button(say("upkeep.settings.upkeep_open"), "primary", "list")
        self.upkeep.clicked.connect(lambda _on: self.desk.go("upkeep"))
        self.coverage = button(say("coverage.open"), "", "map", on=lambda: self.desk.go("coverage"))
        self.agency = button(say("guide.agency.open"), "", "edit", on=self._agency)
        self._buttons(inside, self.upkeep, self.coverage, self.agency)

    @staticmethod
    def _buttons(inside: QVBoxLayout, *buttons: Button) -> None:
        """Side by side, and in more lines where large text needs them."""
        holder = QWidget()
        holder.setObjectName("plain")
        flow = FlowLayout(holder)
        for made in buttons:
            flow.addWidget(made)
        inside.addWidget(holder)

    def _agency(self) -> None:
        from desktop.dialogs.agency import AgencyDialog

        self.desk.ask.run(AgencyDialog(self.desk, self))

    def _place(self) -> None:
        say, inside = self.desk.words.say, self._card("place")
        line = row(inside, 0, 12)
        self.place_label = label("", wrap=True)
        self.place_button = button(say("upkeep.settings.place_change"), "", "pin", on=self._choose_place)
        line.addWidget(self.place_label, 1)
        line.addWidget(self.place_button)
        self._fixed("place", inside, self.place_button)

    def _fixed(self, field: str, inside: QVBoxLayout, made: QWidget) -> None:
        """Say that a choice is not this person's, and do not offer it."""
        if field in self.desk.policy.fixed:
            made.setEnabled(False)
            inside.addWidget(label(self.desk.words.say("policy.fixed"), "small", wrap=True))

    def _display(self) -> None:
        say, inside = self.desk.words.say, self._card("display")
        names = [(name, say(f"desk.theme.{name}")) for name in theme.THEMES]
        self.themes = self._choice(inside, names, "theme")
        inside.addWidget(label(say("upkeep.settings.text"), "small"))
        sizes = [(str(size), say(f"upkeep.settings.text_{size}")) for size in theme.TEXT_SIZES]
        self.sizes = self._choice(inside, sizes, "text_size")

    def _directory(self) -> None:
        say, inside = self.desk.words.say, self._card("directory")
        names = [(name, say(f"upkeep.settings.{name}")) for name in ("real", "training")]
        self.directories = self._choice(inside, names, "training")
        inside.addWidget(label(say("upkeep.settings.directory_about"), "small", wrap=True))

    def _role(self) -> None:
        say, inside = self.desk.words.say, self._card("role")
        offered = self.desk.policy.roles or ROLES
        names = [(name, _capital(say(f"guidance.role.{name}"))) for name in ROLES if name in offered]
        self.roles = self._choice(inside, names, "role")
        inside.addWidget(label(say("upkeep.settings.role_about"), "small", wrap=True))
        self._fixed("role", inside, self.roles)

    def _calls(self) -> None:
        say, inside = self.desk.words.say, self._card("calls")
        self.clocks: dict[str, Segments] = {}
        for field, offered in (("urgent_days", URGENT_DAYS), ("check_days", CHECK_DAYS)):
            inside.addWidget(label(say(f"upkeep.settings.{field}"), "small", wrap=True))
            names = [(str(days), say("upkeep.settings.days", n=days)) for days in offered]
            self.clocks[field] = self._choice(inside, names, field)
            self._fixed(field, inside, self.clocks[field])
        inside.addWidget(label(say("upkeep.settings.calls_about"), "small", wrap=True))

    def _about(self) -> None:
        say, inside = self.desk.words.say, self._card("program")
        inside.addWidget(label(say("upkeep.settings.version", version=VERSION), "mute", wrap=True))
        inside.addWidget(label(say("upkeep.settings.licences"), "small", wrap=True))
        self.help = button(say("upkeep.settings.help"), "", "help", key="F1", on=self._help)
        self.first = button(say("upkeep.settings.first"), on=self._first_run)
        self._buttons(inside, self.help, self.first)

    # -- the page protocol
    def opened(self) -> None:
        self.refresh()
        self.upkeep.setFocus()

    def refresh(self) -> None:
        """Show what holds now."""
        settings, place = self.desk.settings, self.desk.place
        nowhere = self.desk.words.say("upkeep.settings.place_none")
        self.place_label.setText(place.label if place else nowhere)
        self.themes.show_value(settings.theme)
        self.sizes.show_value(str(settings.text_size))
        self.directories.show_value("training" if settings.training else "real")
        self.roles.show_value(settings.role)
        for field, made in self.clocks.items():
            made.show_value(str(getattr(settings, field)))

    # -- deeds
    def _keep(self, field: str, code: str) -> None:
        values: dict[str, object] = {field: int(code) if code.isdigit() else code}
        if field == "training":
            values = {"training": code == "training"}
        with self.desk.ask.explaining():
            self.desk.change_settings(**values)
        if field == "training":
            key = "switched_training" if self.desk.settings.training else "switched_real"
            self.desk.say(self.desk.words.say(f"upkeep.settings.{key}"))
        self.refresh()

    def _choose_place(self) -> None:
        from desktop.dialogs.place import PlaceDialog

        self.desk.ask.run(PlaceDialog(self.desk, self.window()))

    def _help(self) -> None:
        from desktop.dialogs.help import HelpDialog

        self.desk.ask.run(HelpDialog(self.desk.words, self.window()))

    def _first_run(self) -> None:
        from desktop.dialogs.first_run import FirstRun

        self.desk.ask.run(FirstRun(self.desk, self.window()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
