"""Rows of one sheet to providers: one row is one service at one place, as a small agency keeps its list.

A row needs a name. An id column gives the entry its identity; without one, name and address do, and phone
only when those are not unique, so that a changed number shows as a change and not as a new entry.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from resources.directory.fields import text, to_fields
from resources.directory.hours import Hours
from resources.directory.provider import Phone, Provider
from resources.directory.shelf import Document, Shelf, document_of
from resources.exchange import place_cells
from resources.exchange.cells import state as state_of
from resources.exchange.columns import KEPT, NUMBERS
from resources.exchange.exact import complete
from resources.exchange.identity import key_without_id, numbered, stable_id
from resources.exchange.incoming import ColumnChoice, Problem, Row, Table
from resources.exchange.plain_text import MAY_SAY_NOTHING, given, is_plain, plain
from resources.exchange.private_columns import PrivateColumns
from resources.exchange.row import Cells, row_provider, secrets_of
from resources.exchange.secret_places import Secrets
from resources.words import load

Progress = Callable[[int, int], object]
_REPORT = 500


@dataclass(frozen=True)
class Read:
    """Providers of a table, and what a person should know about how they were read."""

    providers: Sequence[Provider]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    secrets: Secrets = dataclasses.field(default_factory=Secrets, compare=False)


def read_rows(
    table: Table,
    choices: Sequence[ColumnChoice],
    source: str,
    state: str = "",
    progress: Progress | None = None,
) -> Read:
    """Providers of the rows of `table`; `state` is where counties are when no cell says.
    `progress(done, of)` counts rows and may raise to stop."""
    reader = _Rows(table, choices, source, state)
    shelf = Shelf.of_documents(reader.documents(progress))
    together = {first: _joined(_identified(rows, source)) for first, rows in reader.repeated().items()}
    if together:
        shelf = Shelf.of_documents(_in_order(shelf, together))
    notes = _notes(reader, together, len(shelf))
    return Read(reader.secrets.clean_all(shelf), tuple(reader.problems), notes, reader.secrets)


def _in_order(shelf: Shelf, together: Mapping[str, Sequence[Provider]]) -> Iterator[Document]:
    """The documents, with those of rows that belong together in the place of the first."""
    for document in shelf.documents():
        if document.id in together:
            yield from map(document_of, together[document.id])
        else:
            yield document


class _Rows:
    """The rows of a table as providers. Most are documents at once; rows that name the same service twice
    are read again when all of them are known."""

    def __init__(self, table: Table, choices: Sequence[ColumnChoice], source: str, state: str) -> None:
        fields = [choice.field or "" for choice in choices]
        columns = list(zip(table.headings, fields, strict=True))
        self._read = [(n, heading, field) for n, (heading, field) in enumerate(columns) if field]
        self._kept = [
            (n, heading.removeprefix(KEPT)) for n, (heading, field) in enumerate(columns) if not field
        ]
        self._fields = fields
        self._first = {choice.field or "": choice.heading for choice in reversed(choices)}
        self._ours = "record" in fields  # our own export: a service may really be called "Nil"
        self._table, self._source = table, source
        self._state = state or self._usual_state()
        self.problems = list(table.problems)
        self.made = 0
        self._rows: dict[str, list[int]] = {}  # of each key met more than once
        self._met: dict[str, int] = {}
        self._private = PrivateColumns(table.headings, fields)
        self.secrets = Secrets()
        self.without_phone: set[str] = set()
        self.confidential: set[str] = set()

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
        private = self._private.of(row.cells)
        cells = row.cells
        if private.columns:
            cells = tuple("" if n in private.columns else cell for n, cell in enumerate(row.cells))
        for n, heading, field in self._read:
            cell = cells[n]
            if cell and (given(cell) or (self._ours and field == "name")):
                if field in found:
                    found[field].append((heading, cell))
                else:
                    found[field] = [(heading, cell)]
        kept = {
            heading: cell
            for n, heading in self._kept
            if (cell := cells[n]) and (cell[0] not in MAY_SAY_NOTHING or given(cell))
        }
        if not is_plain("|".join(kept.values())):
            kept = {heading: plain(cell) for heading, cell in kept.items()}
        numbers = any(self._fields[n] in NUMBERS and row.cells[n] for n in private.columns)
        return Cells(row, found, self._first, self._table.name, self._state, kept, private, numbers)

    def documents(self, progress: Progress | None) -> Iterator[Document]:
        """One document for each service, under the key of its first row."""
        rows, many = self._table.rows, len(self._table.rows)
        for n, row in enumerate(rows):
            if progress and n % _REPORT == 0:
                progress(n, many)
            cells = self.cells(row)
            provider = row_provider(cells, self.problems)
            if provider is None:
                continue
            self.made += 1
            if provider.place.confidential or cells.private.texts:
                self.secrets.add(secrets_of(cells) if provider.place.confidential else cells.private.texts)
            key = provider.source_id or _where(provider)
            if self._met.setdefault(key, n) != n:
                self._rows.setdefault(key, [self._met[key]]).append(n)
                continue
            yield self._document(provider, key, cells.one("record"))

    def _document(self, provider: Provider, key: str, record: str) -> Document:
        identity = stable_id(self._source, "rows", key)
        if not provider.phones:
            self.without_phone.add(identity)
        if provider.place.confidential:
            self.confidential.add(identity)
        if record:
            return document_of(
                complete(replace(provider, id=identity, source=self._source, source_id=key), record)
            )
        fields = to_fields(provider)
        fields["source"], fields["source_id"] = self._source, key
        return Document(identity, text(fields))

    def repeated(self) -> dict[str, list[tuple[Provider, str]]]:
        """By the id of the first, the rows that share a key, each with its record."""
        found: dict[str, list[tuple[Provider, str]]] = {}
        for key, places in self._rows.items():
            some = [self.cells(self._table.rows[n]) for n in places]
            read = [(row_provider(cells, []), cells.one("record")) for cells in some]
            identity = stable_id(self._source, "rows", key)
            found[identity] = [(one, record) for one, record in read if one is not None]
        return found


def _identified(made: Sequence[tuple[Provider, str]], source: str) -> list[Provider]:
    """Give each provider its id; rows that share an id stay apart when their names differ."""
    names: dict[str, set[str]] = defaultdict(set)
    for one, _ in made:
        if one.source_id:
            names[one.source_id].add(key_without_id(one.name))
    places = Counter(_where(one) for one, _ in made if not one.source_id)
    seen = Counter[str]()
    found = []
    for one, record in made:
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
        found.append(complete(replace(one, id=identity, source=source, source_id=key), record))
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


def _notes(reader: _Rows, together: Mapping[str, Sequence[Provider]], services: int) -> tuple[str, ...]:
    joined = [one for some in together.values() for one in some]
    counts: Mapping[str, int] = {
        "joined_rows": reader.made - services,
        "no_phone": len(reader.without_phone - together.keys()) + sum(not one.phones for one in joined),
        "confidential": len(reader.confidential - together.keys())
        + sum(one.place.confidential for one in joined),
    }
    return tuple(load("en").say(f"exchange.note.{key}", n=n) for key, n in counts.items() if n)
