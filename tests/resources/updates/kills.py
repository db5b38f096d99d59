"""Kill the program without warning while it exchanges with a stick, again and again: the directory is as
before or as after, never between, no file on the stick is half a file, and the next exchange finishes.

    python -m tests.resources.updates.kills [KILLS] [SEED]      (100 unless told otherwise)
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

from resources.directory.derived import NoIndex
from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.updates.exchange import Decision, accept, exchange, give, preview
from tests.resources.killing import main, run
from tests.resources.updates.sticks import Reader
from tests.resources.updates.world import make_agency

MODULE = "tests.resources.updates.kills"
LAPTOPS, ENTRIES, EDITS = 4, 240, 120


def child(laptop: str, stick: str) -> None:
    """What is killed: the program looks at a stick, takes what it brings, and gives what it lacks."""
    with _open(Path(laptop)) as directory:
        print("looks", flush=True)
        looked = preview(directory, Path(stick))
        print("takes", flush=True)
        accept(directory, looked, Decision(phones=None, confirm_retire=True))
        print("gives", flush=True)
        give(directory, Path(stick))
        print("ends", flush=True)


class Trial:
    """A laptop with edits of its own, and a stick with edits of three others that lacks all the rest."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self.folder, self.chance, self.happened = folder, random.Random(seed), Counter[str]()
        self.whole = 0  # files on the stick in the end
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
        self.took = self._run()
        self.after = self._content()
        assert self.before != self.after

    def once(self) -> None:
        """Kill it at some moment while it looks, takes or gives, and see what it left."""
        self._copy()
        doing = self.chance.choice([*self.took])
        self._run(doing, self.chance.random() * self.took[doing])
        found = self._content()
        assert found in (self.before, self.after), "between before and after"
        self.happened[f"while it {doing}"] += 1
        self.happened["as before" if found == self.before else "as after"] += 1
        stick, reader = self.folder / "stick", Reader()
        files = [*stick.glob("porchlight/*/*.seg")]
        assert all(reader.whole(path) for path in files), "half a file"
        there = len([*self.stick.glob("porchlight/*/*.seg")])
        self.happened["some files written"] += there < len(files) < self.whole
        with _open(self.folder / "laptop") as directory:
            done = exchange(directory, stick, phones=None, confirm_retire=True, names_seen=True)
            assert not done.refusals and directory.content_hash() == self.after
            with directory.reading() as log:
                held = log.vector()
        carried = reader.carried(stick)
        self.whole = len([*stick.glob("porchlight/*/*.seg")])
        assert all(carried.get(device, 0) >= n for device, n in held.items()), "the stick lacks something"

    def _copy(self) -> None:
        for name, of in (("laptop", self.laptop), ("stick", self.stick)):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            shutil.copytree(of, self.folder / name)

    def _run(self, doing: str = "", kill_after: float = 0) -> dict[str, float]:
        """Let the program run, or kill it so long after it said what it does; gives how long each took."""
        folders = self.folder / "laptop", self.folder / "stick"
        return run(MODULE, *folders, doing=doing, kill_after=kill_after)

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


if __name__ == "__main__":
    main(child, Trial, "each next exchange finished")
