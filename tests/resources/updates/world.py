"""A world for random histories: laptops with real directories and wrong clocks, sticks, and a book that says
what every operation wrote and what its author had seen, kept apart from what the program itself says."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from resources.directory.derived import NoIndex
from resources.directory.fields import Fields, text
from resources.directory.merge import STATUS, Op, OpId
from resources.directory.optext import read_op
from resources.directory.provider import Phone, Provider
from resources.directory.store import Directory
from resources.engine import writing
from resources.updates.exchange import exchange
from resources.updates.roster import Member, SignedRoster
from resources.updates.segments import Segment
from resources.updates.trust import Trust

LINE = "line"  # a national line: no laptop believes what another one says of it
Vector = dict[str, int]
Stood = dict[tuple[str, str], set[OpId]]  # what is said of a field: provider and field -> operations


class Abandoned(Exception):
    """The program stopped here, as if it had been killed."""


@dataclass(frozen=True)
class Again:
    """What somebody said of a field before an update of it was declined, said again: by which operation
    `first`, and what else was said of it and is left standing."""

    field: str
    first: OpId
    spared: frozenset[OpId]


@dataclass(frozen=True)
class Written:
    """One operation: what it set, how far its author had read each log, and what his clock said.

    Of one that says something `again`, clock and author are those of the first.
    """

    provider: str
    set: Fields
    seen: Vector
    clock: int
    who: str
    again: Again | None = None


@dataclass
class Form:
    """A form that is still open: what it showed, and what its reader had seen by then."""

    provider: str
    seen: Any
    vector: Vector


@dataclass
class Book:
    """Everything that was ever written, by whom, and who had seen what."""

    written: dict[OpId, Written] = field(default_factory=dict)
    doubtful: set[OpId] = field(default_factory=set)  # written after the backup that a laptop went back to

    def has_seen(self, later: OpId, earlier: OpId) -> bool:
        return earlier.n <= self.written[later].seen.get(earlier.device, 0)

    def knew(self, word: OpId, edit: OpId) -> bool:
        """Whether whoever first said this word had seen the edit."""
        again = self.written[word].again
        if again and again.field == STATUS:
            return self.knew(again.first, edit)
        return self.has_seen(word, edit)

    def replaces(self, later: OpId, earlier: OpId, name: str) -> bool:
        """Whether somebody who had seen the one said the other."""
        again = self.written[later].again
        if again and earlier in again.spared and name.removesuffix("/seen") == again.field:
            return False
        return later != earlier and self.has_seen(later, earlier)

    def said_again(self, stood: Stood, op: Op) -> Again:
        """Which operation this one says again."""
        for name, value in op.set.items():
            for identity in stood.get((op.provider, name), ()):
                one = self.written[identity]
                if (one.clock, one.who) == op.words and text(one.set[name]) == text(value):
                    return Again(name, identity, frozenset(stood[op.provider, name] - {identity}))
        raise AssertionError(f"{op.words} said nothing of {[*op.set]} that stood")

    def within(self, held: Vector) -> Book:
        """What somebody knows who holds so much of each log."""
        return Book({o: one for o, one in self.written.items() if o.n <= held.get(o.device, 0)})

    def closed(self, held: Vector) -> bool:
        """True when whatever the authors had seen of what is held is held too: no stick lost its half."""
        known = self.within(held).written.values()
        return all(n <= held.get(device, 0) for one in known for device, n in one.seen.items())


class Laptop:
    """A directory in a folder of its own that survives being abandoned, and a clock that is years wrong."""

    def __init__(self, folder: Path, who: str, book: Book, clock: int = 0) -> None:
        self.folder, self.who, self.book, self.clock = folder, who, book, clock
        self.noted, self.ticks = 0, 0
        self.form: Form | None = None
        self.open()

    def open(self) -> None:
        self.directory = Directory.open(
            self.folder, who=self.who, index=NoIndex(), own_only=frozenset({LINE})
        )
        self.directory.connection.execute("pragma synchronous = off")
        self.directory._log._now = self._now
        self.former = {one.device for one in self.directory.former}

    def _now(self) -> float:
        self.ticks += 1
        return 1_800_000_000 + self.clock + self.ticks * 0.001

    def vector(self) -> Vector:
        """How far each log is here; counted, not asked for."""
        rows = self.directory.connection.execute("select device, max(n), count(*) from op group by device")
        held = {}
        for device, last, count in rows.fetchall():
            assert last == count, f"a gap in the log of {device}"
            held[device] = last
        return held

    def shown(self, provider: str) -> Fields:
        """The fields that this laptop shows of a provider."""
        return next((document.fields() for document in self.directory.documents([provider])), {})

    def note(self, seen: Vector | None = None, stood: Stood | None = None) -> list[Written]:
        """Enter what this laptop wrote since the last time; it had seen all it holds, or `seen`.

        When it declined something, `stood` is what was said of those fields before; it is kept up to date.
        """
        device = self.directory.device
        rows = self.directory.connection.execute(
            "select n, body from op where device = ? and n > ? order by n", (device, self.noted)
        ).fetchall()
        if not rows:
            return []
        held = self.vector()
        found = []
        for n, body in rows:
            op = read_op(device, body)
            had_read = held | {device: n - 1} if seen is None else seen
            one = Written(op.provider, dict(op.set), had_read, *op.words)
            if op.again and stood is not None:
                again = self.book.said_again(stood, op)
                stood[op.provider, again.field] = {*again.spared, op.id}
                one = replace(one, again=again)
            self.book.written[op.id] = one
            found.append(one)
        self.noted = rows[-1][0]
        return found

    # -- what may happen to a laptop ---------------------------------------------------------------

    def abandon(self) -> None:
        """The program is gone and leaves its files as they are now."""
        left = self.folder.with_name(self.folder.name + "'")
        shutil.copytree(self.folder, left, ignore=shutil.ignore_patterns("*-shm"))
        raise Abandoned

    @contextmanager
    def may_be_abandoned(self, write: int = 0) -> Iterator[None]:
        """Inside, `abandon` may be called, and is at the `write`-th change of the tables, in the midst of
        its transaction; then somebody starts the program again."""
        derived, left = self.directory._derived, [write]
        whole = derived.write

        def half(shown: Any, ready: Any = None) -> None:
            whole(shown, ready)
            left[0] -= 1
            if not left[0]:
                self.abandon()

        try:
            with patch.object(derived, "write", half):
                yield
        except Abandoned:
            self.directory.connection.close()
            shutil.rmtree(self.folder)
            self.folder = self.folder.with_name(self.folder.name + "'")
            self.form = None
            self.open()

    def go_back(self, backup: Path, name: str) -> None:
        """Put a backup in place; what was written after it is lost unless a stick knows it."""
        before = self.directory.device
        self.directory.connection.close()
        Directory.restore(self.folder, backup)
        self.open()
        held = self.vector().get(before, 0)
        self.book.doubtful |= {o for o in self.book.written if o.device == before and o.n > held}
        rename(self.directory, name)
        self.directory.connection.close()
        self.noted, self.form = 0, None
        self.open()


def rename(directory: Directory, name: str) -> None:
    """Give a fresh directory a name that does not depend on chance, so that a history can be repeated."""
    with writing(directory.connection):
        directory.connection.execute("update state set value = ? where key = 'device'", (name,))


def admit(first: Directory, new: Directory, name: str) -> None:
    """As joining with compared digits ends; that way is tested elsewhere and slow on purpose."""
    Trust(first).admit(new.device, new.public_key, name)
    Trust(new).take(newest_roster(first))


def newest_roster(first: Directory) -> bytes:
    with first.reading():
        (raw,) = first.connection.execute("select raw from roster order by version desc").fetchone()
    return bytes(raw)


def make_agency(folder: Path, laptops: int) -> list[Path]:
    """Laptops of one agency, to be copied for each history; the last one is for newcomers."""
    opened: list[Directory] = []
    for n in range(laptops):
        place = folder / f"car{n}"
        made = Directory.open(place, who=f"car {n}", index=NoIndex())
        rename(made, f"d{n * 7 % 10:012x}")
        made.connection.close()
        opened.append(Directory.open(place, who=f"car {n}", index=NoIndex(), own_only=frozenset({LINE})))
    trust = Trust(opened[0])
    roster = trust.create("Rosebud County", "car 0")
    for n, one in enumerate(opened[1:], 1):
        roster = roster.with_member(Member(one.device, one.public_key, f"car {n}"))
    trust.change(roster)
    for n, one in enumerate(opened[1:], 1):
        Trust(one).pin(SignedRoster.read(newest_roster(opened[0])), f"car {n}")
    stick = folder / "stick"
    stick.mkdir()
    for one in opened:
        exchange(one, stick)
        if one is not opened[-1]:  # the newcomer, who has nothing to say
            one.apply([Provider(LINE, "National line", phones=(Phone("p1", "988"),))], undoable=False)
        one.connection.close()
    return [folder / f"car{n}" for n in range(laptops)]


@contextmanager
def quick_disk() -> Iterator[Path]:
    """A folder in memory where there is one; nothing is flushed, because no power fails here. A file that is
    read again on another stick is not verified again: the answer hangs on its bytes alone."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="histories-", dir=memory if memory.is_dir() else None))
    read = staticmethod(lru_cache(4096)(Segment.read))
    try:
        with patch.object(os, "fsync", lambda _: None), patch.object(Segment, "read", read):
            yield folder
    finally:
        shutil.rmtree(folder)
