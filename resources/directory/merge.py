"""The merge: what a provider is, as a function of the set of operations and of nothing else.

Each field is a multi-value register. Its heads are the operations on it that no other operation names
as replaced. One head is the value; several heads with different values are a conflict, kept until a
person decides. Order, repetition and delay of operations cannot matter, and the clock only chooses
which of several conflicting values is shown.

Whoever takes an entry out of use says which operations he had seen (`SEEN`). An edit that he had not seen
is a conflict with his word, and until a person decides the entry stays in sight: a new number must not
vanish because somebody else, who never saw it, thought that the place had closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from resources.directory.fields import CONFIDENTIAL, SECRET, Fields, Value, text

STATUS, SEEN = "status", "status/seen"
ACTIVE, RETIRED, REMOVED = "active", "defunct", "removed"  # removed: its creation was taken back
OUT = (RETIRED, REMOVED)


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


class Words(NamedTuple):
    """When and by whom a value was said."""

    clock: int
    who: str


@dataclass(frozen=True)
class Op:
    """One edit of one provider by one device: what it set, and which operations each value replaced.

    One that only says `again` what stood before somebody else's was declined has the time and author of that.
    """

    id: OpId
    clock: int
    provider: str
    who: str
    batch: str
    label: str
    set: Mapping[str, Value]
    replaced: Mapping[str, tuple[OpId, ...]]
    undoes: str = ""
    again: Words | None = None

    @property
    def words(self) -> Words:
        return self.again or Words(self.clock, self.who)


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
            self.alive[op.id] = Live(op.words.clock, mine)
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

    def unseen(self) -> list[OpId]:
        """The edits that nobody had seen of those who took the entry out of use."""
        heads = self.heads(STATUS)
        if not heads or any(self.alive[head].values[STATUS] not in OUT for head in heads):
            return []
        seen = {str(head) for head in heads}
        for head in heads:
            if (known := self.alive[head].values.get(SEEN)) is None:
                return []  # its author had all that is said here
            seen.update(known)
        return [i for i, live in self.alive.items() if str(i) not in seen and any(map(edits, live.values))]

    def hidden_by(self, outs: Iterable[Op]) -> list[OpId]:
        """The edits that none of these had seen, who all took the entry out of use."""
        hidden = {i for i, live in self.alive.items() if any(map(edits, live.values))}
        for op in outs:
            if (seen := op.set.get(SEEN)) is None:
                return []
            hidden -= {i for i in hidden if i == op.id or str(i) in seen}
        return sorted(hidden)

    def status(self) -> Value:
        """Of several words about its use the one that keeps it in sight; else the newest."""
        if self.unseen():
            return ACTIVE
        words = [self.alive[head].values[STATUS] for head in self.heads(STATUS)]
        return min(words, key=_out_of_sight, default=None)

    def values(self) -> Fields:
        """The values that stand, without the removed ones, of an entry that was taken back too."""
        found: Fields = {}
        for identity in sorted(self.alive, key=lambda i: (self.alive[i].clock, i)):
            found.update(self.alive[identity].values)
        if found.pop(SEEN, None) is not None or found.get(STATUS) in OUT:
            found[STATUS] = self.status()
        if self.confidential():
            found[CONFIDENTIAL] = True
            for name in SECRET:
                found.pop(name, None)
        return {name: value for name, value in found.items() if value is not None}

    def shown(self) -> Fields:
        """The values to show; none for an entry that was taken back."""
        found = self.values()
        return {} if found.get(STATUS) == REMOVED else found

    def claims(self, name: str) -> list[tuple[OpId, Value]]:
        """What is said of a field, and by which operations; what is shown comes first, unless it is a secret.

        Whoever edits an entry says that it is in use.
        """
        found = [(identity, self.alive[identity].values[name]) for identity in self.heads(name)]
        if name != STATUS:
            return found
        found += [(identity, ACTIVE) for identity in self.unseen()]
        shown = self.values().get(STATUS)
        return sorted(found, key=lambda one: one[1] != shown)

    def conflicts(self) -> dict[str, list[OpId]]:
        """Fields with several different values, and the operations that hold them; none of an entry that was
        taken back."""
        several = self.several()
        return several if several and self.shown() else {}

    def several(self) -> dict[str, list[OpId]]:
        """The same, of an entry that was taken back too."""
        if len(self.alive) < 2:
            return {}
        said: dict[str, list[Value]] = {}
        for live in self.alive.values():
            for name, value in live.values.items():
                said.setdefault(name, []).append(value)
        said.pop(SEEN, None)
        if self.unseen():
            said[STATUS].append(ACTIVE)
        several = (n for n, values in sorted(said.items()) if values[1:] and len(set(map(text, values))) > 1)
        return {name: self.heads(name) for name in several}


def _out_of_sight(status: Value) -> int:
    return 0 if status not in (*OUT, None) else 1 if status == RETIRED else 2


def as_shown(name: str, ops: Iterable[Op]) -> list[Op]:
    """Operations on one field, the one first whose value is shown as long as all of them stand."""
    newest = sorted(ops, key=lambda op: (op.words.clock, op.id), reverse=True)
    return sorted(newest, key=lambda op: _out_of_sight(op.set[name])) if name == STATUS else newest


def edits(name: str) -> bool:
    """True for a field that says something of the place itself."""
    return name not in (STATUS, SEEN) and not name.startswith("checks/")


def entry_of(ops: list[Op]) -> Entry:
    """The merge state of one provider from all its operations, in whatever order they come."""
    entry, here = Entry(), set[OpId]()
    for op in ops:
        if op.id not in here:
            entry.add(op, here.__contains__)
            here.add(op.id)
    return entry
