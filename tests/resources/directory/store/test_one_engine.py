"""There is one SQLite, it encrypts, and it says no rather than writing something readable."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from resources import engine
from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError

ROOT = Path(__file__).parents[4]
KEY = bytes(range(32))


def test_sqlite_utils_uses_this_engine_and_sees_its_errors() -> None:
    connection = engine.open_memory()
    table: Any = engine.over(connection).table("t")
    table.insert({"id": 1, "name": "x"}, pk="id", strict=True)
    with pytest.raises(engine.Error):
        table.insert({"id": 1, "name": "again"}, pk="id")
    assert list(engine.over(connection).query("insert into t values (2, 'y') returning id")) == [{"id": 2}]
    connection.close()


def test_importing_sqlite_utils_first_fails_loudly() -> None:
    code = "import sqlite_utils, resources.engine"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode and "before sqlite_utils" in found.stderr


def test_an_open_file_is_as_careful_as_it_should_be(tmp_path: Path) -> None:
    with closing(engine.open_file(tmp_path / "x.db", KEY)) as connection:
        asked = {
            "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
            "trusted_schema": 0, "cell_size_check": 1, "cache_size": -65536,
        }  # fmt: skip
        for name, value in asked.items():
            assert connection.execute(f"pragma {name}").fetchone()[0] == value, name
        assert connection.execute("select sqlite_version()").fetchone()[0] >= "3.5"


@pytest.mark.parametrize("name", ["plain", "100% #1?mode=memory", "Öl №5 &%20", "+a b'\";"])
def test_a_file_opens_under_any_name_that_is_allowed(name: str, tmp_path: Path) -> None:
    if sys.platform == "win32":
        name = name.replace("?", "").replace('"', "")
    path = tmp_path / name / "directory.db"
    path.parent.mkdir()
    with closing(engine.open_file(path, KEY)) as made:
        made.execute("create table t(a)")
    assert path.stat().st_size
    with closing(engine.open_file(path, KEY, read_only=True)) as read:
        assert read.execute("select count(*) from t").fetchone()[0] == 0
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_an_engine_that_cannot_encrypt_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    monkeypatch.setattr(engine, "dbapi", sqlite3)
    with pytest.raises(ToolkitError, match=r"store\.no_encryption"):
        engine.open_file(tmp_path / "x.db", KEY)
    assert not (tmp_path / "x.db").exists() or (tmp_path / "x.db").stat().st_size == 0


def test_nothing_readable_reaches_the_disk(
    directory: Directory, make_provider: Callable[..., Provider]
) -> None:
    directory.save(make_provider(name="ZZCANARY1", kept={"notes": "ZZCANARY2"}))
    directory.remember("ZZCANARY3", "ZZCANARY4")
    for path in directory.folder.rglob("*"):
        if path.is_file():
            assert b"ZZCANARY" not in path.read_bytes()


def test_what_is_taken_away_leaves_the_file_after_the_log_is_merged(
    directory: Directory, make_provider: Callable[..., Provider]
) -> None:
    """Forgotten streets must not survive in free pages (R15)."""
    from dataclasses import replace

    directory.save(make_provider(place=replace(make_provider().place, street="ZZCANARY Street")))
    directory.save(make_provider(place=replace(make_provider().place, confidential=True)))
    connection = directory.connection
    connection.execute("pragma wal_checkpoint(truncate)")
    plain = directory.folder / "plain.db"
    connection.execute(f"attach database '{plain}' as plain key ''")
    connection.execute("select sqlcipher_export('plain')")
    connection.execute("detach database plain")
    assert b"ZZCANARY" not in plain.read_bytes() and b"Asha" in plain.read_bytes()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("SQLITE_FULL", "core.disk_full"),
        ("SQLITE_BUSY", "store.busy"),
        ("SQLITE_READONLY_DBMOVED", "store.read_only"),
        ("SQLITE_NOTADB", "store.damaged"),
        ("SQLITE_CORRUPT_VTAB", "store.damaged"),
        ("SQLITE_IOERR_WRITE", "store.disk_error"),
    ],
)
def test_what_the_engine_says_becomes_a_sentence(name: str, key: str) -> None:
    error: Any = engine.Error("words of the engine, which may change")
    error.sqlite_errorname = name
    problem = engine.explained(error, Path("directory.db"))
    assert problem and problem.key == key
    assert engine.explained(engine.Error("no such column: x"), Path("directory.db")) is None


def test_a_key_has_thirty_two_bytes(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        engine.open_file(tmp_path / "x.db", b"short")
