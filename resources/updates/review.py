"""What taking an update would do, worked out before anything is touched."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from resources.directory.fields import CONFIDENTIAL, SECRET, Fields, Value
from resources.directory.history import field_name, readable
from resources.directory.kept import many_objects
from resources.directory.merge import RETIRED, SEEN, STATUS, Entry, Op, OpId
from resources.directory.oplog import OpLog
from resources.directory.store import Directory
from resources.engine import in_parts
from resources.updates.incoming import Incoming
from resources.updates.lists import Differing, Fresh
from resources.updates.lookalikes import LookAlike, look_alikes
from resources.updates.segments import MOST_OPS
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
    by one, `disputes` the fields on which laptops would disagree. `touched` holds, by id, the names of all
    fields of which something is said of an entry that is here.
    """

    incoming: Incoming
    new: Fresh
    changed: Differing = field(default_factory=Differing)
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

    def entries(self) -> list[str]:
        """The ids of all entries of which something is said."""
        return [*self.new.ids(), *self.touched]

    def spoken_of(self, identities: Collection[str]) -> dict[str, set[str]]:
        """The names of all fields of which something is said of these entries; none for a mere secret."""
        found = {identity: {*fields, STATUS} for identity, fields in self.new.of(identities)}
        return found | {identity: names for identity, names in self.touched.items() if identity in identities}

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
    with directory.reading() as log, many_objects():
        look = _Look(log, incoming)
        look.over()
        odd = look_alikes(look.names, *_names(directory, log, look.names)) if look.names else []
    return Review(
        incoming, Fresh(incoming, look.where, look.fresh), Differing(tuple(look.changed)),
        tuple(look.retired), tuple(look.phones), tuple(look.disputes), tuple(odd), tuple(look.secrets),
        tuple(sorted(look.wrong_clocks)), look.national, look.count, directory.count(), look.touched,
    )  # fmt: skip


def _names(
    directory: Directory, log: OpLog, renamed: Mapping[str, str]
) -> tuple[Iterable[str], Iterable[str]]:
    """The names of the entries that are here and not to be renamed, and those of national lines."""
    here = Counter(directory.names())
    here.subtract(one.name for one in directory.many(renamed))
    lines = directory.many(identity for identity in log.own_only if identity not in renamed)
    return (name for name, n in here.items() if n > 0), [one.name for one in lines]


class _Look:
    """Gathers, entry by entry, what would be different."""

    def __init__(self, log: OpLog, incoming: Incoming) -> None:
        self.log, self.incoming = log, incoming
        self.ops: dict[str, list[Op]] = {}
        self.count = self.national = 0
        self.where: dict[str, int] = {}
        self.fresh: dict[str, Fields] = {}
        self.touched: dict[str, set[str]] = {}
        self.names: dict[str, str] = {}
        self.changed: list[tuple[str, Fields, Fields]] = []
        self.retired: list[tuple[str, str]] = []
        self.phones: list[PhoneChange] = []
        self.disputes: list[Dispute] = []
        self.secrets: list[str] = []
        self.wrong_clocks: set[str] = set()

    def over(self) -> None:
        """All new operations. Of an entry that is not here and has one of them, the name is enough."""
        newest, oldest = int((time.time() + AHEAD) * 1000) << 16, OLDEST * 1000 << 16
        several: set[str] = set(self.log.own_only)
        for n, (segment, held) in enumerate(self.incoming.parts()):
            for place, glance in enumerate(segment.glances[segment.passed(held) :], segment.passed(held)):
                self.count += 1
                if glance.provider in self.names or glance.name is None:
                    several.add(glance.provider)
                else:
                    self.names[glance.provider] = glance.name
                    self.where[glance.provider] = n * MOST_OPS + place
                if not oldest < glance.clock < newest:
                    self.wrong_clocks.add(self._said_by(segment.header.device))
        several |= self.log.heads.known(self.names)
        for identity in several & self.names.keys():
            del self.names[identity], self.where[identity]
        for op in self.incoming.ops(several):
            self.ops.setdefault(op.provider, []).append(op)
        for some in in_parts(self.ops):
            entries = self.log.entries(some)
            for identity in some:
                self.add(identity, entries.get(identity))

    def _said_by(self, device: str) -> str:
        return self.incoming.said_by.get(device, (device, ""))[0]

    def add(self, identity: str, entry: Entry | None) -> None:
        ops = self.ops[identity]
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
            self.names[identity] = str(fields.get("name", ""))

    def _differs(self, identity: str, before: Fields, after: Fields, entry: Entry) -> None:
        self.changed.append((identity, before, after))
        name, called = str(before.get("name", "")), str(after.get("name", ""))
        if after.get(CONFIDENTIAL) and not before.get(CONFIDENTIAL):
            self.secrets.append(called)
        if before.get(STATUS) != RETIRED and (not after or after.get(STATUS) == RETIRED):
            self.retired.append((identity, name))
        if called not in (name, ""):
            self.names[identity] = called
        for phone in sorted(n for n in before.keys() | after.keys() if n.startswith("phones/")):
            if _number_differs(before.get(phone), after.get(phone)):
                self.phones.append(self._phone(identity, phone, before, after, entry))

    def _phone(self, identity: str, name: str, before: Fields, after: Fields, entry: Entry) -> PhoneChange:
        head = next(iter(entry.heads(name)), None)
        op = next((o for o in self.ops[identity] if o.id == head), self.ops[identity][-1])
        said = self._said_by(op.id.device)
        values = readable(name, before.get(name)), readable(name, after.get(name))
        called = str(before.get("name", ""))
        return PhoneChange(f"{identity}/{name}", identity, called, *values, op.words.who, said)


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
