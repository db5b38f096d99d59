"""Going back to a backup from the window, the history of an entry, and a start over a damaged file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop import app as apps
from desktop.dialogs.damaged import DamagedDialog
from desktop.dialogs.history import HistoryDialog
from desktop.dialogs.restore import RestoreDialog, restore_backup
from desktop.window import Window
from resources.directory import restoring
from tests.desktop.conftest import FakeAsk
from tests.desktop.frame.audit import audit, dead
from tests.desktop.upkeep.conftest import provider


def spoil(path: Path) -> None:
    """Flip bytes in the middle of every page of the file."""
    data = bytearray(path.read_bytes())
    for at in range(2000, len(data), 4096):
        data[at] ^= 0xFF
    path.write_bytes(bytes(data))


@pytest.fixture
def backed_up(window: Window) -> Window:
    """One backup with the entry made-001, then made-002 came."""
    directory = window.desk.directory
    directory.apply([provider(1)], label="first")
    directory.backup()
    directory.apply([provider(2)], label="second")
    return window


def ids(window: Window) -> set[str]:
    return {one.id for one in window.desk.directory.all() if one.id.startswith("made")}


def test_a_backup_is_restored_and_the_present_file_is_put_aside(backed_up: Window, ask: FakeAsk) -> None:
    def choose(dialog: Any) -> None:
        assert isinstance(dialog, RestoreDialog)
        dialog.use_button.click()

    folder = backed_up.desk.directory_folder
    backed_up.desk.add_provider("made-001")
    ask.answers.append(choose)
    restore_backup(backed_up.desk)
    assert ask.problems == []
    assert ids(backed_up) == {"made-001"}
    assert list(folder.glob("directory-aside-*.db"))
    assert backed_up.desk.handoff.providers == () and not backed_up.desk.undo_stack.canUndo()


def test_pages_that_show_providers_do_not_keep_the_old_file_open(backed_up: Window, ask: FakeAsk) -> None:
    for page in ("home", "sheet", "upkeep", "entries", "find"):
        backed_up.go(page)
    backed_up.go("find", {"provider": "made-002"})
    backed_up.desk.add_provider("made-002")
    QApplication.processEvents()
    ask.answers.append(lambda dialog: dialog.use_button.click())
    restore_backup(backed_up.desk)
    assert ids(backed_up) == {"made-001"}
    folder = backed_up.desk.directory_folder
    assert not list(folder.glob("directory-aside-*-wal")) and not list(folder.glob("directory-aside-*-shm"))


def test_damaged_backups_are_shown_as_such_and_cannot_be_chosen(backed_up: Window) -> None:
    desk = backed_up.desk
    spoil(desk.directory.backup())
    found = restoring.listed(desk.directory_folder)
    assert [one.good for one in found][:2] == [False, True]
    dialog = RestoreDialog(desk, found)
    first = dialog.list.rows.lines[0]
    assert first.state == "Damaged, cannot be used"
    assert dialog.list.marked() == found[1]  # the newest good one is marked
    assert "Newest good" in dialog.list.rows.lines[1].about
    dialog.list.setCurrentIndex(dialog.list.rows.index(0))
    assert not dialog.use_button.isEnabled()
    dialog.use()
    assert dialog.chosen is None


def test_without_a_backup_it_says_so(window: Window) -> None:
    dialog = RestoreDialog(window.desk, [])
    assert not dialog.use_button.isEnabled()
    assert any("no backup yet" in part.text() for part in dialog.findChildren(QLabel))


def damaged_start(window: Window, with_backup: bool) -> Path:
    desk = window.desk
    folder = desk.directory_folder
    if not with_backup:
        for path in (folder / "backups").glob("*"):
            path.unlink()
    desk.close_directory()
    if not with_backup:
        for path in (folder / "backups").glob("*"):
            path.unlink()
    spoil(folder / "directory.db")
    return folder


def test_a_start_over_a_damaged_file_offers_the_backups_and_restores(backed_up: Window, ask: FakeAsk) -> None:
    folder = damaged_start(backed_up, with_backup=True)
    before = (folder / "directory.db").read_bytes()
    said: list[str] = []

    def choose(dialog: Any) -> None:
        assert isinstance(dialog, DamagedDialog)
        said.extend(part.text() for part in dialog.findChildren(QLabel))
        assert audit(dialog) == [] and dead(dialog) == []
        dialog.use_button.click()

    ask.answers.append(choose)
    assert apps.directory_opens(backed_up)
    assert any("could show a wrong number" in text for text in said)
    assert ids(backed_up) >= {"made-001"}
    (aside,) = folder.glob("directory-aside-*.db")
    assert aside.read_bytes() == before  # kept as it was


def test_a_start_without_any_backup_says_whom_to_ask_and_offers_training(
    window: Window, ask: FakeAsk
) -> None:
    window.desk.settings = window.desk.settings.changed(training=False)
    window.desk.switch_directory()
    assert window.desk.directory.count()
    damaged_start(window, with_backup=False)

    def choose(dialog: Any) -> None:
        assert not dialog.use_button.isVisible()
        assert any("no backup on this laptop" in part.text() for part in dialog.findChildren(QLabel))
        dialog.training_button.click()

    ask.answers.append(choose)
    assert apps.directory_opens(window)
    assert window.desk.settings.training and window.desk.directory.count()


def test_leaving_is_always_possible_and_changes_nothing(backed_up: Window, ask: FakeAsk) -> None:
    folder = damaged_start(backed_up, with_backup=True)
    before = (folder / "directory.db").read_bytes()
    ask.answers.append(lambda dialog: dialog.leave_button.click())
    assert not apps.directory_opens(backed_up)
    assert (folder / "directory.db").read_bytes() == before
    assert not list(folder.glob("directory-aside-*"))


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (
            lambda folder: (folder / "directory.db").write_bytes(b"SQLite format 3\0" + bytes(4096)),
            "not encrypted",
        ),
        (lambda folder: [one.unlink() for one in folder.glob("device.key*")], "key"),
    ],
)
def test_other_reasons_are_explained_and_nothing_is_offered_that_would_not_help(
    window: Window, ask: FakeAsk, break_it: Callable[[Path], object], says: str
) -> None:
    window.desk.close_directory()
    break_it(window.desk.directory_folder)
    said: list[str] = []

    def leave(dialog: Any) -> None:
        said.extend(part.text() for part in dialog.findChildren(QLabel))
        assert not dialog.use_button.isVisible()
        dialog.leave_button.click()

    ask.answers.append(leave)
    assert not apps.directory_opens(window)
    assert any(says in text for text in said)


def test_the_history_says_who_changed_what_newest_first(window: Window, ask: FakeAsk) -> None:
    directory = window.desk.directory
    directory.save(provider(1))
    directory.save(provider(1, cost="free"))
    directory.record_check("made-001", "answered", by="KL")
    dialog = HistoryDialog(window.desk, "made-001")
    dialog.show_centered()
    dialog.show()
    QApplication.processEvents()
    texts = [part.text() for part in dialog.findChildren(QLabel)]
    heads = [text for text in texts if "  ·  " in text]
    assert "Check call" in heads[0] and len(heads) == 3
    assert any(text == "Cost: free" for text in texts)
    assert any("answered KL" in text for text in texts)
    assert audit(dialog) == []
