"""How long a big list takes from file to reviewed, signed operations, against `sqlite-utils insert`.

    python tests/benchmarks/exchange.py [ROWS]        (53000 unless told otherwise)

Prints seconds to read, compare and apply a generated CSV of 28 columns, of comparing and applying the same
list again, the memory it took, and the ratio to sqlite-utils inserting the same file.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[2]))

from resources.directory.store import Directory
from resources.exchange.changes import apply, compare
from resources.exchange.reading import read_list

Result = TypeVar("Result")
SEED = 7
FIRST = ("Hope", "Prairie", "Legal", "Rosebud", "River", "Sage", "Northern", "Big Sky", "Eagle", "Willow")
LAST = ("House", "Aid", "Center", "Clinic", "Pantry", "Network", "Shelter", "Fund", "League", "Mission")
CITIES = (("Forsyth", "59327"), ("Billings", "59101"), ("Hardin", "59034"), ("Miles City", "59301"))
HEADINGS = (
    "EIN",
    "NAME",
    "PHONE",
    "STREET",
    "CITY",
    "STATE",
    "ZIP",
    "CATEGORY",
    *(f"CODE {n}" for n in range(20)),
)


def write(path: Path, rows: int) -> None:
    """A list in the shape of the tax-exempt organizations, with phones."""
    chance = random.Random(SEED)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADINGS)
        for n in range(rows):
            name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {chance.randrange(9999)}"
            area = chance.choice((201, 303, 406, 515, 605, 701)) + chance.randrange(80)
            phone = f"({area}) 555-01{chance.randrange(100):02}" if n % 3 else ""
            city, code = chance.choice(CITIES)
            street = f"{chance.randrange(1, 9999)} {chance.choice(FIRST)} Ave"
            codes = [str(chance.randrange(10**6)) for _ in range(20)]
            out.writerow([f"{n:09}", name, phone, street, city, "MT", code, "food pantry", *codes])


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def insert_plainly(path: Path, folder: Path) -> None:
    """What `sqlite-utils insert FILE table LIST --csv` does."""
    from sqlite_utils import Database

    database = Database(folder / "plain.db")
    with path.open(encoding="utf-8", newline="") as file:
        database.table("list").insert_all(csv.DictReader(file))
    database.conn.close()


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "list.csv"
        write(path, rows)
        plain, _ = timed(lambda: insert_plainly(path, folder))
        with Directory.open(folder / "data") as directory:
            reading, incoming = timed(lambda: read_list(path))
            comparing, changes = timed(lambda: compare(directory, incoming))
            bare, _ = timed(lambda: compare(directory, incoming, find_duplicates=False))
            applying, _ = timed(lambda: apply(directory, changes))
            again, same = timed(lambda: compare(directory, incoming))
            print(f"again: same {same.same}, changed {len(same.changed)}")
    total = reading + comparing + applying
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"rows {rows}  read {reading:.2f} s  compare {comparing:.2f} s (without doubles {bare:.2f})")
    print(f"apply {applying:.2f} s  second compare {again:.2f} s  memory {memory} MB")
    print(f"total {total:.2f} s  sqlite-utils insert {plain:.2f} s  ratio {total / plain:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 53_000)
