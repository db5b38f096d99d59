"""The preview shows the printed bytes, keeps its place, and stays readable by eye and ear."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.preview import Look, Preview

NIGHT = Look(edge="#A83A2B", tone="#FF6E58", inverted=True)


@pytest.fixture
def preview(qtbot: QtBot) -> Preview:
    shown = Preview("Sheet preview")
    qtbot.addWidget(shown)
    shown.resize(500, 400)
    shown.show()
    return shown


def most_blue(picture: QImage) -> int:
    return max(
        picture.pixelColor(x, y).blue()
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    )


def test_every_page_has_its_place_and_its_words(preview: Preview, make_pdf: Callable[..., bytes]) -> None:
    preview.show_pdf(make_pdf("First page", "Second page"))
    assert preview.pages == 2
    assert preview.text == "First page\n\nSecond page"


def test_scroll_position_survives_a_change(preview: Preview, make_pdf: Callable[..., bytes]) -> None:
    preview.show_pdf(make_pdf("One", "Two", "Three"))
    preview.verticalScrollBar().setValue(300)
    preview.show_pdf(make_pdf("One", "Two", "Four"))
    assert preview.verticalScrollBar().value() == 300
    assert "Four" in preview.text


def test_whole_page_fits_the_view(preview: Preview, make_pdf: Callable[..., bytes]) -> None:
    preview.show_pdf(make_pdf("One"))
    assert preview.verticalScrollBar().maximum() > 0
    preview.show_whole(True)
    assert preview.verticalScrollBar().maximum() == 0


def test_night_has_no_blue_and_day_has(preview: Preview, make_pdf: Callable[..., bytes]) -> None:
    preview.show_pdf(make_pdf("(406) 555-0142"))
    preview.setStyleSheet("QWidget { background: #080000; }")
    assert most_blue(preview.grab().toImage()) > 0xF0
    preview.wear(NIGHT)
    preview.verticalScrollBar().hide()
    night = preview.widget().grab().toImage()
    assert most_blue(night) <= 0x60
    assert max(night.pixelColor(x, 60).red() for x in range(night.width())) > 0x80


def test_a_protected_paper_is_shown_with_its_passphrase(
    preview: Preview, make_pdf: Callable[..., bytes]
) -> None:
    preview.show_pdf(make_pdf("Partner page", password="five plain words"), "five plain words")
    assert preview.text == "Partner page"


def test_clear_forgets_the_paper(preview: Preview, make_pdf: Callable[..., bytes]) -> None:
    preview.show_pdf(make_pdf("Something private"))
    preview.clear()
    assert preview.pages == 0
    assert preview.text == ""
