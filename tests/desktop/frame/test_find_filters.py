"""The filters of Find, what is offered when nothing matches, and numbers that nobody has called for long."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.dialogs.place import CountyDialog
from desktop.widgets import naming
from desktop.widgets.basics import Button
from desktop.window import Window
from resources.directory import due
from resources.words import load
from tests.desktop.conftest import FakeAsk
from tests.desktop.frame.test_find import find, names


def test_no_match_shows_who_is_there_without_the_filters_from_the_county_outwards(
    window: Window, qtbot: QtBot
) -> None:
    window.go("find", {"need": "shelter", "accepts": "men,minors,pets", "open": "tonight"})
    page = find(window)
    assert page.no_match.isVisible()
    said = " ".join(part.text() for part in page.no_match.findChildren(QLabel))
    assert "Without the filters: " in said
    rings = [
        where for where in ("In this county: ", "Close by: ", "Elsewhere in the state: ") if where in said
    ]
    assert rings and [said.index(where) for where in rings] == sorted(said.index(where) for where in rings)
    assert names(page)[0] == "Prairie Harbor Shelter"
    bare = next(made for made in page.no_match.findChildren(Button) if "without the filters" in made.shown)
    qtbot.mouseClick(bare, Qt.MouseButton.LeftButton)
    assert not page.no_match.isVisible()
    assert page.query.needs == ("shelter",) and page.query.accepts == () and not page.query.open_tonight


def test_a_county_of_the_working_place_is_one_press_away(window: Window, qtbot: QtBot) -> None:
    window.go("find")
    page = find(window)
    everybody = names(page)
    qtbot.mouseClick(page.more, Qt.MouseButton.LeftButton)
    chip = next(made for made, _ in page.filters._toggles if made.shown == "Rosebud County, MT")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert page.query.county == "30087"
    assert "Prairie Harbor Shelter" in names(page) and len(names(page)) < len(everybody)
    assert page.more.shown == "More filters (1 on)"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert page.query.county == "" and names(page) == everybody


def test_the_count_of_filters_is_never_cut_and_every_kind_can_be_reached(window: Window) -> None:
    window.resize(1024, 680)
    window.go("find", {"need": "shelter", "accepts": "men,women,minors", "open": "tonight"})
    page = find(window)
    QApplication.processEvents()
    assert page.more.shown == "More filters (4 on)" and page.more.width() >= page.more.sizeHint().width()
    page._show_filters()
    in_panel = {made.shown for made, _ in page.filters._toggles}
    assert {chip.shown for chip in page.chips.values()} <= in_panel


def test_another_county_is_chosen_by_name(window: Window, qtbot: QtBot, ask: FakeAsk) -> None:
    window.go("find", {"need": "legal"})
    page = find(window)
    page._show_filters()

    def choose(dialog: CountyDialog) -> None:
        qtbot.keyClicks(dialog.field.box, "custer county, mt")
        dialog.use.click()

    ask.answers.append(choose)
    other = next(made for made in page.filters.findChildren(Button) if made.shown == "Another county…")
    other.click()
    QApplication.processEvents()
    assert page.query.county == "30017"
    chip = next(made for made, _ in page.filters._toggles if made.shown == "Custer County, MT")
    assert chip.isChecked() and window.focusWidget() is page.filters.done
    ask.answers.append(lambda dialog: dialog.reject())
    page.filters._other_county()
    assert page.query.county == "30017"


def test_a_number_is_marked_once_the_clock_of_its_kind_ran_out() -> None:
    words, today = load("en"), date(2026, 11, 25)
    for needs, days, icon in (("shelter",), 89, "ok"), (("shelter",), 90, "warn"), (("legal",), 90, "ok"):
        said = naming.check_state(words, needs, today - timedelta(days), "answered", today)
        assert said[0] == icon
    assert naming.check_state(words, (), today - timedelta(181), "no-answer", today)[0] == "warn"
    assert naming.check_state(words, (), today + timedelta(30), "answered", today)[0] == "warn"
    due.keep_to(20, 30)
    try:
        said = naming.check_state(words, ("legal",), today - timedelta(31), "answered", today)
        assert said == ("warn", "warn", "Not checked for 31 days")
    finally:
        due.keep_to(due.URGENT_DAYS, due.CHECK_DAYS)
