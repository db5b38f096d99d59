"""Many entries at once: tick, change as one step, take back by one undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.pages.entries import EntriesPage
from desktop.widgets.tick_list import PAGE, TickModel
from desktop.window import Window
from resources.directory import listing
from resources.directory.provider import Provider
from tests.desktop.conftest import FakeAsk
from tests.desktop.frame.audit import audit, dead

Made = Callable[..., list[Provider]]


@pytest.fixture
def page(window: Window, made: Made) -> EntriesPage:
    made(8)
    window.go("entries")
    found = window.page("entries")
    assert isinstance(found, EntriesPage)
    found.filter.setText("prairie house")
    QApplication.processEvents()
    return found


def kept(page: EntriesPage) -> list[Provider]:
    return page.desk.directory.many([f"made-{n:03}" for n in range(8)])


def test_rows_are_ticked_by_space_by_press_and_all_by_ctrl_a(qtbot: QtBot, page: EntriesPage) -> None:
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert page.list.rows.chosen() == ["made-000"]
    qtbot.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.list.rows.chosen() == ["made-000", "made-001"]
    third = page.list.visualRect(page.list.rows.index(2)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=third)
    assert page.list.rows.chosen()[-1] == "made-002"
    qtbot.keyClick(page.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.list.rows.chosen()) == 8
    assert "8 selected" in page.about.text()


def test_nothing_can_be_done_before_something_is_ticked(page: EntriesPage) -> None:
    assert not any(made.isEnabled() for made in page.acts.values())
    page.list.rows.tick([0], True)
    assert page.acts["retire"].isEnabled()


def test_a_screen_reader_hears_whether_a_row_is_selected(page: EntriesPage) -> None:
    role = int(Qt.ItemDataRole.AccessibleTextRole)
    before = page.list.rows.index(0).data(role)
    page.list.rows.tick([0], True)
    assert page.list.rows.index(0).data(role) == f"selected: {before}"


def test_retiring_several_is_one_undo_and_they_can_be_brought_back(page: EntriesPage, window: Window) -> None:
    page.list.rows.tick(range(3), True)
    page.retire()
    assert [one.retired for one in kept(page)] == [True] * 3 + [False] * 5
    window.undo()
    assert not any(one.retired for one in kept(page))
    page.list.rows.tick(range(3), True)
    page.retire()
    page.show_set("retired")
    page.list.rows.tick_all(True)
    page.bring_back()
    assert not any(one.retired for one in kept(page))


def test_the_area_served_is_added_or_replaced_for_all_at_once(
    page: EntriesPage, window: Window, ask: FakeAsk
) -> None:
    def answer(text: str, way: str) -> Callable[[Any], None]:
        def fill(dialog: Any) -> None:
            dialog.field.set_value("Nowhere County, XX")
            dialog.save()
            assert not dialog.codes and not dialog.field.problem.isHidden()
            dialog.field.set_value(text)
            dialog.ways.buttons[way].click()
            dialog.save()

        return fill

    for text, way, wanted in (
        ("Rosebud County, MT", "add", {"30087"}),
        ("Custer; WY", "add", {"30087", "30017", "WY"}),
        ("MT", "replace", {"MT"}),
    ):
        ask.answers.append(answer(text, way))
        page.list.rows.tick_all(True)
        page.set_area()
        assert all(one.serves == wanted for one in kept(page))
    window.undo()
    assert all(one.serves == {"30087", "30017", "WY"} for one in kept(page))


def test_the_county_they_lie_in_is_set_for_all_at_once_but_not_for_those_by_phone(
    page: EntriesPage, window: Window, ask: FakeAsk
) -> None:
    phone_only = replace(kept(page)[0], remote=True)
    window.desk.directory.save(phone_only)

    def answer(dialog: Any) -> None:
        dialog.ways.buttons["lies"].click()
        for wrong in ("MT", "Custer County, MT; Rosebud County, MT"):
            dialog.field.set_value(wrong)
            dialog.save()
            assert "one county" in dialog.field.problem.text()
        dialog.field.set_value("Campbell County, WY")
        dialog.save()

    ask.answers.append(answer)
    page.list.rows.tick_all(True)
    page.set_area()
    lies = {one.id: (one.place.county, one.place.state) for one in kept(page)}
    assert lies.pop(phone_only.id) == ("30087", "MT")
    assert lies and set(lies.values()) == {("56005", "WY")}
    window.undo()
    assert {one.place.county for one in kept(page)} == {"30087"}


def test_recording_calls_says_so_and_needs_result_initials_and_a_tick(
    page: EntriesPage, ask: FakeAsk
) -> None:
    def answer(dialog: Any) -> None:
        said = " ".join(part.text() for part in dialog.findChildren(type(dialog.problem)))
        assert "records that somebody called" in said
        dialog.save()
        assert dialog.isVisible()
        assert not dialog.by.problem.isHidden() and not dialog.problem.isHidden()
        dialog.choices["answered"].click()
        dialog.by.set_value("KL")
        dialog.save()
        assert dialog.isVisible()  # nobody has said yet that the calls were made
        dialog.sure.setChecked(True)
        dialog.save()

    ask.answers.append(answer)
    page.list.rows.tick(range(2), True)
    page.record_calls()
    checks = [one.checks for one in kept(page)]
    assert [len(some) for some in checks] == [1, 1] + [0] * 6
    assert all((c.result, c.by, c.on) == ("answered", "KL", page.desk.today()) for (c,) in checks[:2])
    page.desk.undo_stack.undo()
    assert not any(one.checks for one in kept(page))


def test_many_are_changed_beside_the_window_as_one_step(page: EntriesPage, made: Made) -> None:
    made(130)
    page.filter.setText("prairie house")
    page.list.rows.tick_all(True)
    page.retire()
    assert page.desk.directory.undo_label() and page.list.rows.ids == []
    page.desk.undo_stack.undo()
    page.filter.setText("prairie house ")
    assert len(page.list.rows.ids) == 130


def test_lists_show_what_lacks_an_area_a_call_or_is_retired(page: EntriesPage) -> None:
    directory = page.desk.directory
    listing.set_area(directory, ["made-001"], frozenset({"30087"}), add=True)
    listing.record_checks(directory, ["made-002"], "answered", "KL")
    directory.retire("made-003")
    text = "prairie house"
    assert "made-001" not in listing.ids(directory, listing.NO_AREA, text)
    assert "made-002" not in listing.ids(directory, listing.NEVER, text)
    assert listing.ids(directory, listing.RETIRED, text) == ["made-003"]
    assert len(listing.ids(directory, listing.ALL, text)) == 7


@pytest.mark.parametrize(
    "text", ["%", "_", "!", "'", '"; drop table provider; --', "house 100%", " ", "\x00"]
)
def test_any_text_in_the_filter_is_only_text(page: EntriesPage, text: str) -> None:
    page.filter.setText(text)
    shown = page.desk.directory.many(page.list.rows.ids)
    words = text.replace("\x00", "").split()
    assert all(
        word in f"{p.name} {p.organization} {p.place.city}".casefold() for p in shown for word in words
    )
    assert shown or words


def test_the_model_holds_ids_and_reads_only_pages_that_are_looked_at(qtmodeltester: Any) -> None:
    from desktop.widgets.line_list import Line

    asked: list[int] = []

    def fetch(ids: Any) -> list[Line]:
        asked.append(len(ids))
        return [Line(key, key) for key in ids]

    model = TickModel(fetch, lambda key, **data: str(data["text"]))
    model.show_ids([str(n) for n in range(200_000)])
    assert not asked
    assert model.index(150_000).data() == "150000"
    assert asked == [PAGE]
    model.show_ids([str(n) for n in range(20)])
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("width", "height", "percent"), [(1366, 689, 100), (1024, 680, 100), (1024, 680, 150)]
)
def test_the_page_can_be_read_reached_and_pressed(
    page: EntriesPage, window: Window, width: int, height: int, percent: int
) -> None:
    window.desk.change_settings(text_size=percent)
    window.resize(width, height)
    page.list.rows.tick([0], True)
    QApplication.processEvents()
    assert audit(window) == []
    assert dead(window) == []
