"""The merge core against random histories of three laptops, and against bugs planted into it."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from resources.directory.batch import Batch, Form, heads_of
from resources.directory.fields import SECRET, Fields, text
from resources.directory.merge import Entry, Live, Op, OpId, entry_of
from resources.directory.oplog import TABLES, OpLog
from resources.engine import open_memory, writing

NAMES = ("name", "phones/1", "hours", "languages/es", "place/confidential", "place/street", "status")
PROVIDERS = ("a", "b", "c")
YEARS = 365 * 86400
HISTORIES = 30


class Laptop:
    """A log in memory, with a clock that may be years wrong, and what its owner has ever seen."""

    def __init__(self, name: str, ahead: float, chance: random.Random) -> None:
        connection = open_memory()
        for statement in TABLES:
            connection.execute(statement)
        self.steps = 0
        self.ahead = ahead
        self.log = OpLog(connection, name, now=self.now)
        self.chance = chance
        self.stale: dict[str, Any] = {}

    def now(self) -> float:
        self.steps += 1
        return 1_800_000_000 + self.ahead + self.steps / 1000

    def has(self) -> set[OpId]:
        rows = self.log.connection.execute("select device, n from op")
        return {OpId(*row) for row in rows}

    def open_form(self, provider: str) -> None:
        entry = self.log.entries([provider]).get(provider)
        heads = heads_of(entry, entry.names()) if entry else {}
        self.stale[provider] = (heads, self.has())

    def edit(self, causes: dict[OpId, set[OpId]]) -> None:
        provider = self.chance.choice(PROVIDERS)
        names = self.chance.sample(NAMES, self.chance.choice((1, 1, 2, 3)))
        values: Fields = {name: self.value(name) for name in names}
        if "place/confidential" in values:
            values = dict.fromkeys(SECRET) | values
        saw = self.has()
        with writing(self.log.connection):
            entry = self.log.entries([provider]).get(provider)
            form = None
            if entry and provider in self.stale and self.chance.random() < 0.5:
                heads, saw = self.stale.pop(provider)
                form = Form(heads)
            batch = Batch(self.log, "edit", self.log.device)
            batch.add(provider, values, entry, form)
            batch.finish()
        causes[OpId(self.log.device, self.log.tail()[0])] = saw

    def value(self, name: str) -> Any:
        if name in ("languages/es", "place/confidential"):
            return self.chance.choice((True, None))
        return f"{self.log.device}-{self.chance.randrange(10**6)}"

    def take(self, other: Laptop, at_most: int) -> None:
        """What `other` holds and this one lacks, some of it, some of it a second time."""
        mine = self.log.vector()
        for device, upto in other.log.vector().items():
            if device == self.log.device:
                continue
            start = max(0, mine.get(device, 0) - self.chance.randrange(3))
            bodies = other.log.connection.execute(
                "select body from op where device = ? and n > ? and n <= ? order by n",
                (device, start, min(upto, start + at_most)),
            ).fetchall()
            with writing(self.log.connection):
                self.log.store(device, [body for (body,) in bodies])


def run(seed: int) -> int:
    """One history; fails unless all laptops agree and nothing was lost. Gives the number of conflicts."""
    chance = random.Random(seed)
    laptops = [Laptop(f"d{n}", ahead, chance) for n, ahead in enumerate((0, 9 * YEARS, -9 * YEARS))]
    causes: dict[OpId, set[OpId]] = {}
    for _ in range(45):
        laptop, luck = chance.choice(laptops), chance.random()
        if luck < 0.55:
            laptop.edit(causes)
        elif luck < 0.65:
            laptop.open_form(chance.choice(PROVIDERS))
        else:
            laptop.take(chance.choice([o for o in laptops if o is not laptop]), chance.choice((1, 3, 1000)))
    for _ in range(3):
        for laptop in laptops:
            for other in laptops:
                if other is not laptop:
                    laptop.take(other, 1000)
    conflicts = check(laptops, causes, chance)
    for laptop in laptops:
        laptop.log.connection.close()
    return conflicts


def check(laptops: list[Laptop], causes: dict[OpId, set[OpId]], chance: random.Random) -> int:
    states = [state(laptop.log) for laptop in laptops]
    assert states[0] == states[1] == states[2], "diverged"
    log = laptops[0].log
    ops = list(log.ops("1", ()))
    assert {op.id for op in ops} == set(causes), "an operation is missing"
    entries = log.entries(PROVIDERS)
    for provider, entry in entries.items():
        mine = [op for op in ops if op.provider == provider]
        chance.shuffle(mine)
        again = entry_of(mine)
        assert (again.shown(), again.conflicts()) == (entry.shown(), entry.conflicts())
        for op in mine:
            for name in op.set:
                assert_not_lost(op, name, entry, mine, causes)
    listed = log.connection.execute("select provider, field from conflict").fetchall()
    wanted = [(provider, name) for provider, entry in entries.items() for name in entry.conflicts()]
    assert sorted(listed) == sorted(wanted)
    return len(listed)


def assert_not_lost(op: Op, name: str, entry: Entry, ops: list[Op], causes: dict[OpId, set[OpId]]) -> None:
    """A value is shown, or listed as a conflict, or somebody who had it on screen replaced it."""
    named = any(op.id in o.replaced.get(name, ()) for o in ops)
    assert (op.id in entry.heads(name)) is not named
    if not named:
        values = {text(entry.alive[head].values[name]) for head in entry.heads(name)}
        assert len(values) == 1 or op.id in entry.conflicts()[name]
        return
    assert any(name in o.set and o.id != op.id and op.id in causes[o.id] for o in ops), ("lost", op.id, name)


def state(log: OpLog) -> dict[str, Any]:
    before = log.entries(PROVIDERS)
    found = {p: (sorted(map(str, e.alive)), e.shown(), e.conflicts(), e.dead) for p, e in before.items()}
    with writing(log.connection):
        log.rebuild()
    again = log.entries(PROVIDERS)
    assert {p: e.alive for p, e in before.items()} == {p: e.alive for p, e in again.items()}, (
        "rebuilt differently"
    )
    return found


def test_three_laptops_with_wild_clocks_agree_and_lose_nothing() -> None:
    assert sum(run(seed) for seed in range(HISTORIES)) > 20


real_add = Entry.add


def last_writer_wins(entry: Entry, op: Op, known: Callable[[OpId], bool]) -> set[OpId]:
    touched = real_add(entry, op, known)
    for identity, live in list(entry.alive.items()):
        if identity != op.id and live.clock < op.clock:
            for name in op.set:
                if live.values.pop(name, None) is not None:
                    touched.add(identity)
            if not live.values:
                del entry.alive[identity]
    return touched


def forget_what_was_replaced(entry: Entry, op: Op, known: Callable[[OpId], bool]) -> set[OpId]:
    entry.alive[op.id] = Live(op.clock, dict(op.set))
    return {op.id}


def forget_early_replacements(entry: Entry, op: Op, known: Callable[[OpId], bool]) -> set[OpId]:
    entry.dead.clear()
    return real_add(entry, op, known)


def think_all_is_here(entry: Entry, op: Op, known: Callable[[OpId], bool]) -> set[OpId]:
    return real_add(entry, op, lambda identity: True)


def replace_what_nobody_named(entry: Entry, op: Op, known: Callable[[OpId], bool]) -> set[OpId]:
    for live in entry.alive.values():
        for name in op.set:
            live.values.pop(name, None)
    touched = set(entry.alive)
    entry.alive = {identity: live for identity, live in entry.alive.items() if live.values}
    return touched | real_add(entry, op, known)


@pytest.mark.parametrize(
    "bug",
    [
        last_writer_wins,
        forget_what_was_replaced,
        forget_early_replacements,
        think_all_is_here,
        replace_what_nobody_named,
    ],
)
def test_a_bug_in_the_merge_is_noticed(bug: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Entry, "add", bug)
    with pytest.raises((AssertionError, KeyError)):
        for seed in range(HISTORIES):
            run(seed)


def test_a_list_of_conflicts_that_stays_empty_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Entry, "conflicts", lambda entry: {})
    with pytest.raises((AssertionError, KeyError)):
        for seed in range(HISTORIES):
            run(seed)


def test_a_form_that_claims_to_have_seen_all_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Batch.add
    monkeypatch.setattr(
        Batch, "add", lambda batch, provider, values, entry, form=None: real(batch, provider, values, entry)
    )
    with pytest.raises(AssertionError):
        for seed in range(HISTORIES):
            run(seed)
