"""How long an update by stick takes, against `sqlite-utils upsert` of the same rows: no signature, no merge,
no history, no search index, no encryption.

    python tests/benchmarks/updates.py [PROVIDERS] [FOLDER]      (200000; FOLDER is kept and used again)

A first laptop gives its whole list to a stick and a second one takes it: read, verified, compared, applied.
Then the first one changes 1,000 entries, ten times, and the second one takes each of those updates. Prints
seconds by the clock and of our own processor time.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))


from resources.directory.fields import to_fields
from resources.directory.provider import Provider
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

    def __init__(self, folder: Path, providers: int) -> None:
        import sqlite_utils  # after the engine, which it then uses too

        self.folder, self.stick = folder, folder / "stick"
        self.a, self.b = (Directory.open(folder / name, who=name) for name in ("a", "b"))
        self.plain = sqlite_utils.Database(folder / "plain.db")
        self.plain.execute("pragma journal_mode = wal")
        if not self.stick.is_dir():
            chance = random.Random(providers)
            Trust(self.a).create("Rosebud County", "a")
            Trust(self.a).admit(self.b.device, self.b.public_key, "b")
            Trust(self.b).pin(SignedRoster.read(newest_roster(self.a)), "b")
            self.a.apply([provider(n, chance) for n in range(providers)], label="The whole list")
            self.stick.mkdir()

    def close(self) -> None:
        self.a.connection.close()
        self.b.connection.close()
        self.plain.conn.close()

    def take(self) -> None:
        """Read, verify, compare, apply."""
        looked = preview(self.b, self.stick)
        assert accept(self.b, looked, ALL).ops == looked.ops > 0

    def upsert(self, file: Path) -> None:
        """The same rows from a file of JSON into the plain table."""
        self.plain["providers"].upsert_all(json.loads(file.read_bytes()), pk="id")

    def rows(self, name: str, providers: Sequence[Provider]) -> Path:
        file = self.folder / name
        rows = [{"id": p.id, "name": p.name, "document": json.dumps(to_fields(p))} for p in providers]
        file.write_text(json.dumps(rows), encoding="utf-8")
        return file

    def first_load(self) -> None:
        writing, taking, base = Times(), Times(), Times()
        writing.measure(lambda: give(self.a, self.stick))
        size = sum(path.stat().st_size for path in self.stick.rglob("*.seg"))
        taking.measure(self.take)
        assert self.a.content_hash() == self.b.content_hash()
        whole = self.rows("whole.json", self.a.all())
        base.measure(lambda: self.upsert(whole))
        print(f"first load of {self.a.count():,} providers; {load()}")
        print(writing.line("written to the stick"))
        print(taking.line("taken from the stick", MOST_FIRST))
        print(base.line("sqlite-utils upsert"))
        print(f"  as fast as sqlite-utils: {ratio(taking, base)}")
        kept = "kept" if size <= MOST_STICK else "BROKEN"
        print(f"  on the stick {size / 1e6:.1f} MB   promised {MOST_STICK / 1e6:g}: {kept}")

    def updates(self) -> None:
        writing, taking, base = Times(), Times(), Times()
        identities = [one.id for one in self.a.all()]
        serial = count(self.a.connection.execute("select count(*) from op").fetchone()[0])
        chance = random.Random(next(serial))
        for _ in range(ROUNDS):
            old = self.a.many(chance.sample(identities, CHANGES))
            new = [replace(one, cost=f"${next(serial)}", alert="Ring twice") for one in old]
            self.a.save(*new)
            writing.measure(lambda: give(self.a, self.stick))
            taking.measure(self.take)
            file = self.rows("some.json", new)
            base.measure(lambda file=file: self.upsert(file))
        print(f"{CHANGES:,} changes into {self.b.count():,} providers, {ROUNDS} times; {load()}")
        print(writing.line("written to the stick"))
        print(taking.line("taken from the stick", MOST_UPDATE))
        print(base.line("sqlite-utils upsert"))
        print(f"  as fast as sqlite-utils: {ratio(taking, base, 0.5)}")


def main(providers: int, folder: Path) -> None:
    bench = Bench(folder, providers)
    try:
        if not bench.b.count():
            bench.first_load()
        bench.updates()
    finally:
        bench.close()


if __name__ == "__main__":
    kept = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    place = kept or Path(tempfile.mkdtemp(prefix="porchlight-bench-"))
    place.mkdir(exist_ok=True)
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000, place)
    finally:
        if not kept:
            shutil.rmtree(place)
