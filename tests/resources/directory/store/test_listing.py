"""What is said of the whole directory follows from every entry, without reading them into a list."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from resources.directory import due, listing
from resources.directory.provider import CHECK_RESULTS, Check, Provider
from resources.directory.store import Directory

TODAY = date(2026, 11, 25)
Make = Callable[..., Provider]


def anyone(number: int, chance: random.Random) -> Provider:
    """An entry in any state: called or not, answered or not, by a wrong clock, retired, for training."""
    checks = tuple(
        Check(f"{n:03}", TODAY - timedelta(days=chance.randint(-3, 400)), chance.choice(CHECK_RESULTS))
        for n in range(chance.choice((0, 0, 1, 3)))
    )
    return Provider(
        f"p{number}",
        f"Place {number}",
        needs=frozenset(chance.sample(("shelter", "hotline", "legal", "food"), chance.randint(0, 2))),
        languages=frozenset({f"l{number % 7}"}),
        source=chance.choice(("", "lines", "list")),
        training=chance.random() < 0.1,
        status=chance.choice(("active", "active", "defunct")),
        checks=checks,
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_state_of_a_directory_is_that_of_its_entries(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with Directory.open(tmp_path / "d") as directory:
        directory.apply([anyone(number, chance) for number in range(200)])
        entries = directory.all()
        own = [one for one in entries if one.source != "lines"]
        waiting = len(due.list(own, TODAY))
        assert listing.health(directory, TODAY, "lines") == listing.Health(len(entries), len(own), waiting)
        assert 0 < waiting < len(own) < len(entries) < 200
        assert listing.languages(directory) == frozenset().union(*(one.languages for one in entries))


def test_a_language_that_only_a_retired_entry_speaks_is_not_offered(
    tmp_path: Path, make_provider: Make
) -> None:
    with Directory.open(tmp_path / "d") as directory:
        directory.save(make_provider(), replace(make_provider(id="b"), languages=frozenset({"mam"})))
        assert listing.languages(directory) == {"en", "es", "mam"}
        directory.retire("b")
        assert listing.languages(directory) == {"en", "es"}


def test_the_state_is_read_while_somebody_else_reads(tmp_path: Path, make_provider: Make) -> None:
    with Directory.open(tmp_path / "d") as directory:
        directory.save(make_provider())
        found: list[listing.Health] = []
        work = threading.Thread(target=lambda: found.append(listing.health(directory, TODAY, "lines")))
        with directory.reading():  # as a search holds it
            work.start()
            work.join(20)
            assert found == [listing.Health(1, 1, 1)]
