"""A sheet leaves the screen: to a printer, or into a file with a name that says nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QWidget

from desktop.desk import Desk
from desktop.dialogs.passphrase import Passphrase
from desktop.dialogs.working import run_steps
from desktop.printing import JOB_NAME, new_printer, print_pages
from desktop.widgets.basics import label
from desktop.widgets.dialog import Dialog
from resources.errors import ToolkitError
from resources.files import write_whole

FILE_NAME = "resources.pdf"


class SpoolNote(Dialog):
    """What a printer keeps, said once before the first print."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        say = desk.words.say
        super().__init__(parent, say("sheet.print_title"), width=600)
        self.body.addWidget(label(say("sheet.print_spool"), wrap=True))
        self.body.addStretch()
        self.add_button(say("sheet.print_cancel"), self.reject)
        self.go = self.add_button(say("sheet.print_go"), self.accept, primary=True, icon="print")


class PrintTrouble(Dialog):
    """Printing did not work; the sheet can be saved instead."""

    def __init__(self, desk: Desk, parent: QWidget | None, error: ToolkitError) -> None:
        say = desk.words.say
        super().__init__(parent, say("sheet.print_trouble_title"), width=600)
        self.body.addWidget(label(desk.words.explain(error), wrap=True))
        self.body.addStretch()
        self.add_button(say("sheet.close"), self.reject)
        self.save = self.add_button(say("sheet.save_instead"), self.accept, primary=True, icon="save")


class SheetOut:
    """One per page: it remembers only that the spool note was read."""

    def __init__(self, desk: Desk, around: QWidget) -> None:
        self._desk, self._around = desk, around
        self._told = False

    def print_pdf(self, pdf: bytes, passphrase: str | None = None) -> None:
        """Note, printer, pages; when the printer fails, saving is offered."""
        try:
            printer = new_printer()
            if not self._told and not self._accepted(SpoolNote(self._desk, self._around)):
                return
            self._told = True
            dialog = QPrintDialog(printer, self._around)
            dialog.setWindowTitle(JOB_NAME)
            if not self._accepted(dialog):
                return
        except ToolkitError as error:
            self._trouble(error, pdf)
            return
        say = self._desk.words.say
        pages = print_pages(pdf, printer, passphrase)
        run_steps(
            self._desk,
            say("sheet.printing"),
            pages,
            lambda sent: self._desk.say(say("sheet.printed", n=sent)),
            lambda error: self._trouble(error, pdf),
        )

    def _trouble(self, error: ToolkitError, pdf: bytes) -> None:
        if self._accepted(PrintTrouble(self._desk, self._around, error)):
            self.save(lambda: pdf)

    def _accepted(self, dialog: QDialog) -> bool:
        return bool(self._desk.ask.run(dialog) == QDialog.DialogCode.Accepted)

    def save(self, made: Callable[[], bytes]) -> Path | None:
        """Ask where, write the whole file or none, and say where it went."""
        say = self._desk.words.say
        target = self._desk.ask.save_path(say("sheet.save_title"), FILE_NAME, say("sheet.pdf_files"))
        if target is None:
            return None
        path = Path(target)
        if not path.suffix:
            path = path.with_suffix(".pdf")
        with self._desk.ask.explaining():
            write_whole(path, made())
            self._desk.say(say("sheet.saved", file=path.name, folder=str(path.parent)))
            return path
        return None

    def show_passphrase(self, passphrase: str) -> None:
        """Once, in a window; it is stored nowhere."""
        self._desk.ask.run(Passphrase(self._desk.words, self._around, passphrase))
