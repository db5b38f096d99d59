"""Updates by stick: exchange both ways, decide what is open, see who has what, take an update back."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import exchanging, sticks
from desktop.desk import Desk
from desktop.pages import updates_content, updates_lists
from desktop.widgets.basics import Picture, button, card, clear, column, label, page, row, scroll
from desktop.widgets.fields import Segments
from desktop.widgets.flow import FlowLayout
from desktop.widgets.line_list import Line, LineList
from resources.directory.history import Conflict
from resources.updates import holdings
from resources.updates.exchange import Exchange
from resources.updates.rollback import take_back
from resources.updates.trust import Trust

LOOK_MS = 2000  # how often to look for sticks while the page is shown
TABS = ("open", "laptops", "content", "taken", "refused")
ENDING = ".porchlight"


class UpdatesPage(QWidget):
    """One button per stick; below it what is open, who has what, what came, and what was refused."""

    name = "updates"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.tab = desk, "open"
        self._conflicts: list[Conflict] = []
        self._sticks: list[sticks.Stick] = []
        page(self)
        inner = page(QWidget())
        self._lines = column(inner, (28, 14, 28, 14), 10)
        column(self, 0, 0).addWidget(scroll(inner))
        self._head()
        self._join_card()
        self._exchange_card()
        self._lists()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look_for_sticks)
        desk.directory_switched.connect(self._forget_result)

    # -- building
    def _head(self) -> None:
        say = self.desk.words.say
        line = row(self._lines, 0, 12)
        line.addWidget(label(say("stick.title"), "h1", wrap=True), 1)
        self.agency_button = button("", "", "people", on=self.show_agency)
        line.addWidget(self.agency_button)
        self.about = label(say("stick.about"), "mute", wrap=True)
        self._lines.addWidget(self.about)

    def _join_card(self) -> None:
        say, self.join_card = self.desk.words.say, card()
        inside = column(self.join_card, (20, 16, 20, 16), 12)
        inside.addWidget(label(say("stick.none.title"), "h2", wrap=True))
        inside.addWidget(label(say("stick.none.about"), wrap=True))
        holder = QWidget()
        holder.setObjectName("plain")
        flow = FlowLayout(holder)
        self.create_button = button(say("stick.none.create"), "", "plus", on=self.create_agency)
        self.join_button = button(say("stick.none.join"), "primary", "people", on=self.join_agency)
        for made in (self.join_button, self.create_button):
            flow.addWidget(made)
        inside.addWidget(holder)
        self._lines.addWidget(self.join_card)

    def _exchange_card(self) -> None:
        say, self.exchange_card = self.desk.words.say, card()
        inside = column(self.exchange_card, (20, 16, 20, 16), 10)
        self.hint = label("", wrap=True)
        inside.addWidget(self.hint)
        holder = QWidget()
        holder.setObjectName("plain")
        self._flow = FlowLayout(holder)
        self._stick_holder = QWidget()
        self._stick_holder.setObjectName("plain")
        self._stick_flow = FlowLayout(self._stick_holder)
        inside.addWidget(self._stick_holder)
        self.folder_button = button(say("stick.choose_folder"), "", "folder", on=self.choose_folder)
        self.read_button = button(say("stick.read_file"), "", "open", on=self.read_file)
        self.write_button = button(say("stick.write_file"), "", "save", on=self.write_file)
        for made in (self.folder_button, self.read_button, self.write_button):
            self._flow.addWidget(made)
        inside.addWidget(holder)
        self.result = QWidget()
        self.result.setObjectName("plain")
        self._result_lines: QVBoxLayout = column(self.result, (0, 6, 0, 0), 6)
        self.result.hide()
        inside.addWidget(self.result)
        self._lines.addWidget(self.exchange_card)

    def _lists(self) -> None:
        say = self.desk.words.say
        self.tabs = Segments(((tab, say(f"stick.tab_{tab}", n=0)) for tab in TABS), self.tab, self.show_tab)
        line = row(self._lines, 0, 12)
        line.addWidget(self.tabs, 1)
        self.act_button = button("", "", on=self._act)
        line.addWidget(self.act_button)
        self.list_card = card()
        inner = column(self.list_card, (8, 8, 8, 8), 8)
        self.list_hint = label("", "mute", wrap=True)
        self.list_hint.setContentsMargins(12, 8, 12, 4)
        self.list = LineList(say("stick.tab_open", n=0))
        self.list.setMinimumHeight(150)
        self.list.opened.connect(lambda _key: self._act())
        self.list.moved.connect(self._show_act)
        inner.addWidget(self.list_hint)
        inner.addWidget(self.list, 1)
        inner.addStretch()
        self._lines.addWidget(self.list_card, 1)
        self._lines.addStretch()

    # -- the page protocol
    def opened(self) -> None:
        self.refresh()
        first = next(iter(self._stick_buttons()), self.folder_button)
        (first if self.exchange_card.isVisible() else self.join_button).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_for_sticks()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    # -- showing
    def refresh(self) -> None:
        """Read everything anew and show it."""
        with self.desk.ask.explaining():
            trust, say = Trust(self.desk.directory), self.desk.words.say
            self.join_card.setVisible(not trust.joined)
            for part in (self.exchange_card, self.agency_button, self.tabs, self.list_card):
                part.setVisible(trust.joined)
            self.act_button.hide()
            if trust.joined:
                self.agency_button.say(say("stick.agency", agency=trust.own.name, laptop=trust.name))
                self._conflicts = self.desk.directory.conflicts()
                self._show_list()
        self._look_for_sticks()

    def _show_list(self) -> None:
        desk, say = self.desk, self.desk.words.say
        rows: dict[str, list[Line]] = {
            "open": updates_lists.conflict_lines(desk, self._conflicts),
            "laptops": updates_lists.laptop_lines(desk, holdings.holdings(desk.directory)),
            "content": updates_content.lines(desk),
            "taken": updates_lists.arrival_lines(desk, holdings.arrivals(desk.directory)),
            "refused": updates_lists.refusal_lines(desk),
        }
        for tab, made in self.tabs.buttons.items():
            made.say(say(f"stick.tab_{tab}", n=len(rows[tab])))
        lines = rows[self.tab]
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        self.list.setAccessibleName(say(f"stick.tab_{self.tab}", n=len(lines)))
        self.list_hint.setText(say(f"stick.hint_{self.tab}" if lines else f"stick.none_{self.tab}"))
        self._show_act()

    def show_tab(self, tab: str) -> None:
        self.tab = tab
        self.tabs.show_value(tab)
        with self.desk.ask.explaining():
            self._show_list()

    def _show_act(self) -> None:
        line = self._current()
        if self.tab == "content":
            act = updates_content.act_of(line) if line else ""
            key = f"stick.content.act_{act}" if act else ""
        else:
            gone = self.tab == "taken" and line is not None and bool(line.state)
            key = f"stick.act_{self.tab}" if self.tab in ("open", "taken") and line and not gone else ""
        self.act_button.setVisible(bool(key))
        if key:
            self.act_button.say(self.desk.words.say(key))

    def _current(self) -> Line | None:
        return self.list.current() if self.list.rows.lines else None

    # -- sticks
    def _stick_buttons(self) -> list[QWidget]:
        items = (self._stick_flow.itemAt(n) for n in range(self._stick_flow.count()))
        return [widget for item in items if item and (widget := item.widget())]

    def _look_for_sticks(self) -> None:
        found, say = sticks.sticks(), self.desk.words.say
        self.hint.setText(say("stick.plugged" if found else "stick.plug_in"))
        self._stick_holder.setVisible(bool(found))
        if found == self._sticks:
            return
        self._sticks = found
        clear(self._stick_flow)
        for one in found:
            text = say("stick.exchange", name=one.name)
            made = button(text, "primary", "flip", on=partial(self.exchange, one.path))
            self._stick_flow.addWidget(made)

    def choose_folder(self) -> None:
        folder = self.desk.ask.open_folder(self.desk.words.say("stick.choose_title"))
        if folder is not None:
            self.exchange(folder)

    def exchange(self, folder: Path) -> None:
        """Both ways with this folder, then say in three lines what happened."""
        exchanging.exchange_with(self.desk, folder, self._show_result)
        self.refresh()

    def read_file(self) -> None:
        say = self.desk.words.say
        path = self.desk.ask.open_path(say("stick.read_file"), say("stick.kinds"))
        if path is not None:
            exchanging.read_file(self.desk, path, self._show_result)
            self.refresh()

    def write_file(self) -> None:
        say = self.desk.words.say
        path = self.desk.ask.save_path(say("stick.write_file"), f"update{ENDING}", say("stick.kinds"))
        if path is None:
            return
        path = path if path.suffix else path.with_suffix(ENDING)

        def written(count: int) -> None:
            self._show_lines([say("stick.written", n=count, file=path.name)])

        exchanging.write_file(self.desk, path, written)

    def _show_result(self, done: Exchange) -> None:
        worries = [0] * done.waits + [2] * bool(done.refusals)
        self._show_lines(done.lines(), worries)
        if done.refusals:
            self.show_tab("refused")

    def _show_lines(self, said: list[str], worries: Collection[int] = ()) -> None:
        clear(self._result_lines)
        for number, text in enumerate(said):
            sign = "warn" if number in worries else "ok"
            line = row(self._result_lines, 0, 10)
            line.addWidget(Picture(sign, sign, 22))
            line.addWidget(label(text, "strong", wrap=True), 1)
        self.result.setAccessibleName(" ".join(said))
        self.result.show()

    def _forget_result(self) -> None:
        self.result.hide()
        if self.isVisible():
            self.refresh()

    # -- acting on a row
    def _act(self) -> None:
        line = self._current()
        if line is None:
            return
        if self.tab == "open":
            self._decide(line.key)
        elif self.tab == "content":
            updates_content.act(self.desk, line)
            self.refresh()
        elif self.tab == "taken" and not line.state:
            self._take_back(line)

    def _decide(self, key: str) -> None:
        from desktop.dialogs.conflict import decide

        identity, field = key.split("\n")
        wanted = [one for one in self._conflicts if (one.provider_id, one.field) == (identity, field)]
        with self.desk.ask.explaining():
            for one in wanted:
                decide(self.desk, one, holdings.holdings(self.desk.directory))
        self.refresh()

    def _take_back(self, line: Line) -> None:
        desk, say = self.desk, self.desk.words.say
        text = say("stick.back_text", update=line.title)
        if not desk.ask.confirm(say("stick.back_title"), text, say("stick.act_taken")):
            return
        with desk.ask.explaining():
            back = take_back(desk.directory, line.key)
            desk.directory_changed()
            desk.say(say("stick.back_done", n=back.entries))
        self.refresh()

    # -- the agency
    def show_agency(self) -> None:
        from desktop.dialogs.agency_key import Roster

        with self.desk.ask.explaining():
            self.desk.ask.run(Roster(self.desk, self._folder))
        self.refresh()

    def create_agency(self) -> None:
        from desktop.dialogs.agency_key import CreateAgency

        self.desk.ask.run(CreateAgency(self.desk))
        self.opened()

    def join_agency(self) -> None:
        from desktop.dialogs.agency_key import JoinAgency

        folder = self._folder()
        if folder is not None:
            with self.desk.ask.explaining():
                self.desk.ask.run(JoinAgency(self.desk, folder))
            self.opened()

    def _folder(self) -> Path | None:
        """The only stick that is plugged in, else the folder a person chooses."""
        found = sticks.sticks()
        if len(found) == 1:
            return found[0].path
        chosen: Path | None = self.desk.ask.open_folder(self.desk.words.say("stick.choose_title"))
        return chosen
