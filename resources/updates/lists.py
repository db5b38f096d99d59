"""The long lists of a review in little room: each entry is made when somebody looks at it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from resources.directory.fields import Fields, to_provider
from resources.directory.history import field_name, readable
from resources.directory.optext import read_op
from resources.directory.provider import Provider
from resources.exchange.review import Change, FieldChange
from resources.updates.incoming import Incoming
from resources.updates.segments import MOST_OPS


@dataclass(frozen=True)
class Fresh(Sequence[Provider]):
    """New entries. `where` says of most of them in which segment, and where there, all of it is said; the
    `fields` of the others are here."""

    incoming: Incoming
    where: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, Fields] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.where) + len(self.others)

    def brings(self, identity: str) -> bool:
        return identity in self.where or identity in self.others

    def ids(self) -> list[str]:
        return [*self.where, *self.others]

    def fields(self, identity: str) -> Fields:
        """What is said of one."""
        if identity in self.others:
            return self.others[identity]
        n, place = divmod(self.where[identity], MOST_OPS)
        segment = self.incoming.segments[n]
        return _said(segment.header.device, segment.bodies()[place])

    def __iter__(self) -> Iterator[Provider]:
        opened, bodies = -1, list[str]()
        for identity, at in self.where.items():
            n, place = divmod(at, MOST_OPS)
            if n != opened:
                opened, bodies = n, self.incoming.segments[n].bodies()
            yield to_provider(identity, _said(self.incoming.segments[n].header.device, bodies[place]))
        for identity, fields in self.others.items():
            yield to_provider(identity, fields)

    @overload
    def __getitem__(self, place: int) -> Provider: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Provider, ...]: ...
    def __getitem__(self, place: int | slice) -> Provider | tuple[Provider, ...]:
        ids = self.ids()
        if isinstance(place, slice):
            return tuple(to_provider(identity, self.fields(identity)) for identity in ids[place])
        return to_provider(ids[place], self.fields(ids[place]))


def _said(device: str, body: str) -> Fields:
    return {name: value for name, value in read_op(device, body).set.items() if value is not None}


@dataclass(frozen=True)
class Differing(Sequence[Change]):
    """Entries that would change: id, fields before and after."""

    found: tuple[tuple[str, Fields, Fields], ...] = ()

    def __len__(self) -> int:
        return len(self.found)

    @overload
    def __getitem__(self, place: int) -> Change: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Change, ...]: ...
    def __getitem__(self, place: int | slice) -> Change | tuple[Change, ...]:
        if isinstance(place, slice):
            return tuple(_change(*one) for one in self.found[place])
        return _change(*self.found[place])

    def beyond_numbers(self, without: Collection[str]) -> Differing:
        """Those, but for some, in which more than a number would change that anybody sees."""
        left = [one for one in self.found if one[0] not in without]
        names = [_names(before, after) for _, before, after in left]
        shown = (one for one, some in zip(left, names, strict=True) if not all(map(_is_phone, some)))
        return Differing(tuple(shown))


def _is_phone(name: str) -> bool:
    return name.startswith("phones/")


def _names(before: Fields, after: Fields) -> list[str]:
    """The fields that differ and that somebody sees."""
    both = before.keys() | after.keys()
    return sorted(n for n in both if before.get(n) != after.get(n) and not n.startswith("kept/"))


def _change(identity: str, before: Fields, after: Fields) -> Change:
    lines = tuple(
        FieldChange(n, field_name(n), readable(n, before.get(n)), readable(n, after.get(n)))
        for n in _names(before, after)
    )
    return Change(to_provider(identity, before), to_provider(identity, after), lines)
