"""Find: who helps, nearest first, with the number in large type."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.pages.find_actions import FindActions
from desktop.pages.find_query import query_of, wanted
from desktop.pages.find_ways import NoMatch, TopicStrip
from desktop.read_ahead import ReadAhead
from desktop.widgets.basics import Button, button, column, label, page, row
from desktop.widgets.filters import FIRST_KINDS, FiltersPanel, count_on, switched
from desktop.widgets.provider_card import ProviderCard
from desktop.widgets.provider_list import ProviderList
from resources.directory import listing, needs, search
from resources.directory.outward import Outward, outward
from resources.directory.search import Found, Query, Results

PAGE = 100
ONE_COLUMN = 900
LISTED = ("en", "es")


class FindPage(QWidget):
    """Chips, list and detail; on a narrow screen the detail opens over the list."""

    name = "find"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.query = Query()
        self.chips: dict[str, Button] = {}
        self._one_column, self._over_list, self._asked = False, False, False
        self._shortlists, self._unread = search.Shortlists(), False
        self._read_ahead = ReadAhead(desk, self._shortlists, self._mend)
        page(self)
        outer = column(self, (20, 14, 20, 14), 10)
        self._chip_row(outer.addLayout)
        self.topics = TopicStrip(desk)
        self.no_match = NoMatch(desk, self._take)
        outer.addWidget(self.topics)
        outer.addWidget(self.no_match)
        self._row = row(outer, 0, 14)
        outer.setStretchFactor(self._row, 1)
        self._columns()
        self.deeds = FindActions(desk)
        self._connect()

    # -- parts
    def _chip_row(self, add: Any) -> None:
        say, line = self.desk.words.say, QHBoxLayout()
        line.setSpacing(8)
        for code in FIRST_KINDS:
            text = say(needs.get(code).short_key)
            chip = button(text, "chip", checkable=True)
            chip.clicked.connect(lambda on, code=code: self._change(switched(self.query, "needs", code, on)))
            self.chips[code] = chip
            line.addWidget(chip)
        line.addStretch()
        self.more = button(say("desk.find.more"), "", "filter", on=self._show_filters)
        line.addWidget(self.more)
        add(line)

    def _columns(self) -> None:
        desk = self.desk
        self._left = QWidget()
        self._left.setObjectName("plain")
        left = column(self._left, 0, 6)
        self.count = label("", "mute", wrap=True)
        self.list = ProviderList(desk.words, desk.today)
        left.addWidget(self.count)
        left.addWidget(self.list, 1)
        self.card = ProviderCard(desk)
        self.filters = FiltersPanel(desk.words, self._spoken, lambda: desk.place, self._ask_county)
        self.right = QStackedWidget()
        self.right.addWidget(self.card)
        self.right.addWidget(self.filters)
        self._row.addWidget(self._left, 1)
        self._row.addWidget(self.right, 1)

    def _connect(self) -> None:
        desk = self.desk
        desk.providers_changed.connect(self._again)
        desk.place_changed.connect(self._new_place)
        desk.directory_switched.connect(self._new_place)
        self.list.shown.connect(self._show_card)
        self.list.opened.connect(self._open)
        self.list.left_upwards.connect(lambda: desk.search_wanted.emit(None))
        self.filters.changed.connect(lambda: self._change(self.filters.query))
        self.filters.closed.connect(self._close_right)
        self.card.add_pressed.connect(self.deeds.add)
        self.card.remove_pressed.connect(self.deeds.remove)
        self.card.call_pressed.connect(self.deeds.call)
        self.card.edit_pressed.connect(self.deeds.edit)
        self.card.back_pressed.connect(self._close_right)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._add_current)

    def _spoken(self) -> list[str]:
        """Languages that providers of this directory speak."""
        spoken = listing.languages(self.desk.directory)
        from desktop.widgets import naming

        return [*LISTED, *sorted(spoken - set(LISTED), key=naming.language)]

    # -- the page protocol
    def opened(self) -> None:
        if not self._asked:
            self._ask()
        if self.list.rows.rows:
            self.list.setFocus()
        else:
            self.desk.search_wanted.emit(None)

    def retheme(self) -> None:
        self._arrange()

    def show_argument(self, argument: object) -> None:
        """Words to search, or filters: {"need": "shelter", "open": "tonight", "accepts": "men"}, also
        written as "need=shelter&open=tonight"; {"provider": id} shows one provider."""
        given = wanted(argument)
        self.query = query_of(given)
        self.desk.search_wanted.emit(given.get("text", ""))
        self._show_query()
        self._ask()
        if given.get("provider"):
            self._show_provider(given["provider"])

    def search(self, text: str) -> None:
        """Search as the person types."""
        if text != self.query.text or not self._asked:
            self._change(replace(self.query, text=text))

    def focus_list(self) -> None:
        if self.list.rows.rows:
            self.list.setFocus()

    def back(self) -> bool:
        """From the filters or the detail over the list back to the list; else the filters come off."""
        if self.right.currentWidget() is self.filters or self._over_list:
            self._close_right()
            return True
        return False

    # -- searching
    def _change(self, query: Query) -> None:
        self.query = query
        self._show_query()
        self._ask()

    def _show_query(self) -> None:
        for code, chip in self.chips.items():
            chip.setChecked(code in self.query.needs)
        self.filters.show_query(self.query)
        on = count_on(self.query)
        say = self.desk.words.say
        text = say("desk.find.more_on", n=on) if on else say("desk.find.more")
        if text != self.more.shown:
            self.more.say(text)
            self.more.setAccessibleName(text)
            self._arrange()

    def _asking(self, limit: int) -> Query:
        moment = datetime.combine(self.desk.today(), datetime.now().time())
        return replace(self.query, near=self.desk.place, limit=limit, moment=moment)

    def _find(self, limit: int = PAGE) -> Results:
        with self.desk.directory.reading():
            return search.find(self.desk.directory.connection, self._asking(limit), self._shortlists)

    def _outward(self) -> Outward | None:
        with self.desk.directory.reading():
            return outward(self.desk.directory.connection, self._asking(PAGE), self._shortlists)

    def _ask(self, *, same_row: bool = False) -> None:
        self._asked = True
        before = self.list.current() if same_row else None
        results = self._find()
        self._unread = results.unread
        self._read_ahead.later()
        self.topics.search(self.query.text)
        rows = results.found
        if rows:
            self.no_match.hide()
        else:
            around = self._outward()
            self.no_match.show_ways(self.query, results.fallback, around)
            rows = around.first() if around else list(results.fallback[0].found) if results.fallback else []
        more = len(rows) >= PAGE
        self.list.shown.disconnect(self._show_card)  # one card at the end, not one for each step
        self.list.rows.show_rows(rows, (lambda n: self._find(n).found) if more else None)
        self._say_count(results)
        self.list.setVisible(bool(rows))
        self.right.setVisible(not self._one_column and (bool(rows) or self._filtering()))
        if rows:
            self.list.choose(max(0, self.list.rows.row_of(before.provider_id) if before else 0))
        self.list.shown.connect(self._show_card)
        self._show_card(self.list.current())

    def _mend(self) -> None:
        """The words are read now: a question that found nothing may have been misspelt."""
        if self._unread:
            self._ask(same_row=self.list.currentIndex().row() > 0)  # whoever went to a row stays there

    def _say_count(self, results: Results) -> None:
        say, n = self.desk.words.say, len(results.found)
        if results.total is None and n:
            text = say("desk.find.count_more", n=n)
        else:
            plain = "count" if self.desk.place else "count_plain"
            text = say(f"desk.find.{plain}", n=results.total or n) if n else ""
        if not n and self.list.rows.rows:
            text = say("desk.find.instead")
        if results.corrected:
            mended = say("desk.find.corrected", misspelt=results.misspelt, corrected=results.corrected)
            text = f"{mended}  {text}"
        self.count.setText(text)
        self.count.setVisible(bool(text))
        if self.isVisible():
            spoken = text or self.desk.words.say("desk.find.no_match")
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def _again(self) -> None:
        """The directory has changed: the same question, the same row."""
        if self._asked:
            self._ask(same_row=self.list.currentIndex().row() > 0)  # whoever went to a row stays there
            self.card.refresh()

    def _new_place(self) -> None:
        self.filters.rebuild()
        if self.right.currentWidget() is self.filters:
            self.filters.build()
        self._again()

    def _take(self, query: Query) -> None:
        """Ask this instead, in the search box too."""
        self._change(query)
        self.desk.search_wanted.emit(query.text)

    def _ask_county(self) -> str:
        from desktop.dialogs.place import CountyDialog

        dialog = CountyDialog(self.desk, self.window())
        return dialog.chosen if self.desk.ask.run(dialog) else ""

    # -- what is shown
    def _filtering(self) -> bool:
        return self.right.currentWidget() is self.filters

    def _show_card(self, found: Found | None) -> None:
        self.card.show_found(found, with_back=self._one_column)

    def _open(self, found: Found | None) -> None:
        """A row was pressed: on a narrow screen the detail takes the room; Enter again adds to the sheet."""
        if found is None:
            return
        self.desk.note_opened(found.provider_id, found.name)
        self.right.setCurrentWidget(self.card)
        if self._one_column:
            self._cover_list(True)
        if self.card.add_button is not None:
            self.card.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_provider(self, provider_id: str) -> None:
        """Bring one provider to the screen; alone when the present question does not find it."""
        place = self.list.rows.row_of(provider_id)
        if place < 0:
            known = self.desk.directory.many([provider_id])
            if not known:
                return
            self.query = Query(text=known[0].name, include_retired=known[0].retired)
            self._show_query()
            self._ask()
            self.desk.search_wanted.emit(known[0].name)
            place = max(0, self.list.rows.row_of(provider_id))
        self.list.choose(place)
        if self._one_column:
            self._cover_list(True)

    def _show_filters(self) -> None:
        if self._filtering():
            self._close_right()
            return
        self.filters.build()
        self.right.setCurrentWidget(self.filters)
        self.right.show()
        if self._one_column:
            self._cover_list(True)
        self.filters.done.setFocus()

    def _close_right(self) -> None:
        self.right.setCurrentWidget(self.card)
        self._cover_list(False)
        self.right.setVisible(not self._one_column and bool(self.list.rows.rows))
        self.list.setFocus()

    def _cover_list(self, on: bool) -> None:
        self._over_list = on
        self._left.setVisible(not (on and self._one_column))
        self.right.setVisible(on or not self._one_column)

    def _add_current(self) -> None:
        found = self.list.current()
        if found is not None:
            self.deeds.add(found.provider_id)

    # -- room
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() * 100 // theme.now.percent < ONE_COLUMN
        if narrow != self._one_column:
            self._one_column = narrow
            self._cover_list(self._over_list or self._filtering())
            self._show_card(self.list.current())
        room = self.width() - 40 - self.more.sizeHint().width() - 16
        for chip in self.chips.values():
            room -= chip.sizeHint().width() + 8
            chip.setVisible(room >= 0)
        self.topics.arrange(self.width() - 40)
