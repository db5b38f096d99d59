"""The merge state on disk: the values of each operation that nobody has replaced, and the conflicts.

Changes are collected and written together by `flush`. Most operations are alive as a whole; those keep
no second copy of their values (`fields` is empty and the values are read from the operation).
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from resources.directory.fields import Value, text
from resources.directory.merge import Entry, Live, OpId
from resources.engine import Connection, in_parts

TABLES = (
    "create table alive(provider text not null, device text not null, n integer not null,"
    " clock integer not null, fields text not null, primary key(provider, device, n)) strict",
    "create table dead(provider text not null, device text not null, n integer not null,"
    " field text not null, primary key(provider, device, n, field)) strict, without rowid",
    "create table conflict(provider text not null, field text not null,"
    " primary key(provider, field)) strict, without rowid",
)
_ALIVE = (
    "select a.provider, a.device, a.n, a.clock, iif(a.fields = '', json_extract(o.body, '$.set'), a.fields)"
    " from alive a left join op o on o.device = a.device and o.n = a.n where a.provider in ({})"
)


class Heads:
    """Reads and writes the merge state of providers."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._kept: list[tuple[Value, ...]] = []
        self._gone: list[tuple[Value, ...]] = []
        self._entries: dict[str, Entry] = {}

    def read(self, providers: Iterable[str]) -> dict[str, Entry]:
        """The merge state of those providers that have one."""
        found: dict[str, Entry] = {}
        for some in in_parts(providers):
            marks = ",".join("?" * len(some))
            for provider, device, n, clock, values in self.connection.execute(_ALIVE.format(marks), some):
                live = Live(clock, json.loads(values))
                found.setdefault(provider, Entry()).alive[OpId(device, n)] = live
            rows = self.connection.execute(
                f"select provider, device, n, field from dead where provider in ({marks})", some
            )
            for provider, device, n, field in rows:
                found.setdefault(provider, Entry()).dead.add((OpId(device, n), field))
        return found

    def known(self, providers: Iterable[str]) -> set[str]:
        """Those of these providers that have a merge state."""
        found: set[str] = set()
        for some in in_parts(providers):
            marks = ",".join("?" * len(some))
            for table in ("alive", "dead"):
                rows = self.connection.execute(
                    f"select distinct provider from {table} where provider in ({marks})", some
                )
                found.update(provider for (provider,) in rows)
        return found

    def start(self, provider: str, identity: OpId, clock: int) -> None:
        """The first operation of a provider, alive as a whole."""
        self._kept.append((provider, *identity, clock, ""))

    def keep(self, provider: str, entry: Entry, touched: Iterable[OpId]) -> None:
        """The merge state of a provider after `touched` operations changed."""
        for identity in touched:
            live = entry.alive.get(identity)
            if live is None:
                self._gone.append((provider, *identity))
            else:
                self._kept.append((provider, *identity, live.clock, text(live.values)))
        self._entries[provider] = entry

    def flush(self) -> None:
        """Write what was collected."""
        many = self.connection.executemany
        many("insert or replace into alive values (?,?,?,?,?)", self._kept)
        many("delete from alive where provider = ? and device = ? and n = ?", self._gone)
        several = [(provider,) for provider in self._entries]
        many("delete from dead where provider = ?", several)
        many("delete from conflict where provider = ?", several)
        for provider, entry in self._entries.items():
            if entry.dead:
                dead = [(provider, *identity, name) for identity, name in entry.dead]
                many("insert into dead values (?,?,?,?)", dead)
            if conflicts := entry.conflicts():
                many("insert into conflict values (?,?)", [(provider, name) for name in conflicts])
        self._kept.clear()
        self._gone.clear()
        self._entries.clear()

    def clear(self) -> None:
        for table in ("alive", "dead", "conflict"):
            self.connection.execute(f"delete from {table}")
