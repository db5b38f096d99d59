"""The one place that opens SQLite files: the SQLite inside sqlcipher3, encrypted, careful, or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import sqlcipher3.dbapi2

from resources.errors import ToolkitError

if TYPE_CHECKING:
    from sqlite_utils import Database

dbapi: Any = sqlcipher3.dbapi2  # it has no types; this module is the typed wrapper
# sqlite_utils prefers a module called pysqlite3; only then does it see this engine's exception classes
for _name in ("pysqlite3", "pysqlite3.dbapi2"):
    if sys.modules.setdefault(_name, dbapi) is not dbapi:
        raise ImportError(f"{_name} was imported before resources.engine")
if "sqlite_utils.db" in sys.modules and sys.modules["sqlite_utils.db"].sqlite3 is not dbapi:
    raise ImportError("import resources.engine before sqlite_utils")
# these are stored as they are: not told so, the engine looks for a way anew for each value, 20 times slower
for _kind, _stored in ((type(None), {}.get), (bool, int), (bytes, bytes)):
    dbapi.register_adapter(_kind, _stored)

Error: type[Exception] = dbapi.Error
PLAIN_HEADER = b"SQLite format 3\0"
CACHE_MIB, FEW_PAGES = 64, 2000
WAIT_SECONDS = 5.0
_SAID = {
    "FULL": "core.disk_full",
    "BUSY": "store.busy",
    "LOCKED": "store.busy",
    "READONLY": "store.read_only",
    "CANTOPEN": "store.cannot_open",
    "NOTADB": "store.damaged",
    "CORRUPT": "store.damaged",
    "IOERR": "store.disk_error",
}


class Cursor(Protocol):
    """What a statement gives back."""

    rowcount: int

    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """The part of a DB-API connection that Porchlight uses."""

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Cursor: ...
    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Cursor: ...
    def interrupt(self) -> None: ...
    def backup(self, target: Connection, *, pages: int = ..., sleep: float = ...) -> None: ...
    def close(self) -> None: ...


def open_file(path: Path, key: bytes, *, read_only: bool = False, immutable: bool = False) -> Connection:
    """Open or create an encrypted file with a raw 32-byte key; transactions are begun by hand.

    `immutable` reads a file on a medium that cannot be written. Raises ToolkitError `store.plain_file`
    for an unencrypted file, `store.damaged` when the key does not fit, `store.no_encryption` when this
    build cannot encrypt (threat model R14).
    """
    refuse_plain(path)
    mode = "?mode=ro&immutable=1" if immutable else "?mode=ro" if read_only else ""
    uri = uri_of(path) + mode
    with explaining(path):
        connection = cast(
            Connection,
            dbapi.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False),
        )
        try:
            _prepare(connection, key, writable=not (read_only or immutable))
        except BaseException:
            connection.close()
            raise
    return connection


def uri_of(path: Path) -> str:
    """The path as SQLite reads it. (Path.as_uri needs a network library, which a start can do without.)"""
    text = path.absolute().as_posix()
    for sign in "%?#":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return f"file://{text}" if text.startswith("/") else f"file:///{text}"


def open_public(path: Path) -> Connection:
    """A plain file that ships with the program (the geography), read only and never locked."""
    uri = uri_of(path) + "?mode=ro&immutable=1"
    with explaining(path):
        return cast(Connection, dbapi.connect(uri, uri=True, check_same_thread=False))


def open_memory() -> Connection:
    """A directory that lives only as long as its connection, for tests and trials."""
    connection = cast(Connection, dbapi.connect(":memory:", isolation_level=None, check_same_thread=False))
    connection.execute("pragma foreign_keys = on")
    return connection


def _prepare(connection: Connection, key: bytes, *, writable: bool) -> None:
    if len(key) != 32:
        raise ValueError("a key is 32 bytes")
    connection.execute("pragma cipher_log_level = none")
    connection.execute(f"pragma key = \"x'{key.hex()}'\"")
    if not connection.execute("pragma cipher_version").fetchone():
        raise ToolkitError("store.no_encryption")
    connection.execute("select count(*) from sqlite_master").fetchone()  # a wrong key fails here, not later
    connection.execute(f"pragma cache_size = -{CACHE_MIB * 1024}")
    for setting in (
        "foreign_keys = on",
        "secure_delete = on",
        "trusted_schema = off",
        "cell_size_check = on",
    ):
        connection.execute(f"pragma {setting}")
    if writable:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")


def refuse_plain(path: Path) -> None:
    """Raise ToolkitError for a file that any SQLite program could have written."""
    try:
        with path.open("rb") as file:
            plain = file.read(len(PLAIN_HEADER)) == PLAIN_HEADER
    except FileNotFoundError:
        return
    except OSError as problem:
        raise ToolkitError("core.cannot_read", file=path.name) from problem
    if plain:
        raise ToolkitError("store.plain_file", file=path.name)


def over(connection: Connection) -> Database:
    """sqlite-utils on this connection, without the plug-ins that other programs may have installed."""
    from sqlite_utils import Database

    return Database(cast(Any, connection), execute_plugins=False)


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turn what the engine says about a file into a sentence a person can act on."""
    try:
        yield
    except dbapi.Error as problem:
        known = explained(problem, path)
        if known is None:
            raise
        raise known from problem


def explained(problem: Exception, path: Path) -> ToolkitError | None:
    """The sentence for an engine error, or None when the error is a bug of ours."""
    name = str(getattr(problem, "sqlite_errorname", "")).removeprefix("SQLITE_")
    if not name and "disk" in str(problem):  # what `backup` raises carries no name
        name = "IOERR"
    key = _SAID.get(name.split("_")[0])
    return ToolkitError(key, file=path.name) if key else None


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """One transaction that takes the write lock at once; anything raised inside leaves nothing behind.

    Inside another one it is a part of that, which can be taken back alone.
    """
    inside = connection.in_transaction
    connection.execute("savepoint part" if inside else "begin immediate")
    try:
        yield
        connection.execute("release part" if inside else "commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback to part" if inside else "rollback")
        if inside and connection.in_transaction:
            connection.execute("release part")
        raise


@contextmanager
def few_pages(connection: Connection) -> Iterator[None]:
    """While much is read once: its pages take little memory. Most of those kept so far go too, and come back
    as they are needed."""
    (usual,) = connection.execute("pragma cache_size").fetchone()
    connection.execute(f"pragma cache_size = {FEW_PAGES}")
    try:
        yield
    finally:
        connection.execute(f"pragma cache_size = {usual}")


def can_write(folder: Path) -> bool:
    """True when a file can be made in `folder`; asking the permissions alone is wrong on Windows."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        probe.touch()
        probe.unlink(missing_ok=True)  # another thread of ours may be asking the same
    except OSError:
        return False
    return True


def in_parts(values: Iterable[str], at_once: int = 500) -> Iterator[list[str]]:
    """Many values in pieces that fit one statement."""
    left = iter(values)
    while some := list(islice(left, at_once)):
        yield some
