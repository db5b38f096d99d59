"""The keys of ui.md reach the pages through the real window, each of them once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.hide import Hider
from desktop.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, day: QApplication, desk: Desk) -> Iterator[Window]:
    hider = Hider(day, desk.words)
    made = Window(desk, hider)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.go("guide")
    qtbot.waitActive(made)
    yield made
    day.removeEventFilter(hider)
    hider.deleteLater()


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def test_the_hiding_key_works_from_the_first_picture_on(qtbot: QtBot, day: QApplication, desk: Desk) -> None:
    made = Window(desk, Hider(day, desk.words))
    qtbot.addWidget(made)
    made.go("guide")
    qtbot.keyClick(made, Qt.Key.Key_F12)
    assert not made.hider.hidden
    with qtbot.waitSignal(made.usable, timeout=5000):
        made.show()
    qtbot.keyClick(made.bar.search, Qt.Key.Key_F12)
    assert made.hider.hidden
    made.hider.come_back()
    day.removeEventFilter(made.hider)


def test_ctrl_f_twice_finds_in_page_and_esc_closes_it_first(qtbot: QtBot, window: Window) -> None:
    press(qtbot, Qt.Key.Key_F, CTRL)
    press(qtbot, Qt.Key.Key_F, CTRL)
    finder = window.page("guide").finder
    assert finder.isVisible() and finder.box.hasFocus()
    press(qtbot, Qt.Key.Key_Escape)
    assert not finder.isVisible() and window.current == "guide"


def test_ctrl_p_prints_the_page_that_is_open(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    window.go("sheet")
    window.go("guide")
    for name in ("guide", "sheet"):
        out = window.page(name)._out
        monkeypatch.setattr(out, "print_pdf", lambda *_, page=name: printed.append(page))
    press(qtbot, Qt.Key.Key_P, CTRL)
    press(qtbot, Qt.Key.Key_F3)
    press(qtbot, Qt.Key.Key_P, CTRL)
    assert printed == ["guide", "sheet"]


def test_f11_shows_the_person_only_their_words(qtbot: QtBot, window: Window) -> None:
    press(qtbot, Qt.Key.Key_F5)
    press(qtbot, Qt.Key.Key_F11)
    assert not window.rail.isVisible() and not window.bar.isVisible() and not window.foot.isVisible()
    press(qtbot, Qt.Key.Key_Escape)
    assert window.rail.isVisible() and window.current == "speak"


def test_settings_lead_to_the_agency_facts_and_the_role_reaches_the_guide(
    qtbot: QtBot, window: Window, ask: object
) -> None:
    window.page("settings").agency.click()
    assert type(ask.asked[-1]).__name__ == "AgencyDialog"
    window.desk.change_settings(role="ems")
    assert window.page("guide").reader.role_button.shown == "EMS or fire"


def test_a_guidance_link_chooses_a_paper(window: Window) -> None:
    window.page("guide").article.link_pressed.emit("sheet:safety_plan")
    assert window.current == "sheet"
    assert window.desk.handoff.recipe == "safety_plan"
