"""Import in the window: nothing is written before Apply, numbers one by one, Undo takes all of it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.ask import Ask
from desktop.dialogs.import_review import ImportReview, import_list
from desktop.window import Window

FIRST = (
    "Program,Agency,Telephone,City,Zip,Kind\n"
    "Safe Harbor,Harbor Inc,406-555-0101,Miles City,59301,Shelter\n"
    "Legal Help,Aid,(406) 555-0102,Forsyth,59327,Legal\n"
    ",,12,,,\n"
)
SECOND = (
    "Program,Agency,Telephone,City,Zip,Kind\nSafe Harbor,Harbor Inc,406-555-0109,Miles City,59301,Shelter\n"
)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "county list.csv"
    path.write_text(FIRST, encoding="utf-8")
    return path


def press(qtbot: QtBot, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def settle(qtbot: QtBot, dialog: ImportReview) -> None:
    """Wait until the other process has answered."""
    qtbot.waitUntil(lambda: not dialog.working.busy, timeout=60_000)


def press_and_wait(qtbot: QtBot, dialog: ImportReview, button: Any) -> None:
    press(qtbot, button)
    settle(qtbot, dialog)


def said(dialog: ImportReview) -> str:
    return " ".join(part.text() for part in dialog.review.findChildren(QLabel))


def review(window: Window, ask: Any, qtbot: QtBot, path: Path, act: Any) -> None:
    """Choose the file, go through the columns, and do `act` at the review."""

    def answer(dialog: ImportReview) -> None:
        ask.paths.append(path)
        press_and_wait(qtbot, dialog, dialog.file_button)
        assert dialog.pages.currentWidget() is dialog.columns, ask.problems
        press_and_wait(qtbot, dialog, dialog.next_button)
        assert dialog.pages.currentWidget() is dialog.review, ask.problems
        act(dialog)

    ask.answers.append(answer)
    import_list(window.desk)
    assert not ask.answers


def test_nothing_is_written_before_apply(window: Window, ask: Any, qtbot: QtBot, listed: Path) -> None:
    before = window.desk.directory.content_hash()

    def look(dialog: ImportReview) -> None:
        assert dialog.review.tabs["new"].shown == "2 new"
        assert "Safe Harbor" in said(dialog)
        assert window.desk.directory.content_hash() == before
        press(qtbot, dialog.cancel_button)

    review(window, ask, qtbot, listed, look)
    assert window.desk.directory.content_hash() == before


def test_apply_writes_the_list_and_undo_takes_it_back(
    window: Window, ask: Any, qtbot: QtBot, listed: Path
) -> None:
    before = window.desk.directory.content_hash()
    review(window, ask, qtbot, listed, lambda dialog: press_and_wait(qtbot, dialog, dialog.next_button))
    names = {provider.name for provider in window.desk.directory.all()}
    assert {"Safe Harbor", "Legal Help"} <= names
    assert window.toast.text.text() == "List applied: 2 entries changed"
    press(qtbot, window.toast.undo)
    assert {p.name for p in window.desk.directory.all()}.isdisjoint({"Safe Harbor", "Legal Help"})
    assert window.desk.directory.content_hash() == before or window.desk.directory.count() == len(names) - 2


def test_problems_name_their_line(window: Window, ask: Any, qtbot: QtBot, listed: Path) -> None:
    def look(dialog: ImportReview) -> None:
        press(qtbot, dialog.review.tabs["problems"])
        assert "Line 4" in said(dialog)
        assert "no name" in said(dialog)

    review(window, ask, qtbot, listed, look)


def test_a_changed_number_stays_until_it_is_ticked(
    window: Window, ask: Any, qtbot: QtBot, listed: Path
) -> None:
    review(window, ask, qtbot, listed, lambda dialog: press_and_wait(qtbot, dialog, dialog.next_button))
    listed.write_text(SECOND, encoding="utf-8")

    def number() -> str:
        provider = next(p for p in window.desk.directory.all() if p.name == "Safe Harbor")
        assert provider.phone is not None
        return provider.phone.number

    def look(dialog: ImportReview) -> None:
        press(qtbot, dialog.review.tabs["changed"])
        assert "1 new number is not accepted yet." in said(dialog)
        assert not dialog.next_button.isEnabled()
        (tick,) = dialog.review.phone_checks.values()
        assert "(406) 555-0101 becomes (406) 555-0109" in tick.accessibleName()
        assert not tick.isChecked()
        assert number() == "+14065550101"
        press(qtbot, tick)
        press_and_wait(qtbot, dialog, dialog.next_button)

    review(window, ask, qtbot, listed, look)
    assert number() == "+14065550109"


def test_missing_entries_are_retired_only_when_ticked(
    window: Window, ask: Any, qtbot: QtBot, listed: Path
) -> None:
    review(window, ask, qtbot, listed, lambda dialog: press_and_wait(qtbot, dialog, dialog.next_button))
    listed.write_text(SECOND, encoding="utf-8")

    def look(dialog: ImportReview) -> None:
        press(qtbot, dialog.review.tabs["missing"])
        assert "Legal Help" in said(dialog)
        dialog.review._switch_retire(True)
        press_and_wait(qtbot, dialog, dialog.next_button)

    review(window, ask, qtbot, listed, look)
    gone = next(p for p in window.desk.directory.all(retired=True) if p.name == "Legal Help")
    assert gone.retired


def test_a_column_is_given_another_meaning_and_remembered(
    window: Window, ask: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Program,Telephone,Qqq\nSafe Harbor,406-555-0101,Ask for Ann\n", encoding="utf-8")

    def first(dialog: ImportReview) -> None:
        ask.paths.append(path)
        press_and_wait(qtbot, dialog, dialog.file_button)
        box = dialog.columns.boxes[2]
        assert "Qqq" in box.accessibleName()
        box.setCurrentIndex(dialog.columns._fields.index("alert"))
        press_and_wait(qtbot, dialog, dialog.next_button)
        press_and_wait(qtbot, dialog, dialog.next_button)

    ask.answers.append(first)
    import_list(window.desk)
    made = next(p for p in window.desk.directory.all() if p.name == "Safe Harbor")
    assert made.alert == "Ask for Ann"

    def second(dialog: ImportReview) -> None:
        ask.paths.append(path)
        press_and_wait(qtbot, dialog, dialog.file_button)
        assert dialog.columns.boxes[2].currentText() == "Before you call"

    ask.answers.append(second)
    import_list(window.desk)


def test_a_list_without_known_columns_can_be_explained_by_hand(
    window: Window, ask: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Aaa,Bbb\nx1,y1\nx2,y2\n", encoding="utf-8")

    def answer(dialog: ImportReview) -> None:
        ask.paths.append(path)
        press_and_wait(qtbot, dialog, dialog.file_button)
        dialog.columns.boxes[0].setCurrentIndex(dialog.columns._fields.index("name"))
        press_and_wait(qtbot, dialog, dialog.next_button)
        assert dialog.review.tabs["new"].shown == "2 new"

    ask.answers.append(answer)
    import_list(window.desk)
    assert ask.problems == []


def test_a_file_that_is_no_list_is_explained(window: Window, ask: Any, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))

    def answer(dialog: ImportReview) -> None:
        ask.paths.append(path)
        press_and_wait(qtbot, dialog, dialog.file_button)
        assert dialog.pages.currentIndex() == 0

    ask.answers.append(answer)
    import_list(window.desk)
    assert len(ask.problems) == 1
    assert ask.problems[0].startswith("exchange.")


def test_a_real_list_comes_in(window: Window, ask: Any, qtbot: QtBot, sample_data: Path) -> None:
    """Every small CSV list of the samples can be reviewed without a bug."""
    lists = [path for path in sorted(sample_data.rglob("*.csv")) if 500 < path.stat().st_size < 60_000][:4]
    assert lists

    for path in lists:

        def answer(dialog: ImportReview, path: Path = path) -> None:
            ask.paths.append(path)
            press_and_wait(qtbot, dialog, dialog.file_button)
            if dialog.pages.currentIndex() == 1:
                press_and_wait(qtbot, dialog, dialog.next_button)

        ask.answers.append(answer)
        import_list(window.desk)
    assert all(key.startswith("exchange.") for key in ask.problems)


def test_every_field_a_column_can_mean_has_a_name(window: Window) -> None:
    from resources.exchange import columns

    assert [name for name in columns.fields() if not window.desk.words.has(f"upkeep.column.{name}")] == []


def test_the_window_stays_usable_beside_a_list_that_comes_in(
    window: Window, ask: Any, qtbot: QtBot, listed: Path
) -> None:
    dialog = ImportReview(window.desk)
    Ask(window.desk.words, window).beside(dialog)
    assert not dialog.isModal()
    dialog.read_path(listed)
    window.activateWindow()
    qtbot.keyClicks(window.bar.search, "shelter")
    assert (window.bar.search.text(), window.current) == ("shelter", "find")
    settle(qtbot, dialog)
    import_list(window.desk)  # a second press shows the one that is open
    assert not ask.shown
    window.desk.solo(True)  # a person looks at the screen now
    assert not dialog.isVisible()
    window.desk.solo(False)
    assert dialog.isVisible()
    dialog.reject()


def test_cancel_stops_the_reading_first_and_closes_the_dialog_then(
    window: Window, qtbot: QtBot, listed: Path
) -> None:
    dialog = ImportReview(window.desk)
    dialog.show()
    dialog.read_path(listed)
    press(qtbot, dialog.cancel_button)
    assert dialog.isVisible()
    settle(qtbot, dialog)
    assert (dialog.pages.currentIndex(), dialog.incoming) == (0, None)
    press(qtbot, dialog.cancel_button)
    assert not dialog.isVisible()
    dialog.deleteLater()


def test_a_file_dialog_gives_the_keys_back_to_the_import_that_opened_it(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The import stands beside the window; the window's keys must not get what was meant for it."""
    over: list[object] = []

    def look(parent: object, *_words: str) -> tuple[str, str]:
        over.append(parent)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", look)
    real = Ask(window.desk.words, window)
    dialog = ImportReview(window.desk)
    real.beside(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    real.open_path("")
    dialog.reject()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    real.open_path("")
    assert over == [dialog, window]


def test_a_finished_import_leaves_the_screen_of_the_person_alone(window: Window, qtbot: QtBot) -> None:
    """Its leftovers once opened the crash window over the words for the person."""
    dialog = ImportReview(window.desk)
    Ask(window.desk.words, window).beside(dialog)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    window.go("speak")
    window.desk.solo(True)
    window.desk.solo(False)
    assert not window.findChildren(ImportReview)
