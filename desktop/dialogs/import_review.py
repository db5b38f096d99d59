"""Import a list: choose it, check the columns, review every change, and only then apply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.dialogs.import_changes import ChangesPage
from desktop.dialogs.import_columns import ColumnsPage
from desktop.jobs import Job, Progress
from desktop.widgets.basics import Button, button, column, label, page, row
from desktop.widgets.dialog import Dialog
from desktop.widgets.job_page import SHOWN_AFTER_MS, JobPage
from desktop.widgets.one_of import OneOf
from resources.errors import ToolkitError
from resources.exchange.away import Away
from resources.exchange.changes import apply
from resources.exchange.incoming import Incoming
from resources.exchange.review import Changes

STEPS = ("choose", "columns", "review")


def import_list(desk: Desk) -> None:
    """Show the dialog beside the window, which stays usable; what it applied can be undone from the toast."""
    for shown in desk.ask.window.findChildren(ImportReview):
        if shown.isVisible():
            shown.activateWindow()
            return
    desk.ask.beside(ImportReview(desk))


class ImportReview(Dialog):
    """Three steps in one dialog. Nothing is written before Apply; Cancel is always there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.ask.window, desk.words.say("upkeep.import.title"), width=1040, height=2000)
        self._desk, self._say = desk, desk.words.say
        self._path: Path | None = None
        self._sheet: str | None = None
        self.incoming: Incoming | None = None
        self.changes: Changes | None = None
        self._step = 0
        self._done: Callable[[Any], object] = lambda value: None
        self._away = Away(desk.directory.folder, desk.directory.who)
        self._away.start()
        self.step_label = label("", "mute")
        self.body.addWidget(self.step_label)
        self.columns = ColumnsPage(desk.words, self._choose_sheet)
        self.review = ChangesPage(desk.words)
        self.working = JobPage(desk.words)
        self._pages = (self._choose_page(), self.columns, self.review)
        self.pages = OneOf(*self._pages, self.working)
        self.body.addWidget(self.pages, 1)
        self.again_button = self.add_button(self._say("upkeep.import.start_over"), partial(self._show, 0))
        self.back_button = self.add_button(self._say("desk.back"), self._back)
        self.cancel_button = self.add_button(self._say("desk.cancel"), self.reject)
        self.next_button = self.add_button(self._say("upkeep.import.review"), self._next, primary=True)
        self._step_buttons = (
            self.file_button,
            self.folder_button,
            self.again_button,
            self.back_button,
            self.next_button,
        )
        self.working.ended.connect(self._ended)
        self.review.changed.connect(self._show_apply)
        desk.directory_closing.connect(self._directory_closes)
        desk.solo_changed.connect(self._step_aside)
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
        self._turn_to(self._pages[step])
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

    def _turn_to(self, shown: QWidget) -> None:
        """Show this page from its beginning."""
        self.pages.turn_to(shown)
        self.area.verticalScrollBar().setValue(0)

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
        text = self._say("upkeep.import.reading", file=path.name)
        self._work(text, lambda progress: self._away.read(path, sheet, mapping, progress), self._was_read)

    def _was_read(self, incoming: Incoming) -> None:
        self.incoming = incoming
        if incoming.columns:
            self.columns.show_incoming(incoming)
            self._show(1)
        else:
            self._compare({})

    # -- step 2
    def _next(self) -> None:
        if self.pages.currentIndex() == 2:
            self._apply()
            return
        assert self.incoming is not None
        said = {c.heading: c.field for c in self.incoming.columns if c.confidence == 1.0}
        changed = self.columns.changed()
        self._compare(said | changed if changed else {})

    def _compare(self, mapping: Mapping[str, str | None]) -> None:
        """Compare what was read; with a `mapping` read it again with that first."""
        path, sheet, away = self._path, self._sheet, self._away
        assert path is not None

        def work(progress: Progress) -> Changes:
            if mapping:
                away.read(path, sheet, mapping, progress)
            return away.compare(progress)

        self._work(self._say("upkeep.import.comparing"), work, self._was_compared)

    def _was_compared(self, changes: Changes) -> None:
        self.changes = changes
        self.review.show_changes(changes)
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

        def again() -> object:
            return apply(
                desk.directory, changes, accept_phones=phones, accept_disputed=disputed, retire_missing=retire
            )

        def done(answer: str | Changes) -> None:
            if isinstance(answer, Changes):
                self._was_compared(answer)
                desk.ask.tell(say("upkeep.import.title"), say("upkeep.import.changed_meanwhile"))
                return
            desk.directory_edited(changes.source, again)
            desk.say(say("upkeep.import.applied", n=count), undo=True)
            self.accept()

        def work(progress: Progress) -> str | Changes:
            with desk.directory.written_elsewhere():
                return self._away.apply(phones, disputed, retire, progress)

        self._work(say("upkeep.import.applying"), work, done)

    # -- work beside the window
    def _work(self, text: str, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> None:
        """Do `work` in the other process and hand its result to `done`; after a moment show how far it is."""
        self._step, self._done = self.pages.currentIndex(), done
        for made in self._step_buttons:
            made.setEnabled(False)
        self.working.begin(text, Job(work, self))
        QTimer.singleShot(SHOWN_AFTER_MS, self, self._show_working)

    def _show_working(self) -> None:
        if self.working.busy:
            self._turn_to(self.working)
            for made in self._step_buttons:
                made.hide()
            self.cancel_button.setFocus()

    def _ended(self, how: str, value: Any) -> None:
        for made in (*self._step_buttons, self.cancel_button):
            made.setEnabled(True)
        self._show(self._step)
        if how == "done":
            self._done(value)
        elif isinstance(value, ToolkitError):
            self._desk.ask.problem(value)
        elif how == "failed":
            raise value

    # -- leaving
    def reject(self) -> None:
        """While something goes on, Cancel stops that; then it closes the dialog."""
        if self.working.busy:
            self.cancel_button.setEnabled(False)
            self.working.stop()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.working.busy:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def done(self, result: int) -> None:
        self._away.close()
        super().done(result)

    def _step_aside(self, solo: bool) -> None:
        """Not over the words for the person. A method, because a lambda would outlive the dialog."""
        self.setVisible(not solo)

    def _directory_closes(self) -> None:
        """Another directory takes this one's place: let go of its file first."""
        self._away.close(wait=True)
        super().reject()
