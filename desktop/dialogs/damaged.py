"""What a start shows when the directory cannot be opened: what happened, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.desk import Desk
from desktop.dialogs.restore import BackupList
from desktop.dialogs.working import run_job
from desktop.widgets.basics import label
from desktop.widgets.dialog import Dialog
from resources.directory import restoring
from resources.directory.restoring import Backup
from resources.directory.store import Directory
from resources.errors import ToolkitError

TRAINING, AGAIN = "training", "again"


def ways_on(desk: Desk, problem: ToolkitError) -> bool:
    """Let the person restore, practice, or leave, until a directory is open; False means leave."""
    while True:
        found: list[Backup] = []
        if problem.key in restoring.RESTORABLE:
            found = _backups(desk)
        dialog = DamagedDialog(desk, problem, found)
        if not desk.ask.run(dialog):
            return False
        with desk.ask.explaining():
            if dialog.way == TRAINING:
                desk.settings = desk.settings.changed(training=True)  # for this run; the setting stays
            elif dialog.chosen is not None:
                Directory.restore(desk.directory_folder, dialog.chosen.path)
        try:
            desk.directory  # noqa: B018  (opens it)
        except ToolkitError as again:
            problem = again
        else:
            return True


def _backups(desk: Desk) -> list[Backup]:
    found: list[Backup] = []
    folder = desk.directory_folder
    text = desk.words.say("restore.checking")
    run_job(desk, text, lambda progress: restoring.listed(folder, progress), found.extend)
    return found


class DamagedDialog(Dialog):
    """Read `way` ("training", "again") and `chosen`, a backup to restore, when it was accepted."""

    def __init__(self, desk: Desk, problem: ToolkitError, found: Sequence[Backup]) -> None:
        say = desk.words.say
        super().__init__(desk.ask.window, say("restore.damaged.title"), width=800)
        self.way = ""
        self.chosen: Backup | None = None
        self.list: BackupList | None = None
        restorable = problem.key in restoring.RESTORABLE
        key = "other" if not restorable else "missing" if problem.key == "store.missing" else "damaged"
        what = say(f"restore.damaged.what_{key}", problem=desk.words.explain(problem))
        self.body.addWidget(label(what, "", wrap=True, selectable=True))
        good = any(one.good for one in found)
        if restorable:
            advice = "restore" if good else "no_good" if found else "no_backup"
            self.body.addWidget(label(say(f"restore.damaged.{advice}"), "" if good else "warn", wrap=True))
        if found:
            self.list = BackupList(say, found)
            self.list.moved.connect(self._moved)
            self.body.addWidget(self.list, 1)
        self.body.addStretch()
        self._buttons(desk, good)

    def _buttons(self, desk: Desk, good: bool) -> None:
        say = desk.words.say
        self.leave_button = self.add_button(say("restore.damaged.leave"), self.reject)
        self.again_button = self.add_button(say("restore.damaged.again"), lambda: self._go(AGAIN))
        if not desk.settings.training:
            self.training_button = self.add_button(
                say("restore.damaged.training"), lambda: self._go(TRAINING)
            )
        self.use_button = self.add_button(say("restore.use"), self.use, primary=True)
        self.use_button.setVisible(good)
        self._moved()
        (self.list if self.list and good else self.again_button).setFocus()

    def _moved(self) -> None:
        self.use_button.setEnabled(self.list is not None and self.list.marked() is not None)

    def _go(self, way: str) -> None:
        self.way = way
        self.accept()

    def use(self) -> None:
        self.chosen = self.list.marked() if self.list else None
        if self.chosen is not None:
            self.accept()
