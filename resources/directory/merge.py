"""The merge: what a provider is, as a function of the set of operations and of nothing else.

Each field is a multi-value register. Its heads are the operations on it that no other operation names
as replaced. One head is the value; several heads with different values are a conflict, kept until a
person decides. Order, repetition and delay of operations cannot matter, and the clock only chooses
which of several conflicting values is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from resources.directory.fields import CONFIDENTIAL, SECRET, Fields, Value, text


class OpId(NamedTuple):
    """The n-th operation of one device."""

    device: str
    n: int

    def __str__(self) -> str:
        return f"{self.device}:{self.n}"

    @classmethod
    def read(cls, said: str) -> OpId:
        device, _, n = said.rpartition(":")
        return cls(device, int(n))


@dataclass(frozen=True)
class Op:
    """One edit of one provider by one device: what it set, and which operations each value replaced."""

    id: OpId
    clock: int
    provider: str
    who: str
    batch: str
    label: str
    set: Mapping[str, Value]
    replaced: Mapping[str, tuple[OpId, ...]]
    undoes: str = ""


@dataclass
class Live:
    """The values of one operation that nobody has replaced yet."""

    clock: int
    values: Fields


@dataclass
class Entry:
    """The merge state of one provider."""

    alive: dict[OpId, Live] = field(default_factory=dict)
    dead: set[tuple[OpId, str]] = field(default_factory=set)  # named as replaced before they arrived

    def add(self, op: Op, known: Callable[[OpId], bool]) -> set[OpId]:
        """Take in an operation that is not here yet; gives the ids whose live values changed."""
        touched: set[OpId] = set()
        mine: Fields = {}
        for name, value in op.set.items():
            for earlier in op.replaced.get(name, ()):
                live = self.alive.get(earlier)
                if live is not None and name in live.values:
                    del live.values[name]
                    touched.add(earlier)
                elif not known(earlier):
                    self.dead.add((earlier, name))
            if (op.id, name) in self.dead:
                self.dead.discard((op.id, name))
            else:
                mine[name] = value
        if mine:
            self.alive[op.id] = Live(op.clock, mine)
            touched.add(op.id)
        for identity in touched:
            if not self.alive[identity].values:
                del self.alive[identity]
        return touched

    def names(self) -> set[str]:
        """All fields that have a value or were removed."""
        return {name for live in self.alive.values() for name in live.values}

    def heads(self, name: str) -> list[OpId]:
        """The operations whose value of this field stands, the one that is shown first."""
        found = [identity for identity, live in self.alive.items() if name in live.values]
        if len(found) > 1:  # hardly ever, and this is asked for each field of a long list
            found.sort(key=lambda identity: (self.alive[identity].clock, identity), reverse=True)
        return found

    def confidential(self) -> bool:
        """True when any laptop says that the place is secret: in doubt it is."""
        return any(live.values.get(CONFIDENTIAL) for live in self.alive.values())

    def shown(self) -> Fields:
        """The values to show, without the removed ones."""
        found: Fields = {}
        for identity in sorted(self.alive, key=lambda i: (self.alive[i].clock, i)):
            found.update(self.alive[identity].values)
        if self.confidential():
            found[CONFIDENTIAL] = True
            for name in SECRET:
                found.pop(name, None)
        return {name: value for name, value in found.items() if value is not None}

    def conflicts(self) -> dict[str, list[OpId]]:
        """Fields with several different values, and the operations that hold them."""
        if len(self.alive) < 2:
            return {}
        values: dict[str, set[str]] = {}
        for live in self.alive.values():
            for name, value in live.values.items():
                values.setdefault(name, set()).add(text(value))
        return {name: self.heads(name) for name, several in sorted(values.items()) if len(several) > 1}


def entry_of(ops: list[Op]) -> Entry:
    """The merge state of one provider from all its operations, in whatever order they come."""
    entry, here = Entry(), set[OpId]()
    for op in ops:
        if op.id not in here:
            entry.add(op, here.__contains__)
            here.add(op.id)
    return entry
