"""Run as a program: changes a directory for ever and says each time what was kept, until it is killed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4]))

from resources.directory.provider import Phone, Provider
from resources.directory.store import Directory


def main(folder: Path) -> None:
    directory = Directory.open(folder, who="kill")
    n = directory.count(retired=True)
    while True:
        some = [Provider(f"p{i}", name=f"Place {i}", phones=(Phone("a", "988"),)) for i in range(n, n + 3)]
        directory.apply(some, label=f"batch {n}")
        n += 3
        if n % 5 == 0:
            directory.record_check("p0", "answered")
        if n % 9 == 0:
            directory.retire("p1")
            directory.bring_back("p1")
        if n % 30 == 0:
            directory.backup()
        os.write(1, b"%d\n" % n)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
