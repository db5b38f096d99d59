"""The agency's own facts: written once, heard in the guidance at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.dialogs.agency import AgencyDialog
from desktop.pages.guide import GuidePage
from reports import logo
from resources.guidance.agency import LONGEST, Agency, save


def test_what_is_saved_stands_in_the_guidance(qtbot: QtBot, desk: Desk, said: list[str]) -> None:
    page = GuidePage(desk)
    qtbot.addWidget(page)
    page.show_argument("first-ten-minutes")
    dialog = AgencyDialog(desk)
    qtbot.addWidget(dialog)
    dialog.boxes["advocate"].setPlainText("Harbor advocates, <b>day</b> and night: 555-0142")
    dialog.save_button.click()
    assert "Harbor advocates, <b>day</b> and night: 555-0142" in page.article.toPlainText()
    assert Agency.load(desk.data).filled("advocate").startswith("Harbor advocates")
    assert said and dialog.result() == dialog.DialogCode.Accepted


def test_a_fact_that_is_too_long_is_not_saved(qtbot: QtBot, desk: Desk) -> None:
    dialog = AgencyDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.boxes["supervisor"].setPlainText("x" * (LONGEST + 1))
    dialog.save_button.click()
    assert dialog._problem.isVisible() and "supervisor" in dialog._problem.text()
    assert not (desk.data / "agency.toml").exists()


def test_a_disk_that_refuses_keeps_the_dialog_open(
    qtbot: QtBot, desk: Desk, ask: object, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("not a folder")
    dialog = AgencyDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.save_button.click()
    assert len(ask.told) == 1
    assert dialog.isVisible()


def test_each_slot_says_where_it_is_shown(desk: Desk, qtbot: QtBot) -> None:
    dialog = AgencyDialog(desk)
    qtbot.addWidget(dialog)
    assert "First ten minutes" in dialog._where("advocate")


def test_a_fact_that_is_still_right_is_confirmed_with_a_tick(qtbot: QtBot, desk: Desk) -> None:
    save(desk.data, {"advocate": "Ana", "supervisor": "Ray"}, date(2026, 1, 5))
    dialog = AgencyDialog(desk)
    qtbot.addWidget(dialog)
    assert set(dialog.confirmed) == {"advocate", "supervisor"}
    dialog.confirmed["advocate"].setChecked(True)
    dialog.save_button.click()
    days = Agency.load(desk.data).checked
    assert days["advocate"] == desk.today() and days["supervisor"] == date(2026, 1, 5)


def test_a_logo_is_chosen_and_removed_at_once(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "seal.png"
    Image.new("L", (40, 20)).save(picture)
    dialog = AgencyDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    monkeypatch.setattr(desk.ask, "open_path", lambda *_: picture)
    dialog.logo_choose.click()
    assert logo.kept(desk.data) is not None
    assert dialog.logo_remove.isVisible()
    dialog.logo_remove.click()
    assert logo.kept(desk.data) is None and not dialog.logo_remove.isVisible()


def test_a_logo_that_is_no_picture_is_explained(
    qtbot: QtBot, desk: Desk, ask: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "logo.png"
    wrong.write_text("<svg/>")
    dialog = AgencyDialog(desk)
    qtbot.addWidget(dialog)
    monkeypatch.setattr(desk.ask, "open_path", lambda *_: wrong)
    dialog.choose_logo()
    assert len(ask.told) == 1 and "not a PNG or JPEG" in ask.told[0]
    assert not (desk.data / logo.FILE).exists()
