"""The numbered steps of directory.db, and what a file must look like before it is trusted."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from resources.directory import oplog
from resources.engine import Connection, over
from resources.errors import ToolkitError

SET = "directory"
APPLICATION_ID = 0x506F7263  # "Porc"
STEPS = ("0001_operations", "0002_settings", "0003_updates")
_SETTINGS = (
    "create table setting(key text primary key, value text not null) strict, without rowid",
    "create table state(key text primary key, value text not null) strict, without rowid",
)
_UPDATES = (
    "create table segment(device text not null, first integer not null, last integer not null,"
    " header blob not null, signature blob not null, seal blob, size integer not null,"
    " primary key(device, first, last)) strict",
    "create table arrival(id text not null, at integer not null, source text not null,"
    " device text not null, first integer not null, last integer not null, back integer not null,"
    " primary key(id, device, first)) strict",
    "create table refusal(at integer not null, source text not null, device text not null,"
    " file text not null, why text not null) strict",
    "create table roster(agency text not null, version integer not null, raw blob not null,"
    " primary key(agency, version)) strict, without rowid",
    "create table peer(device text primary key, at integer not null, held text not null)"
    " strict, without rowid",
)
_STATEMENTS = {"0001_operations": oplog.TABLES, "0002_settings": _SETTINGS, "0003_updates": _UPDATES}


def applied(connection: Connection) -> list[str]:
    """The steps this file has taken; none for a new file."""
    if not _names(connection, "table") & {"_sqlite_migrations"}:
        return []
    rows = connection.execute(
        "select name from _sqlite_migrations where migration_set = ? order by id", (SET,)
    )
    return [name for (name,) in rows]


def check(connection: Connection, path: Path) -> None:
    """Refuse a file that a newer Porchlight wrote, and one that is no directory at all (tests 42 and 51)."""
    names = _names(connection, "table", "view", "trigger")
    if not names - {"_sqlite_migrations", "sqlite_sequence"}:
        return  # new, or a first start that was cut short before its first step
    taken = applied(connection)
    if set(taken) - set(STEPS):
        raise ToolkitError("store.newer", file=path.name)
    mark = connection.execute("pragma application_id").fetchone()[0]
    if mark != APPLICATION_ID or not taken or _names(connection, "view", "trigger"):
        raise ToolkitError("store.foreign", file=path.name)
    held = dict(connection.execute("select name, sql from sqlite_master where type = 'table'").fetchall())
    for step in taken:
        for statement in _STATEMENTS[step]:
            name = re.match(r"create table (\w+)", statement)
            if name and held.get(name[1], "").lower() != statement:
                raise ToolkitError("store.foreign", file=path.name)


def pending(connection: Connection) -> list[str]:
    taken = applied(connection)
    return [step for step in STEPS if step not in taken]


def apply(connection: Connection) -> None:
    """Take the steps that are missing, each in a transaction together with its record."""
    from sqlite_utils import Migrations

    if not _names(connection, "table"):
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
    steps = Migrations(SET)
    for name in STEPS:
        steps(name=name)(_step(connection, name))
    steps.apply(over(connection))


def _step(connection: Connection, name: str) -> Callable[[Any], None]:
    def take(db: Any) -> None:
        for statement in _STATEMENTS[name]:
            connection.execute(statement)

    return take


def _names(connection: Connection, *kinds: str) -> set[str]:
    marks = ",".join("?" * len(kinds))
    rows = connection.execute(f"select name from sqlite_master where type in ({marks})", kinds)
    return {name for (name,) in rows}
