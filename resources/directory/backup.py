"""Backups of the directory: whole, verified, encrypted with the same key, the newest ten kept.

An agency's policy may keep more, fewer, or only those that are not too old; the newest always stays.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from resources import policy
from resources.directory import migrations
from resources.engine import Connection, Error, explaining, open_file
from resources.errors import ToolkitError
from resources.files import explained

FILE = "directory.db"
FOLDER, ASIDE = "backups", "directory-aside-"
_NAME = re.compile(r"^directory-\d{8}T\d{6}\d*\.db$")


def backups(folder: Path) -> list[Path]:
    """The backups of the directory in `folder`, newest first."""
    return sorted((p for p in (folder / FOLDER).glob("*.db") if _NAME.match(p.name)), reverse=True)


def made_on(backup: Path) -> datetime:
    """When a backup was made, by its name."""
    return datetime.fromisoformat(backup.stem.removeprefix("directory-")[:15])


def write(folder: Path, key: bytes, now: datetime) -> Path:
    """Copy the directory while it is in use, check the copy, put it in place, drop the oldest.

    The copy comes from a connection of its own that holds one snapshot, so that writers do not disturb it.
    Raises ToolkitError; an unfinished copy is removed.
    """
    target = folder / FOLDER / f"directory-{now:%Y%m%dT%H%M%S%f}.db"
    part = target.with_suffix(".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(folder / FILE, part, key)
        with part.open("rb+") as done:
            os.fsync(done.fileno())
        part.replace(target)
        for old in _outlived(folder, now):
            old.unlink()
    except OSError as problem:
        raise explained(problem, target) from problem
    finally:
        for rest in target.parent.glob(f"{part.name}*"):
            rest.unlink(missing_ok=True)
    return target


def _outlived(folder: Path, now: datetime) -> list[Path]:
    """The backups that are to go: beyond the number that is kept, or older than the policy lets them be."""
    found, kept = backups(folder), policy.current()
    old = found[kept.backups :]
    if kept.backup_days:
        limit = now - timedelta(days=kept.backup_days)
        old += [path for path in found[1 : kept.backups] if made_on(path) < limit]
    return old


def expire(folder: Path, now: datetime) -> None:
    """Delete what the policy lets be kept no longer: old backups, and directories a restore put aside."""
    if not (days := policy.current().backup_days):
        return
    limit = (now - timedelta(days=days)).timestamp()
    aside = [path for path in folder.glob(f"{ASIDE}*") if path.stat().st_mtime < limit]
    for path in (*_outlived(folder, now), *aside):
        with suppress(OSError):  # in use, or the folder may not be written: the next closing tries again
            path.unlink()


def _copy(source: Path, part: Path, key: bytes) -> None:
    with explaining(source):
        original = open_file(source, key, read_only=True)
        try:
            copy = open_file(part, key)
            try:
                original.execute("begin")
                original.execute("select count(*) from sqlite_master").fetchone()
                original.backup(copy, pages=4000, sleep=0.001)
                original.execute("rollback")
                copy.execute("pragma journal_mode = delete")
                _refuse_damaged(copy, part)
            finally:
                copy.close()
        finally:
            original.close()


def verify(path: Path, key: bytes) -> None:
    """Raise ToolkitError unless every page can be read, all fits together, and it is a directory of ours."""
    if not path.is_file() or not path.stat().st_size:
        raise ToolkitError("store.backup_unreadable", file=path.name)
    try:
        connection = open_file(path, key, immutable=True)
        try:
            _refuse_damaged(connection, path)
            migrations.check(connection, path)
        finally:
            connection.close()
    except (ToolkitError, Error) as problem:
        raise ToolkitError("store.backup_unreadable", file=path.name) from problem


def _refuse_damaged(connection: Connection, path: Path) -> None:
    bad = connection.execute("pragma cipher_integrity_check").fetchall()
    if bad or connection.execute("pragma quick_check").fetchone()[0] != "ok":
        raise ToolkitError("store.damaged", file=path.name)


def newest_good(folder: Path, key: bytes) -> Path:
    """The newest backup that is whole; raises ToolkitError `store.no_backup` when there is none."""
    for path in backups(folder):
        try:
            verify(path, key)
        except ToolkitError:
            continue
        return path
    raise ToolkitError("store.no_backup")


def put_back(folder: Path, backup: Path, key: bytes, now: datetime) -> Path | None:
    """Put a verified backup in the directory's place; gives where the file it replaces was put aside."""
    verify(backup, key)
    path = folder / FILE
    part = path.with_name(FILE + ".restoring")
    try:
        part.unlink(missing_ok=True)
        part.write_bytes(backup.read_bytes())
        with explaining(path):
            _forget_device(part, key)
        with part.open("rb+") as done:
            os.fsync(done.fileno())
        aside = _put_aside(path, f"{now:%Y%m%dT%H%M%S%f}")
        part.replace(path)
    except OSError as problem:
        raise explained(problem, path) from problem
    finally:
        part.unlink(missing_ok=True)
    return aside


def _forget_device(part: Path, key: bytes) -> None:
    """A restored laptop takes a new name: under the old one it would write a second operation n.

    The old key is kept to sign what was written under the old name and given to nobody yet.
    """
    connection = open_file(part, key)
    try:
        state = dict(connection.execute("select key, value from state").fetchall())
        if "device" in state:
            former = json.loads(state.get("former", "[]"))
            former.append([state["device"], state["signing"], state["public"]])
            connection.execute("insert or replace into state values ('former', ?)", (json.dumps(former),))
        connection.execute("delete from state where key in ('device', 'signing', 'public')")
        connection.execute("pragma journal_mode = delete")
    finally:
        connection.close()


def _put_aside(path: Path, stamp: str) -> Path | None:
    """Move the file and its log; a log left behind would be played into the file that comes next."""
    aside = path.with_name(f"{ASIDE}{stamp}.db")
    for end in ("", "-wal", "-shm"):
        part = path.with_name(path.name + end)
        if part.exists():
            part.replace(aside.with_name(aside.name + end))
    return aside if aside.exists() else None
