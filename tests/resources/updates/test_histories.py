"""Sixty random histories of six laptops; ten thousand are run by hand (see histories.py)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.resources.updates.histories import LAPTOPS, quick_disk, run
from tests.resources.updates.world import make_agency

SHORT = 40


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with quick_disk() as folder:
        make_agency(folder / "agency", LAPTOPS + 1)
        yield folder


@pytest.mark.parametrize("block", range(6))
def test_laptops_agree_in_the_end_and_nothing_is_lost(place: Path, block: int) -> None:
    agency = sorted((place / "agency").glob("car*"))
    happened = Counter[str]()
    for seed in range(block * 10, block * 10 + 10):
        happened.update(run(place, agency, seed, steps=SHORT))
    assert len(agency) == LAPTOPS + 1 and LAPTOPS >= 6
    for kind in (
        "exchange",
        "crash",
        "restore",
        "cut",
        "wiped",
        "copied",
        "in conflict",
        "replaced",
        "shown",
    ):
        assert happened[kind] > 0, f"{kind} did not happen"
