"""Work on several entries at once: tick them, then retire, bring back, set the area, or record calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.dialogs.working import run_job
from desktop.jobs import Progress
from desktop.pages.find_actions import FindActions
from desktop.widgets import naming
from desktop.widgets.basics import Button, button, card, column, label, page, row
from desktop.widgets.boxes import LineBox
from desktop.widgets.fields import Segments
from desktop.widgets.flow import FlowLayout
from desktop.widgets.line_list import Line
from desktop.widgets.tick_list import TickList
from resources.directory import listing, phones
from resources.directory.provider import Provider

AT_ONCE = 50  # more than this is written beside the window, with progress and Cancel


class EntriesPage(QWidget):
    """Each deed is one step: one undo takes all of it back."""

    name = "entries"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.chosen_set = desk, listing.ALL
        self._say = desk.words.say
        page(self)
        lines = column(self, (28, 14, 28, 14), 10)
        lines.addWidget(label(self._say("entries.title"), "h1"))
        line = row(lines, 0, 12)
        self.sets = Segments(
            ((code, self._say(f"entries.set_{code}")) for code in listing.SETS), listing.ALL, self.show_set
        )
        self.filter = LineBox()
        self.filter.setPlaceholderText(self._say("entries.filter"))
        self.filter.setAccessibleName(self._say("entries.filter"))
        self.filter.setMaxLength(100)
        self.filter.textChanged.connect(lambda _text: self.refresh())
        line.addWidget(self.sets, 2)
        line.addWidget(self.filter, 1)
        self._table(lines)
        for signal in (desk.providers_changed, desk.directory_switched):
            signal.connect(self._later)

    def _table(self, lines: QVBoxLayout) -> None:
        frame = card()
        inner = column(frame, (8, 8, 8, 8), 8)
        head = row(inner, (12, 0, 4, 0), 8)
        self.about = label("", "mute", wrap=True)
        self.all_button = button(self._say("entries.select_all"), "", "ok", key="Ctrl+A")
        self.clear_button = button(self._say("entries.clear"), "", "x")
        self.list = TickList(self._say("entries.list"), self._fetch, self._say)
        self.all_button.clicked.connect(lambda _on: self.list.rows.tick_all(True))
        self.clear_button.clicked.connect(lambda _on: self.list.rows.tick_all(False))
        self.list.rows.ticks_changed.connect(self._show_acts)
        self.list.opened.connect(self.edit)
        head.addWidget(self.about, 1)
        head.addWidget(self.all_button)
        head.addWidget(self.clear_button)
        inner.addWidget(self.list, 1)
        inner.addWidget(self._acts())
        lines.addWidget(frame, 1)

    def _acts(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        flow = FlowLayout(holder)
        kinds: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("retire", "x", self.retire),
            ("bring_back", "undo", self.bring_back),
            ("county", "map", self.set_area),
            ("checked", "phone", self.record_calls),
        )
        self.acts: dict[str, Button] = {}
        for name, icon, act in kinds:
            self.acts[name] = button(self._say(f"entries.{name}"), "", icon, on=act)
            flow.addWidget(self.acts[name])
        return holder

    # -- the page protocol
    def opened(self) -> None:
        self.refresh()
        (self.list if self.list.rows.ids else self.filter).setFocus()

    def show_argument(self, argument: object) -> None:
        """One of the sets: all, no_area, never, retired."""
        if argument in listing.SETS:
            self.sets.show_value(str(argument))
            self.chosen_set = str(argument)

    def _later(self) -> None:
        if self.isVisible():
            self.refresh()

    # -- showing
    def show_set(self, chosen: str) -> None:
        self.chosen_set = chosen
        self.refresh()

    def refresh(self) -> None:
        """Read the ids anew; rows follow when they come into view."""
        with self.desk.ask.explaining():
            self.list.show_ids(listing.ids(self.desk.directory, self.chosen_set, self.filter.text()))

    def _fetch(self, ids: Sequence[str]) -> list[Line]:
        return [self._line(one) for one in self.desk.directory.many(ids)]

    def _line(self, one: Provider) -> Line:
        words, last = self.desk.words, one.last_check
        icon, token, state = naming.check_state(
            words, one.needs, one.confirmed_on, last.result if last else "", self.desk.today()
        )
        if one.retired:
            icon, token, state = "", "mute", self._say("desk.find.retired")
        number = phones.show(one.phone.number, one.phone.extension) if one.phone else ""
        served = naming.areas(words, one.serves) or self._say("entries.area_none")
        about = "  ·  ".join(filter(None, (naming.kinds(words, one.needs), one.place.city, number, served)))
        return Line(one.id, one.name, about, state, icon, token)

    def _show_acts(self) -> None:
        count, total = len(self.list.rows.ticked), len(self.list.rows.ids)
        can = self.desk.directory.may_edit
        said = self._say("entries.selected", n=count) if count else self._say("entries.selected_none")
        if not can:
            closed = self.desk.directory.edits_closed
            said = self.desk.words.say("policy.reader_is") if closed else self._say("entries.read_only")
        said = f"{self._say('entries.about', n=total)} {said}" if total else self._say("entries.none")
        self.about.setText(said)
        self.all_button.setEnabled(can and count < total)
        self.clear_button.setEnabled(bool(count))
        retired = self.chosen_set == listing.RETIRED
        for name, made in self.acts.items():
            made.setVisible((name == "bring_back") == retired)
            made.setEnabled(can and bool(count))

    # -- deeds
    def edit(self, provider_id: str) -> None:
        if provider_id and self.desk.directory.may_edit:
            FindActions(self.desk).edit(provider_id)
            self.list.setFocus()

    def _do(self, work: Callable[[Progress], object], done: str) -> None:
        """Do it (beside the window when it is much), say it, and let one undo take it back."""
        desk, text = self.desk, self._say(f"entries.done.{done}", n=len(self.list.rows.ticked))

        def again() -> object:
            return work(Progress(lambda _done, _of: None))

        def finished(made: Any) -> None:
            if made == "":
                desk.say(self._say("entries.done.unchanged"))
                return
            self.list.rows.tick_all(False)
            desk.directory_edited(text, again)
            desk.say(text, undo=True)

        with desk.ask.explaining():
            if len(self.list.rows.ticked) > AT_ONCE:
                run_job(desk, self._say("entries.working"), work, finished)
            else:
                finished(again())
        self.list.setFocus()

    def retire(self) -> None:
        ids = self.list.rows.chosen()
        self._do(lambda _progress: self.desk.directory.retire(*ids), "retired")

    def bring_back(self) -> None:
        ids = self.list.rows.chosen()
        self._do(lambda _progress: self.desk.directory.bring_back(*ids), "brought_back")

    def set_area(self) -> None:
        from desktop.dialogs.bulk import LIES, AreaDialog

        desk, ids = self.desk, self.list.rows.chosen()
        dialog = AreaDialog(desk, len(ids))
        if desk.ask.run(dialog) and dialog.codes:
            codes, way = dialog.codes, dialog.way
            if way == LIES:
                (fips,) = codes
                self._do(lambda progress: listing.set_county(desk.directory, ids, fips, progress), "lies")
                return
            add = way != "replace"
            self._do(
                lambda progress: listing.set_area(desk.directory, ids, codes, add=add, progress=progress),
                "county",
            )

    def record_calls(self) -> None:
        from desktop.dialogs.bulk import CallsDialog

        desk, ids = self.desk, self.list.rows.chosen()
        dialog = CallsDialog(desk, len(ids))
        if desk.ask.run(dialog) and dialog.result_code:
            result, by = dialog.result_code, dialog.initials()
            self._do(
                lambda progress: listing.record_checks(desk.directory, ids, result, by, progress), "checked"
            )
