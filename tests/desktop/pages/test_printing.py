"""Printing sends grey pages from memory under a neutral name, and says when it cannot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot

from desktop import printing
from resources.errors import ToolkitError


@pytest.fixture
def to_file(qtbot: QtBot, tmp_path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    return printing.prepared(printer)


def send(pdf: bytes, printer: QPrinter) -> list[tuple[int, int]]:
    return list(printing.print_pages(pdf, printer))


def test_each_page_is_sent_once_at_its_own_size(
    to_file: QPrinter, make_pdf: Callable[..., bytes], tmp_path: Path
) -> None:
    assert send(make_pdf("One", "Two"), to_file) == [(1, 2), (2, 2)]
    printed = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    assert [tuple(round(v) for v in page.get_size()) for page in printed] == [(612, 792)] * 2
    bitmap = printed[0].render(scale=1).to_numpy()
    assert bitmap.min() < 128
    printed.close()


def test_only_the_chosen_pages_are_sent(to_file: QPrinter, make_pdf: Callable[..., bytes]) -> None:
    to_file.setFromTo(2, 3)
    assert send(make_pdf("One", "Two", "Three", "Four"), to_file) == [(1, 2), (2, 2)]


def test_the_job_name_says_nothing(to_file: QPrinter) -> None:
    assert to_file.docName() == "Resources"
    assert to_file.colorMode() == QPrinter.ColorMode.GrayScale
    assert to_file.resolution() == 300


def test_no_printer_is_explained(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    with pytest.raises(ToolkitError) as problem:
        printing.new_printer()
    assert problem.value.key == "sheet.no_printer"


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_explained(
    to_file: QPrinter, make_pdf: Callable[..., bytes], tmp_path: Path
) -> None:
    to_file.setOutputFileName(str(tmp_path / "no such folder" / "out.pdf"))
    with pytest.raises(ToolkitError) as problem:
        send(make_pdf("One"), to_file)
    assert problem.value.key == "sheet.print_failed"


def test_printing_that_is_stopped_cancels_the_job(to_file: QPrinter, make_pdf: Callable[..., bytes]) -> None:
    pages = printing.print_pages(make_pdf(*map(str, range(9))), to_file)
    assert next(pages) == (1, 9)
    states: list[QPrinter.PrinterState] = []
    abort = to_file.abort
    to_file.abort = lambda: (states.append(to_file.printerState()), abort())
    pages.close()
    assert states == [QPrinter.PrinterState.Active]
    assert to_file.printerState() == QPrinter.PrinterState.Idle
