"""I Speak: point at a language, show a phrase, touch an answer; the officer always knows what it says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.pages.speak import SpeakPage
from desktop.scripts import BREAK, families, script_font, strokes
from resources.guidance import ispeak


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> SpeakPage:
    made = SpeakPage(desk)
    qtbot.addWidget(made)
    made.resize(1274, 649)
    made.show()
    made.opened()
    return made


def test_a_language_is_chosen_in_its_own_script(qtbot: QtBot, page: SpeakPage) -> None:
    assert page.near.buttons["ar"].shown == "العربية"
    qtbot.mouseClick(page.near.buttons["ar"], Qt.MouseButton.LeftButton)
    assert page.board.shown.rtl
    assert page.board.shown.text == ispeak.phrases("ar")[0].text
    assert "Do you speak this language?" in page.officer.text()
    assert page.board.hasFocus()


def test_the_same_phrase_stays_when_the_language_changes(page: SpeakPage) -> None:
    page.step(3)
    english = ispeak.phrases("es")[3].english
    page.show_language("vi")
    assert english in page.officer.text()


def test_phrases_go_round(qtbot: QtBot, page: SpeakPage) -> None:
    qtbot.keyClick(page.board, Qt.Key.Key_Left)
    assert page.number == len(ispeak.phrases("es")) - 1
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    assert page.number == 0


def test_machine_text_is_marked_and_a_speaker_takes_the_mark_off(page: SpeakPage, desk: Desk) -> None:
    assert page.mark.isVisible()
    assert page.mark.text() == "Machine text, not checked by a speaker"
    ispeak.mark_reviewed(desk.data, "es", "M. Lopez", "2026-11-20")
    page.step(1)
    assert not page.mark.isVisible()
    assert "M. Lopez" in page.hint.text()


def test_the_mark_stays_in_full_screen(page: SpeakPage, desk: Desk) -> None:
    page.full_screen()
    assert page.mark.isVisible()
    assert not page.near.isVisible() and not page.list.isVisible()
    assert page.all.isVisible()
    page.full_screen()
    assert page.near.isVisible()


def test_full_screen_ends_with_the_words_upright(qtbot: QtBot, page: SpeakPage) -> None:
    qtbot.keyClick(page.board, Qt.Key.Key_F11)
    page.turn.click()
    assert page.board.turned
    qtbot.keyClick(page.board, Qt.Key.Key_F11)
    assert not page.board.turned


def test_an_answer_is_touched_also_when_turned(qtbot: QtBot, page: SpeakPage) -> None:
    page.turn_around()
    yes = page.board.answer_places()[0].center().toPoint()
    across = QPoint(page.board.width() - yes.x(), page.board.height() - yes.y())
    qtbot.mouseClick(page.board, Qt.MouseButton.LeftButton, pos=across)
    assert page.officer.text() == "The person touched: Yes"
    page.step(1)
    assert "touched" not in page.officer.text()


def test_answers_have_keys(qtbot: QtBot, page: SpeakPage) -> None:
    for key, said in ((Qt.Key.Key_N, "No"), (Qt.Key.Key_S, "Stop"), (Qt.Key.Key_D, "I don't know")):
        qtbot.keyClick(page.board, key)
        assert page.officer.text().endswith(said)


def test_right_to_left_puts_yes_at_the_right(page: SpeakPage) -> None:
    page.show_language("ar")
    places = page.board.answer_places()
    assert places[0].x() > places[1].x()


def test_the_largest_phrase_fits(page: SpeakPage) -> None:
    for width, height in ((1274, 649), (932, 561), (788, 400)):
        page.resize(width, height)
        for code in ispeak.packs():
            page.show_language(code)
            longest = max(ispeak.phrases(code), key=lambda phrase: len(phrase.text)).text
            room = page.board._words_area()
            font = page.board.fitting(longest, room)
            assert font.pixelSize() >= 26, (code, width)


@pytest.mark.parametrize("code", ["th", "zh-Hans"])
def test_words_without_blanks_wrap_and_stay_large(page: SpeakPage, code: str) -> None:
    page.show_language(code)
    page.number = [phrase.key for phrase in page.phrases].index("purpose")
    page._show()
    assert page.board.fitting(page.board.shown.text, QRectF(0, 0, 1240, 310)).pixelSize() >= 80
    assert BREAK not in page.board.shown.text and BREAK not in page.board.accessibleDescription()


def test_bold_is_drawn_where_a_family_has_no_bold_file(page: SpeakPage) -> None:
    assert len(strokes(script_font("ko", "한국어", 104))) == 3
    assert strokes(script_font("ko", "한국어", 40)) == strokes(script_font("th", "ไทย", 104)) == (0.0,)


@pytest.mark.parametrize("width", [1274, 932, 860, 788, 620])
@pytest.mark.parametrize("code", ["es", "mam", "ase"])
def test_no_word_on_a_button_is_cut(page: SpeakPage, width: int, code: str) -> None:
    for full in (False, True):
        page.resize(width, 561)
        page.show_language(code)
        if full:
            page.full_screen()
        QApplication.processEvents()
        for made in page.acts:
            if made.isVisible():
                assert made.width() >= made.sizeHint().width(), (made.shown, full)


def test_no_answer_is_suggested(page: SpeakPage) -> None:
    for code in ("es", "ar"):
        page.show_language(code)
        shown = page.board.grab().toImage()
        inside = [place.topLeft().toPoint() + QPoint(30, 12) for place in page.board.answer_places()]
        assert len({shown.pixelColor(spot).name() for spot in inside}) == 1


def test_all_languages_are_found_by_country_and_by_region(qtbot: QtBot, page: SpeakPage) -> None:
    page.near.all.click()
    everything = page.everything
    assert everything.search.hasFocus()
    qtbot.keyClicks(everything.search, "guatemala")
    shown = [code for code, made in everything.tiles.items() if made.isVisible()]
    assert "quc" in shown and "vi" not in shown
    everything.search.setText("")
    everything.region_buttons["Southeast Asia"].click()
    assert everything.tiles["vi"].isVisible() and not everything.tiles["es"].isVisible()
    qtbot.keyClicks(everything.search, "qqqq")
    assert everything._none.isVisible()


def test_enter_takes_the_first_language_found(qtbot: QtBot, page: SpeakPage) -> None:
    page.show_argument("all")
    qtbot.keyClicks(page.everything.search, "tagalog")
    qtbot.keyClick(page.everything.search, Qt.Key.Key_Return)
    assert page.code == "tl" and page.board.hasFocus()


def test_a_language_without_phrases_leads_to_an_interpreter(
    page: SpeakPage, ask: object, went: list[tuple[str, object]]
) -> None:
    page.show_language("mam")
    assert page.board.shown.answers == ()
    assert "interpreter" in page.officer.text()
    assert not page.next.isVisible()
    ask.answers = [lambda dialog: dialog.to_find.click()]
    page.interpreter.click()
    assert went == [("find", {"need": "interpreter"})]


def test_the_phrase_list_leads_to_a_phrase(qtbot: QtBot, page: SpeakPage, ask: object) -> None:
    ask.answers = [lambda dialog: dialog.rows[6].click()]
    page.list.click()
    assert page.number == 6


def test_every_language_is_written_with_our_own_fonts(page: SpeakPage) -> None:
    for language in ispeak.languages():
        wanted = families(language.code, language.own_name)[0]
        font = script_font(language.code, language.own_name, 20)
        assert QFontInfo(font).family().startswith(wanted)


def test_back_leaves_the_list_before_the_page(page: SpeakPage) -> None:
    page.show_all()
    assert page.back()
    assert not page.back()
