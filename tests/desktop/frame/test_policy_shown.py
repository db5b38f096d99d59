"""What the agency's policy fixed is shown as fixed in the window; keys and menus do not go round it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import app as apps
from desktop.commands.main import main
from desktop.dialogs.first_run import FirstRun
from desktop.window import Window
from resources import policy

TEXT = 'county = "Custer County, MT"\nroles = ["detective"]\naccess = "reader"\n[retention]\nbackups = 3\n'


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        file = tmp_path / "policy.toml"
        file.write_text(text, encoding="utf-8")
        monkeypatch.setattr(policy, "path", lambda: file)
        monkeypatch.setattr(policy, "only_administrators_write", lambda path: True)
        policy._cached.cache_clear()
        return file

    return write


@pytest.fixture
def under_policy(put: Callable[[str], Path], request: pytest.FixtureRequest) -> Window:
    """The window, started with the policy in force."""
    put(TEXT)
    window: Window = request.getfixturevalue("window")
    return window


def texts(widget: Any) -> str:
    return "\n".join(made.text() for made in widget.policy)


def test_settings_show_what_is_fixed_and_do_not_offer_it(under_policy: Window) -> None:
    window = under_policy
    window.go("settings")
    page: Any = window.page("settings")
    for said in ("policy.toml", "Custer County, MT", "read here, not edited", "newest 3 backups"):
        assert said in texts(page)
    assert not page.place_button.isEnabled() and not page.roles.isEnabled()
    assert list(page.roles.buttons) == ["detective"] and page.roles.buttons["detective"].isChecked()
    assert page.themes.isEnabled()
    assert window.bar.place.shown == "Custer Co., MT"


def test_the_place_button_says_why_it_does_nothing(under_policy: Window, ask: Any) -> None:
    under_policy.choose_place()
    assert ask.shown == [] and "policy" in under_policy.toast.text.text()
    under_policy.desk.change_settings(place="Forsyth, MT", role="ems")
    assert (under_policy.desk.settings.place, under_policy.desk.settings.role) == (
        "Custer County, MT",
        "detective",
    )


def test_the_first_steps_leave_out_what_is_fixed(under_policy: Window) -> None:
    steps = FirstRun(under_policy.desk, under_policy)
    steps.show()
    QApplication.processEvents()
    assert steps.pages.currentIndex() == 1 and steps.back_button.isHidden()
    assert "1" in steps.step_label.text() and "2" in steps.step_label.text()
    steps.reject()
    assert under_policy.desk.settings.place == "Custer County, MT"


def test_the_guide_offers_the_roles_of_the_policy(under_policy: Window) -> None:
    under_policy.go("guide", "first-ten-minutes")
    reader = under_policy.page("guide").reader  # type: ignore[attr-defined]
    assert list(reader.actions_by_role) == ["detective"] and reader.role == "detective"


def test_a_reader_finds_no_button_to_edit(under_policy: Window) -> None:
    under_policy.desk.change_settings(training=False)
    under_policy.go("upkeep")
    page: Any = under_policy.page("upkeep")
    assert page.import_button.isHidden() and page.add_button.isHidden() and page._row_acts.isHidden()
    assert "not edited" in page.about.text()


def test_a_wrong_line_is_said_at_start_and_in_settings(
    put: Callable[[str], Path], request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    put('county = "Nowhere"\n')
    window: Window = request.getfixturevalue("window")
    apps._open(window, apps.Options())
    assert "mistake" in window.toast.text.text()
    window.go("settings")
    assert "line 1" in texts(window.page("settings")) and "Nowhere" in texts(window.page("settings"))
    assert window.page("settings").place_button.isEnabled()  # type: ignore[attr-defined]


def test_the_command_line_shows_and_checks_policies(
    put: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(TEXT)
    assert main(["policy"]) == 0
    assert "Custer County, MT" in capsys.readouterr().out
    wrong = tmp_path / "next.toml"
    wrong.write_text("\nroles = 5\n")
    assert main(["policy", str(wrong)]) == 1
    assert "next.toml, line 2: roles" in capsys.readouterr().out
    assert main(["--data", str(tmp_path / "d"), "import", "x.csv"]) == 1
