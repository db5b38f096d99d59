"""Printing PDF bytes from memory: grey pages at 300 dpi, and a job name that says nothing (R12)."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop.preview import draw_page, open_pdf
from resources.errors import ToolkitError

JOB_NAME = "Resources"
DPI = 300


def new_printer() -> QPrinter:
    """A printer set up the way every sheet is printed.

    Raises ToolkitError `sheet.no_printer` when this laptop has none.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise ToolkitError("sheet.no_printer")
    return prepared(QPrinter(QPrinter.PrinterMode.ScreenResolution))


def prepared(printer: QPrinter) -> QPrinter:
    printer.setFullPage(True)
    printer.setResolution(DPI)
    printer.setDocName(JOB_NAME)
    printer.setCreator("")
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    return printer


def print_pages(
    data: bytes, printer: QPrinter, password: str | None = None
) -> Generator[tuple[int, int], None, int]:
    """Send the chosen pages to the printer, one a step, and say how many; nothing is written to a file by us.

    Raises ToolkitError `sheet.print_failed` when the printer refuses. Then, and when it is closed before
    its end, the job is canceled.
    """
    pdf = open_pdf(data, password)
    painter = QPainter()
    numbers = list(_chosen(printer, len(pdf)))
    whole = False
    try:
        for sent, number in enumerate(numbers):
            _set_page_size(printer, pdf, number)
            ready = printer.newPage() if sent else painter.begin(printer)
            if not ready:
                raise ToolkitError("sheet.print_failed")
            _send(painter, printer, pdf, number)
            yield sent + 1, len(numbers)
        whole = True
    finally:
        if not whole:
            printer.abort()
        if painter.isActive():
            painter.end()
        pdf.close()
    if printer.printerState() == QPrinter.PrinterState.Error:
        raise ToolkitError("sheet.print_failed")
    return len(numbers)


def _chosen(printer: QPrinter, count: int) -> Iterator[int]:
    """Page numbers from 0 in the order to print, copies included where the printer cannot make them."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    numbers = [n for n in range(count) if first <= n + 1 <= last]
    for _ in range(1 if printer.supportsMultipleCopies() else printer.copyCount()):
        yield from numbers


def _set_page_size(printer: QPrinter, pdf: Any, number: int) -> None:
    width, height = pdf.get_page_size(number)
    printer.setPageSize(
        QPageSize(QSizeF(width, height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    )


def _send(painter: QPainter, printer: QPrinter, pdf: Any, number: int) -> None:
    room = printer.pageLayout().fullRectPixels(printer.resolution())
    width, height = pdf.get_page_size(number)
    scale = min(room.width() / width, room.height() / height)
    drawn = draw_page(pdf[number], scale)
    grey = QImage(room.size(), QImage.Format.Format_Grayscale8)
    grey.fill(Qt.GlobalColor.white)
    copy = QPainter(grey)
    copy.drawImage(0, 0, drawn)
    copy.end()
    painter.drawImage(room, grey)
