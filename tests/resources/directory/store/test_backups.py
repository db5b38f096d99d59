"""Backups are whole, secret, counted, and can be put back without losing the damaged file (threat
model test 52)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from resources.directory import backup, keys
from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError

Make = Callable[..., Provider]
Reopen = Callable[..., Directory]


def test_a_backup_is_whole_and_holds_no_readable_word(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider(name="ZZCANARY"))
    path = directory.backup()
    assert directory.backups() == [path]
    raw = path.read_bytes()
    assert b"ZZCANARY" not in raw and not raw.startswith(b"SQLite format 3")
    assert "ZZCANARY".encode("utf-16-le") not in raw
    backup.verify(path, keys.device_key(directory.folder, create=False))
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_the_newest_ten_are_kept(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    key, start = keys.device_key(directory.folder, create=False), datetime(2026, 1, 1)
    made = [backup.write(directory.folder, key, start + timedelta(days=day)) for day in range(12)]
    assert directory.backups() == made[:1:-1]
    assert backup.made_on(made[0]) == start


def test_restoring_puts_the_file_aside_and_takes_a_new_device_name(
    directory: Directory, make_provider: Make, reopen: Reopen
) -> None:
    directory.save(make_provider())
    saved, device = directory.backup(), directory.device
    directory.save(make_provider(cost="free"))
    folder = directory.folder
    directory.close()
    newer = (folder / "directory.db").read_bytes()
    assert Directory.restore(folder, saved) == saved
    with reopen() as again:
        assert again.get("asha") == make_provider() and again.device != device
        again.save(make_provider(cost="$1"))
        assert again.get("asha").cost == "$1"
    (aside,) = folder.glob("directory-aside-*.db")
    assert aside.read_bytes() == newer


def test_the_newest_good_backup_is_taken_when_the_newest_is_damaged(
    directory: Directory, make_provider: Make, reopen: Reopen
) -> None:
    directory.save(make_provider())
    good = directory.backup()
    bad = directory.backup()
    bad.write_bytes(bad.read_bytes()[:-4096])
    folder = directory.folder
    directory.close()
    assert Directory.restore(folder) == good


def test_a_backup_that_cannot_be_trusted_is_refused_and_nothing_changes(
    directory: Directory, make_provider: Make, tmp_path: Path, reopen: Reopen
) -> None:
    directory.save(make_provider())
    folder, good = directory.folder, directory.backup()
    directory.close()
    with Directory.open(tmp_path / "other") as other:
        other.save(make_provider(name="Other"))
        foreign = other.backup()
    flipped = bytearray(good.read_bytes())
    flipped[len(flipped) // 2] ^= 4
    spoilt = {
        "cut.db": good.read_bytes()[:5000],
        "flip.db": bytes(flipped),
        "empty.db": b"",
        "text.db": b"hello",
    }
    before = (folder / "directory.db").read_bytes()
    candidates = [foreign, tmp_path / "nothing.db"]
    for name, data in spoilt.items():
        (tmp_path / name).write_bytes(data)
        candidates.append(tmp_path / name)
    for candidate in candidates:
        with pytest.raises(ToolkitError, match=r"store\.backup_unreadable"):
            Directory.restore(folder, candidate)
    assert (folder / "directory.db").read_bytes() == before


def test_without_a_backup_restoring_says_so(directory: Directory) -> None:
    with pytest.raises(ToolkitError, match=r"store\.no_backup"):
        Directory.restore(directory.folder)


def test_closing_makes_one_backup_a_day_and_only_after_a_change(
    directory: Directory, make_provider: Make, reopen: Reopen
) -> None:
    directory.close()
    with reopen() as first:
        assert first.backups() == [] and not first.backup_due()
        first.save(make_provider())
        assert first.backup_due()
    with reopen() as second:
        assert len(second.backups()) == 1
        second.save(make_provider(cost="free"))
        assert not second.backup_due()
    with reopen() as third:
        assert len(third.backups()) == 1


def test_a_large_change_is_preceded_by_a_backup(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    directory.apply([make_provider(id=f"p{n}") for n in range(150)])
    assert len(directory.backups()) == 1


def test_a_backup_that_fails_leaves_no_part_and_no_old_one_lost(
    directory: Directory, make_provider: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory.save(make_provider())
    old = directory.backup()

    def fail(*args: object) -> None:
        raise ToolkitError("store.damaged", file="x")

    monkeypatch.setattr(backup, "_refuse_damaged", fail)
    with pytest.raises(ToolkitError):
        directory.backup()
    assert list(old.parent.iterdir()) == [old]
