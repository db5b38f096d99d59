"""Tables that follow from the operations and can be made again at any time (names as in HSDS)."""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Protocol, cast

from resources.directory.fields import Fields, Value, text, to_provider
from resources.directory.provider import Provider
from resources.engine import Connection, in_parts, writing

VERSION = 2

TABLES = (
    "create table provider(docid integer primary key, id text not null unique, name text not null,"
    " organization text not null, status text not null, city text not null, county text not null,"
    " state text not null, postal_code text not null, latitude real, longitude real,"
    " confidential integer not null, remote integer not null, source text not null, source_id text not null,"
    " confirmed_on text, document text not null) strict",
    "create index provider_source on provider(source, source_id)",
    "create index provider_out on provider(docid) where status = 'defunct'",
    "create table phone(docid integer not null, id text not null, position integer not null,"
    " number text not null, extension text not null, label text not null, kind text not null,"
    " shown text not null, primary key(docid, id)) strict, without rowid",
    "create table provider_need(docid integer not null, code text not null,"
    " primary key(docid, code)) strict, without rowid",
    "create table provider_language(docid integer not null, code text not null,"
    " primary key(docid, code)) strict, without rowid",
    "create table provider_serves(docid integer not null, code text not null,"
    " primary key(docid, code)) strict, without rowid",
    "create table provider_check(docid integer not null, id text not null, on_day text not null,"
    " result text not null, by text not null, note text not null,"
    " primary key(docid, id)) strict, without rowid",
)
NAMES = ("provider", "phone", "provider_need", "provider_language", "provider_serves", "provider_check")


Ready = tuple[Provider, str]
MUCH = 100


class Index(Protocol):
    """The search index, as far as the store needs it."""

    def create(self, connection: Connection) -> None: ...
    def write_many(self, connection: Connection, entries: Iterable[tuple[int, Provider]]) -> None: ...
    def remove(self, connection: Connection, docid: int) -> None: ...
    def hurry(self, connection: Connection) -> None: ...
    def hurried(self, connection: Connection) -> bool: ...
    def tidy(self, connection: Connection) -> None: ...
    def names(self, connection: Connection) -> Iterable[str]: ...


class NoIndex:
    """A directory that cannot be searched, only read."""

    def create(self, connection: Connection) -> None: ...
    def write_many(self, connection: Connection, entries: Iterable[tuple[int, Provider]]) -> None: ...
    def remove(self, connection: Connection, docid: int) -> None: ...
    def hurry(self, connection: Connection) -> None: ...
    def hurried(self, connection: Connection) -> bool:
        return False

    def tidy(self, connection: Connection) -> None: ...
    def names(self, connection: Connection) -> Iterable[str]:
        return (name for (name,) in connection.execute("select name from provider"))


def search_index() -> Index:
    """The one seam to the search index."""
    try:
        return cast(Index, importlib.import_module("resources.directory.index"))
    except ModuleNotFoundError:
        return NoIndex()


class Derived:
    """Keeps the provider tables and the search index in step with the merge state."""

    def __init__(self, connection: Connection, index: Index) -> None:
        self.connection = connection
        self.index = index
        self.rows = 0  # how many providers there should be, kept beside the tables to check them by
        self.written = 0  # in this change
        self.version = f"{VERSION}/{getattr(index, 'VERSION', 0)}"

    def create(self) -> None:
        """Empty tables, whatever was there before."""
        self.rows = 0
        self._drop_index()
        for name in NAMES:
            self.connection.execute(f"drop table if exists {name}")
        for statement in TABLES:
            self.connection.execute(statement)
        self.index.create(self.connection)

    def _drop_index(self) -> None:
        found = self.connection.execute(
            "select name from sqlite_master where type = 'table' and name like 'search!_%' escape '!'"
            " order by sql not like 'create virtual%'"  # the tables below a virtual one go with it
        )
        for (name,) in found.fetchall():
            self.connection.execute(f'drop table if exists "{name}"')

    def write(self, shown: Mapping[str, Fields], ready: Mapping[str, Ready] | None = None) -> None:
        """Bring these providers up to date; one without any value disappears.

        `ready` may hold what the caller has at hand: the provider of those fields, and their text.
        """
        docids = self._docids(shown)
        rows: dict[str, list[Sequence[Value]]] = {name: [] for name in NAMES}
        indexed: list[tuple[int, Provider]] = []
        self._clear(docids.values())
        for identity, fields in shown.items():
            docid = docids.get(identity)
            if not fields:
                if docid is not None:
                    self.rows -= 1
                    self.index.remove(self.connection, docid)
                continue
            if docid is None:
                self._last += 1
                self.rows += 1
                docid = self._last
            at_hand = ready.get(identity) if ready else None
            provider, said = at_hand or (to_provider(identity, fields), text(fields))
            indexed.append((docid, provider))
            _rows(rows, docid, provider, said)
        hurried = self._much
        self.written += len(indexed)
        if self._much and not hurried:
            self.index.hurry(self.connection)
        indexed.sort(key=itemgetter(0))  # FTS5 writes a piece of its own for each row out of order
        self.index.write_many(self.connection, indexed)
        for name, some in rows.items():
            if some:
                marks = ",".join("?" * len(some[0]))
                self.connection.executemany(f"insert into {name} values ({marks})", some)

    def finish(self) -> None:
        """At the end of a change: one that wrote much of the directory leaves the index in one piece.

        Otherwise each sixteenth edit after it merges some of what it left, which takes tens of milliseconds.
        """
        if self._much:
            self.index.tidy(self.connection)

    def mend(self) -> None:
        """After a long list that came in parts and was cut short: the index in one piece again."""
        if self.index.hurried(self.connection):
            with writing(self.connection):
                self.index.tidy(self.connection)

    @property
    def _much(self) -> bool:
        """True when this change has written much of the directory; it stays so to its end."""
        return self.written > MUCH and self.written * 20 > self.rows

    def _docids(self, identities: Iterable[str]) -> dict[str, int]:
        self._last = self.connection.execute("select coalesce(max(docid), 0) from provider").fetchone()[0]
        found: dict[str, int] = {}
        for some in in_parts(identities):
            marks = ",".join("?" * len(some))
            found.update(
                self.connection.execute(
                    f"select id, docid from provider where id in ({marks})", some
                ).fetchall()
            )
        return found

    def _clear(self, docids: Iterable[int]) -> None:
        gone = [(docid,) for docid in docids]
        if gone:
            for name in NAMES:
                self.connection.executemany(f"delete from {name} where docid = ?", gone)

    # -- reading -----------------------------------------------------------------------------------

    def count(self, retired: bool = True) -> int:
        count = "select count(*) from provider"
        out = "" if retired else f" - ({count} where status = 'defunct')"  # each from an index: rows are long
        return int(self.connection.execute(f"select ({count}){out}").fetchone()[0])

    def get(self, identities: Iterable[str]) -> dict[str, Provider]:
        """Those of these providers that exist."""
        found: dict[str, Provider] = {}
        for some in in_parts(identities):
            marks = ",".join("?" * len(some))
            rows = self.connection.execute(f"select id, document from provider where id in ({marks})", some)
            found.update((identity, to_provider(identity, json.loads(doc))) for identity, doc in rows)
        return found

    def documents(self, identities: Iterable[str]) -> list[tuple[str, str]]:
        """Id and document of these providers, as far as they exist."""
        found: list[tuple[str, str]] = []
        for some in in_parts(identities):
            marks = ",".join("?" * len(some))
            rows = self.connection.execute(f"select id, document from provider where id in ({marks})", some)
            found += rows.fetchall()
        return found

    def after(self, docid: int, at_once: int = 500) -> list[tuple[int, str, str]]:
        """Number, id and document of the next providers in the order they came."""
        sql = "select docid, id, document from provider where docid > ? order by docid limit ?"
        return self.connection.execute(sql, (docid, at_once)).fetchall()

    def all(self, retired: bool, progress: Callable[[int, int], object] | None = None) -> Iterator[Provider]:
        where = "" if retired else "where status <> 'defunct'"
        rows = self.connection.execute(f"select id, document from provider {where} order by name, id")
        found = rows.fetchall()
        for n, (identity, document) in enumerate(found):
            if progress and n % 500 == 0:
                progress(n, len(found))
            yield to_provider(identity, json.loads(document))

    def content_hash(self) -> str:
        """Equal for directories that say the same, however they came to say it."""
        total = hashlib.sha256()
        for identity, document in self.connection.execute("select id, document from provider order by id"):
            total.update(f"{len(identity)} {identity}{len(document)} {document}".encode())
        return total.hexdigest()


def _rows(rows: dict[str, list[Sequence[Value]]], docid: int, provider: Provider, document: str) -> None:
    place, confirmed = provider.place, provider.confirmed_on
    rows["provider"].append((
        docid, provider.id, provider.name, provider.organization, provider.status, place.city, place.county,
        place.state, place.postal_code, place.latitude, place.longitude, int(place.confidential),
        int(provider.remote), provider.source, provider.source_id, confirmed and confirmed.isoformat(),
        document,
    ))  # fmt: skip
    rows["phone"] += [
        (docid, p.id, position, p.number, p.extension, p.label, p.kind, p.shown)
        for position, p in enumerate(provider.phones)
    ]
    rows["provider_need"] += [(docid, code) for code in provider.needs]
    rows["provider_language"] += [(docid, code) for code in provider.languages]
    rows["provider_serves"] += [(docid, code) for code in provider.serves]
    rows["provider_check"] += [
        (docid, c.id, c.on.isoformat(), c.result, c.by, c.note) for c in provider.checks
    ]
