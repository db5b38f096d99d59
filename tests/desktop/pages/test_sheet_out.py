"""Paper leaves the sheet page only as asked: neutral names, whole files, a passphrase once."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.pages import sheet_out
from desktop.pages.sheet import SheetPage
from desktop.printing import prepared
from resources.directory.provider import Provider


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, providers: list[Provider]) -> SheetPage:
    made = SheetPage(desk)
    qtbot.addWidget(made)
    made.resize(1274, 649)
    made.show()
    for provider in providers[:2]:
        desk.add_provider(provider.id)
    return made


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A printer that writes into a file."""
    target = tmp_path / "printed.pdf"

    def make() -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(target))
        return prepared(made)

    monkeypatch.setattr(sheet_out, "new_printer", make)
    monkeypatch.setattr(sheet_out, "QPrintDialog", Chooser)
    return target


class Chooser(QDialog):
    """Stands for the system's dialog, which would look for real printers."""

    def __init__(self, printer: QPrinter, parent: QWidget) -> None:
        super().__init__(parent)
        assert printer.docName() == "Resources"


def pages_of(path: Path, password: str | None = None) -> int:
    pdf = pypdfium2.PdfDocument(path, password=password)
    count = len(pdf)
    pdf.close()
    return count


def test_saving_suggests_a_neutral_name_and_says_where_it_went(
    qtbot: QtBot, page: SheetPage, ask: object, said: list[str], tmp_path: Path
) -> None:
    ask.saves = [tmp_path / "out" / "resources.pdf"]
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert ask.suggested == ["resources.pdf"]
    saved = tmp_path / "out" / "resources.pdf"
    assert saved.read_bytes() == page.paper.pdf
    assert [one.name for one in saved.parent.iterdir()] == ["resources.pdf"]
    assert "resources.pdf" in said[-1] and str(saved.parent) in said[-1]


def test_not_saving_says_nothing(qtbot: QtBot, page: SheetPage, ask: object, said: list[str]) -> None:
    page.save_sheet()
    assert said == []


def test_a_disk_that_refuses_is_explained(page: SheetPage, ask: object, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    ask.saves = [blocked / "resources.pdf"]
    page.save_sheet()
    assert len(ask.told) == 1 and "resources.pdf" in ask.told[0]


def test_a_locked_pdf_shows_its_passphrase_once(
    qtbot: QtBot, page: SheetPage, ask: object, tmp_path: Path
) -> None:
    page.form.choices.choose_recipe("release")
    for key, text in {"release_recipient": "Range Legal", "release_purpose": "Housing",
                      "release_items": "need", "release_until": "2026-12-20"}.items():  # fmt: skip
        page.form.questions._write[key](text)
    page.form.take_typed()
    page.form.protect.click()
    ask.saves = [tmp_path / "resources.pdf"]
    shown: list[str] = []
    ask.answers = [lambda dialog: shown.append(dialog.shown.text())]
    page.save_sheet()
    assert len(shown) == 1 and len(ask.asked) == 1
    with pytest.raises(pypdfium2.PdfiumError):
        pages_of(tmp_path / "resources.pdf")
    assert pages_of(tmp_path / "resources.pdf", shown[0]) >= 1


def test_the_spool_note_is_read_once(page: SheetPage, ask: object, printer: Path, said: list[str]) -> None:
    accept = [lambda dialog: dialog.accept()]
    ask.answers = accept * 2
    page.print_sheet()
    assert pages_of(printer) == page.paper.pages
    assert "1 page" in said[-1]
    assert [type(one).__name__ for one in ask.asked] == ["SpoolNote", "Chooser"]
    assert ask.asked[1].windowTitle() == "Resources"
    ask.answers = accept * 1
    page.print_sheet()
    assert [type(one).__name__ for one in ask.asked][2:] == ["Chooser"]


def test_leaving_the_spool_note_prints_nothing(page: SheetPage, ask: object, printer: Path) -> None:
    page.print_sheet()
    assert not printer.exists()


def test_without_a_printer_saving_is_offered(
    page: SheetPage, ask: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    ask.answers = [lambda dialog: dialog.save.click()]
    ask.saves = [tmp_path / "resources.pdf"]
    page.print_sheet()
    assert (tmp_path / "resources.pdf").exists()
