"""Write the whole directory as a file in one of the exchange formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.desk import Desk
from desktop.dialogs.working import run_job
from desktop.jobs import Progress
from desktop.widgets.basics import Check, label
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import Segments

ENDINGS = {"csv": ".csv", "xlsx": ".xlsx", "hsds-csv": ".zip", "hsds-json": ".json", "sqlite": ".db"}


class ExportDialog(Dialog):
    """Choose a format, then a place; nothing else leaves the directory."""

    def __init__(self, desk: Desk) -> None:
        say = desk.words.say
        super().__init__(desk.ask.window, say("upkeep.export.title"), width=620)
        self._desk, self.format = desk, "csv"
        self.body.addWidget(label(say("upkeep.export.about"), "mute", wrap=True))
        names = ((code, say(f"upkeep.export.{code}")) for code in ENDINGS)
        self.formats = Segments(names, self.format, self._choose)
        self.body.addWidget(self.formats)
        self.people = Check(say("upkeep.export.people"))
        self.body.addWidget(self.people)
        self.body.addWidget(label(say("upkeep.export.people_about"), "small", wrap=True))
        self.body.addStretch()
        self.add_button(say("desk.cancel"), self.reject)
        self.add_button(say("upkeep.export.save"), self.save, primary=True)

    def _choose(self, code: str) -> None:
        self.format = code

    def save(self) -> None:
        """Ask where, write there, and say how many entries the file holds."""
        from resources.exchange.export import write_list

        say, desk, kind, people = self._desk.words.say, self._desk, self.format, self.people.isChecked()
        title, kinds = say("upkeep.export.title"), say(f"upkeep.export.kinds_{kind}")
        target = desk.ask.save_path(title, f"directory{ENDINGS[kind]}", kinds)
        if target is None:
            return
        path = target if target.suffix else target.with_suffix(ENDINGS[kind])

        def work(progress: Progress) -> int:
            return int(write_list(desk.directory, path, kind, people=people, progress=progress))

        run_job(desk, say("desk.working"), work, lambda count: self._done(count, path))

    def _done(self, count: Any, path: Path) -> None:
        self._desk.say(self._desk.words.say("upkeep.export.done", n=count, file=path.name))
        self.accept()
