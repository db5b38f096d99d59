"""Connections to the hub's server: only safe ones, what went wrong in one sentence, and another try."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from hub.store import VERSION, Hub
from resources.errors import ToolkitError

Result = TypeVar("Result")
LOCAL = ("", "localhost", "127.0.0.1", "::1")
WAITS = (0.2, 0.5, 1.0, 2.0, 4.0)  # seconds before another try; progress begins anew
ROOT = ".postgresql/root.crt"  # where libpq looks for the certificate of our own authority
_PATIENCE = {"connect_timeout": "10", "keepalives_idle": "10", "keepalives_count": "3",
             "tcp_user_timeout": "30000", "application_name": "porchlight-hub"}  # fmt: skip
# another try may mend these: shutdown, connection lost, deadlock, too many connections
_PASSING = ("57P", "08", "40", "53300")


def settings(server: str) -> dict[str, str]:
    """What to connect with: a network only over TLS to a server that proves its name, no password in sight.

    What `server` leaves out comes from the environment and the service file, as for every PostgreSQL tool.
    """
    try:
        given = {name: str(value) for name, value in conninfo_to_dict(server).items() if value is not None}
    except psycopg.ProgrammingError:
        raise ToolkitError("hub.bad_address") from None
    if "password" in given:
        raise ToolkitError("hub.password_in_address")
    host = given.get("host") or given.get("hostaddr") or os.environ.get("PGHOST", "")
    service = "service" in given or "PGSERVICE" in os.environ
    if host.startswith("/") or (host in LOCAL and not service):
        return _PATIENCE | given
    mode = given.get("sslmode") or os.environ.get("PGSSLMODE", "verify-full")
    if mode != "verify-full":
        raise ToolkitError("hub.weak_tls", host=host, mode=mode)
    # SCRAM proves the password without showing it; a server that asks to see it does not get it
    safe = {"sslmode": mode, "require_auth": "!password,!md5"}
    if not (service or "PGSSLROOTCERT" in os.environ or (Path.home() / ROOT).exists()):
        safe["sslrootcert"] = "system"
    return _PATIENCE | safe | given


def label(given: dict[str, str]) -> str:
    """How messages call the server; nothing secret."""
    host = given.get("service") or given.get("host") or os.environ.get("PGHOST") or "localhost"
    name = given.get("dbname") or os.environ.get("PGDATABASE", "")
    return f"{host}/{name}" if name else host


@contextmanager
def connected(server: str, version: int = VERSION) -> Iterator[Hub]:
    """The hub behind this address; `version` 0 for one that is not set up yet. Raises ToolkitError."""
    given = settings(server)
    try:
        connection = psycopg.connect(**given, autocommit=True)  # type: ignore[arg-type]  # libpq reads text
    except psycopg.Error as problem:
        raise _closed(problem, label(given)) from None  # the driver's own words may hold the address
    with connection:
        hub = Hub(connection, label(given))
        try:
            if version:
                hub.check_version(version)
            yield hub
        except psycopg.Error as problem:
            if passing(problem, connection.broken):
                raise Lost(hub.label) from problem
            raise _explained(problem, hub) from problem


class Lost(ToolkitError):
    """No connection, or no longer; the same again may succeed."""

    def __init__(self, server: str, key: str = "hub.lost") -> None:
        super().__init__(key, server=server)


def steadily(
    server: str,
    work: Callable[[Hub], Result],
    moved: Callable[[], int] = lambda: 0,
) -> Result:
    """Do work that may be done twice, again after a lost connection; as long as `moved` grows, for ever."""
    tries, before = 0, moved()
    while True:
        try:
            with connected(server) as hub:
                return work(hub)
        except Lost:
            tries, before = (0 if moved() > before else tries + 1), moved()
            if tries > len(WAITS):
                raise
            time.sleep(WAITS[max(tries - 1, 0)])


def passing(problem: psycopg.Error, broken: bool) -> bool:
    """Whether the same again may succeed. Somebody stored the fork of a log a moment ago: look again."""
    code = problem.sqlstate or ""
    return broken or code.startswith(_PASSING) or isinstance(problem, errors.ForeignKeyViolation)


def _closed(problem: psycopg.Error, server: str) -> ToolkitError:
    """Why no connection came about."""
    words, found = str(problem), getattr(problem, "pgconn", None)
    data = {"server": server}
    if found is not None and found.needs_password:
        return ToolkitError("hub.no_password", **data)
    if found is not None and found.used_password and "FATAL" in words and "password" in words.lower():
        return ToolkitError("hub.wrong_password", **data)
    if "SSL" in words or "certificate" in words:
        return ToolkitError("hub.no_proof", **data)
    if "authentication method requirement" in words:
        return ToolkitError("hub.asks_password", **data)
    # a server that starts up or is too busy says so in its own language, as one without such a database does
    return Lost(server, "hub.not_let_in" if "FATAL" in words else "hub.unreachable")


def _explained(problem: psycopg.Error, hub: Hub) -> ToolkitError:
    data = {"server": hub.label, "login": hub.login}
    if isinstance(problem, errors.UndefinedTable | errors.InvalidSchemaName):
        return ToolkitError("hub.not_set_up", **data)
    if isinstance(problem, errors.InsufficientPrivilege):
        return ToolkitError("hub.not_allowed", **data)
    if isinstance(problem, errors.DiskFull):
        return ToolkitError("hub.disk_full", **data)
    if isinstance(problem, errors.QueryCanceled):
        return ToolkitError("hub.too_slow", **data)
    raise problem
