"""How long an update by stick takes, against `sqlite-utils upsert` of the same rows: no signature, no merge,
no history, no search index, no encryption.

    python tests/benchmarks/updates.py [PROVIDERS] [FOLDER]      (200000; FOLDER is kept and used again)

A first laptop gives its whole list to a stick and a second one takes it: read, verified, compared, applied.
Then the first one changes 1,000 entries, ten times, and the second one takes each of those updates. Each of
these steps has a process of its own. Prints seconds by the clock and of our own processor time, and the most
memory that a step took.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))


from resources.directory.shelf import Document, Shelf, document_of
from resources.directory.store import Directory
from resources.updates.exchange import Decision, accept, give, preview
from resources.updates.roster import SignedRoster
from resources.updates.trust import Trust
from tests.benchmarks.store import provider
from tests.benchmarks.timing import Times, load, ratio
from tests.resources.updates.world import newest_roster

CHANGES, ROUNDS = 1_000, 10
MOST_FIRST, MOST_STICK, MOST_UPDATE = 60_000.0, 50e6, 1_000.0
ALL = Decision(phones=None, confirm_retire=True)


class Bench:
    """Two laptops of one agency, a stick between them, and the plain table of the baseline."""

    def __init__(self, folder: Path) -> None:
        import sqlite_utils  # after the engine, which it then uses too

        self.folder, self.stick = folder, folder / "stick"
        self.a, self.b = (Directory.open(folder / name, who=name) for name in ("a", "b"))
        self.plain = sqlite_utils.Database(folder / "plain.db")
        self.plain.execute("pragma journal_mode = wal")
        self.looking, self.accepting, self.taking = Times(), Times(), Times()

    def close(self) -> None:
        self.a.connection.close()
        self.b.connection.close()
        self.plain.conn.close()

    def build(self, providers: int) -> None:
        """Two laptops that belong together, the first one with a list."""
        chance = random.Random(providers)
        Trust(self.a).create("Rosebud County", "a")
        Trust(self.a).admit(self.b.device, self.b.public_key, "b")
        Trust(self.b).pin(SignedRoster.read(newest_roster(self.a)), "b")
        listed = Shelf.of(provider(n, chance) for n in range(providers))
        self.a.apply(listed, label="The whole list")
        self.stick.mkdir()

    def take(self) -> None:
        """Read, verify, compare; apply."""
        looks = []
        self.looking.measure(lambda: looks.append(preview(self.b, self.stick)))
        (looked,) = looks
        done = []
        self.accepting.measure(lambda: done.append(accept(self.b, looked, ALL).ops))
        assert done == [looked.ops] and looked.ops

    def upsert(self, file: Path) -> None:
        """The same rows from a file of JSON into the plain table."""
        self.plain["providers"].upsert_all(json.loads(file.read_bytes()), pk="id")

    def rows(self, name: str, documents: Iterable[Document]) -> Path:
        """The baseline's file; it is written a row at a time."""
        file = self.folder / name
        with file.open("w", encoding="utf-8") as out:
            for n, one in enumerate(documents):
                row = {"id": one.id, "name": one.fields()["name"], "document": one.said}
                out.write(("," if n else "[") + json.dumps(row))
            out.write("]")
        return file

    def first_load(self) -> None:
        writing, base = Times(), Times()
        writing.measure(lambda: give(self.a, self.stick))
        size = sum(path.stat().st_size for path in self.stick.rglob("*.seg"))
        self.taking.measure(self.take)
        used = memory()
        assert self.a.content_hash() == self.b.content_hash()
        whole = self.rows("whole.json", self.a.each_document())
        base.measure(lambda: self.upsert(whole))
        print(f"first load of {self.a.count():,} providers; {load()}")
        self._say(writing, base, MOST_FIRST)
        print(f"  as fast as sqlite-utils: {ratio(self.taking, base)}")
        kept = "kept" if size <= MOST_STICK else "BROKEN"
        print(f"  on the stick {size / 1e6:.1f} MB   promised {MOST_STICK / 1e6:g}: {kept}; {used}")

    def updates(self) -> None:
        writing, base = Times(), Times()
        rows = self.a.connection.execute("select id from provider").fetchall()
        identities = [identity for (identity,) in rows]
        serial = count(self.a.connection.execute("select count(*) from op").fetchone()[0])
        chance = random.Random(next(serial))
        for _ in range(ROUNDS):
            old = self.a.many(chance.sample(identities, CHANGES))
            new = [replace(one, cost=f"${next(serial)}", alert="Ring twice") for one in old]
            self.a.save(*new)
            writing.measure(lambda: give(self.a, self.stick))
            self.taking.measure(self.take)
            file = self.rows("some.json", map(document_of, new))
            base.measure(lambda file=file: self.upsert(file))
        print(f"{CHANGES:,} changes into {self.b.count():,} providers, {ROUNDS} times; {load()}")
        self._say(writing, base, MOST_UPDATE)
        print(f"  as fast as sqlite-utils: {ratio(self.taking, base, 0.5)}; {memory()}")

    def _say(self, writing: Times, base: Times, most: float) -> None:
        print(writing.line("written to the stick"))
        print(self.taking.line("taken from the stick", most))
        print(self.looking.line("  of it: read, verified, compared"))
        print(self.accepting.line("  of it: applied"))
        print(base.line("sqlite-utils upsert"))


def memory() -> str:
    """The most memory that this process had at any time so far."""
    try:
        import resource
    except ImportError:  # Windows
        return "memory is not measured here"
    return f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB of memory"


def step(name: str, providers: int, folder: Path) -> None:
    bench = Bench(folder)
    steps: dict[str, Callable[[], None]] = {
        "build": lambda: bench.build(providers), "first": bench.first_load, "updates": bench.updates,
    }  # fmt: skip
    try:
        steps[name]()
    finally:
        bench.close()


def main(providers: int, folder: Path) -> None:
    built = (folder / "stick").is_dir()
    for name in ("updates",) if built else ("build", "first", "updates"):
        subprocess.run([sys.executable, __file__, "--step", name, str(providers), str(folder)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        step(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
        sys.exit()
    kept = Path(sys.argv[2]).absolute() if len(sys.argv) > 2 else None
    place = kept or Path(tempfile.mkdtemp(prefix="porchlight-bench-"))
    place.mkdir(exist_ok=True)
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000, place)
    finally:
        if not kept:
            shutil.rmtree(place)
