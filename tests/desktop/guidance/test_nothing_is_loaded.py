"""R7 in the whole window: what an agency or a file says is only text; no markup, no file, no address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QTextBrowser

from desktop.pages.article import OWN_LINKS
from desktop.window import Window
from resources.guidance import agency

RED = "#ff0000"


@pytest.fixture
def nasty(data: Path, window: Window) -> str:
    """What somebody could write into a form or a file, with a picture that is really there."""
    picture = data / "red.png"
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(picture))
    there = QUrl.fromLocalFile(str(picture)).toString()
    text = f'<img src="{there}"> ![x]({there}) <a href="https://example.org">go</a> [go](https://example.org)'
    agency.save(data, dict.fromkeys(agency.SLOTS, text), window.desk.today())
    (data / "topics").mkdir()
    lines = (
        f"# Ours <b>bold</b>\n\n{text}\n\n- [ ] {text}\n\n> {text}\n\n| a | b |\n|---|---|\n| {text} | c |\n"
    )
    (data / "topics" / "ours.md").write_text(lines, encoding="utf-8")
    window.desk.reload_guidance()
    return text


def reds(widget: Any) -> int:
    """How many points of a fine grid show the picture's color."""
    shown = widget.grab().toImage()
    colors = (
        shown.pixelColor(x, y).name() for x in range(0, shown.width(), 8) for y in range(0, shown.height(), 8)
    )
    return sum(name == RED for name in colors)


def loaded(browser: QTextBrowser) -> list[str]:
    """Links of the document that are not ours, and pictures in it."""
    found = []
    block = browser.document().begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            form = at.fragment().charFormat()
            address = form.anchorHref()
            if form.isImageFormat() or (address and address.split(":")[0] not in (*OWN_LINKS, "check")):
                found.append(address or form.toImageFormat().name())
            at += 1
        block = block.next()
    return found


def test_a_plain_browser_would_load_the_picture(window: Window, nasty: str) -> None:
    plain = QTextBrowser()
    plain.resize(400, 300)
    plain.setMarkdown(nasty)
    assert loaded(plain)
    assert reds(plain) > 0


@pytest.mark.parametrize("topic_id", ["agency-ours", "immediate-safety", "confidentiality", "minors"])
def test_the_guide_shows_it_as_text(window: Window, nasty: str, topic_id: str) -> None:
    window.go("guide", topic_id)
    QApplication.processEvents()
    page = window.page("guide")
    assert page.topic_id == topic_id
    assert "<img src=" in page.article.toPlainText()
    assert loaded(page.article) == []
    assert reds(window) == 0


def test_the_contents_and_the_search_show_it_as_text(window: Window, nasty: str) -> None:
    window.go("guide", "agency-ours")
    page = window.page("guide")
    assert "<b>bold</b>" in page.contents.buttons["agency-ours"].text()
    page.contents.search_box.setText("example")
    QApplication.processEvents()
    assert page.contents.results.isVisible()
    assert reds(window) == 0


def test_i_speak_and_its_dialog_show_it_as_text(window: Window, nasty: str, ask: Any) -> None:
    window.go("speak")
    page = window.page("speak")
    page.show_language("mam")
    ask.answers = [lambda dialog: seen.append(reds(dialog))]
    seen: list[int] = []
    page.interpreter.click()
    assert seen == [0]
    assert "<img src=" in page.hint.text()
    assert reds(window) == 0


def test_every_label_of_these_pages_is_plain_text(window: Window, nasty: str) -> None:
    for name in ("guide", "speak", "practice"):
        window.go(name)
        for one in window.page(name).findChildren(QLabel):
            assert one.textFormat() == Qt.TextFormat.PlainText, one.text()
