"""Practice scenes: reached from the Guide, driven by the keyboard, always badged, nothing kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.window import Window
from resources.guidance import practice


def shown(page: Any) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def files(data: Path) -> set[str]:
    return {str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()}


def test_the_guide_leads_to_the_scenes(window: Window, qtbot: QtBot) -> None:
    window.go("guide")
    qtbot.mouseClick(window.page("guide").contents.practice, Qt.MouseButton.LeftButton)
    assert window.current == "practice"


def test_a_number_opens_a_scene_and_another_shows_where_it_leads(window: Window, qtbot: QtBot) -> None:
    window.go("practice")
    page = window.page("practice")
    scenario = practice.scenarios()[0]
    qtbot.keyClick(page, Qt.Key.Key_1)
    scene = page.run.scene
    assert scene.text.split(".")[0] in shown(page)
    qtbot.keyClick(page, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: scene.choices[0].result.split(".")[0] in shown(page), timeout=2000)
    assert scenario.title in shown(page)


def test_the_badge_stays_and_nothing_is_kept(window: Window, qtbot: QtBot, data: Path) -> None:
    window.go("practice")
    page = window.page("practice")
    before = files(data)
    for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_1):
        assert "PRACTICE" in shown(page)
        qtbot.keyClick(page, key)
    assert files(data) == before


def test_escape_steps_back_to_the_list_and_then_to_the_guide(window: Window, qtbot: QtBot) -> None:
    window.go("practice")
    qtbot.keyClick(window.page("practice"), Qt.Key.Key_1)
    window.back()
    assert window.current == "practice"
    window.back()
    assert window.current == "guide"
