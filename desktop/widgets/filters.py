"""The filters of Find: kinds of help as chips, and the panel with all the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets import naming
from desktop.widgets.basics import Button, button, card, column, label, row, scroll
from desktop.widgets.flow import FlowLayout
from resources.directory import needs, places
from resources.directory.matching import home_areas
from resources.directory.places import PlaceHit
from resources.directory.provider import INTAKE_RULES
from resources.directory.search import Query
from resources.words import Words

FIRST_KINDS = ("shelter", "legal", "medical", "interpreter", "case", "transport")
MILES = (25, 50, 100, 200)


class FiltersPanel(QWidget):
    """Every filter at once, as toggles; each press changes the list at once."""

    changed = Signal()
    closed = Signal()

    def __init__(
        self,
        words: Words,
        spoken: Callable[[], Sequence[str]],
        place: Callable[[], PlaceHit | None],
        ask_county: Callable[[], str],
    ) -> None:
        super().__init__()
        self._words, self._spoken, self._place, self._ask_county = words, spoken, place, ask_county
        self.query = Query()
        self._toggles: list[tuple[Button, Callable[[Query], bool]]] = []
        self._built = False
        self._outer = column(self, 0, 0)

    def build(self) -> None:
        """Made when first opened: a start without it is quicker."""
        if self._built:
            return
        self._built = True
        frame, inner = card(), QWidget()
        self._outer.addWidget(frame)
        outer = column(frame, (4, 4, 4, 12), 8)
        self._lines = column(inner, (20, 14, 14, 8), 10)
        outer.addWidget(scroll(inner, on_card=True), 1)
        self._fill()
        self._lines.addStretch()
        buttons = row(outer, (20, 0, 14, 0), 8)
        say = self._words.say
        buttons.addWidget(button(say("desk.find.clear_filters"), on=self.clear))
        buttons.addStretch()
        self.done = button(say("desk.find.show_results"), "primary", on=self.closed.emit)
        buttons.addWidget(self.done)
        self.show_query(self.query)

    def _fill(self) -> None:
        say = self._words.say
        group = self._group(say("desk.find.more"), "title")
        self._toggle(group, say("desk.find.open_now"), "open_now", True)
        self._toggle(group, say("desk.find.open_tonight"), "open_tonight", True)
        group = self._group(say("desk.find.accepts"))
        for rule in INTAKE_RULES:
            self._toggle(group, say(f"desk.rule.{rule}"), "accepts", rule)
        group = self._group(say("desk.find.language"))
        for code in self._spoken():
            self._toggle(group, naming.language(code), "language", code)
        group = self._group(say("desk.find.county"))
        for fips in self._counties():
            self._toggle(group, places.county_name(fips), "county", fips)
        group.addWidget(button(say("desk.find.other_county"), "", "pin", on=self._other_county))
        group = self._group(say("desk.find.distance"))
        if self._place() is not None:
            for miles in MILES:
                self._toggle(group, say("desk.find.within", miles=miles), "within", float(miles))
        else:
            self._lines.addWidget(label(say("desk.find.distance_needs_place"), "mute", wrap=True))
        group = self._group(say("desk.detail.kind"))
        for need in needs.all():  # those of the chips too: a narrow window has no room for all chips
            self._toggle(group, say(need.short_key), "needs", need.code)

    def _counties(self) -> list[str]:
        """Those of the working place, for a ZIP code may touch several, and the one that was chosen."""
        place = self._place()
        near = home_areas(place) if place else ()
        return list(dict.fromkeys((*near, *filter(None, (self.query.county,)))))

    def _other_county(self) -> None:
        if fips := self._ask_county():
            self.query = replace(self.query, county=fips)
            self.rebuild()
            self.build()
            self.done.setFocus()
            self.changed.emit()

    def _group(self, title: str, kind: str = "h2") -> FlowLayout:
        self._lines.addWidget(label(title, kind))
        holder = QWidget()
        holder.setObjectName("plain")
        flow = FlowLayout(holder)
        self._lines.addWidget(holder)
        return flow

    def _toggle(self, group: FlowLayout, text: str, field: str, value: object) -> None:
        made = button(text, "chip", checkable=True, on=lambda: self._press(field, value, made.isChecked()))
        self._toggles.append((made, lambda query: _is_on(query, field, value)))
        group.addWidget(made)

    def _press(self, field: str, value: object, on: bool) -> None:
        self.show_query(switched(self.query, field, value, on))
        self.changed.emit()

    def show_query(self, query: Query) -> None:
        """Mark the toggles that this query has on."""
        self.query = query
        for made, is_on in self._toggles:
            made.setChecked(is_on(query))

    def clear(self) -> None:
        self.show_query(cleared(self.query))
        self.changed.emit()

    def rebuild(self) -> None:
        """Languages or the place have changed: make it anew when it is next opened."""
        if self._built:
            self._built = False
            self._toggles.clear()
            while (item := self._outer.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.deleteLater()


def _is_on(query: Query, field: str, value: object) -> bool:
    given = getattr(query, field)
    return value in given if isinstance(given, tuple) else given == value


def switched(query: Query, field: str, value: object, on: bool) -> Query:
    """The query with one filter on or off."""
    given = getattr(query, field)
    changes: dict[str, Any] = {}
    if isinstance(given, tuple):
        rest = tuple(known for known in given if known != value)
        changes[field] = (*rest, value) if on else rest
        return replace(query, **changes)
    empty = {"open_now": False, "open_tonight": False, "language": "", "county": "", "within": None}
    changes[field] = value if on else empty[field]
    if on and field in ("open_now", "open_tonight"):
        changes["open_tonight" if field == "open_now" else "open_now"] = False
    return replace(query, **changes)


def cleared(query: Query) -> Query:
    """The query with its words and kinds only."""
    return Query(text=query.text, needs=tuple(need for need in query.needs if need in FIRST_KINDS))


def count_on(query: Query) -> int:
    """How many filters of the panel are on."""
    beyond = [need for need in query.needs if need not in FIRST_KINDS]
    single = (query.open_now, query.open_tonight, query.language, query.county, query.within is not None)
    return len(query.accepts) + len(beyond) + sum(map(bool, single))
