"""The frame: keys that work everywhere, Hide, display modes, the place, Home."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop import theme
from desktop.dialogs.help import HelpDialog
from desktop.hide import Cover
from desktop.pages.home import HomePage
from desktop.window import Window
from resources import settings

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def covers(window: Window) -> list[Cover]:
    found = {cover for top in QApplication.topLevelWidgets() for cover in top.findChildren(Cover)}
    return [cover for cover in found if cover.isVisible()]


def test_the_search_has_the_cursor_at_the_start(window: Window) -> None:
    assert window.bar.search.hasFocus()


def test_the_title_says_nothing(window: Window, ask: Any) -> None:
    window.help()
    window.choose_place()
    assert {shown.windowTitle() for shown in (window, *ask.shown)} == {"Resources"}


def test_f12_covers_everything_at_once_and_brings_it_back(window: Window, qtbot: QtBot) -> None:
    started = time.process_time()  # a busy machine proves nothing
    qtbot.keyClick(window.bar.search, Qt.Key.Key_F12)
    assert time.process_time() - started < 0.2
    (cover,) = covers(window)
    assert cover.geometry() == window.rect()
    words = " ".join(part.text() for part in cover.findChildren(QLabel))
    assert "Press F12" in words
    qtbot.keyClick(cover, Qt.Key.Key_F12)
    assert not window.hider.hidden
    assert window.bar.search.hasFocus()


def test_f12_reaches_past_a_modal_dialog(window: Window, ask: Any, qtbot: QtBot) -> None:
    def press(dialog: HelpDialog) -> None:
        qtbot.keyClick(dialog, Qt.Key.Key_F12)
        assert len(covers(window)) == 2
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        qtbot.keyClick(dialog, Qt.Key.Key_F12)
        assert not covers(window)

    ask.answers.append(press)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert not ask.answers


def test_keys_do_nothing_while_hidden_and_a_tap_comes_back(window: Window, qtbot: QtBot) -> None:
    window.hider.hide()
    qtbot.keyClicks(covers(window)[0], "shelter")
    qtbot.keyClick(covers(window)[0], Qt.Key.Key_F2)
    assert (window.bar.search.text(), window.current) == ("", "home")
    qtbot.mouseClick(covers(window)[0], Qt.MouseButton.LeftButton)
    assert not window.hider.hidden


def test_a_window_that_opens_while_hidden_is_covered_too(window: Window) -> None:
    window.hider.hide()
    late = HelpDialog(window.desk.words, window)
    late.show()
    assert len(covers(window)) == 2
    window.hider.come_back()
    late.close()


def test_a_dialog_that_ends_while_hidden_does_not_keep_the_screen_hidden(window: Window) -> None:
    """A long print or import closes its own dialog; the cover and the button with the focus die with it."""
    dialog = HelpDialog(window.desk.words, window)
    dialog.show()
    dialog.activateWindow()
    dialog.buttons.itemAt(1).widget().setFocus()
    window.hider.hide()
    delete(dialog)
    window.resize(1200, 700)
    (cover,) = covers(window)
    assert cover.geometry() == window.rect()
    window.hider.come_back()
    assert not covers(window)


def test_f9_goes_round_the_display_modes_and_keeps_the_last(window: Window, qtbot: QtBot) -> None:
    seen = []
    for _ in range(3):
        qtbot.keyClick(window.bar.search, Qt.Key.Key_F9)
        seen.append(theme.now.name)
    assert seen == ["dark", "night", "day"]
    qtbot.keyClick(window.bar.search, Qt.Key.Key_F9)
    assert settings.read(window.desk.data).theme == "dark"


def test_text_grows_and_shrinks_by_key(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Plus, CTRL)
    assert theme.now.percent == 115
    qtbot.keyClick(window.bar.search, Qt.Key.Key_0, CTRL)
    assert theme.now.percent == 100


@pytest.mark.parametrize("key", ["/", "ctrl+f"])
def test_slash_and_ctrl_f_go_to_the_search(window: Window, qtbot: QtBot, key: str) -> None:
    window.go("upkeep")
    page: Any = window.page("upkeep")
    page.list.setFocus()
    if key == "/":
        qtbot.keyClick(page.list, Qt.Key.Key_Slash)
    else:
        qtbot.keyClick(page.list, Qt.Key.Key_F, CTRL)
    assert window.bar.search.hasFocus()
    assert window.bar.search.text() == ""


def test_a_slash_in_the_search_is_a_letter(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.bar.search, "a/b")
    assert window.bar.search.text() == "a/b"


def test_keys_and_rail_show_pages(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.bar.search, Qt.Key.Key_F2)
    assert window.current == "find"
    qtbot.keyClick(window, Qt.Key.Key_Home, ALT)
    assert window.current == "home"
    qtbot.mouseClick(window.rail.buttons["settings"], Qt.MouseButton.LeftButton)
    assert window.current == "settings"
    assert window.rail.buttons["settings"].isChecked()
    assert not window.rail.buttons["home"].isChecked()


def test_esc_leads_from_upkeep_over_settings_home(window: Window, qtbot: QtBot) -> None:
    window.go("upkeep")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.current == "settings"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.current == "home"


def test_training_is_always_marked(window: Window, qtbot: QtBot) -> None:
    assert window.foot.training.isVisible()
    window.desk.change_settings(training=False)
    assert not window.foot.training.isVisible()


def test_changing_the_directory_empties_the_handoff(window: Window) -> None:
    first = window.desk.directory.all()[0]
    window.desk.add_provider(first.id)
    window.desk.change_settings(training=False)
    assert window.desk.handoff.providers == ()
    assert not window.desk.undo_stack.canUndo()
    assert not any(p.training for p in window.desk.directory.all())


def home(window: Window) -> HomePage:
    page = window.page("home")
    assert isinstance(page, HomePage)
    QApplication.processEvents()
    return page


def texts(window: Window) -> str:
    return " ".join(part.text() for part in home(window).findChildren(QLabel) if part.isVisible())


def test_right_now_leads_to_beds_that_are_open_tonight(window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(home(window).chips["bed"], Qt.MouseButton.LeftButton)
    page: Any = window.page("find")
    assert window.current == "find"
    assert page.query.needs == ("shelter",)
    assert page.query.open_tonight
    assert page.chips["shelter"].isChecked()
    assert page.list.rows.rows


def test_home_shows_what_is_still_open_and_resumes_it(window: Window, qtbot: QtBot) -> None:
    assert "Nothing is saved" in texts(window)
    provider = window.desk.directory.all()[0]
    window.desk.add_provider(provider.id)
    window.desk.note_opened(provider.id, provider.name)
    window.go("home")
    home(window)
    said = texts(window)
    assert "Handoff sheet with 1 provider" in said
    assert provider.name in said
    gone: list[str] = []
    window.desk.went_to.disconnect(window.go)
    window.desk.went_to.connect(lambda page, _argument: gone.append(page))
    resume = [b for b in home(window).findChildren(type(window.bar.place)) if b.shown == "Resume"]
    qtbot.mouseClick(resume[0], Qt.MouseButton.LeftButton)
    assert gone == ["sheet"]


def test_an_empty_directory_offers_import_and_training(window: Window, qtbot: QtBot) -> None:
    window.desk.change_settings(training=False)
    window.go("home")
    assert home(window).empty.isVisible()
    said = texts(window)
    assert "only the national lines" in said
    training = [b for b in home(window).empty.findChildren(type(window.bar.place)) if "training" in b.shown]
    qtbot.mouseClick(training[0], Qt.MouseButton.LeftButton)
    assert window.desk.settings.training
    QApplication.processEvents()
    assert not home(window).empty.isVisible()


def test_a_bar_without_room_keeps_names_for_screen_readers(window: Window) -> None:
    window.resize(1024, 680)
    assert (window.bar.mode.shown, window.bar.hide_button.shown) == ("", "")
    assert window.bar.place.shown == "Rosebud"
    assert window.bar.mode.accessibleName() == "Change display to Dark"
    assert window.bar.hide_button.accessibleName() == "Hide the screen"


def test_full_screen_removes_every_other_control(window: Window, qtbot: QtBot) -> None:
    window.desk.solo(True)
    assert not any(part.isVisible() for part in (window.rail, window.bar, window.foot))
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.rail.isVisible()


def test_the_emergency_numbers_stay_whole_on_the_smallest_window(window: Window) -> None:
    window.resize(880, 520)
    QApplication.processEvents()
    shown = [part.text() for part in window.foot.findChildren(QLabel) if part.isVisible()]
    assert "Danger now: 911     National hotline 1-888-373-7888, text 233733" in shown


def test_a_directory_without_own_entries_says_so_once(window: Window, qtbot: QtBot) -> None:
    window.desk.change_settings(training=False)
    page = window.page("home")
    assert isinstance(page, HomePage)
    qtbot.waitUntil(page.empty.isVisible)
    assert not any("Directory:" in part.text() for part in page.findChildren(QLabel) if part.isVisible())
