"""Setting the hub up, as its owner: the tables, and who may do what for which agency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from hub.store import VERSION, Hub
from resources.errors import ToolkitError
from resources.updates.roster import AGENCY

MIGRATIONS = Path(__file__).parent / "migrations"
LOGIN = re.compile(r"[a-z][a-z0-9_]{0,62}")
CONNECTIONS = 16  # of one login
_LIMITS = {"statement_timeout": "60s", "idle_in_transaction_session_timeout": "60s", "lock_timeout": "20s"}


def setup(hub: Hub) -> int:
    """Bring the tables up to date; gives how many steps that took. Two at once wait for each other."""
    connection = hub.connection
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(hashtext('porchlight hub'))")
        row = connection.execute("select to_regclass('porchlight.migration') is not null").fetchone()
        done = 0
        if row and row[0]:
            found = connection.execute("select max(number) from porchlight.migration").fetchone()
            done = int(found[0]) if found else 0
        if done > VERSION:
            raise ToolkitError("hub.other_version", server=hub.label, found=done, wanted=VERSION)
        for number in range(done + 1, VERSION + 1):
            text = (MIGRATIONS / f"{number:04d}.sql").read_text(encoding="utf-8")
            connection.execute(text.encode())
            connection.execute("insert into porchlight.migration values (%s)", (number,))
    return VERSION - done


def admit(hub: Hub, login: str, agency: str, reads: Sequence[str], *, publishes: bool) -> None:
    """Make a login, or change an existing one: it sees `agency` and those of `reads`, and only adds.

    It has no password yet, so nobody can use it over the network. Raises ToolkitError for unfit names.
    """
    if not LOGIN.fullmatch(login):
        raise ToolkitError("hub.login_unfit", login=login[:80])
    for name in (agency, *reads):
        if not AGENCY.fullmatch(name):
            raise ToolkitError("hub.agency_unfit", agency=name[:80])
    role = sql.Identifier(login)
    connection = hub.connection
    with connection.transaction():
        if _is_more(connection, login):
            raise ToolkitError("hub.login_is_more", login=login)
        if connection.execute("select to_regrole(%s)", (login,)).fetchone() == (None,):
            connection.execute(sql.SQL("create role {} login").format(role))
        connection.execute(
            sql.SQL("alter role {} connection limit {}").format(role, sql.Literal(CONNECTIONS))
        )
        for name, value in _LIMITS.items():
            connection.execute(
                sql.SQL("alter role {} set {} = {}").format(role, sql.Identifier(name), sql.Literal(value))
            )
        change = "grant porchlight_publisher to {}" if publishes else "revoke porchlight_publisher from {}"
        connection.execute(sql.SQL("grant porchlight_reader to {}").format(role))
        connection.execute(sql.SQL(change).format(role))
        connection.execute("delete from porchlight.access where login = %s", (login,))
        rows = {agency: publishes} | {other: False for other in reads if other != agency}
        connection.cursor().executemany(
            "insert into porchlight.access values (%s, %s, %s)",
            [(login, name, adds) for name, adds in rows.items()],
        )


def _is_more(connection: psycopg.Connection, login: str) -> bool:
    """An administrator's login sees everything, whatever is granted here."""
    row = connection.execute(
        "select rolsuper or rolcreaterole or rolbypassrls from pg_roles where rolname = %s", (login,)
    ).fetchone()
    return bool(row and row[0]) or login == connection.info.user
