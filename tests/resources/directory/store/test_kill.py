"""A program killed at any moment loses nothing that it said was kept, and leaves no half change
(threat model test 43)."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

from resources.directory.store import Directory

WRITER = Path(__file__).with_name("writer.py")
KILLS = int(os.environ.get("PORCHLIGHT_KILLS", "15"))


def test_kills_lose_nothing(tmp_path: Path) -> None:
    chance, kept = random.Random(5), 0
    for _ in range(KILLS):
        kept = max(kept, kill_once(tmp_path / "data", chance.random() * 0.15))
        with Directory.open(tmp_path / "data") as directory:
            count = directory.count(retired=True)
            assert directory.warning is None
            assert count >= kept and count % 3 == 0
            kept = count
            assert directory.connection.execute("pragma quick_check").fetchone()[0] == "ok"
            assert {p.id for p in directory.all(retired=True)} == {f"p{n}" for n in range(count)}
            rows = directory.connection.execute("select count(*), max(n) from op").fetchone()
            assert rows[0] == rows[1]
            before = directory.content_hash()
            directory.rebuild()
            assert directory.content_hash() == before
    backups = tmp_path / "data" / "backups"
    assert not backups.exists() or all(len(p.suffixes) == 1 for p in backups.glob("*.db"))
    assert kept > KILLS


def kill_once(folder: Path, after: float) -> int:
    """Start the writer, kill it `after` its first word; gives the last number it said."""
    process = subprocess.Popen([sys.executable, str(WRITER), str(folder)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(after)
    process.kill()
    said = first + process.stdout.read()
    process.wait()
    process.stdout.close()
    return int(said.split(b"\n")[-2])


def test_a_killed_start_can_be_started_again(tmp_path: Path) -> None:
    for wait in (0.05, 0.2, 0.3, 0.4):
        folder = tmp_path / str(wait)
        process = subprocess.Popen([sys.executable, str(WRITER), str(folder)], stdout=subprocess.DEVNULL)
        time.sleep(wait)
        process.kill()
        process.wait()
        with Directory.open(folder) as directory:
            assert directory.count(retired=True) % 3 == 0
        shutil.rmtree(folder)
