"""Directory upkeep and Settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.pages.settings import SettingsPage
from desktop.pages.upkeep import UpkeepPage
from desktop.window import Window
from resources import settings
from resources.directory import due
from resources.directory.provider import Phone, Provider


def upkeep(window: Window) -> UpkeepPage:
    window.go("upkeep")
    page = window.page("upkeep")
    assert isinstance(page, UpkeepPage)
    return page


def titles(page: UpkeepPage) -> list[str]:
    return [line.title for line in page.list.rows.lines]


def test_all_providers_are_listed_and_narrowed(window: Window, qtbot: QtBot) -> None:
    page = upkeep(window)
    assert len(titles(page)) == window.desk.directory.count()
    qtbot.keyClicks(page.filter, "pantry")
    assert titles(page)[0] == "Forsyth Community Pantry"
    assert len(titles(page)) < window.desk.directory.count()


def test_the_call_list_leads_with_what_is_due(window: Window, ask: Any, qtbot: QtBot) -> None:
    window.desk.change_settings(training=False)
    window.desk.directory.save(Provider(id="x1", name="New Place", phones=(Phone("p1", "+14065550100"),)))
    window.go("upkeep", "due")
    page = upkeep(window)
    assert "New Place" in titles(page)
    place = titles(page).index("New Place")
    page.list.setCurrentIndex(page.list.rows.index(place))
    ask.answers.append(
        lambda dialog: (
            qtbot.mouseClick(dialog.choices["answered"], Qt.MouseButton.LeftButton),
            qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton),
        )
    )
    qtbot.mouseClick(page.call_button, Qt.MouseButton.LeftButton)
    assert "New Place" not in titles(page)


def test_the_call_list_is_printed_as_it_is_shown(window: Window, ask: Any, monkeypatch: Any) -> None:
    window.desk.change_settings(training=False)
    for n, need in enumerate(("food", "shelter")):
        window.desk.directory.save(Provider(f"x{n}", f"{need.title()} Place", needs=frozenset({need})))
    window.go("upkeep", "due")
    page, printed = upkeep(window), list[bytes]()
    monkeypatch.setattr(page._out, "print_pdf", printed.append)
    page.filter.setText("place")
    assert titles(page) == ["Shelter Place", "Food Place"]
    page.print_button.click()
    with pypdfium2.PdfDocument(printed[0]) as paper:
        text = paper[0].get_textpage().get_text_range()
    assert 0 < text.index("Shelter Place") < text.index("Food Place")
    page.show_tab("list")
    assert page.print_button.isHidden()


def test_enter_edits_the_marked_row(window: Window, ask: Any, qtbot: QtBot) -> None:
    page = upkeep(window)
    marked = page.list.current()
    assert marked is not None
    ask.answers.append(lambda dialog: titles_match(dialog, marked.title))
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert not ask.answers


def titles_match(dialog: Any, name: str) -> None:
    assert dialog.fields["name"].value() == name


def test_retired_entries_have_their_own_list_and_undo_brings_them_back(window: Window, qtbot: QtBot) -> None:
    page = upkeep(window)
    first = page.list.current()
    assert first is not None
    window.desk.directory.retire(first.key)
    window.desk.directory_changed()
    assert first.title not in titles(page)
    qtbot.mouseClick(page.tabs.buttons["retired"], Qt.MouseButton.LeftButton)
    assert titles(page) == [first.title]
    assert page.undo_button.isVisible()
    qtbot.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    assert titles(page) == []
    qtbot.mouseClick(page.tabs.buttons["list"], Qt.MouseButton.LeftButton)
    assert first.title in titles(page)


def test_the_starter_entries_are_nothing_to_undo(window: Window) -> None:
    assert not upkeep(window).undo_button.isVisible()


def test_a_backup_is_made_and_named(window: Window, qtbot: QtBot) -> None:
    page = upkeep(window)
    qtbot.mouseClick(page.backup_button, Qt.MouseButton.LeftButton)
    assert window.toast.text.text().startswith("Backup made and checked: ")


def test_the_directory_is_exported(window: Window, ask: Any, qtbot: QtBot, tmp_path: Path) -> None:
    page = upkeep(window)
    target = tmp_path / "out.csv"
    ask.paths.append(target)
    ask.answers.append(lambda dialog: dialog.save())
    qtbot.mouseClick(page.export_button, Qt.MouseButton.LeftButton)
    assert "Prairie Harbor Shelter" in target.read_text(encoding="utf-8-sig")
    assert "out.csv" in window.toast.text.text()


def test_the_line_model_keeps_the_rules_of_qt(window: Window, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(upkeep(window).list.rows)


def test_settings_hold_at_once_and_are_kept(window: Window, qtbot: QtBot) -> None:
    window.go("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    for segments, code in (
        (page.themes, "night"),
        (page.sizes, "130"),
        (page.roles, "ems"),
        (page.directories, "real"),
    ):
        qtbot.mouseClick(segments.buttons[code], Qt.MouseButton.LeftButton)
    assert (theme.now.name, theme.now.percent) == ("night", 130)
    kept = settings.read(window.desk.data)
    assert (kept.theme, kept.text_size, kept.role, kept.training) == ("night", 130, "ems", False)
    assert page.themes.buttons["night"].isChecked()


def test_the_check_clock_can_be_changed(window: Window, qtbot: QtBot) -> None:
    window.go("settings")
    page: Any = window.page("settings")
    assert page.clocks["urgent_days"].buttons["90"].isChecked()
    assert page.clocks["check_days"].buttons["180"].isChecked()
    try:
        qtbot.mouseClick(page.clocks["urgent_days"].buttons["30"], Qt.MouseButton.LeftButton)
        qtbot.mouseClick(page.clocks["check_days"].buttons["365"], Qt.MouseButton.LeftButton)
        kept = settings.read(window.desk.data)
        assert (kept.urgent_days, kept.check_days) == (30, 365)
        assert (due.rules().by_need["hotline"], due.rules().days) == (30, 365)
    finally:
        window.desk.change_settings(urgent_days=90, check_days=180)


def test_settings_follow_a_key_pressed_elsewhere(window: Window, qtbot: QtBot) -> None:
    window.go("settings")
    page: Any = window.page("settings")
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert page.themes.buttons["dark"].isChecked()
    assert not page.themes.buttons["day"].isChecked()


def test_damaged_settings_fall_back_value_by_value(tmp_path: Path) -> None:
    text = 'theme = "pink"\ntext_size = "big"\ntraining = true\nplace = 7\nsurprise = 1\n'
    (tmp_path / settings.FILE).write_text(text, encoding="utf-8")
    assert settings.read(tmp_path) == settings.Settings(training=True)
    (tmp_path / settings.FILE).write_bytes(b"\xff\x00=")
    assert settings.read(tmp_path) == settings.Settings()


def test_settings_survive_writing_and_reading(tmp_path: Path) -> None:
    chosen = settings.Settings("Coeur d'Alene, ID", "dark", 150, True, True, "detective")
    settings.write(tmp_path, chosen)
    assert settings.read(tmp_path) == chosen
