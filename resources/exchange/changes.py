"""What an incoming list would do to the directory, worked out before anything is touched, and doing it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from resources.directory import duplicates
from resources.directory.duplicates import Pair
from resources.directory.fields import Fields, Value, to_fields, to_provider
from resources.directory.history import field_name, readable
from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.exchange import columns
from resources.exchange.incoming import ColumnChoice, Incoming, Problem
from resources.exchange.local_edits import BOTH, OURS, LocalEdits, import_label
from resources.words import load

_NOT_FROM_LISTS = ("source", "source_id", "owner", "training", "enforcement")
_MASS = 0.5
_FEW = 10


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
class Changes:
    """Everything an import would do.

    `quiet` are entries of which only columns that nobody sees change; they count as the same. `disputed`
    are fields that were edited here and on the list: they stay as they are here unless accepted.
    `kept_here` counts entries with edits of ours that the list does not contradict anew.
    """

    source: str
    new: tuple[Provider, ...]
    changed: tuple[Change, ...]
    missing: tuple[Provider, ...]
    same: int
    duplicates: tuple[Pair, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    quiet: tuple[Provider, ...] = ()
    disputed: tuple[Change, ...] = ()
    kept_here: int = 0
    columns: tuple[ColumnChoice, ...] = ()

    @property
    def empty(self) -> bool:
        """True when applying would change nothing."""
        return not (self.new or self.changed or self.quiet)


def compare(directory: Directory, incoming: Incoming, *, find_duplicates: bool = True) -> Changes:
    """Work out what applying `incoming` would do; nothing is written."""
    here = {provider.id: provider for provider in directory.all(retired=True)}
    known = directory.source_map(incoming.source)
    edits = LocalEdits(directory, incoming.source)
    new: list[Provider] = []
    found = _Found()
    met: set[str] = set()
    for provider in incoming.providers:
        identity = provider.id if provider.id in here else known.get(provider.source_id, "")
        if not identity or identity not in here:
            new.append(provider)
            continue
        met.add(identity)
        found.add(here[identity], replace(provider, id=identity), edits)
    missing = tuple(
        one
        for one in here.values()
        if one.source == incoming.source and not one.retired and one.id not in met
    )
    pairs = _duplicates(directory, here, new) if find_duplicates else ()
    return Changes(
        source=incoming.source,
        new=tuple(new),
        changed=tuple(found.changed),
        missing=missing,
        same=found.same,
        duplicates=pairs,
        problems=(*incoming.problems, *_look_alikes(new, found.changed)),
        notes=(*incoming.notes, *_notes(found)),
        quiet=tuple(found.quiet),
        disputed=tuple(found.disputed),
        kept_here=found.kept_here,
        columns=incoming.columns,
    )


class _Found:
    """Gathers, entry by entry, what is the same and what is not."""

    def __init__(self) -> None:
        self.changed: list[Change] = []
        self.disputed: list[Change] = []
        self.quiet: list[Provider] = []
        self.same = 0
        self.kept_here = 0

    def add(self, old: Provider, incoming: Provider, edits: LocalEdits) -> None:
        before, said = to_fields(old), _aligned(to_fields(incoming), to_fields(old))
        names = [name for name in before.keys() | said.keys() if _differs(name, before, said)]
        if not names:
            self.same += 1
            return
        seen = sorted(name for name in names if not name.startswith("kept/"))
        judged = edits.judge(old.id, seen, said) if seen else {}
        taken = [name for name in seen if judged[name] not in (OURS, BOTH)]
        both = [name for name in seen if judged[name] == BOTH]
        self.kept_here += any(judged[name] == OURS for name in seen)
        unseen = [name for name in names if name.startswith("kept/")]
        if both:
            self.disputed.append(_change(old, before, said, both))
        if taken:
            self.changed.append(_change(old, before, said, [*taken, *unseen]))
        else:
            self.same += not both
            if unseen:
                self.quiet.append(_with(old, before, said, unseen))


def _differs(name: str, before: Mapping[str, Value], said: Mapping[str, Value]) -> bool:
    if name in _NOT_FROM_LISTS or name.startswith("checks/"):
        return False
    old, new = before.get(name), said.get(name)
    if name.startswith("phones/") and isinstance(old, Mapping) and isinstance(new, Mapping):
        return {**old, "position": 0} != {**new, "position": 0}
    return bool(old != new)


def _aligned(said: Fields, before: Fields) -> Fields:
    """The list's fields with the phone ids that the directory uses for the same numbers."""
    ids = {_number(value): name for name, value in before.items() if name.startswith("phones/")}
    return {
        ids.get(_number(value), name) if name.startswith("phones/") else name: value
        for name, value in said.items()
    }


def _number(value: Value) -> tuple[str, str, str]:
    return (
        (value.get("number", ""), value.get("extension", ""), value.get("shown", ""))
        if isinstance(value, Mapping)
        else ("", "", "")
    )


def _with(old: Provider, before: Fields, said: Fields, names: Collection[str]) -> Provider:
    merged = dict(before)
    for name in names:
        if said.get(name) is None:
            merged.pop(name, None)
        else:
            merged[name] = said[name]
    return to_provider(old.id, merged)


def _change(old: Provider, before: Fields, said: Fields, names: Sequence[str]) -> Change:
    lines = tuple(
        FieldChange(name, field_name(name), readable(name, before.get(name)), readable(name, said.get(name)))
        for name in names
        if not name.startswith("kept/")
    )
    return Change(old, _with(old, before, said, names), lines)


def _duplicates(
    directory: Directory, here: Mapping[str, Provider], new: Sequence[Provider]
) -> tuple[Pair, ...]:
    """Likely doubles in which at least one side is new."""
    if not new:
        return ()
    fresh = {one.id for one in new}
    found = duplicates.pairs([*here.values(), *new])
    return tuple(pair for pair in found if pair.a in fresh or pair.b in fresh)


def _look_alikes(new: Sequence[Provider], changed: Sequence[Change]) -> list[Problem]:
    """Names that mix alphabets, as one does who imitates a name."""
    found = []
    for provider in [*new, *(change.new for change in changed if "name" in change.fields)]:
        if not provider.name.isascii() and len(_alphabets(provider.name)) > 1:
            data = {"name": provider.name}
            found.append(Problem(0, "", "exchange.problem.mixed_alphabets", data))
    return found


def _alphabets(text: str) -> set[str]:
    names = (unicodedata.name(sign, "").split(" ")[0] for sign in text if sign.isalpha())
    return {name for name in names if name in ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")}


def _notes(found: _Found) -> list[str]:
    counts = {"kept_here": found.kept_here, "disputed": len(found.disputed), "quiet": len(found.quiet)}
    return [load("en").say(f"exchange.note.{key}", n=n) for key, n in counts.items() if n]


def apply(
    directory: Directory,
    changes: Changes,
    *,
    accept_phones: Collection[str] | None = None,
    accept_disputed: Collection[str] = (),
    retire_missing: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> str:
    """Write the changes as one batch that can be undone whole; gives its id ("" when nothing changes).

    `accept_phones` are ids of entries whose changed numbers may be written (None: all of them);
    `accept_disputed` are ids of entries whose disputed fields become what the list says.
    Raises ToolkitError when retiring would take away more than half of a list.
    """
    written = {one.id: one for one in (*changes.new, *changes.quiet)}
    for change in changes.changed:
        refused = accept_phones is not None and change.old.id not in accept_phones
        written[change.old.id] = _without_phones(change) if refused else change.new
    for change in changes.disputed:
        if change.old.id in accept_disputed:
            base = written.get(change.old.id, change.old)
            said = to_fields(change.new)
            written[base.id] = _with(base, to_fields(base), said, change.fields)
    retire = [one.id for one in changes.missing] if retire_missing else []
    if len(retire) > _FEW and len(retire) > _MASS * (len(retire) + changes.same + len(changes.changed)):
        raise ToolkitError("exchange.too_many_missing", n=len(retire), source=changes.source)
    batch = directory.apply(list(written.values()), retire, import_label(changes.source), progress)
    if any(choice.confidence == 1.0 for choice in changes.columns):
        columns.remember(directory, changes.source, changes.columns)
    return batch


def _without_phones(change: Change) -> Provider:
    return replace(change.new, phones=change.old.phones)
