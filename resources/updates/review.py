"""What taking an update would do, worked out before anything is touched."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from resources.directory.fields import CONFIDENTIAL, SECRET, Fields, Value, to_provider
from resources.directory.history import field_name, readable
from resources.directory.merge import SEEN, Entry, Op, OpId
from resources.directory.oplog import OpLog
from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.engine import in_parts
from resources.exchange.review import Change, FieldChange
from resources.updates.incoming import Incoming
from resources.updates.lookalikes import LookAlike, look_alikes
from resources.words import load

MASS = 0.25  # so much of the directory may not disappear without a person's word (R20, test 37)
AHEAD = 2 * 86400
OLDEST = 1_704_067_200  # 2024: no Porchlight wrote before that


@dataclass(frozen=True)
class PhoneChange:
    """A number that would change, for a person to accept. `key` names it in `accept`."""

    key: str
    provider_id: str
    name: str
    old: str
    new: str
    who: str
    device: str


@dataclass(frozen=True)
class Dispute:
    """A field that both sides changed: both values stay until a person decides."""

    provider_id: str
    name: str
    said: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Review:
    """Everything an update would do here.

    `new` are entries that are not here yet, `changed` those that would differ field by field, `retired` those
    among them that would leave the directory (id and name), `phones` the numbers that a person accepts one
    by one, `disputes` the fields on which laptops would disagree. `fresh` holds the fields of new entries,
    `touched` the names of all fields of which something is said, both by id.
    """

    incoming: Incoming
    fresh: Mapping[str, Fields] = field(default_factory=dict)
    changed: tuple[Change, ...] = ()
    retired: tuple[tuple[str, str], ...] = ()  # id and name
    phones: tuple[PhoneChange, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    look_alikes: tuple[LookAlike, ...] = ()
    secrets: tuple[str, ...] = ()  # names of entries whose street goes, because it was called a secret
    wrong_clocks: tuple[str, ...] = ()
    national: int = 0  # entries whose national numbers the update wanted to change; it cannot
    ops: int = 0
    live: int = 0
    touched: Mapping[str, set[str]] = field(default_factory=dict)

    @cached_property
    def new(self) -> tuple[Provider, ...]:
        return tuple(to_provider(identity, fields) for identity, fields in self.fresh.items())

    @property
    def empty(self) -> bool:
        return not self.ops

    @property
    def mass(self) -> bool:
        """More would leave the directory than an honest update takes away at once."""
        return self.is_mass(len(self.retired))

    def is_mass(self, retired: int) -> bool:
        return retired > 1 and retired > MASS * self.live

    @property
    def needs_person(self) -> bool:
        """True when something must be looked at before it is taken."""
        return bool(self.phones or self.look_alikes) or self.mass

    def sentences(self) -> list[str]:
        """What a person should know, most important first."""
        say = load("en").say
        found = [say("updates.review.mass", n=len(self.retired), of=self.live)] if self.mass else []
        found += [odd.sentence() for odd in self.look_alikes]
        found += [say("updates.review.secret", name=name) for name in self.secrets]
        found += [say("updates.review.clock", name=name) for name in self.wrong_clocks]
        if self.national:
            found.append(say("updates.review.national", n=self.national))
        return found


def review(directory: Directory, incoming: Incoming) -> Review:
    """Work out what taking `incoming` would do. Nothing is written."""
    with directory.reading() as log:
        look = _Look(log, incoming)
        for some in in_parts(look.ops):
            entries = log.entries(some)
            for identity in some:
                look.add(identity, entries.get(identity))
        odd = look_alikes(directory.connection, look.names, log.own_only) if look.names else []
    return Review(
        incoming, look.fresh, tuple(look.changed), tuple(look.retired), tuple(look.phones),
        tuple(look.disputes), tuple(odd), tuple(look.secrets),
        tuple(sorted(look.wrong_clocks)), look.national, look.count,
        directory.count(), look.touched,
    )  # fmt: skip


class _Look:
    """Gathers, entry by entry, what would be different."""

    def __init__(self, log: OpLog, incoming: Incoming) -> None:
        self.log, self.incoming = log, incoming
        self.ops: dict[str, list[Op]] = {}
        self.count = self.national = 0
        self.fresh: dict[str, Fields] = {}
        self.touched: dict[str, set[str]] = {}
        self.names: dict[str, str] = {}
        self.changed: list[Change] = []
        self.retired: list[tuple[str, str]] = []
        self.phones: list[PhoneChange] = []
        self.disputes: list[Dispute] = []
        self.secrets: list[str] = []
        self.wrong_clocks: set[str] = set()
        newest, oldest = int((time.time() + AHEAD) * 1000) << 16, OLDEST * 1000 << 16
        for op in incoming.ops():
            self.ops.setdefault(op.provider, []).append(op)
            self.count += 1
            if not oldest < op.clock < newest:
                self.wrong_clocks.add(self._said_by(op.id.device))

    def _said_by(self, device: str) -> str:
        return self.incoming.said_by.get(device, (device, ""))[0]

    def add(self, identity: str, entry: Entry | None) -> None:
        ops = self.ops[identity]
        if entry is None and len(ops) == 1 and SEEN not in ops[0].set and identity not in self.log.own_only:
            self._fresh(identity, {name: value for name, value in ops[0].set.items() if value is not None})
            return
        entry = entry or Entry()
        before, disputed = entry.shown(), entry.conflicts()
        here: set[OpId] = set()
        ours = False
        spoken_of: set[str] = set()
        for op in ops:
            counting = self.log.counting(op)
            spoken_of |= counting.set.keys() - {SEEN}
            ours |= any(before.get(name) != v for name, v in op.set.items() if name not in counting.set)
            entry.add(counting, lambda i: i in here or i.n <= self.incoming.held.get(i.device, 0))
            here.add(op.id)
        self.national += ours
        after = entry.shown()
        for name in entry.conflicts().keys() - disputed.keys():
            values = tuple(readable(name, value) for _, value in entry.claims(name))
            called = str(after.get("name", ""))
            self.disputes.append(Dispute(identity, called, field_name(name), tuple(dict.fromkeys(values))))
        if not before:
            self._fresh(identity, after)
            return
        if before != after:
            self._differs(identity, before, after, entry)
        if entry.confidential():  # nobody declines a secret: what somebody called one stays one (R4)
            spoken_of -= {CONFIDENTIAL, *SECRET}
        self.touched[identity] = spoken_of

    def _fresh(self, identity: str, fields: Fields) -> None:
        if fields:
            self.fresh[identity] = fields
            self.touched[identity] = {*fields, "status"}
            self.names[identity] = str(fields.get("name", ""))

    def _differs(self, identity: str, before: Fields, after: Fields, entry: Entry) -> None:
        old, new = to_provider(identity, before), to_provider(identity, after)
        names = sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
        if after.get(CONFIDENTIAL) and not before.get(CONFIDENTIAL):
            self.secrets.append(new.name)
        lines = tuple(
            FieldChange(n, field_name(n), readable(n, before.get(n)), readable(n, after.get(n)))
            for n in names
            if not n.startswith("kept/")
        )
        self.changed.append(Change(old, new, lines))
        if not old.retired and (new.retired or not after):
            self.retired.append((identity, old.name))
        if new.name != old.name and new.name:
            self.names[identity] = new.name
        for name in names:
            if name.startswith("phones/") and _number_differs(before.get(name), after.get(name)):
                self.phones.append(self._phone(old, name, before, after, entry))

    def _phone(self, old: Provider, name: str, before: Fields, after: Fields, entry: Entry) -> PhoneChange:
        head = next(iter(entry.heads(name)), None)
        op = next((o for o in self.ops[old.id] if o.id == head), self.ops[old.id][-1])
        said = self._said_by(op.id.device)
        values = readable(name, before.get(name)), readable(name, after.get(name))
        return PhoneChange(f"{old.id}/{name}", old.id, old.name, *values, op.words.who, said)


def _number_differs(old: Value, new: Value) -> bool:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return {**old, "position": 0} != {**new, "position": 0}
    return bool(old != new)


def phone_fields(phones: Sequence[PhoneChange], accepted: object) -> dict[str, set[str]]:
    """The fields of numbers that were not accepted, by provider: they stay as they are here."""
    kept: dict[str, set[str]] = {}
    for phone in phones:
        if not (isinstance(accepted, frozenset | set) and phone.key in accepted):
            kept.setdefault(phone.provider_id, set()).add(phone.key.removeprefix(f"{phone.provider_id}/"))
    return kept
