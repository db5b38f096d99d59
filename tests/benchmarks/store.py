"""How fast the directory is: one edit, a whole list, and beside it `sqlite-utils insert` of the same CSV.

Run: python tests/benchmarks/store.py [rows ...]

Beside the edits stands the least that an edit kept for good can take: one row of a plain SQLite file changed,
written and flushed to the same disk. What a directory costs in memory is measured by keys.py.
"""

from __future__ import annotations

import csv
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

sys.path.insert(0, str(Path(__file__).parents[2]))

from resources.directory.derived import NoIndex
from resources.directory.hours import Hours, Span
from resources.directory.provider import Phone, Place, Provider
from resources.directory.store import Directory
from tests.benchmarks.timing import Times, load, ratio

EDITS, MOST_EDIT = 200, 10.0
UPDATE = "update rows set name = ? where id = ?"

WORDS = (
    "hope",
    "harbor",
    "bridge",
    "valley",
    "river",
    "legal",
    "family",
    "crisis",
    "youth",
    "center",
    "house",
)
NEEDS = ("shelter", "legal", "medical", "food", "interpreter", "transport")
HEADINGS = ("id", "name", "organization", "description", "phone", "website", "street", "city", "county",
            "state", "zip", "needs", "languages", "serves", "hours", "source")  # fmt: skip


def provider(number: int, chance: random.Random) -> Provider:
    name = " ".join(chance.choices(WORDS, k=3)).title()
    state = chance.choice(("MT", "WY", "ND", "SD", "ID"))
    return Provider(
        id=str(uuid.UUID(int=chance.getrandbits(128))),
        name=name,
        organization=f"{name} Inc.",
        description=" ".join(chance.choices(WORDS, k=25)),
        needs=frozenset(chance.sample(NEEDS, 2)),
        phones=tuple(
            Phone(f"p{n}", f"+1406555{chance.randrange(100, 200):04d}", label="Office") for n in range(2)
        ),
        website=f"https://{name.replace(' ', '').lower()}.example",
        place=Place("12 Main Street", "Forsyth", "30087", state, "59327", 46.2 + chance.random(), -106.6),
        serves=frozenset({state}),
        hours=Hours(tuple(Span(day, 540, 1020) for day in range(5))),
        languages=frozenset({"en", "es"}),
        intake=MappingProxyType({"minors": chance.random() < 0.5, "pets": False}),
        source="Benchmark list",
        source_id=str(number),
    )


def write_csv(path: Path, providers: list[Provider]) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(HEADINGS)
        for p in providers:
            rows.writerow((
                p.id, p.name, p.organization, p.description, p.phones[0].number, p.website, p.place.street,
                p.place.city, p.place.county, p.place.state, p.place.postal_code, ";".join(sorted(p.needs)),
                ";".join(sorted(p.languages)), ";".join(p.serves), "Mon-Fri 9-5", p.source,
            ))  # fmt: skip


@contextmanager
def timed(what: str, times: dict[str, float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    times[what] = time.perf_counter() - start
    print(f"  {what:<46} {times[what]:8.2f} s")


def whole_list(rows: int, folder: Path) -> None:
    chance = random.Random(rows)
    providers = [provider(n, chance) for n in range(rows)]
    source, plain, times = folder / "list.csv", folder / "plain.db", dict[str, float]()
    write_csv(source, providers)
    print(f"{rows:,} rows")
    command = [sys.executable, "-m", "sqlite_utils", "insert", str(plain), "rows", str(source), "--csv"]
    with timed("sqlite-utils insert", times):
        subprocess.run([*command, "--pk", "id"], check=True, capture_output=True)
    with Directory.open(folder / "bare", index=NoIndex()) as bare, timed("apply without search index", times):
        bare.apply(providers)
    with Directory.open(folder / "full") as directory:
        with timed("apply", times):
            directory.apply(providers, label="Benchmark list")
        with timed("read all", times):
            directory.all()
        with timed("content hash", times):
            directory.content_hash()
        with timed("backup, verified", times):
            directory.backup()
        with timed("apply again, nothing new", times):
            directory.apply(providers)
        with closing(sqlite3.connect(plain, isolation_level=None)) as rows_alone:
            edits(directory, providers, rows_alone)
        with timed("undo of the import", times):
            while directory.undo_label() != "Benchmark list":
                directory.undo()
            directory.undo()
    with timed("open", times):
        Directory.open(folder / "full").close()
    size = (folder / "full" / "directory.db").stat().st_size
    print(f"  ratio to sqlite-utils {times['apply'] / times['sqlite-utils insert']:.1f}x,", end=" ")
    print(f"file {size / 1e6:.0f} MB, plain file {plain.stat().st_size / 1e6:.0f} MB")


def edits(directory: Directory, providers: list[Provider], plain: sqlite3.Connection) -> None:
    ours, base = Times(), Times()
    plain.execute("pragma journal_mode = wal")
    plain.execute("pragma synchronous = full")
    for n, one in enumerate(providers[:EDITS]):
        changed = replace(one, name=f"{one.name} {n}")
        ours.measure(lambda changed=changed: directory.save(changed))
        base.measure(lambda changed=changed: plain.execute(UPDATE, (changed.name, changed.id)))
    print(f"  {EDITS} edits, each kept for good; {load()}")
    print(ours.line("one edit", MOST_EDIT))
    print(base.line("plain SQLite, one row"))
    print(f"  p95 of the plain row: {ratio(ours, base)}")


if __name__ == "__main__":
    for given in sys.argv[1:] or ("10000", "53000"):
        place = Path(tempfile.mkdtemp(prefix="porchlight-bench-"))
        try:
            whole_list(int(given), place)
        finally:
            shutil.rmtree(place)
