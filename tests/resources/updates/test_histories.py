"""Sixty random histories of six laptops; ten thousand are run by hand (see histories.py)."""

from __future__ import annotations

from collections import Counter

from tests.resources.updates.histories import HISTORIES, LAPTOPS, run
from tests.resources.updates.world import make_agency, quick_disk

MUST_HAPPEN = ("exchange", "crash", "restore", "lost", "cut", "damaged", "wiped", "copied", "put back",
               "in conflict", "replaced", "shown", "edited while retired", "removed",
               "volley", "judged", "declined in dispute")  # fmt: skip


def test_laptops_agree_in_the_end_and_nothing_is_lost() -> None:
    assert LAPTOPS >= 6 and HISTORIES >= 60
    happened = Counter[str]()
    with quick_disk() as folder:
        agency = make_agency(folder / "agency", LAPTOPS + 1)
        for seed in range(HISTORIES):
            happened.update(run(folder, agency, seed))
    assert not [kind for kind in MUST_HAPPEN if not happened[kind]]
