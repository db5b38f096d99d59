"""Rarer desk jobs of Directory upkeep: several entries at once, duplicates, coverage, restoring."""

from __future__ import annotations

from desktop.desk import Desk
from desktop.widgets.basics import Button, button
from desktop.widgets.flow import FlowLayout


class MoreJobs:
    """Buttons that a press on More unfolds in the row of the others."""

    def __init__(self, desk: Desk, flow: FlowLayout) -> None:
        self._desk, self._say = desk, desk.words.say
        self.toggle = button(self._say("entries.more_jobs"), "", "down", on=self.unfold)
        flow.addWidget(self.toggle)
        self.buttons: dict[str, Button] = {}
        for name, key, icon, act in (
            ("updates", "stick.title", "flip", lambda: desk.go("updates")),
            ("several", "entries.several", "list", lambda: desk.go("entries")),
            ("duplicates", "entries.duplicates", "copy", self.duplicates),
            ("coverage", "coverage.open", "map", lambda: desk.go("coverage")),
            ("restore", "restore.open", "undo", self.restore),
        ):
            made = button(self._say(key), "", icon, on=act)
            made.hide()
            self.buttons[name] = made
            flow.addWidget(made)

    def unfold(self) -> None:
        """Show the other buttons, or put them away."""
        shown = self.buttons["several"].isHidden()
        for made in self.buttons.values():
            made.setVisible(shown)
        key, icon = ("fewer_jobs", "up") if shown else ("more_jobs", "down")
        self.toggle.say(self._say(f"entries.{key}"), icon=icon)
        self.toggle.setAccessibleName(self._say(f"entries.{key}"))

    def duplicates(self) -> None:
        from desktop.dialogs.duplicates import show_duplicates

        with self._desk.ask.explaining():
            show_duplicates(self._desk)

    def restore(self) -> None:
        from desktop.dialogs.restore import restore_backup

        with self._desk.ask.explaining():
            restore_backup(self._desk)
