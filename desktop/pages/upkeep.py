"""Directory upkeep: import, edit, the call list, retired entries, export, backup, undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.dialogs.working import run_job
from desktop.jobs import Progress
from desktop.pages.find_actions import FindActions
from desktop.pages.sheet_out import SheetOut
from desktop.pages.upkeep_jobs import MoreJobs
from desktop.widgets import naming
from desktop.widgets.basics import button, card, column, label, page, row
from desktop.widgets.boxes import LineBox
from desktop.widgets.fields import Segments
from desktop.widgets.flow import FlowLayout
from desktop.widgets.line_list import Line, LineList
from resources.directory import due, phones, search
from resources.directory.provider import Provider
from resources.directory.search import Query
from resources.handoff import Handoff

MOST = 500
TABS = ("list", "due", "retired")


class UpkeepPage(QWidget):
    """Desk work on the directory; every change can be taken back."""

    name = "upkeep"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.tab = desk, "list"
        self._count = 0
        self.deeds, self._out = FindActions(desk), SheetOut(desk, self)
        page(self)
        say, lines = desk.words.say, column(self, (28, 14, 28, 14), 10)
        lines.addWidget(label(say("upkeep.title"), "h1"))
        self.about = label("", "mute", wrap=True)
        lines.addWidget(self.about)
        lines.addWidget(self._acts())
        line = row(lines, 0, 12)
        self.tabs = Segments(((tab, say(f"upkeep.tab_{tab}")) for tab in TABS), self.tab, self.show_tab)
        line.addWidget(self.tabs, 2)
        self.filter = LineBox()
        self.filter.setPlaceholderText(say("upkeep.filter"))
        self.filter.setAccessibleName(say("upkeep.filter"))
        self.filter.setMaxLength(100)
        self.filter.textChanged.connect(lambda _text: self.refresh())
        line.addWidget(self.filter, 1)
        self._table(lines)
        for signal in (desk.providers_changed, desk.directory_switched):
            signal.connect(self._later)

    def _acts(self) -> QWidget:
        say, holder = self.desk.words.say, QWidget()
        holder.setObjectName("plain")
        flow = FlowLayout(holder)
        self.import_button = button(say("upkeep.import_list"), "primary", "open", on=self.import_list)
        self.add_button = button(say("upkeep.add"), "", "plus", on=self.add)
        self.export_button = button(say("upkeep.export_list"), "", "save", on=self.export)
        self.undo_button = button(say("upkeep.undo"), "", "undo", on=self.undo)
        self.backup_button = button(say("upkeep.backup"), "", "copy", on=self.back_up)
        for made in (
            self.import_button,
            self.add_button,
            self.export_button,
            self.undo_button,
            self.backup_button,
        ):
            flow.addWidget(made)
        self.more = MoreJobs(self.desk, flow)
        return holder

    def _table(self, lines: QVBoxLayout) -> None:
        say, frame = self.desk.words.say, card()
        inner = column(frame, (8, 8, 8, 8), 8)
        self.hint = label("", "mute", wrap=True)
        self.hint.setContentsMargins(12, 8, 12, 4)
        self.list = LineList(say("upkeep.tab_list"))
        self.list.opened.connect(self.edit)
        self.list.moved.connect(self._show_acts)
        line = row(inner, (0, 0, 8, 0), 8)
        line.addWidget(self.hint, 1)
        self.print_button = button(say("upkeep.print_due"), "", "print", on=self.print_due)
        line.addWidget(self.print_button)
        inner.addWidget(self.list, 1)
        self._row_acts = QWidget()
        self._row_acts.setObjectName("plain")
        acts = row(self._row_acts, (8, 0, 8, 4), 8)
        self.edit_button = button(say("upkeep.edit_entry"), "", "edit", on=lambda: self.edit(self._current()))
        self.call_button = button(
            say("desk.detail.called"), "", "phone", on=lambda: self.call(self._current())
        )
        self.history_button = button(say("entries.history_open"), "", "clock", on=self.show_history)
        acts.addWidget(self.edit_button)
        acts.addWidget(self.call_button)
        acts.addWidget(self.history_button)
        acts.addStretch()
        inner.addWidget(self._row_acts)
        lines.addWidget(frame, 1)

    # -- the page protocol
    def opened(self) -> None:
        self.refresh()
        (self.list if self.list.rows.lines else self.import_button).setFocus()

    def show_argument(self, argument: object) -> None:
        """ "due" shows the call list, "import" asks for the list to import."""
        if argument in TABS:
            self.tabs.show_value(str(argument))
            self.tab = str(argument)
        if argument == "import":
            self.import_list()

    def _later(self) -> None:
        if self.isVisible():
            self.refresh()

    # -- showing
    def show_tab(self, tab: str) -> None:
        self.tab = tab
        self.refresh()

    def refresh(self) -> None:
        """Read the directory and show it."""
        with self.desk.ask.explaining():
            self._show_head()
            lines, hint = {"list": self._all, "due": self._due, "retired": self._retired}[self.tab]()
            self.list.show_lines(lines)
            self.list.setVisible(bool(lines))
            self.list.setAccessibleName(self.desk.words.say(f"upkeep.tab_{self.tab}"))
            self.hint.setText(hint)
            self.hint.setVisible(bool(hint))
            self.print_button.setVisible(self.tab == "due" and bool(lines))
            self._show_acts()

    def _show_head(self) -> None:
        say, directory = self.desk.words.say, self.desk.directory
        self._count = count = directory.count()  # asked once: it takes long in a big directory
        retired = directory.count(retired=True) - count
        parts = [say("upkeep.about", n=count)]
        parts += [say("upkeep.about_retired", n=retired)] if retired else []
        parts += [say("upkeep.training")] if self.desk.settings.training else []
        if not directory.may_edit:
            parts.append(say("upkeep.read_only" if directory.read_only else "policy.reader_is"))
        self.about.setText(" ".join(parts))
        newest = directory.undo_label()
        can = newest is not None and directory.may_edit
        self.undo_button.setVisible(can)
        if can:
            self.undo_button.setAccessibleName(say("upkeep.undo_what", label=newest))
        for made in (self.import_button, self.add_button):
            made.setVisible(directory.may_edit)
        self.backup_button.setVisible(not directory.read_only)

    def _all(self) -> tuple[list[Line], str]:
        say, query = self.desk.words.say, Query(text=self.filter.text(), limit=MOST)
        with self.desk.directory.reading():
            results = search.find(self.desk.directory.connection, query)
        lines, wanted = [], self.filter.text().casefold()
        for found in sorted(results.found, key=lambda found: wanted not in found.name.casefold()):
            icon, token, state = naming.check_state(
                self.desk.words, found.needs, found.confirmed_on, found.last_result, self.desk.today()
            )
            kind = naming.kinds(self.desk.words, found.needs)
            about = "  ·  ".join(part for part in (kind, found.place_label, found.phone_shown) if part)
            lines.append(Line(found.provider_id, found.name, about, state, icon, token))
        more = (self._count - len(lines)) if not self.filter.text() else 0
        hint = say("upkeep.more", n=more) if more > 0 and lines else ""
        return lines, hint or ("" if lines else say("upkeep.list_none"))

    def _due(self) -> tuple[list[Line], str]:
        say, today = self.desk.words.say, self.desk.today()
        lines = []
        for entry in due.list(self._matching(self.desk.directory.all()), today):
            never = entry.state == due.NEVER
            state = say("upkeep.never") if never else _since(say, entry.due, today)
            warn = entry.state in (due.STALE, due.DUE)
            icon, token = ("warn", "warn") if warn else ("clock", "mute")
            lines.append(self._line(entry.provider, state, icon, token))
        return lines, say("upkeep.due_about" if lines else "upkeep.due_none")

    def _retired(self) -> tuple[list[Line], str]:
        gone = [one for one in self.desk.directory.all(retired=True) if one.retired]
        lines = [self._line(one, self.desk.words.say("desk.find.retired")) for one in self._matching(gone)]
        return lines, "" if lines else self.desk.words.say("upkeep.retired_none")

    def _matching(self, providers: list[Provider]) -> list[Provider]:
        wanted = self.filter.text().casefold().split()
        if not wanted:
            return providers
        return [p for p in providers if all(word in f"{p.name} {p.place.city}".casefold() for word in wanted)]

    def _line(self, provider: Provider, state: str, icon: str = "", token: str = "mute") -> Line:
        main = provider.phone
        number = phones.show(main.number, main.extension) if main else ""
        kind = naming.kinds(self.desk.words, provider.needs)
        about = "  ·  ".join(part for part in (kind, provider.place.city, number) if part)
        return Line(provider.id, provider.name, about, state, icon, token)

    def _show_acts(self) -> None:
        line = self.list.current() if self.list.rows.lines else None
        can = line is not None and self.desk.directory.may_edit
        self._row_acts.setVisible(can)
        if line is not None:
            self.edit_button.setAccessibleName(self.desk.words.say("upkeep.edit_name", name=line.title))
            self.call_button.setAccessibleName(self.desk.words.say("upkeep.call_name", name=line.title))
            history = self.desk.words.say("entries.history_name", name=line.title)
            self.history_button.setAccessibleName(history)
        self.call_button.setVisible(self.tab != "retired")

    def _current(self) -> str:
        line = self.list.current()
        return line.key if line else ""

    # -- deeds
    def edit(self, provider_id: str) -> None:
        if provider_id and self.desk.directory.may_edit:
            self.deeds.edit(provider_id)
            self.list.setFocus()

    def call(self, provider_id: str) -> None:
        if provider_id:
            self.deeds.call(provider_id)
            self.list.setFocus()

    def print_due(self) -> None:
        """The call list as it is shown, on paper with room for what happened."""
        from reports import logo, sheet

        desk, wanted = self.desk, [line.key for line in self.list.rows.lines]
        mark = logo.kept(desk.data)

        def make(progress: Progress) -> bytes:
            chosen = Handoff(recipe="call_list", providers=tuple(desk.directory.many(wanted)))
            return sheet.make(chosen, today=desk.today(), logo=mark, progress=progress).pdf

        run_job(desk, desk.words.say("desk.working"), make, self._out.print_pdf)

    def show_history(self) -> None:
        from desktop.dialogs.history import HistoryDialog

        if provider_id := self._current():
            self.desk.ask.run(HistoryDialog(self.desk, provider_id))
            self.list.setFocus()

    def add(self) -> None:
        from desktop.dialogs.provider_edit import edit_provider

        edit_provider(self.desk)

    def import_list(self) -> None:
        from desktop.dialogs.import_review import import_list

        import_list(self.desk)

    def export(self) -> None:
        from desktop.dialogs.export import ExportDialog

        self.desk.ask.run(ExportDialog(self.desk))

    def undo(self) -> None:
        say = self.desk.words.say

        def done(label: str | None) -> None:
            self.desk.say(say("upkeep.undone", label=label) if label else say("upkeep.nothing_to_undo"))
            self.desk.directory_changed()

        run_job(self.desk, say("desk.working"), self.desk.directory.undo, done)

    def back_up(self) -> None:
        say = self.desk.words.say

        def done(path: Path) -> None:
            self.desk.say(say("upkeep.backed_up", file=path.name))

        run_job(self.desk, say("desk.working"), lambda _progress: self.desk.directory.backup(), done)


def _since(say: Callable[..., str], day: date, today: date) -> str:
    return say("upkeep.due_today") if day >= today else say("upkeep.due_since", date=naming.day(day))
