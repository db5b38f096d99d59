"""When an accident spoilt the log with the newest changes, the window and the command line say so
(threat model test 49)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop import app as apps
from desktop.commands.main import main
from resources.directory.provider import Provider
from resources.home import open_directory
from tests.desktop.conftest import FakeAsk


@pytest.fixture
def spoilt(data: Path, tmp_path: Path) -> Path:
    """A data folder whose newest change lies in a damaged log."""
    folder = tmp_path / "spoilt"
    with open_directory(data, training=True) as directory:
        directory.save(Provider("new", "Newest House"))
        shutil.copytree(data, folder, ignore=shutil.ignore_patterns("*-shm"))
    log = next(folder.glob("*/directory.db-wal"))
    whole = bytearray(log.read_bytes())
    whole[-9] ^= 1
    log.write_bytes(whole)
    return folder


def test_the_window_says_that_the_newest_changes_are_lost(qtbot: QtBot, spoilt: Path) -> None:
    window = apps.build(apps.application(), spoilt)
    qtbot.addWidget(window)
    window.desk.ask = ask = FakeAsk(window)
    assert window.desk.directory.many(["new"]) == []
    qtbot.waitUntil(lambda: ask.problems == ["store.changes_lost"])
    assert ask.problem_title == "desk.lost_title"
    window.desk.close()


def test_the_command_line_says_that_the_newest_changes_are_lost(
    spoilt: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for said in (True, False):
        assert main(["find", "newest house", "--training", "--data", str(spoilt)]) == 0
        heard = capsys.readouterr()
        assert ("enter it again" in heard.err) == said and "Newest House" not in heard.out
