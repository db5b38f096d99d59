"""Going back to a backup: checked backups, the newest good one marked; the old file is put aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.desk import Desk
from desktop.dialogs.working import run_job
from desktop.widgets import naming
from desktop.widgets.basics import label
from desktop.widgets.dialog import Dialog
from desktop.widgets.line_list import Line, LineList
from resources.directory import restoring
from resources.directory.restoring import Backup
from resources.directory.store import Directory


def restore_backup(desk: Desk) -> None:
    """Check the backups (beside the window), let one be chosen, and put it back."""
    folder = desk.directory_folder

    def show(found: list[Backup]) -> None:
        dialog = RestoreDialog(desk, found)
        if desk.ask.run(dialog) and dialog.chosen is not None:
            put_back(desk, dialog.chosen)

    run_job(desk, desk.words.say("restore.checking"), lambda p: restoring.listed(folder, p), show)


def put_back(desk: Desk, chosen: Backup) -> bool:
    """Close the directory, put the backup in its place, open it again; False when that did not work."""
    folder = desk.directory_folder
    desk.close_directory()
    with desk.ask.explaining():
        Directory.restore(folder, chosen.path)
        desk.directory_reopened()
        date, time = when(chosen)
        desk.say(desk.words.say("restore.done", date=date, time=time))
        return True
    return False


def when(one: Backup) -> tuple[str, str]:
    return naming.day(one.made.date()), f"{one.made:%H:%M}"


def backup_lines(say: Callable[..., str], found: Sequence[Backup]) -> list[Line]:
    """A row for each backup; only whole ones can be used."""
    newest = next((one.path for one in found if one.good), None)
    lines = []
    for one in found:
        date, time = when(one)
        about = [say("restore.entries", n=one.entries)] if one.entries is not None else []
        about += [f"{max(1, one.size // 1024):,} KiB"]
        about += [say("restore.newest")] if one.path == newest else []
        state = say("restore.good" if one.good else "restore.bad")
        icon, token = ("ok", "ok") if one.good else ("warn", "warn")
        title = say("restore.line", date=date, time=time)
        lines.append(Line(str(one.path), title, "  ·  ".join(about), state, icon, token))
    return lines


class BackupList(LineList):
    """The backups with the newest good one marked first."""

    def __init__(self, say: Callable[..., str], found: Sequence[Backup]) -> None:
        super().__init__(say("restore.list"))
        self.setObjectName("backups")
        self._found = {str(one.path): one for one in found}
        self.show_lines(backup_lines(say, found))
        good = next((n for n, one in enumerate(found) if one.good), 0)
        self.setCurrentIndex(self.rows.index(good))
        self.setMinimumHeight(min(max(len(found), 1), 4) * self.sizeHintForRow(0) if found else 0)

    def marked(self) -> Backup | None:
        """The marked backup, when it is whole."""
        line = self.current()
        one = self._found.get(line.key) if line else None
        return one if one is not None and one.good else None


class RestoreDialog(Dialog):
    """Read `chosen` when it was accepted."""

    def __init__(self, desk: Desk, found: Sequence[Backup]) -> None:
        say = desk.words.say
        super().__init__(desk.ask.window, say("restore.title"), width=760)
        self._desk = desk
        self.chosen: Backup | None = None
        self.body.addWidget(label(say("restore.about"), "mute", wrap=True))
        self.list = BackupList(say, found)
        self.list.moved.connect(self._moved)
        self.list.opened.connect(lambda _key: self.use())
        if found:
            self.body.addWidget(self.list, 1)
        if not any(one.good for one in found):
            self.body.addWidget(
                label(say("restore.none_good" if found else "restore.none"), "warn", wrap=True)
            )
        self.body.addStretch()
        self.add_button(say("desk.cancel"), self.reject).setFocus()
        self.use_button = self.add_button(say("restore.use"), self.use, primary=True)
        self._moved()
        if found:
            self.list.setFocus()

    def _moved(self) -> None:
        self.use_button.setEnabled(self.list.marked() is not None)

    def use(self) -> None:
        """Asked once more, because what came after the backup is no longer shown."""
        one = self.list.marked()
        if one is None:
            return
        say = self._desk.words.say
        date, time = when(one)
        text = say("restore.sure", date=date, time=time)
        if self._desk.ask.confirm(
            say("restore.sure_title", date=date), text, say("restore.use"), danger=True
        ):
            self.chosen = one
            self.accept()
