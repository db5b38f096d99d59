"""Rows of one sheet to providers: one row is one service at one place, as a small agency keeps its list.

A row needs a name. An id column gives the entry its identity; without one, name and address do, and phone
only when those are not unique, so that a changed number shows as a change and not as a new entry.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from resources.directory.hours import Hours
from resources.directory.provider import Phone, Provider
from resources.exchange import place_cells
from resources.exchange.cells import state as state_of
from resources.exchange.exact import complete
from resources.exchange.identity import key_without_id, numbered, stable_id
from resources.exchange.incoming import ColumnChoice, Problem, Row, Table
from resources.exchange.plain_text import NOTHING
from resources.exchange.row import Cells, row_provider
from resources.words import load


@dataclass(frozen=True)
class Read:
    """Providers of a table, and what a person should know about how they were read."""

    providers: tuple[Provider, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def read_rows(table: Table, choices: Sequence[ColumnChoice], source: str, state: str = "") -> Read:
    """Providers of the rows of `table`; `state` is where counties are when no cell says."""
    problems: list[Problem] = list(table.problems)
    reader = _Rows(table, choices, state)
    made: list[tuple[Provider, str]] = []
    for row in table.rows:
        cells = reader.cells(row)
        provider = row_provider(cells, problems)
        if provider is not None:
            made.append((provider, cells.one("record")))
    identified = _identified([provider for provider, _ in made], source)
    providers = [complete(one, record) for one, (_, record) in zip(identified, made, strict=True)]
    return Read(_joined(providers), tuple(problems), _notes(providers, len(made)))


class _Rows:
    """The columns of a table by field, and the state most rows are in."""

    def __init__(self, table: Table, choices: Sequence[ColumnChoice], state: str) -> None:
        self._fields = [choice.field or "" for choice in choices]
        self._first = {choice.field or "": choice.heading for choice in reversed(choices)}
        self._ours = "record" in self._fields  # our own export: a service may really be called "Nil"
        self._table = table
        self._state = state or self._usual_state()

    def _usual_state(self) -> str:
        states = Counter[str]()
        for row in self._table.rows[:500]:
            said = [cell for cell, field in zip(row.cells, self._fields, strict=True) if field == "state"]
            streets = [cell for cell, field in zip(row.cells, self._fields, strict=True) if field == "street"]
            states.update(filter(None, (state_of(text) for text in said)))
            if not said:
                states.update(filter(None, (place_cells.read_address(text).state for text in streets)))
        found = states.most_common(1)
        return found[0][0] if found and found[0][1] >= 0.8 * states.total() else ""

    def cells(self, row: Row) -> Cells:
        found: dict[str, list[tuple[str, str]]] = {}
        for heading, field, cell in zip(self._table.headings, self._fields, row.cells, strict=True):
            if cell and (cell.casefold() not in NOTHING or (self._ours and field == "name")):
                if field in found:
                    found[field].append((heading, cell))
                else:
                    found[field] = [(heading, cell)]
        return Cells(row, found, self._first, self._table.name, self._state)


def _identified(made: Sequence[Provider], source: str) -> list[Provider]:
    """Give each provider its id; rows that share an id stay apart when their names differ."""
    names: dict[str, set[str]] = defaultdict(set)
    for one in made:
        if one.source_id:
            names[one.source_id].add(key_without_id(one.name))
    places = Counter(_where(one) for one in made if not one.source_id)
    seen = Counter[str]()
    found = []
    for one in made:
        key = one.source_id
        if not key:
            key = _where(one)
            if places[key] > 1:
                key += "/" + "/".join(p.number or p.shown for p in one.phones[:1])
                seen[key] += 1
                key += f"/{seen[key]}" if seen[key] > 1 else ""
        elif len(names[key]) > 1:
            key = f"{key}/{key_without_id(one.name)}"
        identity = stable_id(source, "rows", key)
        found.append(replace(one, id=identity, source=source, source_id=key))
    return found


def _where(one: Provider) -> str:
    place = one.place
    return key_without_id(one.name, one.organization, place.street, place.city or place.postal_code[:5])


def _joined(providers: Iterable[Provider]) -> tuple[Provider, ...]:
    """Rows of one id become one provider: numbers, hours and needs are put together."""
    kept: dict[str, Provider] = {}
    for one in providers:
        kept[one.id] = _together(kept[one.id], one) if one.id in kept else one
    return tuple(kept.values())


def _together(first: Provider, more: Provider) -> Provider:
    phones: tuple[Phone, ...] = numbered([*first.phones, *more.phones])
    kept = {**more.kept, **first.kept}
    return replace(
        first,
        phones=phones,
        needs=first.needs | more.needs,
        languages=first.languages | more.languages,
        serves=first.serves | more.serves,
        hours=_hours_together(first.hours, more.hours),
        intake=MappingProxyType({**more.intake, **first.intake}),
        description=first.description or more.description,
        email=first.email or more.email,
        website=first.website or more.website,
        kept=MappingProxyType(kept),
        place=replace(first.place, confidential=first.place.confidential or more.place.confidential),
    )


def _hours_together(first: Hours, more: Hours) -> Hours:
    if more == first or more == Hours():
        return first
    if first == Hours():
        return more
    from resources.exchange.hours_cells import from_words

    return from_words("; ".join(dict.fromkeys([*first.text.split("; "), *more.text.split("; ")])))


def _notes(providers: Sequence[Provider], rows: int) -> tuple[str, ...]:
    counts: Mapping[str, int] = {
        "joined_rows": rows - len({one.id for one in providers}),
        "no_phone": sum(1 for one in providers if not one.phones),
        "confidential": sum(1 for one in providers if one.place.confidential),
    }
    return tuple(load("en").say(f"exchange.note.{key}", n=n) for key, n in counts.items() if n)
