"""Coverage: a county map and a worst-first list of where help is out of reach, saved as PDF."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.desk import Desk
from desktop.pages.coverage_words import CoverageWords
from desktop.widgets.basics import Button, button, card, column, label, page, row, scroll
from desktop.widgets.county_map import CountyMap, Swatch
from desktop.widgets.fields import Choice, Segments
from desktop.widgets.filters import FIRST_KINDS
from desktop.widgets.flow import FlowLayout
from desktop.widgets.line_list import LineList
from reports import coverage_paper
from resources.directory import coverage, needs, places, shapes
from resources.directory.coverage import CountyReach, Sites
from resources.handoff import Handoff

MILES = (30, 60, 90, 120)
FIRST_ON = ("shelter", "legal", "interpreter")
ONE_COLUMN, LIST_WIDTH = 860, 372
MANY = 3000  # from here on reading the directory takes longer than a blink


class CoveragePage(QWidget):
    """Choices at the top, the map at the left, the list at the right; the list says all that the map says."""

    name = "coverage"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.spoken = desk, CoverageWords(desk.words)
        self.state, self.miles, self.neighbors = "", 60, False
        self.found: list[CountyReach] = []
        self._sites: Sites | None = None
        self._shown_shapes: tuple[str, bool] = ("", False)
        self._alone = ""
        page(self)
        inner = QWidget()
        self._lines = column(inner, (28, 14, 28, 14), 10)
        column(self, 0, 0).addWidget(scroll(inner))
        self._head()
        self._choices()
        self._body()
        desk.providers_changed.connect(self._stale)
        desk.directory_switched.connect(self._stale)
        desk.place_changed.connect(self._moved)

    # -- building
    def _head(self) -> None:
        say, line = self.desk.words.say, row(self._lines, 0, 12)
        line.addWidget(label(say("coverage.title"), "h1", wrap=True), 1)
        self.states = Choice(say("coverage.state_name"))
        for code, name in sorted(places.STATES.items(), key=lambda item: item[1]):
            self.states.addItem(name, code)
        self.states.setMinimumWidth(220)
        self.states.activated.connect(lambda _row: self.choose_state(self.states.currentData()))
        self.save_button = button(say("coverage.save"), "", "save", key="Ctrl+S", on=self.save)
        line.addWidget(self.states)
        line.addWidget(self.save_button)

    def _choices(self) -> None:
        say, holder = self.desk.words.say, QWidget()
        holder.setObjectName("plain")
        flow = FlowLayout(holder)
        self.kinds: dict[str, Button] = {}
        rest = [code for code in needs.codes() if code not in FIRST_KINDS]
        for code in (*FIRST_KINDS, *rest):
            made = button(say(needs.get(code).short_key), "chip", checkable=True, on=self.refresh)
            made.setChecked(code in FIRST_ON)
            made.setVisible(code in FIRST_KINDS)
            self.kinds[code] = made
            flow.addWidget(made)
        self.more = button(say("coverage.more_kinds"), "ghost", "down", on=self._more)
        flow.addWidget(self.more)
        self._lines.addWidget(holder)
        line = row(self._lines, 0, 10)
        line.addWidget(label(say("coverage.within"), "mute"))
        self.radius = Segments(
            ((str(miles), say("coverage.miles", miles=miles)) for miles in MILES),
            str(self.miles),
            self._within,
        )
        for miles, made in self.radius.buttons.items():
            made.setMinimumWidth(84)
            made.setAccessibleName(say("coverage.miles_name", miles=miles))
        line.addWidget(self.radius, 1)
        self.near = button(say("coverage.neighbors"), "chip", checkable=True, on=self._neighbors)
        self.turn = button(say("coverage.show_list"), "", "list", on=self._turn)
        line.addWidget(self.turn)
        line.addWidget(self.near)

    def _body(self) -> None:
        say = self.desk.words.say
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(14)
        self._lines.addLayout(self._sides, 1)
        self.map_card, self.list_card = card(), card()
        inner = column(self.map_card, (10, 10, 10, 10), 6)
        self.map = CountyMap(say("coverage.map"))
        self.map.chosen.connect(self.choose_county)
        self.no_map = label("", "mute", wrap=True)
        inner.addWidget(self.no_map)
        inner.addWidget(self.map, 1)
        inner.addWidget(self._legend())
        inner = column(self.list_card, (14, 12, 8, 8), 6)
        self.summary = label("", "h2", wrap=True)
        self.list = LineList(say("coverage.list"))
        self.list.moved.connect(self._moved_in_list)
        self.detail = label("", "", wrap=True, selectable=True)
        self.detail.setContentsMargins(4, 6, 8, 6)
        inner.addWidget(self.summary)
        inner.addWidget(label(say("coverage.about"), "small", wrap=True))
        inner.addWidget(self.list, 1)
        inner.addWidget(self.detail)
        self.list.setMinimumHeight(140)
        self._sides.addWidget(self.map_card, 1)
        self._sides.addWidget(self.list_card)

    def _legend(self) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        flow, say = FlowLayout(holder, 14), self.desk.words.say
        self.legend: list[QWidget] = []
        for level, key in enumerate(coverage_paper.LEVELS):
            pair = QWidget()
            pair.setObjectName("plain")
            line = row(pair, 0, 6)
            line.addWidget(Swatch(level))
            line.addWidget(label(say(f"coverage.level.{key}"), "small"))
            self.legend.append(pair)
            flow.addWidget(pair)
        return holder

    # -- the page protocol
    def opened(self) -> None:
        if not self.state:
            self.state = self._likely_state()
        self.refresh()
        self.list.setFocus()

    def show_argument(self, argument: object) -> None:
        """Two letters of a state."""
        if argument in places.STATES:
            self.state = str(argument)

    def back(self) -> bool:
        """Esc closes the unfolded kinds first."""
        if self._unfolded():
            self._more()
            return True
        return False

    def _stale(self) -> None:
        self._sites = None
        if self.isVisible():
            self.refresh()

    def _moved(self) -> None:
        self.state = self._likely_state()
        if self.isVisible():
            self.refresh()

    # -- choices
    def choose_state(self, state: str) -> None:
        self.state = state
        self.refresh()

    def _within(self, miles: str) -> None:
        self.miles = int(miles)
        self.refresh()

    def _neighbors(self) -> None:
        self.neighbors = self.near.isChecked()
        self.refresh()

    def _unfolded(self) -> bool:
        return any(not made.isHidden() for code, made in self.kinds.items() if code not in FIRST_KINDS)

    def _more(self) -> None:
        """Unfold the other kinds, or fold them; one that is on stays in view."""
        unfold = not self._unfolded()
        for code, made in self.kinds.items():
            made.setVisible(unfold or code in FIRST_KINDS or made.isChecked())
        key = "fewer_kinds" if self._unfolded() else "more_kinds"
        self.more.say(self.desk.words.say(f"coverage.{key}"), icon="up" if self._unfolded() else "down")

    def chosen_needs(self) -> list[str]:
        return [code for code, made in self.kinds.items() if made.isChecked()]

    def _likely_state(self) -> str:
        """Where the person works; else where most providers are."""
        if place := self.desk.place:
            return place.state
        with self.desk.ask.explaining():
            rows = self.desk.directory.connection.execute("select state from provider where state <> ''")
            counted = Counter(state for (state,) in rows if state in places.STATES)
            return counted.most_common(1)[0][0] if counted else "MT"
        return "MT"

    # -- showing
    def refresh(self) -> None:
        """Ask the directory again where needed, and show what the choices say."""
        with self.desk.ask.explaining():
            if self._sites is None:
                self._read()
            if self._sites is not None:
                self._show(self._sites)

    def _read(self) -> None:
        directory = self.desk.directory
        if directory.count() <= MANY:
            self._sites = coverage.gather(directory.all())
            return
        from desktop.dialogs.working import run_job

        def keep(sites: Sites) -> None:
            self._sites = sites

        text = self.desk.words.say("coverage.loading")
        run_job(self.desk, text, lambda _progress: coverage.gather(directory.all()), keep)

    def _show(self, sites: Sites) -> None:
        wanted, say = self.chosen_needs(), self.desk.words.say
        self.states.setCurrentIndex(self.states.findData(self.state))
        counties = coverage.counties(self.state, self.neighbors)
        self.found = coverage.survey(sites, counties, wanted, self.miles) if wanted else []
        self.list.show_lines([self.spoken.line(one) for one in self.found])
        self.summary.setText(
            coverage_paper.summary(self.found, self.desk.words) if wanted else say("coverage.choose_kind")
        )
        self.legend[2].setVisible(len(wanted) > 1)
        self._show_map(sites, wanted)
        self.save_button.setEnabled(bool(self.found))
        self._moved_in_list()
        self._arrange()

    def _show_map(self, sites: Sites, wanted: list[str]) -> None:
        around = coverage.counties(self.state, self.neighbors)
        own = [one.county for one in coverage.counties(self.state)]
        turned = shapes.upright(own)
        if self._shown_shapes != (self.state, self.neighbors):
            fips = [one.county for one in around]
            self.map.show_shapes(turned.outlines(fips), turned.border(own))
            self._shown_shapes = (self.state, self.neighbors)
        self.map.show_levels(
            {one.fips: one.level for one in self.found},
            coverage_paper.dots(sites, wanted, around, turned),
        )
        self.map.setVisible(not self.map.is_empty())
        name = places.STATES.get(self.state, self.state)
        self.no_map.setText(self.desk.words.say("coverage.no_map", state=name))
        self.no_map.setVisible(self.map.is_empty())

    def _moved_in_list(self) -> None:
        line = self.list.current() if self.found else None
        one = next((one for one in self.found if line and one.fips == line.key), None)
        self.detail.setText(self.spoken.detail(one) if one else "")
        self.map.mark(one.fips if one else "", self.spoken.sentence(one) if one else "")

    def choose_county(self, fips: str) -> None:
        """A county of the map was pressed: mark it, in the list too."""
        keys = [line.key for line in self.list.rows.lines]
        if fips in keys:
            index = self.list.rows.index(keys.index(fips))
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    # -- room
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _turn(self) -> None:
        self._alone = "map" if self._alone == "list" else "list"
        self._arrange()

    def _arrange(self) -> None:
        """Side by side where there is room; else one of the two, with a button for the other."""
        both = self.width() >= ONE_COLUMN
        alone = self._alone or "map"
        self.turn.setVisible(not both)
        self.turn.say(self.desk.words.say("coverage.show_map" if alone == "list" else "coverage.show_list"),
                      icon="map" if alone == "list" else "list")  # fmt: skip
        self.map_card.setVisible(both or alone == "map")
        self.list_card.setVisible(both or alone == "list")
        self.list_card.setFixedWidth(LIST_WIDTH) if both else self.list_card.setMaximumWidth(16777215)
        if not both:
            self.list_card.setMinimumWidth(0)

    # -- paper
    def save(self) -> None:
        """The map and the table as PDF, through the sheet of that name."""
        from reports import logo
        from reports.sheet import FILE_NAME, make
        from resources.files import write_whole

        if not self.found or self._sites is None:
            return
        say, desk = self.desk.words.say, self.desk
        target = desk.ask.save_path(say("coverage.save_title"), FILE_NAME, say("coverage.kinds_pdf"))
        if target is None:
            return
        with desk.ask.explaining():
            path = target if target.suffix else target.with_suffix(".pdf")
            extra = coverage_paper.extra(self.found, self._sites, self.state, self.miles, desk.words)
            paper = make(
                Handoff(recipe="coverage"), today=desk.today(), logo=logo.kept(desk.data), extra=extra
            )
            write_whole(path, paper.pdf)
            desk.say(say("coverage.saved", file=path.name))
