"""Opening directory.db: new, as it is, newer than this program, damaged, foreign, or to read only."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from resources.directory import backup, keys, migrations
from resources.directory.history import moment
from resources.directory.torn_log import changes_lost, left_log
from resources.engine import Connection, can_write, explaining, open_file, refuse_plain, writing
from resources.errors import ToolkitError


@dataclass
class Access:
    """An open directory file and what belongs to it."""

    folder: Path
    connection: Connection
    key: bytes
    identity: keys.Identity
    read_only: bool
    warning: ToolkitError | None = None  # an accident had damaged the log that held the newest changes
    copied: Path | None = None  # where the file was copied to be read, on a medium that cannot be written

    @property
    def path(self) -> Path:
        return self.folder / backup.FILE

    def close(self) -> None:
        self.connection.close()
        if self.copied is not None:
            shutil.rmtree(self.copied, ignore_errors=True)


def open_access(folder: Path) -> Access:
    """Open or create the directory in `folder`.

    Raises ToolkitError: `store.missing` and `store.damaged` (with the newest backup), `store.newer`,
    `store.foreign`, `store.plain_file`, `store.key_missing`, `store.key_damaged`, `store.no_folder`.
    """
    path = folder / backup.FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ToolkitError("store.no_folder", folder=folder.name) from problem
    writable = can_write(folder)
    refuse_plain(path)
    exists = path.exists() and path.stat().st_size > 0
    if not exists:
        _refuse_empty(folder, writable)
    key = keys.device_key(folder, create=writable and not exists)
    try:
        return _open(folder, key, writable)
    except ToolkitError as problem:
        if problem.key != "store.damaged":
            raise
        raise damaged(folder) from problem


def damaged(folder: Path) -> ToolkitError:
    """What to say when the file cannot be trusted: offer the newest backup when there is one."""
    found = backup.backups(folder)
    if not found:
        return ToolkitError("store.damaged", file=backup.FILE)
    made = f"{backup.made_on(found[0]):%Y-%m-%d %H:%M}"
    return ToolkitError("store.damaged_restore", file=backup.FILE, backup=found[0].name, made=made)


def _refuse_empty(folder: Path, writable: bool) -> None:
    found = backup.backups(folder)
    if found:
        raise ToolkitError("store.missing", file=backup.FILE, backup=found[0].name)
    if not writable:
        raise ToolkitError("store.no_folder", folder=folder.name)


def _open(folder: Path, key: bytes, writable: bool) -> Access:
    path = folder / backup.FILE
    copied = None
    log = left_log(path)
    if writable:
        connection = open_file(path, key)
    else:
        copied = _copy_with_log(path)
        connection = open_file(copied / path.name if copied else path, key, immutable=copied is None)
    try:
        with explaining(path):
            lost = changes_lost(copied / path.name if copied else path, log, connection)
            migrations.check(connection, path)
            if writable:
                _migrate(folder, connection, key)
            identity = _identity(connection, key, writable)
            warning = _changes_lost(connection) if lost else None
            return Access(folder, connection, key, identity, not writable, warning, copied)
    except BaseException:
        connection.close()
        if copied is not None:
            shutil.rmtree(copied, ignore_errors=True)
        raise


def _changes_lost(connection: Connection) -> ToolkitError:
    newest = connection.execute("select coalesce(max(clock), 0) from batch").fetchone()[0]
    return ToolkitError("store.changes_lost", file=backup.FILE, made=f"{moment(newest):%Y-%m-%d %H:%M}")


def _copy_with_log(path: Path) -> Path | None:
    """A file with unmerged log cannot be read where nothing can be written: read a copy (still encrypted)."""
    log = path.with_name(path.name + "-wal")
    if not log.exists() or not log.stat().st_size:
        return None
    copied = Path(tempfile.mkdtemp(prefix="porchlight-"))
    for one in (path, log):
        shutil.copy(one, copied / one.name)
    return copied


def _migrate(folder: Path, connection: Connection, key: bytes) -> None:
    steps = migrations.pending(connection)
    if not steps:
        return
    if len(steps) < len(migrations.STEPS):
        backup.write(folder, key, datetime.now())  # snapshot before a migration (R17)
    migrations.apply(connection)


def _identity(connection: Connection, key: bytes, writable: bool) -> keys.Identity:
    """This laptop's name and signing key; made on first use and after a restore."""
    found = dict(connection.execute("select key, value from state").fetchall())
    if "device" in found:
        return keys.Identity(found["device"], bytes.fromhex(found["signing"]), found["public"])
    identity = keys.new_identity(key)
    if writable:
        with writing(connection):
            connection.executemany(
                "insert or ignore into state values (?,?)",
                [
                    ("device", identity.device),
                    ("signing", identity.wrapped.hex()),
                    ("public", identity.public_key),
                ],
            )
        return _identity(connection, key, False)
    return identity
