"""The long lists of a review: entries that are new, and entries that would change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from resources.directory.fields import Fields, to_provider
from resources.directory.optext import read_op
from resources.directory.provider import Provider
from resources.exchange.review import Change, field_changes
from resources.lazy import Lazy
from resources.updates.incoming import Incoming
from resources.updates.segments import MOST_OPS


@dataclass(frozen=True)
class Fresh(Lazy[Provider]):
    """New entries. `where` says of most of them in which segment, and where there, all of it is said; the
    `fields` of the others are here."""

    incoming: Incoming
    where: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, Fields] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.where) + len(self.others)

    def ids(self) -> list[str]:
        return [*self.where, *self.others]

    def of(self, identities: Collection[str]) -> Iterator[tuple[str, Fields]]:
        """What is said of those of these entries that are new."""
        found = [identity for identity in self.ids() if identity in identities]
        return zip(found, self._fields(found), strict=True)

    def _fields(self, identities: Iterable[str]) -> Iterator[Fields]:
        """What is said of each; a segment is unpacked once for those that lie in it one after the other."""
        opened, bodies = -1, list[str]()
        for identity in identities:
            if identity in self.others:
                yield self.others[identity]
                continue
            n, place = divmod(self.where[identity], MOST_OPS)
            segment = self.incoming.segments[n]
            if n != opened:
                opened, bodies = n, segment.bodies()
            yield _said(segment.header.device, bodies[place])

    def _make(self, places: range) -> Iterator[Provider]:
        ids = self.ids()
        chosen = [ids[n] for n in places]
        return map(to_provider, chosen, self._fields(chosen))


def _said(device: str, body: str) -> Fields:
    return {name: value for name, value in read_op(device, body).set.items() if value is not None}


@dataclass(frozen=True)
class Differing(Lazy[Change]):
    """Entries that would change: id, fields before and after."""

    found: tuple[tuple[str, Fields, Fields], ...] = ()

    def __len__(self) -> int:
        return len(self.found)

    def _make(self, places: range) -> Iterator[Change]:
        return (_change(*self.found[n]) for n in places)

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
    lines = field_changes(_names(before, after), before, after)
    return Change(to_provider(identity, before), to_provider(identity, after), lines)
