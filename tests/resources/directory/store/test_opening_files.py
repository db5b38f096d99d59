"""Opening: a file that is not ours, not whole, newer, or not to be written, is met with a clear sentence
(threat model tests 42, 45, 46, 49 and 51)."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from resources.directory import keys, migrations
from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.engine import open_file
from resources.errors import ToolkitError
from resources.words import load

Make = Callable[..., Provider]
Reopen = Callable[..., Directory]
FLIPS = int(os.environ.get("PORCHLIGHT_FLIPS", "60"))


def refusal(reopen: Callable[..., Any], **options: Any) -> str:
    with pytest.raises(ToolkitError) as refused:
        reopen(**options)
    assert load("en").explain(refused.value)
    return refused.value.key


@pytest.fixture
def filled(directory: Directory, make_provider: Make) -> Path:
    """The folder of a closed directory with a few hundred providers and no backup."""
    directory.apply([make_provider(id=f"p{n}", name=f"Place {n}", cost="x" * 200) for n in range(300)])
    folder = directory.folder
    directory.close()
    shutil.rmtree(folder / "backups")
    return folder


def test_a_plain_sqlite_file_is_refused_and_left_alone(tmp_path: Path, reopen: Reopen) -> None:
    path = tmp_path / "data" / "directory.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("create table op(x)")
        plain.commit()
    before = path.read_bytes()
    assert refusal(reopen) == "store.plain_file"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        "create trigger t after insert on op begin delete from op; end",
        "create view v as select * from op",
        "alter table op add column more text",
        "pragma application_id = 7",
        "drop table _sqlite_migrations",
    ],
)
def test_a_file_with_a_foreign_schema_is_refused(change: str, filled: Path, reopen: Reopen) -> None:
    with closing(open_file(filled / "directory.db", keys.device_key(filled, create=False))) as connection:
        connection.execute(change)
    assert refusal(reopen) == "store.foreign"


def test_a_file_of_a_newer_version_is_refused_untouched(filled: Path, reopen: Reopen) -> None:
    path = filled / "directory.db"
    with closing(open_file(path, keys.device_key(filled, create=False))) as connection:
        connection.execute(
            "insert into _sqlite_migrations(migration_set, name, applied_at)"
            " values ('directory', '9999_later', '')"
        )
    before = path.read_bytes()
    assert refusal(reopen) == "store.newer"
    assert path.read_bytes() == before


def test_a_file_of_an_older_version_takes_the_missing_steps_after_a_snapshot(
    tmp_path: Path, reopen: Reopen, make_provider: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(migrations, "STEPS", migrations.STEPS[:2])
        with reopen() as directory:
            directory.save(make_provider())
            digest = directory.content_hash()
        shutil.rmtree(tmp_path / "data" / "backups")
    with reopen() as directory:
        assert directory.content_hash() == digest and len(directory.backups()) == 1
        assert migrations.pending(directory.connection) == []
        assert refused_by_older(monkeypatch, reopen) == "store.newer"


def refused_by_older(monkeypatch: pytest.MonkeyPatch, reopen: Reopen) -> str:
    monkeypatch.setattr(migrations, "STEPS", migrations.STEPS[:2])
    return refusal(reopen)


def test_a_flipped_bit_is_noticed_and_never_shown(filled: Path, make_provider: Make, reopen: Reopen) -> None:
    path = filled / "directory.db"
    whole, chance = path.read_bytes(), random.Random(4)
    with reopen() as good:
        expected = {p.id: p for p in good.all()}
    shutil.rmtree(filled / "backups", ignore_errors=True)
    noticed = 0
    for _ in range(FLIPS):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        path.write_bytes(spoilt)
        try:
            with reopen() as directory:
                found = directory.all()
                directory.history("p7")
                assert all(expected[p.id] == p for p in found) and len(found) == len(expected)
                integrity = directory.connection.execute("pragma cipher_integrity_check").fetchall()
            noticed += bool(integrity)
        except ToolkitError as problem:
            assert problem.key == "store.damaged"
            noticed += 1
        shutil.rmtree(filled / "backups", ignore_errors=True)
    assert noticed == FLIPS


def test_damage_is_answered_with_the_newest_backup(filled: Path, reopen: Reopen) -> None:
    with reopen() as directory:
        backup = directory.backup()
    path = filled / "directory.db"
    path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:])
    assert refusal(reopen) == "store.damaged_restore"
    assert Directory.restore(filled) == backup
    with reopen() as directory:
        assert directory.count() == 300


@pytest.mark.parametrize("left", [None, b""])
def test_a_directory_that_vanished_is_not_replaced_by_an_empty_one(
    left: bytes | None, filled: Path, reopen: Reopen
) -> None:
    with reopen() as directory:
        directory.backup()
    path = filled / "directory.db"
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    assert refusal(reopen) == "store.missing"
    Directory.restore(filled)
    with reopen() as directory:
        assert directory.count() == 300


@pytest.mark.parametrize("closed", [True, False])
def test_a_folder_that_cannot_be_written_is_read(
    closed: bool,
    filled: Path,
    reopen: Reopen,
    monkeypatch: pytest.MonkeyPatch,
    make_provider: Make,
    tmp_path: Path,
) -> None:
    if not closed:  # as a pulled stick leaves it: with a log that was not merged yet
        with reopen() as directory:
            directory.save(make_provider(name="In the log"))
            shutil.copytree(filled, tmp_path / "stick")
    folder = filled if closed else tmp_path / "stick"
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    monkeypatch.setattr("resources.directory.access.can_write", lambda folder: False)
    with Directory.open(folder) as directory:
        assert directory.read_only and directory.count() == (300 if closed else 301)
        assert directory.get("p7").name == "Place 7"
        with pytest.raises(ToolkitError, match=r"store\.read_only"):
            directory.save(make_provider())
        directory.reader().close()
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert refusal(lambda: Directory.open(tmp_path / "file" / "data")) == "store.no_folder"


def test_a_full_disk_says_so_and_loses_nothing(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    connection = directory.connection
    pages = connection.execute("pragma page_count").fetchone()[0]
    connection.execute(f"pragma max_page_count = {pages + 4}")
    before = directory.content_hash()
    with pytest.raises(ToolkitError) as refused:
        directory.apply([make_provider(id=f"p{n}", description="x" * 900) for n in range(90)])
    assert refused.value.key == "core.disk_full"
    assert directory.content_hash() == before and not connection.in_transaction
    connection.execute(f"pragma max_page_count = {pages + 4000}")
    directory.apply([make_provider(id=f"p{n}") for n in range(90)])
    assert directory.count() == 91


@pytest.mark.parametrize("lost", keys.COPIES)
@pytest.mark.parametrize("how", ["gone", "cut", "changed"])
def test_one_good_copy_of_the_key_is_enough_and_mends_the_other(
    lost: str, how: str, filled: Path, reopen: Reopen
) -> None:
    path = filled / lost
    whole = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(whole[:-9] if how == "cut" else whole.replace(whole[24:26], b"zz"))
    with reopen() as directory:
        assert directory.count() == 300
    assert path.read_bytes() == whole
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0  # on Windows the folder's own rules hold


def test_without_a_key_nothing_is_overwritten(filled: Path, reopen: Reopen) -> None:
    before = (filled / "directory.db").read_bytes()
    for name in keys.COPIES:
        (filled / name).rename(filled / f"{name}.away")
    assert refusal(reopen) == "store.key_missing"
    for name in keys.COPIES:
        (filled / name).write_text("nonsense")
    assert refusal(reopen) == "store.key_damaged"
    assert (filled / "directory.db").read_bytes() == before


def test_a_directory_of_another_laptop_is_not_opened_by_this_key(
    filled: Path, tmp_path: Path, reopen: Reopen
) -> None:
    with Directory.open(tmp_path / "other"):
        pass
    shutil.copy(tmp_path / "other" / "directory.db", filled / "directory.db")
    assert refusal(reopen) == "store.damaged"


def test_starting_again_needs_no_sqlite_utils(filled: Path) -> None:
    """It costs a fifth of a second; only a file that must take a step needs it."""
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from resources.directory.store import Directory;"
        f"d = Directory.open(Path({str(filled)!r})); print(d.count(), 'sqlite_utils' in sys.modules)"
    )
    root = Path(__file__).parents[4]
    found = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["300", "False"]
