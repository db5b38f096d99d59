"""What an import would do, for a person to look at: new, changed, missing, disputed, doubled, in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from resources.directory.duplicates import Pair
from resources.directory.fields import Fields, to_provider
from resources.directory.history import field_name, readable
from resources.directory.phone_forms import show
from resources.directory.provider import Provider
from resources.directory.shelf import EMPTY, Document, Shelf
from resources.exchange.incoming import ColumnChoice, Problem
from resources.lazy import Lazy


@dataclass(frozen=True)
class FieldChange:
    """One field of one entry: its code, its name for people, and both values as text."""

    field: str
    said: str
    old: str
    new: str

    @property
    def is_phone(self) -> bool:
        return self.field.startswith("phones/")


@dataclass(frozen=True)
class Change:
    """An entry that would change: as it is, as it would be, and the fields that differ."""

    old: Provider
    new: Provider
    lines: tuple[FieldChange, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(line.field for line in self.lines)

    @property
    def phones(self) -> tuple[FieldChange, ...]:
        """The changed numbers, which a person should look at one by one."""
        return tuple(line for line in self.lines if line.is_phone)


@dataclass(frozen=True)
class Changed(Lazy[Change]):
    """Changed entries."""

    old: Shelf = EMPTY
    new: Shelf = EMPTY
    names: tuple[tuple[str, ...], ...] = ()

    def __len__(self) -> int:
        return len(self.names)

    def _make(self, places: range) -> Iterator[Change]:
        names = (self.names[n] for n in places)
        return map(_change, self.old.documents(places), self.new.documents(places), names)

    def with_phones(self) -> list[str]:
        """The ids of entries with changed numbers."""
        pairs = zip(self.old.ids(), self.names, strict=True)
        return [identity for identity, names in pairs if any(map(_is_phone, names))]

    def only_phones(self) -> list[str]:
        """The ids of entries in which nothing else changed that anybody sees."""
        pairs = zip(self.old.ids(), self.names, strict=True)
        return [identity for identity, names in pairs if all(map(_is_phone, names))]


def _is_phone(name: str) -> bool:
    return name.startswith("phones/")


NO_CHANGES = Changed()


class Twin(NamedTuple):
    """One side of a proposed duplicate: its name, what else a person knows it by, and whether it is here."""

    name: str
    about: tuple[str, ...]
    here: bool


def twin(one: Provider, *, here: bool) -> Twin:
    place, number = one.place, one.phone
    shown = show(number.number, number.extension) if number else ""
    return Twin(one.name, (one.organization, place.street, place.city, shown), here)


@dataclass(frozen=True)
class Changes:
    """Everything an import would do.

    `quiet` are entries of which only columns that nobody sees change; they count as the same. `disputed`
    are fields that were edited here and on the list: they stay as they are here unless accepted.
    `kept_here` counts entries with edits of ours that the list does not contradict anew. `twins` are both
    entries of each proposed duplicate, by id.
    """

    source: str
    new: Shelf
    changed: Changed
    missing: Shelf
    same: int
    duplicates: tuple[Pair, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    quiet: Shelf = EMPTY
    disputed: Changed = NO_CHANGES
    kept_here: int = 0
    columns: tuple[ColumnChoice, ...] = ()
    twins: Mapping[str, Twin] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """True when applying would change nothing."""
        return not (self.new or self.changed or self.quiet)


def field_changes(names: Iterable[str], before: Fields, after: Fields) -> tuple[FieldChange, ...]:
    """These fields, as they are and as they would be."""
    return tuple(
        FieldChange(name, field_name(name), readable(name, before.get(name)), readable(name, after.get(name)))
        for name in names
    )


def _change(old: Document, new: Document, names: Iterable[str]) -> Change:
    before, after = old.fields(), new.fields()
    lines = field_changes(names, before, after)
    return Change(to_provider(old.id, before), to_provider(new.id, after), lines)
