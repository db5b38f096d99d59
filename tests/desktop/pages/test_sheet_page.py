"""The sheet page: what is chosen is on the paper at once, and leaves no trace when it is cleared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.pages.sheet import SheetPage
from resources.directory.provider import Provider
from resources.handoff import Handoff


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, providers: list[Provider]) -> Iterator[SheetPage]:
    made = SheetPage(desk)
    qtbot.addWidget(made)
    made.resize(1274, 649)
    made.show()
    for provider in providers[:3]:
        desk.add_provider(provider.id)
    made.opened()
    yield made


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_it_opens_on_a_wallet_card_for_a_survivor(page: SheetPage) -> None:
    assert page.form.choices.first.hasFocus()
    assert page.form.choices._paper.buttons["wallet_card"].isChecked()
    assert page.form.plain.isChecked()
    assert "(406) 555-0142" in page.right.preview.text.replace("\xa0", " ")


def test_another_language_is_on_the_paper_at_once(qtbot: QtBot, page: SheetPage) -> None:
    click(qtbot, page.form.choices._language.buttons["es"])
    assert "Teléfonos" in page.right.preview.text


def test_more_languages_shows_the_own_name_of_the_chosen_one(
    qtbot: QtBot, page: SheetPage, ask: object
) -> None:
    ask.answers = [lambda dialog: dialog.rows["hi"].click()]
    click(qtbot, page.form.choices._language.buttons["more"])
    assert page._desk.handoff.language == "hi"
    assert page.form.choices._language.buttons["more"].shown == "हिन्दी"
    assert page.form.choices._language.buttons["more"].isChecked()


def test_a_language_is_found_by_its_english_name(qtbot: QtBot, page: SheetPage, ask: object) -> None:
    def choose(dialog: object) -> None:
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.keyClicks(dialog.search, "viet")
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)

    ask.answers = [choose]
    click(qtbot, page.form.choices._language.buttons["more"])
    assert page._desk.handoff.language == "vi"


def test_a_provider_taken_off_is_off_the_paper_and_comes_back(qtbot: QtBot, page: SheetPage) -> None:
    page.form.providers.removers[1].setFocus()
    qtbot.keyClick(page.form.providers.removers[1], Qt.Key.Key_Space)
    assert "555-0117" not in page.right.preview.text
    assert page.form.providers.removers[1].hasFocus()
    page._desk.undo_stack.undo()
    assert "555-0117" in page.right.preview.text


def test_the_focus_survives_the_last_removal(qtbot: QtBot, page: SheetPage) -> None:
    for _ in range(3):
        page.form.providers.removers[0].setFocus()
        click(qtbot, page.form.providers.removers[0])
    assert page._desk.handoff.providers == ()
    focus = QApplication.focusWidget()
    assert focus is not None and focus.isVisible()


def test_moving_up_changes_the_order_on_paper(qtbot: QtBot, page: SheetPage) -> None:
    click(qtbot, page.form.providers.movers[2])
    numbers = [one.phone.number[-4:] for one in page._desk.handoff.providers]
    assert numbers == ["0142", "0163", "0117"]
    text = page.right.preview.text
    assert text.index("0163") < text.index("0117")


def test_words_that_give_away_are_named_without_the_plain_cover(qtbot: QtBot, page: SheetPage) -> None:
    click(qtbot, page.right.stranger)
    assert "ordinary" in page.right.stranger_text.text()
    click(qtbot, page.form.choices._paper.buttons["full_page"])
    page.form.plain.click()
    assert "shelter" in page.right.stranger_text.text()
    assert any(warning.key == "paper_desk.warn.gives_away" for warning in page.paper.warnings)
    assert page.print_button.isEnabled()


def test_every_warning_can_be_read(qtbot: QtBot, page: SheetPage) -> None:
    shown = page.right._warnings.itemAt(page.right._warnings.count() - 1).widget()
    click(qtbot, shown)
    assert page.right._all_warnings.count() - 1 == len(page.paper.warnings)
    back = page.right._warnings.itemAt(0).widget()
    assert back.hasFocus()
    click(qtbot, back)
    assert page.right.stack.currentWidget() is page.right.preview


def test_no_paper_takes_printing_away_and_shows_numbers_to_say(qtbot: QtBot, page: SheetPage) -> None:
    click(qtbot, page.form.choices._paper.buttons["none"])
    assert not page.print_button.isVisible() and not page.save_button.isVisible()
    assert page.aloud_button.isVisible()
    assert "406\u2003555\u20030142" in page.right.aloud.text
    assert page.right.preview.pages == 0


def test_whether_paper_is_safe_is_asked_for_the_survivor_only(qtbot: QtBot, page: SheetPage) -> None:
    assert page.form.ask_first.isVisible()
    page.form.choices.choose_recipe("partner_handoff")
    assert not page.form.ask_first.isVisible()


def test_a_partner_paper_is_refused_until_the_release_is_complete(qtbot: QtBot, page: SheetPage) -> None:
    click(qtbot, page.form.choices._audience.buttons["partner"])
    assert not page.print_button.isEnabled()
    questions = page.form.questions
    answers = {
        "release_recipient": "Range Legal",
        "release_purpose": "Housing",
        "release_items": "alias, need",
        "release_until": "2026-12-20",
        "release_signed": "yes",
        "alias": "Canary Rose",
        "need": "A bed tonight",
    }
    for key, text in answers.items():
        questions._write[key](text)
    qtbot.waitUntil(lambda: page.paper is not None, timeout=2000)
    assert "Canary Rose" in page.right.preview.text
    assert page.print_button.isEnabled()


def test_a_note_reaches_the_paper_a_moment_after_typing(qtbot: QtBot, page: SheetPage) -> None:
    click(qtbot, page.form.choices._paper.buttons["full_page"])
    qtbot.keyClicks(page.form.note, "Ask for Jo")
    qtbot.waitUntil(lambda: "Ask for Jo" in page.right.preview.text, timeout=2000)


def test_a4_is_a4(qtbot: QtBot, page: SheetPage) -> None:
    click(qtbot, page.right.a4)
    assert page._desk.handoff.paper == "a4"
    width, _ = page.right.preview._pages.pdf.get_page_size(0)
    assert round(width) == 595


def test_all_sheets_lead_to_large_print(qtbot: QtBot, page: SheetPage, ask: object) -> None:
    ask.answers = [lambda dialog: dialog.rows["large_print_18"].click()]
    click(qtbot, page.form.all_sheets)
    assert page._desk.handoff.recipe == "large_print_18"
    assert page.form.choices._paper.buttons["other"].isVisible()


def test_one_number_only_leaves_the_first(qtbot: QtBot, page: SheetPage, ask: object) -> None:
    ask.answers = [lambda dialog: dialog.ways["one_number"].click()]
    click(qtbot, page.form.ask_first)
    assert len(page._desk.handoff.providers) == 1
    assert page._desk.handoff.recipe == "wallet_card"


def test_learning_by_heart_needs_no_paper(qtbot: QtBot, page: SheetPage, ask: object) -> None:
    ask.answers = [lambda dialog: dialog.ways["memorize"].click()]
    click(qtbot, page.form.ask_first)
    assert page.form.choices.no_paper
    assert page.aloud_button.isVisible()


def test_nothing_now_clears_the_sheet(qtbot: QtBot, page: SheetPage, ask: object) -> None:
    ask.answers = [lambda dialog: dialog.ways["nothing"].click()]
    click(qtbot, page.form.ask_first)
    assert page._desk.handoff == Handoff()


def test_clear_forgets_everything_and_every_step(qtbot: QtBot, page: SheetPage) -> None:
    qtbot.keyClicks(page.form.note, "Canary")
    page.form.take_typed()
    click(qtbot, page.clear_button)
    assert page._desk.handoff == Handoff()
    assert page.form.note.text() == ""
    assert not page._desk.undo_stack.canUndo()
    assert "555" not in page.right.preview.text
    page.form.note.undo()
    assert page.form.note.text() == ""


def test_a_name_with_markup_is_only_text(qtbot: QtBot, desk: Desk, providers: list[Provider]) -> None:
    from dataclasses import replace

    from PySide6.QtWidgets import QLabel

    name = '<img src="file:///etc/hostname"> <b>Bold</b>'
    desk.directory.kept["x"] = replace(providers[0], id="x", name=name)
    desk.add_provider("x")
    page = SheetPage(desk)
    qtbot.addWidget(page)
    labels = page.findChildren(QLabel)
    assert any(one.text() == name for one in labels)
    assert {one.textFormat() for one in labels if one.text()} == {Qt.TextFormat.PlainText}


def test_in_a_small_window_the_paper_opens_over_the_choices(qtbot: QtBot, page: SheetPage) -> None:
    page.resize(788, 400)
    assert page.to_preview.isVisible() and not page.right.isVisible()
    click(qtbot, page.to_preview)
    assert page.right.isVisible() and not page.left.isVisible()
    assert page.back()
    assert page.left.isVisible()
