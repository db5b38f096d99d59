"""I Speak leads to the agency's interpreters, and a speaker's mark counts until the text changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.window import Window
from resources.guidance import agency, ispeak

TODAY = date(2026, 11, 25)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: Window) -> Any:
    window.go("speak")
    return window.page("speak")


def words_of(widget: Any) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def test_every_language_leads_to_the_agency_numbers(qtbot: QtBot, page: Any, ask: Any, data: Path) -> None:
    agency.save(data, {"interpreter": "Line A: 406-555-0177\nAsk for a relay"}, TODAY)
    page.show_language("ar")
    qtbot.mouseClick(page.interpreter, LEFT)
    said = words_of(ask.shown[-1])
    assert "406-555-0177" in said
    assert "“Arabic, please." in said
    assert "two interpreters" not in said


def test_a_relay_language_says_so_with_and_without_the_dialog(
    qtbot: QtBot, page: Any, ask: Any, data: Path
) -> None:
    agency.save(data, {"interpreter": "Line A: 406-555-0177"}, TODAY)
    page.show_language("mam")
    assert "two interpreters" in page.hint.text()
    assert "406-555-0177" in page.hint.text()
    qtbot.mouseClick(page.interpreter, LEFT)
    assert "two interpreters" in words_of(ask.shown[-1])


def test_an_empty_interpreter_line_is_filled_in_from_here(
    qtbot: QtBot, page: Any, ask: Any, data: Path
) -> None:
    def fill(dialog: Any) -> None:
        assert dialog.boxes["interpreter"].hasFocus()
        dialog.boxes["interpreter"].setPlainText("Desk: 555-0123")
        dialog.save()

    page.show_language("mam")
    ask.answers = [lambda dialog: dialog.fill.click(), fill]
    qtbot.mouseClick(page.interpreter, LEFT)
    assert agency.Agency.load(data).filled("interpreter") == "Desk: 555-0123"
    assert "555-0123" in page.hint.text()


def test_the_topic_about_interpreters_is_one_step_away(
    qtbot: QtBot, window: Window, page: Any, ask: Any
) -> None:
    ask.answers = [lambda dialog: dialog.to_topic.click()]
    qtbot.mouseClick(page.interpreter, LEFT)
    assert window.current == "guide"
    assert window.page("guide").topic_id == "interpreters"


def test_a_speaker_marks_a_pack_and_takes_the_mark_off(qtbot: QtBot, page: Any, ask: Any, data: Path) -> None:
    def mark(dialog: Any) -> None:
        assert ispeak.phrases("ko")[0].text in words_of(dialog)
        qtbot.keyClicks(dialog.by.box, "J. Park")
        qtbot.keyClick(dialog.by.box, Qt.Key.Key_Return)

    page.show_language("ko")
    assert page.mark.isVisible()
    ask.answers = [mark]
    qtbot.mouseClick(page.review, LEFT)
    status = ispeak.status("ko", data)
    assert (status.state, status.by, status.on) == ("reviewed", "J. Park", "2026-11-25")
    assert not page.mark.isVisible()
    assert not page.review.isVisible()
    assert "Checked by J. Park" in page.hint.text()
    ask.answers = [lambda dialog: dialog.review.click(), lambda dialog: dialog.withdraw.click()]
    qtbot.mouseClick(page.list, LEFT)
    assert ispeak.status("ko", data).state == "machine"
    assert page.mark.isVisible()


def test_a_mark_needs_a_name(qtbot: QtBot, page: Any, ask: Any, data: Path) -> None:
    said: list[str] = []

    def press(dialog: Any) -> None:
        dialog.mark.click()
        said.append(dialog.by.problem.text())
        assert dialog.isVisible()

    page.show_language("ko")
    ask.answers = [press]
    qtbot.mouseClick(page.review, LEFT)
    assert "name or initials" in said[0]
    assert ispeak.status("ko", data).state == "machine"


def test_a_damaged_list_of_marks_vouches_for_nothing(page: Any, ask: Any, data: Path) -> None:
    ispeak.mark_reviewed(data, "ko", "J. Park", "2026-11-25")
    (data / ispeak.REVIEWS).write_text("[ko\nby = 3", encoding="utf-8")
    page.show_language("ko")
    assert page.mark.isVisible()
    ask.answers = [lambda dialog: (dialog.by.box.setText("J. Park"), dialog.mark.click())]
    page.review_pack()
    assert ask.problems == ["ispeak.reviews_damaged"]


def test_nothing_but_the_words_is_left_in_full_screen(qtbot: QtBot, window: Window, page: Any) -> None:
    page.show_language("ar")
    qtbot.keyClick(page.board, Qt.Key.Key_F11)
    assert not window.rail.isVisible() and window.isFullScreen()
    for part in (page.interpreter, page.review, page.list, page.near):
        assert not part.isVisible()
    assert page.mark.isVisible()  # the officer still sees that nobody checked it
    assert page.all.isVisible()
    qtbot.keyClick(page.board, Qt.Key.Key_F11)
    assert window.rail.isVisible() and not window.isFullScreen()


@pytest.mark.parametrize("code", ["ase", "tactile", "mfs"])
def test_a_signed_language_is_never_sent_to_a_telephone(qtbot: QtBot, page: Any, ask: Any, code: str) -> None:
    page.show_language(code)
    said = page.officer.text() + page.hint.text()
    assert "is not heard" in said and "hear the language" not in said and "interpreter line" not in said
    qtbot.mouseClick(page.interpreter, LEFT)
    assert "certified interpreter" in words_of(ask.shown[-1])
    assert "interpreter line: “" not in words_of(ask.shown[-1])


def test_the_fact_that_was_asked_for_is_in_view(qtbot: QtBot, window: Window, ask: Any) -> None:
    def look(dialog: Any) -> None:
        QApplication.processEvents()
        box, view = dialog.boxes["state_law"], dialog.area.viewport()
        top = box.mapTo(view, QPoint(0, 0)).y()
        assert top > 40 and top + box.height() <= view.height()

    ask.answers = [look]
    window.go("guide", "minors")
    window.page("guide").article.anchorClicked.emit(QUrl("agency:state_law"))
    assert not ask.answers
