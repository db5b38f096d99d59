"""Everybody can use it: names, targets, contrast, nothing cut or dead, plain text, red only at night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.dialogs.check_call import CheckCall
from desktop.dialogs.export import ExportDialog
from desktop.dialogs.first_run import FirstRun
from desktop.dialogs.help import HelpDialog
from desktop.dialogs.import_review import ImportReview
from desktop.dialogs.phrases import Phrases
from desktop.dialogs.place import PlaceDialog
from desktop.dialogs.provider_edit import ProviderEdit
from desktop.window import Window
from resources.guidance import ispeak
from tests.desktop.frame.audit import audit, audit_theme, bluest, dead

PAGES = ("home", "find", "upkeep", "settings")
DIALOGS: dict[str, Callable[[Window], QWidget]] = {
    "place": lambda w: PlaceDialog(w.desk, w),
    "first": lambda w: FirstRun(w.desk, w),
    "phrases": lambda w: Phrases(w.desk.words, w, "Spanish", ispeak.phrases("es"), 0),
    "help": lambda w: HelpDialog(w.desk.words, w),
    "call": lambda w: CheckCall(w.desk.words, w.desk.directory.all()[0], w),
    "edit": lambda w: ProviderEdit(w.desk, w.desk.directory.all()[0]),
    "export": lambda w: ExportDialog(w.desk),
    "import": lambda w: ImportReview(w.desk),
}
SCREENS = [((1366, 689), 100), ((1024, 680), 100), ((1024, 680), 150), ((880, 520), 150)]
PAYLOAD = '<b>bold</b><img src="file:///x.png">&amp;'


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("name", theme.THEMES)
def test_tokens_can_be_read(name: str) -> None:
    assert audit_theme(theme.THEMES[name]) == []


def test_night_tokens_hold_no_blue() -> None:
    assert max(QColor(color).blue() for color in theme.THEMES["night"].values()) <= 0x60


@pytest.mark.parametrize(("size", "percent"), SCREENS)
def test_pages_can_be_used_by_everybody(window: Window, size: tuple[int, int], percent: int) -> None:
    window.desk.change_settings(text_size=percent)
    window.resize(*size)
    for name in PAGES:
        window.go(name)
        settle()
        assert (name, audit(window), dead(window)) == (name, [], [])


def test_filters_and_no_match_can_be_used_by_everybody(window: Window, qtbot: QtBot) -> None:
    window.resize(1024, 680)
    window.go("find")
    page: Any = window.page("find")
    qtbot.mouseClick(page.more, Qt.MouseButton.LeftButton)
    settle()
    assert (audit(window), dead(window)) == ([], [])
    window.bar.search.setText("helicopter")
    settle()
    assert (audit(window), dead(window)) == ([], [])


def test_wider_words_of_a_card_wrap_instead_of_being_cut(window: Window) -> None:
    """Other fonts and languages are wider; Windows' own was by seven pixels."""
    window.resize(1024, 680)
    window.go("find")
    page: Any = window.page("find")
    for words in ("I called them", "I called them and they answered", "I called"):
        page.card._called.say(words)
        settle()
        assert (words, audit(window)) == (words, [])


@pytest.mark.parametrize("name", DIALOGS)
def test_dialogs_can_be_used_by_everybody(window: Window, qtbot: QtBot, name: str) -> None:
    for percent in (100, 150):
        window.desk.change_settings(text_size=percent)
        dialog: Any = DIALOGS[name](window)
        qtbot.addWidget(dialog)
        dialog.show_centered()
        dialog.show()
        settle()
        assert (percent, audit(dialog), dead(dialog)) == (percent, [], [])
        dialog.close()


def test_night_red_shows_no_blue_anywhere(window: Window) -> None:
    window.desk.change_settings(theme="night")
    window.desk.say("Saved", undo=False)
    for name in PAGES:
        window.go(name)
        settle()
        assert (name, bluest(window.grab().toImage())) <= (name, 0x60)
    window.hider.hide()
    settle()
    assert bluest(window.grab().toImage()) <= 0x60
    window.hider.come_back()


def test_text_from_a_list_is_shown_as_it_is(window: Window, qtbot: QtBot) -> None:
    """R7: a name with markup stays text, and loads nothing."""
    first = window.desk.directory.all()[0]
    texts = dict.fromkeys(("name", "organization", "alert", "description", "how_to_reach"), PAYLOAD)
    window.desk.directory.save(replace(first, **texts))
    window.desk.directory_changed()
    window.go("find", {"provider": first.id})
    page: Any = window.page("find")
    assert page.card.provider.name == PAYLOAD
    window.desk.say(PAYLOAD)
    window.desk.note_opened(first.id, PAYLOAD)
    window.go("home")
    settle()
    assert audit(window) == []


def test_focus_can_be_seen_in_every_display_mode(window: Window) -> None:
    window.go("upkeep")
    page: Any = window.page("upkeep")
    for name in theme.THEMES:
        window.desk.change_settings(theme=name)
        pictures = []
        for target in (page.filter, page.import_button):
            target.setFocus()
            settle()
            pictures.append(page.import_button.grab().toImage().convertToFormat(QImage.Format.Format_RGB32))
        without, with_focus = pictures
        spots = [(x, y) for x in range(without.width()) for y in range(without.height())]
        changed = sum(without.pixelColor(x, y) != with_focus.pixelColor(x, y) for x, y in spots)
        assert changed > 2 * (without.width() + without.height()), name


def test_mirrored_screens_keep_everything_in_place(window: Window) -> None:
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        for name in PAGES:
            window.go(name)
            settle()
            assert (name, audit(window)) == (name, [])
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
