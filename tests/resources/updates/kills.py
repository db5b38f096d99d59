"""Kill the program without warning while it exchanges with a stick, again and again: the directory is as
before or as after, never between, no file on the stick is half a file, and the next exchange finishes.

    python -m tests.resources.updates.kills [KILLS] [SEED]      (100 unless told otherwise)
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from resources.directory.derived import NoIndex
from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.updates.exchange import exchange, give
from tests.resources.updates.sticks import Reader
from tests.resources.updates.world import make_agency

ROOT = Path(__file__).parents[3]
LAPTOPS, ENTRIES, EDITS = 4, 240, 120


def child(folder: Path, stick: Path) -> None:
    """What is killed: the program exchanges with a stick, both ways."""
    with _open(folder) as directory:
        print("open", flush=True)
        exchange(directory, stick, phones=None, confirm_retire=True, names_seen=True)
        print("done", flush=True)


class Trial:
    """A laptop with edits of its own, and a stick with edits of three others that lacks all the rest."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self.folder, self.chance, self.happened = folder, random.Random(seed), Counter[str]()
        places = make_agency(folder / "agency", LAPTOPS)
        self.laptop, self.stick = places[0], folder / "agency" / "new"
        old = folder / "agency" / "stick"
        self.stick.mkdir()
        with _open(self.laptop) as first:
            first.apply([Provider(f"p{n}", f"Place {n}", cost="free") for n in range(ENTRIES)])
            give(first, old)
        for place in places[1:]:
            with _open(place) as other:
                exchange(other, old, phones=None, names_seen=True)
                for some in (range(EDITS // 2), range(EDITS // 2, EDITS)):
                    other.save(*(replace(other.get(f"p{n}"), cost=f"{place.name} {n}") for n in some))
                    give(other, self.stick)
        with _open(self.laptop) as first:
            exchange(first, old, phones=None, names_seen=True)
            first.save(*(replace(first.get(f"p{n}"), alert=f"ours {n}") for n in range(EDITS)))
            self.before = first.content_hash()
        for path in old.glob("porchlight/*/*.seg"):
            (self.stick / path.relative_to(old)).unlink(missing_ok=True)
        self._copy()
        self.took = self._run(None)
        self.after = self._content()
        assert self.before != self.after

    def once(self) -> None:
        """Kill it at some moment between its first word and its last, and look."""
        self._copy()
        self._run(self.chance.random() * self.took)
        found = self._content()
        assert found in (self.before, self.after), "between before and after"
        self.happened["before" if found == self.before else "after"] += 1
        stick, reader = self.folder / "stick", Reader()
        files = [*stick.glob("porchlight/*/*.seg")]
        assert all(reader.whole(path) for path in files), "half a file"
        old = {*self.stick.glob("porchlight/*/*.seg")}
        self.happened["while writing"] += len(old) < len(files) and found == self.after
        with _open(self.folder / "laptop") as directory:
            done = exchange(directory, stick, phones=None, confirm_retire=True, names_seen=True)
            assert not done.refusals and directory.content_hash() == self.after
            with directory.reading() as log:
                held = log.vector()
        carried = reader.carried(stick)
        assert all(carried.get(device, 0) >= n for device, n in held.items()), "the stick lacks something"

    def _copy(self) -> None:
        for name, of in (("laptop", self.laptop), ("stick", self.stick)):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            shutil.copytree(of, self.folder / name)

    def _run(self, kill_after: float | None) -> float:
        """Let the program run, or kill it; gives the seconds from its first word to its end."""
        command = [sys.executable, "-m", "tests.resources.updates.kills", "--child"]
        folders = [str(self.folder / "laptop"), str(self.folder / "stick")]
        with subprocess.Popen([*command, *folders], cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"open\n"
            start = time.monotonic()
            if kill_after is not None:
                time.sleep(kill_after)
                process.kill()
            rest = process.stdout.read()
        self.happened["finished"] += rest == b"done\n" and kill_after is not None
        return time.monotonic() - start

    def _content(self) -> str:
        """What the directory says, from tables that are whole and follow from its operations."""
        with _open(self.folder / "laptop") as directory:
            assert directory.connection.execute("pragma quick_check").fetchone()[0] == "ok"
            rows = directory.connection.execute("select max(n), count(*) from op group by device").fetchall()
            assert all(last == count for last, count in rows), "a gap"
            said = directory.content_hash()
            directory.rebuild()
            assert directory.content_hash() == said
        return said


def _open(folder: Path) -> Directory:
    return Directory.open(folder, who=folder.name, index=NoIndex())


def main(kills: int = 100, seed: int = 0) -> None:
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    try:
        trial = Trial(folder, seed)
        for _ in range(kills):
            trial.once()
    finally:
        shutil.rmtree(folder)
    said = ", ".join(f"{n} {what}" for what, n in trial.happened.items())
    print(f"{kills} kills within {trial.took:.1f} s of an exchange: {said}; each next exchange finished")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*map(Path, sys.argv[2:]))
    else:
        main(*map(int, sys.argv[1:]))
