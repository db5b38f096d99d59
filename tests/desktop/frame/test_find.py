"""Find, driven by key and click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.dialogs.check_call import CheckCall
from desktop.pages.find import FindPage
from desktop.widgets.basics import Button
from desktop.window import Window
from resources.directory import spelling
from tests.desktop.conftest import FakeAsk


def find(window: Window) -> FindPage:
    page = window.page("find")
    assert isinstance(page, FindPage)
    return page


def texts(page: FindPage) -> str:
    QApplication.processEvents()
    return " ".join(part.text() for part in page.card.findChildren(QLabel) if part.isVisible())


def names(page: FindPage) -> list[str]:
    return [found.name for found in page.list.rows.rows]


def test_a_number_is_on_screen_after_typing_two_letters(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.bar.search, Qt.Key.Key_S)
    assert window.current == "home"
    qtbot.keyClick(window.bar.search, Qt.Key.Key_H)
    assert window.current == "find"
    qtbot.keyClicks(window.bar.search, "elter")
    assert names(find(window))[0] == "Prairie Harbor Shelter"
    assert "(406) 555-0142" in texts(find(window))
    assert window.bar.search.hasFocus()


def test_down_enters_the_list_and_enter_opens_the_row(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.bar.search, "shelter")
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Down)
    page = find(window)
    assert page.list.hasFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.card.add_button is not None
    assert page.card.add_button.hasFocus()
    qtbot.keyClick(page.card.add_button, Qt.Key.Key_Space)
    assert [p.name for p in window.desk.handoff.providers] == ["Prairie Harbor Shelter"]


def test_enter_presses_what_has_the_focus_and_a_key_held_down_presses_once(
    window: Window, qtbot: QtBot, ask: FakeAsk
) -> None:
    qtbot.keyClicks(window.bar.search, "shelter")
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Down)
    page = find(window)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.card.add_button is not None
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", autorep=True
    )
    QApplication.sendEvent(page.card.add_button, held)
    assert window.desk.handoff.providers == ()
    qtbot.keyClick(page.card.add_button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert [one.name for one in window.desk.handoff.providers] == ["Prairie Harbor Shelter"]


def test_a_call_is_recorded_with_enter_alone_and_enter_on_cancel_cancels(
    window: Window, qtbot: QtBot, ask: FakeAsk
) -> None:
    page = find(window)
    window.go("find", {"text": "Prairie Harbor"})
    provider = page.list.rows.rows[0].provider_id
    before = len(window.desk.directory.get(provider).checks)

    def leave(dialog: CheckCall) -> None:
        qtbot.keyClick(dialog.choices["closed"], Qt.Key.Key_Return)
        cancel = next(made for made in dialog.findChildren(Button) if made.shown == "Cancel")
        qtbot.keyClick(cancel, Qt.Key.Key_Return)
        assert not dialog.isVisible()

    def answered(dialog: CheckCall) -> None:
        qtbot.keyClick(dialog.choices["answered"], Qt.Key.Key_Return)
        assert dialog.isVisible()
        qtbot.keyClicks(dialog._by, "AB")
        qtbot.keyClick(dialog._by, Qt.Key.Key_Return)
        assert not dialog.isVisible()

    ask.answers += [leave, answered]
    page.deeds.call(provider)
    assert len(window.desk.directory.get(provider).checks) == before
    page.deeds.call(provider)
    last = window.desk.directory.get(provider).checks[-1]
    assert (last.result, last.by) == ("answered", "AB")


def test_up_on_the_first_row_goes_back_to_the_search(window: Window, qtbot: QtBot) -> None:
    window.go("find")
    qtbot.keyClick(find(window).list, Qt.Key.Key_Up)
    assert window.bar.search.hasFocus()


def test_added_from_the_search_box_and_taken_back_with_ctrl_z(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.bar.search, "shelter")
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(window.desk.handoff.providers) == 1
    assert window.toast.isVisible()
    assert "Prairie Harbor Shelter" in window.toast.text.text()
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.desk.handoff.providers == ()
    assert window.bar.search.text() == "shelter"
    assert not window.toast.isVisible()


def test_undo_in_the_toast_takes_the_provider_off(window: Window, qtbot: QtBot) -> None:
    window.go("find")
    page = find(window)
    assert page.card.add_button is not None
    qtbot.mouseClick(page.card.add_button, Qt.MouseButton.LeftButton)
    assert page.card.add_button.shown == "On the sheet"
    qtbot.mouseClick(window.toast.undo, Qt.MouseButton.LeftButton)
    assert window.desk.handoff.providers == ()
    assert page.card.add_button.shown == "Add to sheet"


def test_chips_narrow_by_kind_and_together_widen(window: Window, qtbot: QtBot) -> None:
    window.go("find")
    page = find(window)
    everything = len(names(page))
    qtbot.mouseClick(page.chips["transport"], Qt.MouseButton.LeftButton)
    rides = names(page)
    assert 0 < len(rides) < everything
    qtbot.mouseClick(page.chips["legal"], Qt.MouseButton.LeftButton)
    assert set(rides) < set(names(page))
    qtbot.mouseClick(page.chips["transport"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.chips["legal"], Qt.MouseButton.LeftButton)
    assert len(names(page)) == everything


def test_more_filters_keep_shelters_that_take_men(window: Window, qtbot: QtBot) -> None:
    window.go("find", {"need": "shelter"})
    page = find(window)
    assert "Cottonwood Family Refuge" in names(page)
    qtbot.mouseClick(page.more, Qt.MouseButton.LeftButton)
    assert page.filters.isVisible()
    men = next(made for made, _ in page.filters._toggles if made.shown == "Men")
    qtbot.mouseClick(men, Qt.MouseButton.LeftButton)
    assert "Cottonwood Family Refuge" not in names(page)
    assert "Prairie Harbor Shelter" in names(page)
    assert page.more.shown == "More filters (1 on)"
    qtbot.keyClick(page.filters.done, Qt.Key.Key_Escape)
    assert page.card.isVisible()
    assert window.current == "find"


def test_a_distance_filter_keeps_what_is_near(window: Window) -> None:
    window.go("find", {"need": "shelter"})
    page = find(window)
    page._change(page.query.__class__(needs=("shelter",), within=25.0))
    assert all(found.remote or found.miles is None or found.miles <= 25 for found in page.list.rows.rows)
    assert "Yellowstone Men's Haven" not in names(page)


def test_no_match_says_why_and_offers_a_way_on(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.bar.search, "helicopter")
    page = find(window)
    assert page.no_match.isVisible()
    words = " ".join(part.text() for part in page.no_match.findChildren(QLabel))
    assert "No match in or near Rosebud County, MT" in words
    assert "1-888-373-7888" in words
    assert page.list.isVisible()
    assert names(page)
    clear = next(made for made in page.no_match.findChildren(Button) if made.shown == "Clear search")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert window.bar.search.text() == ""
    assert not page.no_match.isVisible()


def test_a_slip_before_all_words_are_read_is_mended_as_soon_as_they_are(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelling, "SMALL", 0)
    qtbot.keyClicks(window.bar.search, "shleter")
    assert "Showing" not in find(window).count.text()
    qtbot.waitUntil(lambda: "shelter" in find(window).count.text())
    assert names(find(window))[0] == "Prairie Harbor Shelter"


def test_whoever_chose_a_row_before_all_words_were_read_stays_there(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelling, "SMALL", 0)
    page = find(window)
    page.search("xqzvwk")
    assert page._unread and len(names(page)) > 2
    page.list.choose(2)
    chosen = page.list.current()
    qtbot.waitUntil(lambda: not page._unread)
    assert chosen and page.list.current() == chosen


def test_a_slip_of_the_finger_is_mended_and_said(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.bar.search, "cottonwod")
    page = find(window)
    assert names(page)[0] == "Cottonwood Family Refuge"
    assert "cottonwood" in page.count.text().lower()


def test_guidance_that_fits_stands_above_the_providers(window: Window, qtbot: QtBot) -> None:
    gone: list[tuple[str, object]] = []
    window.desk.went_to.disconnect(window.go)
    window.desk.went_to.connect(lambda page, argument: gone.append((page, argument)))
    qtbot.keyClicks(window.bar.search, "interpreter")
    page = find(window)
    assert page.topics.isVisible()
    hit = page.topics.hits[0]
    qtbot.mouseClick(page.topics.findChildren(Button)[0], Qt.MouseButton.LeftButton)
    assert gone[0][0] == "guide"
    assert str(gone[0][1]).startswith(hit.topic_id)


def test_a_confidential_shelter_shows_no_street(window: Window) -> None:
    window.go("find", {"text": "Prairie Harbor"})
    assert "Confidential. Ask by phone." in texts(find(window))


def test_stale_numbers_are_marked_and_stay_in_the_list(window: Window) -> None:
    window.go("find", {"text": "Yellowstone Men"})
    page = find(window)
    assert names(page)[0] == "Yellowstone Men's Haven"
    assert "Not checked for 14 months. Call first" in texts(page)


def test_esc_clears_then_goes_home(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.bar.search, "legal")
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Escape)
    assert (window.bar.search.text(), window.current) == ("", "find")
    qtbot.keyClick(window.bar.search, Qt.Key.Key_Escape)
    assert window.current == "home"


def test_on_a_narrow_screen_the_detail_opens_over_the_list(window: Window, qtbot: QtBot) -> None:
    window.resize(900, 560)
    window.go("find")
    QApplication.processEvents()
    page = find(window)
    assert page.list.isVisible()
    assert not page.card.isVisible()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.card.isVisible()
    assert not page.list.isVisible()
    qtbot.keyClick(page.card, Qt.Key.Key_Escape)
    assert page.list.isVisible()
    assert window.current == "find"


def test_a_thousand_rows_come_in_pages(window: Window, qtbot: QtBot) -> None:
    from resources.directory.provider import Phone, Provider

    many = [
        Provider(id=f"m{n:04}", name=f"Zebra service {n:04}", phones=(Phone("p1", "+14065550199"),))
        for n in range(350)
    ]
    window.desk.directory.apply(many)
    window.desk.directory_changed()
    window.go("find", {"text": "zebra"})
    page = find(window)
    assert len(names(page)) == 100
    page.list.scrollToBottom()
    QApplication.processEvents()
    assert len(names(page)) >= 200
    assert len(set(names(page))) == len(names(page))


def test_the_list_model_keeps_the_rules_of_qt(window: Window, qtmodeltester: ModelTester) -> None:
    window.go("find")
    qtmodeltester.check(find(window).list.rows)


def test_rows_are_one_spoken_sentence(window: Window) -> None:
    window.go("find", {"text": "Prairie Harbor"})
    rows = find(window).list.rows
    said = rows.data(rows.index(0), int(Qt.ItemDataRole.AccessibleTextRole))
    assert said.startswith("Prairie Harbor Shelter, Shelter, Case manager, Colstrip, MT, in the county")
    assert "(406) 555-0142" in said
    assert said.endswith("Checked 12 days ago")
