"""A handoff leaves nothing on the disk: not in the data folder, not in a temporary file (R1, R12)."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.pages.guide import GuidePage
from desktop.pages.sheet import SheetPage
from desktop.pages.speak import SpeakPage
from resources.directory.provider import Provider

CANARY = "ZANZIBARCANARY"


def traces(folder: Path) -> list[str]:
    """Files that hold the canary in plain text, in UTF-8 or UTF-16."""
    wanted = [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.lower().encode()]
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(one in path.read_bytes() for one in wanted)
    ]


def test_a_real_directory_never_hears_of_a_handoff(
    qtbot: QtBot, day: QApplication, ask: object, tmp_path: Path
) -> None:
    desk = Desk(tmp_path / "data")
    desk.settings = desk.settings.changed(training=True)
    desk.ask = ask
    before = desk.directory.content_hash()
    page = SheetPage(desk)
    qtbot.addWidget(page)
    page.resize(1274, 649)
    page.show()
    chosen = next(one for one in desk.directory.all() if one.training)
    desk.add_provider(chosen.id)
    page.form.choices.choose_recipe("full_page")
    page.form.note.setText(CANARY)
    page.form.take_typed()
    assert CANARY in page.right.preview.text
    page.clear()
    assert desk.directory.content_hash() == before
    assert [line for line in desk.directory.history(chosen.id) if CANARY in str(line)] == []
    desk.close()
    assert traces(tmp_path) == []


def test_typing_printing_and_clearing_leave_nothing(
    qtbot: QtBot, desk: Desk, providers: list[Provider], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "home"))
    page = SheetPage(desk)
    qtbot.addWidget(page)
    page.show()
    for provider in providers[:3]:
        desk.add_provider(provider.id)
    page.form.choices.choose_recipe("full_page")
    page.form.note.setText(CANARY)
    page.form.take_typed()
    assert CANARY in page.right.preview.text
    page.form.choices.choose_recipe("release")
    page.form.questions._write["release_recipient"](CANARY)
    page.form.take_typed()
    page.form.choices.choose_recipe("wallet_card")
    page.form.choices.choose_no_paper(True)
    page.clear()
    for kind in (GuidePage, SpeakPage):
        other = kind(desk)
        qtbot.addWidget(other)
        other.opened()
    assert traces(tmp_path) == []
    assert CANARY not in (QApplication.clipboard().text() or "")
    assert CANARY not in page.right.preview.text + page.right.aloud.text + page.form.note.text()
