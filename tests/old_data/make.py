"""Freeze a directory as this version writes it, for the versions to come.

    python tests/old_data/make.py NAME [YEAR]

Writes tests/old_data/NAME/: the file, its keys (of no real laptop), and what must still be said of it later.
Run it once for each release; never again for the same name. With YEAR, every clock stood in that year.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from unittest import mock

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from resources.directory.provider import Phone, Provider  # noqa: E402
from resources.directory.store import Directory  # noqa: E402
from resources.engine import Connection  # noqa: E402


def digest(connection: Connection) -> str:
    """Of all operations: the truth, which no version may change."""
    rows = connection.execute("select device, n, clock, provider, body from op order by device, n").fetchall()
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def fill(directory: Directory) -> None:
    """Entries by hand, an edit, calls with results, one retired and one change taken back."""
    entries = [
        Provider(
            id=f"p{n}",
            name=f"Old Place {n}",
            phones=(Phone(f"t{n}", f"+14065550{100 + n}"),),
            needs=frozenset({"shelter"}),
        )
        for n in range(12)
    ]
    directory.apply(entries)
    directory.save(Provider(id="p1", name="Renamed Place", phones=(Phone("t1", "+14065550199"),)))
    directory.record_check("p2", "answered", "AB")
    directory.record_check("p3", "wrong-number", "AB", "rings at a garage")
    directory.retire("p4")
    directory.retire("p5")
    directory.undo()


def main() -> None:
    target = HERE / sys.argv[1]
    year = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    then = time.mktime((year, 6, 1, 9, 0, 0, 0, 0, 0)) if year else time.time()
    with mock.patch("time.time_ns", lambda: int(then * 1e9)), mock.patch("time.time", lambda: then):
        directory = Directory.open(target, who="clerk", today=lambda: date.fromtimestamp(then))
        fill(directory)
        said = {
            "entries": {p.id: [p.name, [phone.number for phone in p.phones]] for p in directory.all()},
            "retired": sorted(p.id for p in directory.all(retired=True) if p.retired),
            "operations": directory.connection.execute("select count(*) from op").fetchone()[0],
            "digest": digest(directory.connection),
            "history": [len(directory.history(f"p{n}")) for n in range(6)],
        }
        directory.connection.execute("pragma wal_checkpoint(truncate)")
        directory.connection.execute("pragma journal_mode = delete")
        directory.close()
    shutil.rmtree(target / "backups", ignore_errors=True)
    (target / "expected.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
