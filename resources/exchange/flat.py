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
from resources.exchange import cells, place_cells
from resources.exchange.exact import complete
from resources.exchange.identity import key_without_id, numbered, stable_id
from resources.exchange.incoming import ColumnChoice, Problem, Row, Table
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
    made: list[tuple[Row, Provider]] = []
    for row in table.rows:
        provider = row_provider(reader.cells(row), problems)
        if provider is not None:
            made.append((row, replace(provider, source=source)))
    providers = _identified(made, source)
    records = {one.id: reader.cells(row).one("record") for one, (row, _) in zip(providers, made, strict=True)}
    providers = [complete(one, records[one.id]) for one in providers]
    return Read(_joined(providers), tuple(problems), _notes(providers, len(made)))


class _Rows:
    """The columns of a table by field, and the state most rows are in."""

    def __init__(self, table: Table, choices: Sequence[ColumnChoice], state: str) -> None:
        self._by_field: dict[str, list[int]] = defaultdict(list)
        for n, choice in enumerate(choices):
            self._by_field[choice.field or ""].append(n)
        self._table = table
        self._state = state or self._usual_state()

    def _usual_state(self) -> str:
        states = Counter[str]()
        for row in self._table.rows[:500]:
            said = [row.cells[n] for n in self._by_field["state"]]
            streets = [row.cells[n] for n in self._by_field["street"]]
            states.update(filter(None, (cells.state(text) for text in said)))
            if not said:
                states.update(filter(None, (place_cells.read_address(text).state for text in streets)))
        found = states.most_common(1)
        return found[0][0] if found and found[0][1] >= 0.8 * states.total() else ""

    def cells(self, row: Row) -> Cells:
        return Cells(self._table.headings, row, self._by_field, self._table.name, self._state)


def _identified(made: Sequence[tuple[Row, Provider]], source: str) -> list[Provider]:
    """Give each provider its id; rows that share an id stay apart when their names differ."""
    names: dict[str, set[str]] = defaultdict(set)
    for _, one in made:
        if one.source_id:
            names[one.source_id].add(key_without_id(one.name))
    places = Counter(_where(one) for _, one in made if not one.source_id)
    seen = Counter[str]()
    found = []
    for _, one in made:
        key = one.source_id
        if not key:
            key = _where(one)
            if places[key] > 1:
                key += "/" + "/".join(p.number or p.shown for p in one.phones[:1])
                seen[key] += 1
                key += f"/{seen[key]}" if seen[key] > 1 else ""
        elif len(names[key]) > 1:
            key = f"{key}/{key_without_id(one.name)}"
        found.append(replace(one, id=stable_id(source, "rows", key), source_id=key))
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
