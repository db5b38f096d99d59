"""A log that an accident damaged is read up to the damage, and that something is missing is said
(threat model test 49)."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from resources.directory import access
from resources.directory.provider import Phone, Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.words import load

Make = Callable[..., Provider]
OLD, NEW = Phone("p1", "+14065550142"), Phone("p1", "+14065550199")
FLIPS, EDITS = int(os.environ.get("PORCHLIGHT_FLIPS", "60")), 6


@pytest.fixture
def stopped(directory: Directory, make_provider: Make, tmp_path: Path) -> Path:
    """A folder as a pulled plug leaves it: six numbers were changed, all in the log only."""
    directory.apply([make_provider(id=f"p{n}", phones=(OLD,)) for n in range(60)])
    directory.connection.execute("pragma wal_checkpoint(truncate)")
    for n in range(EDITS):
        directory.save(replace(directory.get(f"p{n}"), phones=(NEW,)))
    folder = tmp_path / "stopped"
    shutil.copytree(directory.folder, folder, ignore=shutil.ignore_patterns("*-shm"))
    return folder


def spoil(log: Path, whole: bytes, at: int, bit: int) -> None:
    spoilt = bytearray(whole)
    spoilt[at] ^= 1 << bit
    log.write_bytes(spoilt)


def numbers(folder: Path) -> tuple[list[Phone], ToolkitError | None]:
    with Directory.open(folder) as directory:
        assert directory.connection.execute("pragma quick_check").fetchone()[0] == "ok"
        found = [directory.get(f"p{n}").phones[0] for n in range(EDITS)]
        said = directory.content_hash()
        directory.rebuild()
        assert directory.content_hash() == said
        return found, directory.warning


@pytest.mark.parametrize("writable", [True, False])
def test_a_whole_log_loses_nothing_and_says_nothing(
    stopped: Path, writable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not writable:
        monkeypatch.setattr(access, "can_write", lambda folder: False)
    with Directory.open(stopped) as directory:
        assert [directory.get(f"p{n}").phones[0] for n in range(EDITS)] == [NEW] * EDITS
        assert directory.warning is None
        with Directory.open(stopped) as other:
            assert other.warning is None


def test_a_flipped_bit_in_the_log_is_said_and_what_came_before_it_is_whole(
    stopped: Path, tmp_path: Path
) -> None:
    chance, counts, folder = random.Random(8), set(), tmp_path / "spoilt"
    whole = (stopped / "directory.db-wal").read_bytes()
    places = [*range(0, 56, 9), *(chance.randrange(len(whole)) for _ in range(FLIPS // 5))]
    for at in places:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(stopped, folder)
        spoil(folder / "directory.db-wal", whole, at, chance.randrange(8))
        found, warning = numbers(folder)
        kept = found.count(NEW)
        counts.add(kept)
        assert found == [NEW] * kept + [OLD] * (EDITS - kept) and kept < EDITS
        assert warning and warning.key == "store.changes_lost" and load("en").explain(warning)
        assert numbers(folder) == (found, None)  # said once
    assert len(counts) > 3


def test_an_unfinished_change_at_the_end_is_no_damage(stopped: Path) -> None:
    log = stopped / "directory.db-wal"
    whole = log.read_bytes()
    log.write_bytes(whole + whole[32 : 32 + 24 + 4096][:2000])
    assert numbers(stopped) == ([NEW] * EDITS, None)


def test_damage_in_the_log_of_an_open_directory_is_met_as_damage(
    directory: Directory, make_provider: Make
) -> None:
    directory.apply([make_provider(id=f"p{n}", phones=(OLD,), cost="x" * 300) for n in range(200)])
    directory.backup()
    log = directory.folder / "directory.db-wal"
    whole, chance, met = log.read_bytes(), random.Random(9), 0
    for _ in range(FLIPS // 6):
        spoilt = bytearray(whole)
        for _ in range(40):
            spoilt[chance.randrange(32, len(spoilt))] ^= 1
        log.write_bytes(spoilt)
        try:
            with Directory.open(directory.folder) as other:
                assert {one.phones for one in other.all()} <= {(OLD,)}
        except ToolkitError as problem:
            met += problem.key == "store.damaged_restore"
        log.write_bytes(whole)
    assert met
