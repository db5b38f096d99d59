"""Several papers at once: the ticked sheets in the ticked languages, as one print job or numbered files."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.dialogs.several import Several
from desktop.dialogs.sheets import Sheets
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
    desk.add_provider(providers[0].id)
    return made


def several(dialog: Sheets) -> None:
    dialog.more.click()


def choose(*sheets: str, languages: tuple[str, ...], act: str = "save_button") -> object:
    def answer(dialog: Several) -> None:
        for name, box in dialog.sheets.items():
            box.setChecked(name in sheets)
        for code, chip in dialog.codes.items():
            chip.setChecked(code in languages)
        getattr(dialog, act).click()

    return answer


def test_each_sheet_in_each_language_becomes_a_numbered_file(
    page: SheetPage, ask: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    monkeypatch.setattr(ask, "open_folder", lambda _title: tmp_path)
    ask.answers = [several, choose("wallet_card", "pictures", languages=("en", "ar"))]
    page.form.all_sheets.click()
    names = sorted(path.name for path in tmp_path.glob("*.pdf"))
    assert names == [f"resources-{n:02}.pdf" for n in range(1, 5)]
    texts = []
    for name in names:
        with pypdfium2.PdfDocument(tmp_path / name) as opened:
            texts.append(opened[0].get_textpage().get_text_range())
    assert ["Useful numbers" in text for text in texts].count(True) == 2
    assert all("555-0142" in text for text in texts)
    assert "4 papers saved" in said[-1]


def test_all_are_one_print_job(
    page: SheetPage, ask: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    target = tmp_path / "printed.pdf"

    def make() -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(target))
        return prepared(made)

    monkeypatch.setattr(sheet_out, "new_printer", make)
    monkeypatch.setattr(sheet_out, "QPrintDialog", lambda _printer, parent: QDialog(parent))
    accept = [lambda dialog: dialog.accept()]
    chosen = choose("wallet_card", languages=("en", "es", "vi"), act="print_button")
    ask.answers = [several, chosen, *accept * 2]
    page.form.all_sheets.click()
    with pypdfium2.PdfDocument(target) as printed:
        assert len(printed) == 3
    assert "3 pages" in said[-1]


def test_what_could_not_be_made_is_named_and_the_rest_is_there(
    page: SheetPage, ask: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "open_folder", lambda _title: tmp_path)
    ask.answers = [several, choose("wallet_card", "safety_plan", languages=("vi",))]
    page.form.all_sheets.click()
    assert len(ask.told) == 1 and "Vietnamese" in ask.told[0]
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["resources-01.pdf"]


def test_nothing_ticked_is_said_in_the_dialog(page: SheetPage, ask: object, qtbot: QtBot) -> None:
    def answer(dialog: Several) -> None:
        dialog.show()
        dialog.sheets["wallet_card"].setChecked(False)
        dialog.print_button.click()
        assert dialog._missing.isVisible() and dialog.act == ""

    ask.answers = [several, answer]
    page.form.all_sheets.click()
    assert len(ask.asked) == 2
