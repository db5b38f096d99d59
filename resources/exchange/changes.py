"""What an incoming list would do to the directory, worked out before anything is touched, and doing it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from resources.directory import duplicates
from resources.directory.duplicates import Pair
from resources.directory.fields import Fields, Value, to_fields, to_provider
from resources.directory.kept import many_objects
from resources.directory.provider import Provider
from resources.directory.shelf import Document, Packer, Shelf, document_of
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.exchange import columns
from resources.exchange.hsds_back import without_staff
from resources.exchange.incoming import Incoming, Problem
from resources.exchange.local_edits import BOTH, OURS, LocalEdits, import_label
from resources.exchange.review import Change, Changed, Changes, Twin, twin
from resources.words import load

_NOT_FROM_LISTS = ("source", "source_id", "owner", "training", "enforcement")
_MASS = 0.5
_FEW = 10
_AT_ONCE = 500
Progress = Callable[[int, int], object]


def compare(
    directory: Directory,
    incoming: Incoming,
    *,
    find_duplicates: bool = True,
    progress: Progress | None = None,
) -> Changes:
    """Work out what applying `incoming` would do; nothing is written.

    `progress(done, of)` counts entries and may raise to stop.
    """
    with many_objects():
        return _compare(directory, incoming, find_duplicates, progress)


def _compare(
    directory: Directory, incoming: Incoming, find_duplicates: bool, progress: Progress | None
) -> Changes:
    arriving = incoming.providers if isinstance(incoming.providers, Shelf) else Shelf.of(incoming.providers)
    found = _Found(directory, incoming.source, arriving)
    documents, many, done = arriving.documents(), len(arriving), 0
    while some := list(islice(documents, _AT_ONCE)):
        found.add_all(some)
        done += len(some)
        if progress:
            progress(done, many)
    new = found.new.done()
    gone = [identity for identity in directory.of_source(incoming.source) if identity not in found.met]
    pairs = _duplicates(directory, new, progress) if find_duplicates else ()
    in_pairs = {one for pair in pairs for one in (pair.a, pair.b)}
    return Changes(
        source=incoming.source,
        new=new,
        changed=found.changed.done(),
        missing=Shelf.of_documents(directory.documents(gone)),
        same=found.same,
        duplicates=pairs,
        problems=(*incoming.problems, *found.look_alikes),
        notes=(*incoming.notes, *_notes(found)),
        quiet=Shelf.of(found.quiet),
        disputed=found.disputed.done(),
        kept_here=found.kept_here,
        columns=incoming.columns,
        twins={one.id: twin(one, here=True) for one in directory.many(in_pairs)} | _twins(new, in_pairs),
    )


def _twins(shelf: Shelf, wanted: Collection[str]) -> dict[str, Twin]:
    if not wanted:
        return {}
    return {one.id: twin(one.provider(), here=False) for one in shelf.documents() if one.id in wanted}


class _Gathered:
    """Changed entries on their way into a Changed."""

    def __init__(self) -> None:
        self.old, self.new = Packer(), Packer()
        self.names: list[tuple[str, ...]] = []

    def add(self, old: Document, new: Document, names: Sequence[str]) -> None:
        self.old.add(old)
        self.new.add(new)
        self.names.append(tuple(name for name in names if not name.startswith("kept/")))

    def done(self) -> Changed:
        return Changed(self.old.done(), self.new.done(), tuple(self.names))


class _Found:
    """Gathers, entry by entry, what is the same and what is not."""

    def __init__(self, directory: Directory, source: str, arriving: Shelf) -> None:
        self._directory = directory
        self._source = source
        self._edits = LocalEdits(directory, source)
        self._ids = frozenset(arriving.ids())
        self._known = directory.source_map(source)  # the ids here by the ids of the list
        self.new = Packer()
        self.changed, self.disputed = _Gathered(), _Gathered()
        self.quiet: list[Provider] = []
        self.look_alikes: list[Problem] = []
        self.met: set[str] = set()
        self.same = 0
        self.kept_here = 0

    def add_all(self, some: Sequence[Document]) -> None:
        """Compare some entries with those here, found by their id or else by the id they have on the list."""
        here = {one.id: one for one in self._directory.documents([one.id for one in some])}
        elsewhere = {}
        for one in some if self._known else ():
            if one.id not in here and (other := self._known.get(one.fields().get("source_id", ""))):
                elsewhere[one.id] = other
        here |= {one.id: one for one in self._directory.documents(set(elsewhere.values()))}
        for one in some:
            other = elsewhere.get(one.id, "")
            taken = other in self._ids or other in self.met  # by another entry of this list
            old = here.get(one.id if taken or not other else other)
            if old is None:
                self.new.add(one)
                self._look(one)
                continue
            self.met.add(old.id)
            if old.said == one.said:
                self.same += 1
            else:
                self._add(old, one)

    def _look(self, one: Document) -> None:
        """Names that mix alphabets, as one does who imitates a name."""
        if not one.said.isascii() and len(_alphabets(name := str(one.fields().get("name", "")))) > 1:
            self.look_alikes.append(Problem(0, "", "exchange.problem.mixed_alphabets", {"name": name}))

    def _add(self, old: Document, incoming: Document) -> None:
        before = old.fields()
        said = _aligned(incoming.fields(), before)
        ours = before.get("source", "") != self._source  # this list does not remove what another one kept
        names = [
            name
            for name in before.keys() | said.keys()
            if _differs(name, before, said) and not (ours and name.startswith("kept/") and name not in said)
        ]
        if not names:
            self.same += 1
            return
        seen = sorted(name for name in names if not name.startswith("kept/"))
        judged = self._edits.judge(old.id, seen, said) if seen else {}
        taken = [name for name in seen if judged[name] not in (OURS, BOTH)]
        both = [name for name in seen if judged[name] == BOTH]
        self.kept_here += any(judged[name] == OURS for name in seen)
        unseen = [name for name in names if name.startswith("kept/")]
        if both:
            self.disputed.add(old, document_of(_with(old.id, before, said, both)), both)
        if taken:
            new = document_of(_with(old.id, before, said, [*taken, *unseen]))
            self.changed.add(old, new, taken)
            if "name" in taken:
                self._look(new)
        else:
            self.same += not both
            if unseen:
                self.quiet.append(_with(old.id, before, said, unseen))


def _differs(name: str, before: Mapping[str, Value], said: Mapping[str, Value]) -> bool:
    if name in _NOT_FROM_LISTS or name.startswith("checks/"):
        return False
    old, new = before.get(name), said.get(name)
    if name.startswith("kept/") and isinstance(old, str) and isinstance(new, str) and old != new:
        kept = name.removeprefix("kept/")  # an export without names of staff does not take them away
        return without_staff({kept: old}) != {kept: new}
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


def _with(identity: str, before: Fields, said: Fields, names: Collection[str]) -> Provider:
    merged = dict(before)
    for name in names:
        if said.get(name) is None:
            merged.pop(name, None)
        else:
            merged[name] = said[name]
    return to_provider(identity, merged)


def _duplicates(directory: Directory, new: Shelf, progress: Progress | None) -> tuple[Pair, ...]:
    """Likely doubles in which at least one side is new."""
    if not new:
        return ()
    fresh = set(new.ids())
    everybody = chain(directory.each_document(), new.documents())
    known = (duplicates.traits_in(one.id, one.fields()) for one in everybody)
    found = duplicates.pairs_of(filter(None, known), progress=progress)
    return tuple(pair for pair in found if pair.a in fresh or pair.b in fresh)


def _alphabets(text: str) -> set[str]:
    names = (unicodedata.name(sign, "").split(" ")[0] for sign in text if sign.isalpha())
    return {name for name in names if name in ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")}


def _notes(found: _Found) -> list[str]:
    counts = {"kept_here": found.kept_here, "disputed": len(found.disputed.names), "quiet": len(found.quiet)}
    return [load("en").say(f"exchange.note.{key}", n=n) for key, n in counts.items() if n]


def apply(
    directory: Directory,
    changes: Changes,
    *,
    accept_phones: Collection[str] | None = None,
    accept_disputed: Collection[str] = (),
    retire_missing: bool = False,
    progress: Progress | None = None,
) -> str:
    """Write the changes as one batch that can be undone whole; gives its id ("" when nothing changes).

    `accept_phones` are ids of entries whose changed numbers may be written (None: all of them);
    `accept_disputed` are ids of entries whose disputed fields become what the list says.
    Raises ToolkitError when retiring would take away more than half of a list.
    """
    written = {one.id: one for one in changes.quiet}
    accepted = changes.changed.new if accept_phones is None else Shelf()
    for change in changes.changed if accept_phones is not None else ():
        refused = accept_phones is not None and change.old.id not in accept_phones
        written[change.old.id] = _without_phones(change) if refused else change.new
    for change in changes.disputed if accept_disputed else ():
        if change.old.id in accept_disputed:
            base = written.get(change.old.id) or _find(accepted, change.old)
            written[base.id] = _with(base.id, to_fields(base), to_fields(change.new), change.fields)
    retire = list(changes.missing.ids()) if retire_missing else []
    if len(retire) > _FEW and len(retire) > _MASS * (len(retire) + changes.same + len(changes.changed)):
        raise ToolkitError("exchange.too_many_missing", n=len(retire), source=changes.source)
    everything = changes.new + accepted
    if written:
        everything = Shelf.of_documents(chain(everything.documents(), map(document_of, written.values())))
    batch = directory.apply(everything, retire, import_label(changes.source), progress)
    if any(choice.confidence == 1.0 for choice in changes.columns):
        columns.remember(directory, changes.source, changes.columns)
    return batch


def _find(shelf: Shelf, old: Provider) -> Provider:
    """The entry as it will be, when it is on this shelf, else as it is."""
    place = next((n for n, identity in enumerate(shelf.ids()) if identity == old.id), None)
    return old if place is None else shelf[place]


def _without_phones(change: Change) -> Provider:
    return replace(change.new, phones=change.old.phones)
