"""The same folder on a share or in Syncthing: each laptop has a copy, and between the copies files arrive
late, twice, cut short, under odd names and in any order. In the end all agree and nothing is lost."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from resources.directory.store import Directory
from resources.updates.exchange import exchange
from tests.resources.updates.conftest import Agency

LAPTOPS, STEPS = "abc", 30


class Share:
    """Laptops with a copy of the folder each, and whatever carries files between the copies."""

    def __init__(self, agency: Agency, make: Any, chance: random.Random) -> None:
        self.chance, self.said = chance, dict[str, str]()
        self.laptops = {name: agency.laptop(name) for name in LAPTOPS}
        self.folders = {name: agency.stick(f"copy of {name}") for name in LAPTOPS}
        self.laptops["a"].save(*(make(id=f"p{n}", name=f"Place {n}") for n in range(len(LAPTOPS))))
        first = agency.stick("first")
        for one in self.laptops.values():
            self.exchange(one, first)

    def exchange(self, laptop: Directory, folder: Path) -> set[str]:
        done = exchange(laptop, folder, phones=None, confirm_retire=True, names_seen=True)
        return {refusal.why for refusal in done.refusals}

    def edit(self) -> None:
        """Each laptop has an entry of its own, so that what it said last must stand."""
        name = self.chance.choice(LAPTOPS)
        identity = f"p{LAPTOPS.index(name)}"
        self.said[identity] = f"said {self.chance.getrandbits(40)}"
        laptop = self.laptops[name]
        laptop.save(replace(laptop.get(identity), cost=self.said[identity]))

    def look(self) -> None:
        name = self.chance.choice(LAPTOPS)
        why = self.exchange(self.laptops[name], self.folders[name])
        assert why <= {"gap", "damaged", "no_segment", "no_roster", "bad_signature"}, why

    def carry(self) -> None:
        """A few files arrive: whole, cut short, half under a passing name, or beside the old ones."""
        here, there = (self.folders[name] for name in self.chance.sample(LAPTOPS, 2))
        files = [path for path in sorted(here.rglob("*")) if path.is_file()]
        for path in self.chance.sample(files, min(len(files), 4)):
            target, kind = there / path.relative_to(here), self.chance.random()
            target.parent.mkdir(parents=True, exist_ok=True)
            data = path.read_bytes()
            if kind < 0.5:
                shutil.copy(path, target)
            elif kind < 0.7 and not target.exists():
                target.write_bytes(data[: self.chance.randrange(len(data))])
            elif kind < 0.85:
                target.with_name(f".syncthing.{path.name}.tmp").write_bytes(data[: len(data) // 2])
            else:
                odd = f"{path.stem}.sync-conflict-20261125-101010-ABCDEFG{path.suffix}"
                target.with_name(odd).write_bytes(data)

    def settle(self) -> None:
        """Everything arrives at last; each laptop looks until nothing is new."""
        for _ in range(2):
            for name, one in self.laptops.items():
                for path in (path for other in LAPTOPS for path in self.folders[other].rglob("*.*")):
                    target = self.folders[name] / Path(*path.parts[len(self.folders[name].parts) :])
                    target.parent.mkdir(parents=True, exist_ok=True)
                    if not target.exists() or target.stat().st_size < path.stat().st_size:
                        shutil.copy(path, target)
                self.exchange(one, self.folders[name])


@pytest.mark.parametrize("seed", range(5))
def test_copies_of_a_folder_that_sync_late_twice_in_part_and_in_any_order_agree(
    seed: int, agency: Agency, make_provider: Any
) -> None:
    chance = random.Random(seed)
    share = Share(agency, make_provider, chance)
    for _ in range(STEPS):
        chance.choice((share.edit, share.look, share.carry, share.carry))()
    share.settle()
    assert share.said
    for laptop in share.laptops.values():
        assert {identity: laptop.get(identity).cost for identity in share.said} == share.said
        assert laptop.content_hash() == share.laptops["a"].content_hash() and not laptop.conflicts()
    for name, laptop in share.laptops.items():
        assert not share.exchange(laptop, share.folders[name]), "a refusal is left"
