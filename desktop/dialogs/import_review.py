"""Import a list: choose it, check the columns, review every change, and only then apply."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.dialogs.import_changes import ChangesPage
from desktop.dialogs.import_columns import ColumnsPage
from desktop.dialogs.working import run_job
from desktop.jobs import Progress
from desktop.widgets.basics import Button, button, column, label, page, row
from desktop.widgets.dialog import Dialog
from resources.errors import ToolkitError
from resources.exchange import columns
from resources.exchange.changes import apply, compare
from resources.exchange.incoming import Incoming
from resources.exchange.reading import read_list
from resources.exchange.review import Changes
from resources.exchange.tables import read_table

STEPS = ("choose", "columns", "review")


def import_list(desk: Desk) -> None:
    """Show the dialog; what it applied can be undone from the toast."""
    desk.ask.run(ImportReview(desk))


def read_for_review(desk: Desk, path: Path, sheet: str | None, mapping: Mapping[str, str | None]) -> Incoming:
    """Read a list with what was decided about its columns, now (`mapping`) or at an earlier import."""
    try:
        incoming = read_list(path, sheet=sheet, mapping=mapping or None)
    except ToolkitError as problem:
        if problem.key != "exchange.no_columns":
            raise
        table = read_table(path, sheet)  # nothing was recognized: the person says what the columns mean
        return Incoming(path.stem, "flat", (table,), columns.propose(table), sheets=table.sheets)
    if mapping or not incoming.tables:
        return incoming
    earlier = columns.recall(desk.directory, incoming.source, incoming.tables[0])
    return read_list(path, sheet=sheet, mapping=earlier) if earlier else incoming


class ImportReview(Dialog):
    """Three steps in one dialog. Nothing is written before Apply; Cancel is always there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.ask.window, desk.words.say("upkeep.import.title"), width=1040, height=2000)
        self._desk, self._say = desk, desk.words.say
        self._path: Path | None = None
        self._sheet: str | None = None
        self.incoming: Incoming | None = None
        self.changes: Changes | None = None
        self.step_label = label("", "mute")
        self.body.addWidget(self.step_label)
        self.pages = QStackedWidget()
        self.body.addWidget(self.pages, 1)
        self.columns = ColumnsPage(desk.words, self._choose_sheet)
        self.review = ChangesPage(desk.words)
        for made in (self._choose_page(), self.columns, self.review):
            self.pages.addWidget(made)
        self.again_button = self.add_button(self._say("upkeep.import.start_over"), partial(self._show, 0))
        self.back_button = self.add_button(self._say("desk.back"), self._back)
        self.cancel_button = self.add_button(self._say("desk.cancel"), self.reject)
        self.next_button = self.add_button(self._say("upkeep.import.review"), self._next, primary=True)
        self.review.changed.connect(self._show_apply)
        self._show(0)

    def _choose_page(self) -> QWidget:
        made = page(QWidget())
        lines: QVBoxLayout = column(made, 0, 14)
        lines.addWidget(label(self._say("upkeep.import.about"), wrap=True))
        line = row(lines, 0, 10)
        self.file_button: Button = button(
            self._say("upkeep.import.choose"), "primary", "open", on=self._choose_file
        )
        self.folder_button: Button = button(
            self._say("upkeep.import.choose_folder"), "", "folder", on=self._choose_folder
        )
        line.addWidget(self.file_button)
        line.addWidget(self.folder_button)
        line.addStretch()
        lines.addStretch()
        return made

    def _show(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.step_label.setText(self._say(f"upkeep.import.step_{STEPS[step]}"))
        self.again_button.setVisible(step == 1)
        self.back_button.setVisible(step == 2)
        self.next_button.setVisible(step > 0)
        self.next_button.say(self._say("upkeep.import.review" if step == 1 else "upkeep.import.apply"))
        self.next_button.setEnabled(True)
        if step == 0:
            self.file_button.setFocus()
        elif step == 1:
            self.columns.focus_first()
        else:
            self._show_apply()
            self.review.focus_first()

    # -- step 1
    def _choose_file(self) -> None:
        title, kinds = self._say("upkeep.import.choose_title"), self._say("upkeep.import.kinds")
        self.read_path(self._desk.ask.open_path(title, kinds))

    def _choose_folder(self) -> None:
        self.read_path(self._desk.ask.open_folder(self._say("upkeep.import.choose_title")))

    def read_path(self, path: Path | None) -> None:
        """Read this list and show what its columns were taken for."""
        if path is not None:
            self._path, self._sheet = path, None
            self._read({})

    def _choose_sheet(self, sheet: str) -> None:
        self._sheet = sheet
        self._read({})

    def _read(self, mapping: Mapping[str, str | None]) -> None:
        path, sheet = self._path, self._sheet
        assert path is not None

        def work(progress: Progress) -> Incoming:
            progress()
            return read_for_review(self._desk, path, sheet, mapping)

        run_job(self._desk, self._say("upkeep.import.reading", file=path.name), work, self._was_read)

    def _was_read(self, incoming: Any) -> None:
        self.incoming = incoming
        if incoming.columns:
            self.columns.show_incoming(incoming)
            self._show(1)
        else:
            self._compare(incoming)

    # -- step 2
    def _next(self) -> None:
        if self.pages.currentIndex() == 2:
            self._apply()
            return
        changed, path, sheet = self.columns.changed(), self._path, self._sheet
        assert path is not None and self.incoming is not None
        said = {c.heading: c.field for c in self.incoming.columns if c.confidence == 1.0} | changed

        def work(progress: Progress) -> Changes:
            progress()
            incoming = read_list(path, sheet=sheet, mapping=said or None)
            progress()
            return compare(self._desk.directory, incoming)

        run_job(self._desk, self._say("upkeep.import.comparing"), work, self._was_compared)

    def _compare(self, incoming: Incoming) -> None:
        def work(progress: Progress) -> Changes:
            progress()
            return compare(self._desk.directory, incoming)

        run_job(self._desk, self._say("upkeep.import.comparing"), work, self._was_compared)

    def _was_compared(self, changes: Any) -> None:
        self.changes = changes
        names = {provider.id: provider.name for provider in self._desk.directory.all(retired=True)}
        self.review.show_changes(changes, names)
        self._show(2)

    def _back(self) -> None:
        self._show(1 if self.incoming is not None and self.incoming.columns else 0)

    # -- step 3
    def _show_apply(self) -> None:
        if self.pages.currentIndex() == 2:
            self.next_button.setEnabled(self.review.count() > 0)

    def _apply(self) -> None:
        changes, desk, say = self.changes, self._desk, self._say
        assert changes is not None
        phones, disputed, retire = self.review.accepted()
        count = self.review.count()

        def write(progress: Any = None) -> str:
            return apply(
                desk.directory, changes, accept_phones=phones, accept_disputed=disputed,
                retire_missing=retire, progress=progress,
            )  # fmt: skip

        def done(_batch: Any) -> None:
            desk.directory_edited(changes.source, write)
            desk.say(say("upkeep.import.applied", n=count), undo=True)
            self.accept()

        run_job(desk, say("upkeep.import.applying"), write, done)
