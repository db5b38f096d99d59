"""How long a big list takes from file to reviewed, signed operations, against `sqlite-utils insert`.

    python tests/benchmarks/exchange.py [ROWS]        (53000 unless told otherwise)

Generates a CSV of 28 columns. One process inserts it with sqlite-utils; another one reads, compares and
applies it, as it does for the window, and then reads and compares the same list again. Prints seconds on the
clock and, for a machine that does other things too, of the processor; the memory of the second process; and
the ratio to sqlite-utils in both kinds of seconds.
"""

from __future__ import annotations

import csv
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

Seconds = tuple[float, float]
SPAWN = multiprocessing.get_context("spawn")
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


class Clock:
    """Seconds on the clock and of the processor since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def read(self) -> Seconds:
        made = time.perf_counter() - self._wall, time.process_time() - self._cpu
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return made


def insert_plainly(path: Path, folder: Path, pipe: Connection) -> None:
    """What `sqlite-utils insert FILE table LIST --csv` does."""
    from sqlite_utils import Database

    clock = Clock()
    database = Database(folder / "plain.db")
    with path.open(encoding="utf-8", newline="") as file:
        database.table("list").insert_all(csv.DictReader(file))
    database.conn.close()
    pipe.send({"insert": clock.read()})


def bring_in(path: Path, folder: Path, pipe: Connection) -> None:
    """Read, compare, apply; then the same list a second time."""
    from resources.directory.store import Directory
    from resources.exchange.changes import apply, compare
    from resources.exchange.reading import read_list

    took = {}
    with Directory.open(folder / "data") as directory:
        clock = Clock()
        incoming = read_list(path)
        took["read"] = clock.read()
        changes = compare(directory, incoming)
        took["compare"] = clock.read()
        apply(directory, changes)
        took["apply"] = clock.read()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        again = compare(directory, read_list(path))
        took["again"] = clock.read()
        assert again.empty and again.same == len(changes.new), "the second time nothing changes"
    pipe.send({**took, "memory": (memory, 0.0)})


def elsewhere(work: Callable[[Path, Path, Connection], None], path: Path, folder: Path) -> dict[str, Seconds]:
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=work, args=(path, folder, theirs))
    process.start()
    answer: dict[str, Seconds] = ours.recv()
    process.join()
    return answer


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "list.csv", rows)
        took = elsewhere(insert_plainly, folder / "list.csv", folder)
        took |= elsewhere(bring_in, folder / "list.csv", folder)
    memory = took.pop("memory")[0]
    for step, (wall, cpu) in took.items():
        print(f"{step:8} {wall:7.2f} s on the clock {cpu:7.2f} s of the processor")
    wall, cpu = (sum(took[step][n] for step in ("read", "compare", "apply")) for n in (0, 1))
    print(f"{rows} rows: {wall:.1f} s ({wall / took['insert'][0]:.1f} x) on the clock,", end=" ")
    print(f"{cpu:.1f} s ({cpu / took['insert'][1]:.1f} x) of the processor, memory {memory:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 53_000)
