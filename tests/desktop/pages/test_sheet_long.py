"""Long papers are made beside the window: it goes on answering, shows how far they are, and can stop them."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.jobs import Progress
from desktop.pages.sheet import SheetPage
from desktop.pages.sheet_work import AT_ONCE, SheetWork
from desktop.preview import READ
from resources.directory.provider import Provider


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, providers: list[Provider]) -> SheetPage:
    for number in range(3 * AT_ONCE):
        one = replace(providers[number % len(providers)], id=f"p{number}", name=f"Helper {number}")
        desk.directory.kept[one.id] = one
    made = SheetPage(desk)
    qtbot.addWidget(made)
    made.resize(1274, 649)
    made.show()
    return made


class Slow:
    """Stands for a paper that takes as long as it is let."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on = threading.Event()
        self.threads: list[str] = []
        monkeypatch.setattr(SheetWork, "later", lambda _work: self.work)

    def work(self, progress: Progress) -> None:
        self.threads.append(threading.current_thread().name)
        while not self.go_on.wait(0.01):
            progress(3, 7)


def test_a_booklet_is_made_on_another_thread_and_then_shown(qtbot: QtBot, page: SheetPage) -> None:
    page.form.choices.choose_recipe("booklet")
    assert page.paper is None and page.right.making.isVisible()
    assert not page.print_button.isEnabled() and not page.save_button.isEnabled()
    qtbot.waitUntil(lambda: page.paper is not None, timeout=20_000)
    assert page.right.preview.pages == page.paper.pages > 3
    assert page.print_button.isEnabled() and page.save_button.isEnabled()


def test_its_progress_is_shown_and_cancel_is_heard(
    qtbot: QtBot, page: SheetPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, making = Slow(monkeypatch), page.right.making
    page.form.choices.choose_recipe("call_list")
    qtbot.waitUntil(lambda: (making.bar.value(), making.bar.maximum()) == (3, 7))
    assert slow.threads == ["job"]
    qtbot.mouseClick(making.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(making.again.isVisible)
    assert page.paper is None and not making.bar.isVisible()
    monkeypatch.undo()
    qtbot.mouseClick(making.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.paper is not None, timeout=20_000)


def test_another_choice_stops_the_long_paper_and_it_never_appears(
    qtbot: QtBot, page: SheetPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    page.form.choices.choose_recipe("booklet")
    page.form.choices.choose_recipe("language_card")
    assert page.paper is not None and page.paper.document.form == "pocket"
    slow.go_on.set()
    qtbot.wait(100)
    assert page.paper.document.form == "pocket"


def test_clearing_stops_it_too(qtbot: QtBot, page: SheetPage, monkeypatch: pytest.MonkeyPatch) -> None:
    Slow(monkeypatch)
    page.form.choices.choose_recipe("booklet")
    assert page._making.busy
    page.clear()
    assert not page._making.busy


def test_a_problem_in_a_long_paper_is_explained(
    qtbot: QtBot, page: SheetPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reports import sheet
    from resources.errors import ToolkitError

    def fail(*_given: object, **_named: object) -> None:
        raise ToolkitError("paper_engine.too_tall")

    monkeypatch.setattr(sheet, "make", fail)
    page.form.choices.choose_recipe("booklet")
    qtbot.waitUntil(lambda: page.right.stack.currentWidget() is page.right._refusal, timeout=20_000)
    assert not page.print_button.isEnabled()


def test_a_screen_reader_gets_the_pages_in_view(qtbot: QtBot, page: SheetPage, make_pdf: object) -> None:
    preview = page.right.preview
    preview.show_pdf(make_pdf(*(f"Leaf{n}." for n in range(2 * READ))))
    assert "Leaf0." in preview.text and f"Leaf{READ}." not in preview.text
    preview.verticalScrollBar().setValue(preview.verticalScrollBar().maximum())
    assert "Leaf0." not in preview.text and f"Leaf{2 * READ - 1}." in preview.text
