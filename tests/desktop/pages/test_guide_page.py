"""The guide shows one page for one reader, loads nothing, and keeps its ticks in memory."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.desk import Desk
from desktop.pages.article import Article
from desktop.pages.guide import GuidePage

FIRST = "first-ten-minutes"


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> GuidePage:
    made = GuidePage(desk)
    qtbot.addWidget(made)
    made.resize(1274, 649)
    made.show()
    made.opened()
    return made


@pytest.fixture
def article(qtbot: QtBot, desk: Desk) -> Article:
    made = Article()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def show(article: Article, text: str) -> None:
    article.show_markdown(text, theme.THEMES["day"], 17)


def test_it_opens_on_the_first_page_with_its_review_date(page: GuidePage) -> None:
    assert page.topic_id == FIRST
    assert page.article.hasFocus()
    assert "reviewed" in page.info.text() and "2026" in page.info.text()


def test_markup_is_text_and_pictures_are_not_loaded(article: Article, tmp_path: Path) -> None:
    picture = tmp_path / "local.png"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(picture))
    show(article, f"<b>not bold</b>\n\n![x]({QUrl.fromLocalFile(str(picture)).toString()})")
    assert "<b>not bold</b>" in article.toPlainText()
    loaded = article.loadResource(
        int(QTextDocument.ResourceType.ImageResource.value), QUrl.fromLocalFile(str(picture))
    )
    assert loaded.isNull()
    grabbed = article.grab().toImage()
    reds = {grabbed.pixelColor(x, y).name() for x in range(0, 300, 5) for y in range(0, 200, 5)}
    assert "#ff0000" not in reds


def test_a_foreign_link_is_only_text(article: Article) -> None:
    followed: list[str] = []
    article.link_pressed.connect(followed.append)
    show(article, "[outside](https://example.org) and [inside](topic:minors)")
    assert "https" not in article.toHtml()
    article.anchorClicked.emit(QUrl("https://example.org"))
    article.anchorClicked.emit(QUrl("topic:minors"))
    assert followed == ["topic:minors"]


def test_a_check_list_after_text_ticks_only_its_own_lines(article: Article) -> None:
    show(article, "- [ ] one\n- [ ] two\n\nAfter.\n\n> Quote\n\n- plain")
    assert [block.text() for block in article.checks()] == ["one", "two"]


def test_ticks_stay_while_reading_and_go_with_a_button(qtbot: QtBot, page: GuidePage) -> None:
    number, place = next(iter(page.article._boxes()))
    qtbot.mouseClick(page.article.viewport(), Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert page.article.ticks == {number}
    page.sizes[1].click()
    page.open_topic("minors")
    page.open_topic(FIRST)
    assert page.article.ticks == {number}
    assert "1 of" in page.info.text()
    page.untick.click()
    assert page.article.ticks == set()


def test_a_line_ticks_by_keyboard(qtbot: QtBot, page: GuidePage) -> None:
    page.article.setFocus()
    for _ in range(12):
        qtbot.keyClick(page.article, Qt.Key.Key_Tab)
        if page.article.textCursor().charFormat().anchorHref().startswith("check:"):
            break
    qtbot.keyClick(page.article, Qt.Key.Key_Return)
    assert len(page.article.ticks) == 1


def test_a_link_opens_a_page_and_esc_comes_back(page: GuidePage) -> None:
    page.article.verticalScrollBar().setValue(120)
    page.article.anchorClicked.emit(QUrl("topic:confidentiality#say"))
    assert page.topic_id == "confidentiality"
    assert page.contents.buttons["confidentiality"].isChecked()
    assert page.back()
    assert page.topic_id == FIRST and page.article.verticalScrollBar().value() == 120
    assert not page.back()


def test_links_lead_to_providers_and_papers(page: GuidePage, went: list[tuple[str, object]]) -> None:
    page.article.anchorClicked.emit(QUrl("find:need=shelter"))
    page.article.anchorClicked.emit(QUrl("sheet:wallet_card"))
    assert went == [("find", "need=shelter"), ("sheet", "wallet_card")]


def test_a_source_is_named_below_and_opens_nothing(page: GuidePage) -> None:
    page.article.anchorClicked.emit(QUrl("source:EG-TI"))
    assert page.source_bar.isVisible()
    assert "OVC TTAC" in page.source.text() and "opens no addresses" in page.source.text()
    assert page.back()
    assert not page.source_bar.isVisible()


def test_the_promise_follows_the_role(page: GuidePage, desk: Desk) -> None:
    page.open_topic("confidentiality")
    before = page.article.toPlainText()
    page.reader.actions_by_role["community_advocate"].trigger()
    assert desk.settings.role == "community_advocate"
    after = page.article.toPlainText()
    assert "You cannot keep details secret" in before
    assert "You cannot keep details secret" not in after
    assert page.reader.role_button.shown == "Community advocate"


def test_minor_mode_belongs_to_the_handoff(page: GuidePage, desk: Desk) -> None:
    page.reader.minor_button.click()
    assert desk.handoff.minor
    assert "“Under 18” is on" in page.article.toPlainText()
    desk.clear_handoff()
    assert "“Under 18” is on" not in page.article.toPlainText()


def test_find_in_page_counts_and_moves(qtbot: QtBot, page: GuidePage) -> None:
    assert page.find_in_page()
    qtbot.keyClicks(page.finder.box, "interpreter")
    assert page.finder.count.text().startswith("1 of ")
    qtbot.keyClick(page.finder.box, Qt.Key.Key_Return)
    assert page.finder.count.text().startswith("2 of ")
    page.finder.box.setText("xylophone")
    assert page.finder.count.text() == "Not on this page"
    assert page.back()
    assert page.finder.box.text() == "" and not page.finder.isVisible()


def test_an_expired_page_says_so(qtbot: QtBot, desk: Desk) -> None:
    desk.today = lambda: date(2031, 1, 1)
    page = GuidePage(desk)
    qtbot.addWidget(page)
    page.opened()
    assert "Check before you rely on this page" in page.article.toPlainText()
    assert "years ago" in page.info.text()


def test_larger_text_is_larger(page: GuidePage) -> None:
    before = page.article.document().defaultFont().pixelSize()
    page.sizes[1].click()
    assert page.article.document().defaultFont().pixelSize() == before + 2


def test_the_page_prints_for_this_reader(page: GuidePage, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[bytes] = []
    monkeypatch.setattr(page._out, "print_pdf", printed.append)
    page.print_button.click()
    pdf = pypdfium2.PdfDocument(printed[0])
    words = pdf[0].get_textpage().get_text_range()
    pdf.close()
    assert "First ten minutes" in words


def test_no_title_in_the_contents_is_cut(page: GuidePage) -> None:
    for width in (1274, 932):
        page.resize(width, 600)
        for made in page.contents.buttons.values():
            lines = made.text().replace("&&", "&").split("\n")
            room = made.width() - 24
            assert max(made.fontMetrics().horizontalAdvance(line) for line in lines) <= room


def test_topics_open_from_a_search(qtbot: QtBot, desk: Desk) -> None:
    page: QWidget = GuidePage(desk)
    qtbot.addWidget(page)
    page.resize(932, 561)
    page.show()
    page.show_argument("confidentiality#say")
    page.opened()
    assert page.topic_id == "confidentiality"
    assert page.article.verticalScrollBar().value() > 0


def test_the_search_leads_to_the_heading_and_esc_brings_the_contents_back(
    qtbot: QtBot, page: GuidePage
) -> None:
    found = page.contents
    qtbot.keyClicks(found.search_box, "call script")
    assert found.results.isVisible() and not found.area.isVisible()
    qtbot.keyClick(found.search_box, Qt.Key.Key_Return)
    assert page.topic_id == "warm-handoff"
    found.search_box.setFocus()
    qtbot.keyClick(found.search_box, Qt.Key.Key_Down)
    assert found.results.hasFocus()
    found.search_box.setText("xylophone")
    assert found.none.isVisible() and not found.results.isVisible()
    assert page.back()
    assert found.area.isVisible() and found.search_box.text() == ""


def test_what_was_found_is_no_wider_than_the_list(qtbot: QtBot, page: GuidePage) -> None:
    page.contents.setFixedWidth(200)
    page.contents.look("payee")
    page.show()
    QApplication.processEvents()
    bar = page.contents.results.horizontalScrollBar()
    assert page.contents.results.isVisible() and bar.maximum() == 0


def test_an_empty_agency_fact_is_one_press_from_its_form(page: GuidePage, ask: object) -> None:
    ask.answers = [lambda dialog: (dialog.boxes["advocate"].setPlainText("Ana"), dialog.save())]
    assert "not filled this in: on-call advocate" in page.article.toPlainText()
    page.article.anchorClicked.emit(QUrl("agency:advocate"))
    assert "Your agency, on-call advocate: Ana" in page.article.toPlainText()


def test_words_to_say_look_different_from_warnings(article: Article) -> None:
    show(article, '> **Heed this.** It matters.\n\n> More of it.\n\nText.\n\n> "Are you hurt?"')
    tokens = theme.THEMES["day"]
    grounds = [
        frame.frameFormat().background().color().name()
        for frame in article.document().rootFrame().childFrames()
    ]
    assert grounds == [tokens["warn_bg"].lower(), tokens["tint"].lower()]
