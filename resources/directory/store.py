"""The directory: providers kept as merged operations in one encrypted file, with search and history."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from resources.directory import undo
from resources.directory.access import open_access
from resources.directory.batch import Batch, Form, heads_of
from resources.directory.derived import Index, Ready
from resources.directory.disputes import Disputes
from resources.directory.fields import Fields, Value, changed, check_id, check_out, to_provider
from resources.directory.history import Conflict, HistoryLine, conflicts, history
from resources.directory.kept import Kept, many_objects
from resources.directory.merge import STATUS, Entry, OpId
from resources.directory.provider import CHECK_RESULTS, Check, Provider
from resources.directory.shelf import Document, Shelf
from resources.engine import in_parts
from resources.errors import ToolkitError
from resources.words import load

Progress = Callable[[int, int], object]
AT_ONCE = 500
MANY = 100  # a change of more providers than this is preceded by a backup


@dataclass(frozen=True)
class Seen:
    """What a form showed when it was opened, so that saving it cannot hide what came in meanwhile."""

    fields: Mapping[str, Fields]
    heads: Mapping[str, Mapping[str, tuple[OpId, ...]]] = field(default_factory=dict)


class Directory(Kept):
    """All providers of this laptop. Every change is one batch: saved whole, in the history, undone whole."""

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        who: str = "",
        today: Callable[[], date] = date.today,
        index: Index | None = None,
        own_only: Collection[str] = frozenset(),
    ) -> Directory:
        """Open or create the directory in `folder`; `who` is written beside each change.

        Of the providers in `own_only` no other laptop can change what is said (see OpLog).

        Raises ToolkitError when the file is damaged, foreign, newer than this program or cannot be read.
        """
        directory = cls(open_access(folder), who=who, today=today, index=index)
        directory._log.own_only = own_only
        try:
            with directory._explaining():
                directory._catch_up()
        except BaseException:
            directory._access.close()
            raise
        return directory

    def keep_own(self, own_only: Collection[str]) -> None:
        """From now on no other laptop changes what is said of these."""
        self._log.own_only = own_only

    # -- reading -----------------------------------------------------------------------------------

    def get(self, identity: str) -> Provider:
        """The provider with this id; raises KeyError."""
        with self._reading():
            return self._derived.get([identity])[identity]

    def many(self, identities: Iterable[str]) -> list[Provider]:
        """Those of these providers that exist, in this order."""
        wanted = list(identities)
        with self._reading():
            found = self._derived.get(set(wanted))
        return [found[identity] for identity in wanted if identity in found]

    def all(self, retired: bool = False, progress: Progress | None = None) -> list[Provider]:
        """All providers by name; with `retired`, those no longer in use too. `progress` may raise to stop."""
        with self._reading(), many_objects():
            return list(self._derived.all(retired, progress))

    def count(self, retired: bool = False) -> int:
        with self._reading():
            return self._derived.count(retired)

    def seen(self, *identities: str) -> Seen:
        """Remember what a form shows; hand it to `save` when the form is saved."""
        with self._reading():
            entries = self._log.entries(identities)
        heads = {identity: heads_of(entry, entry.names()) for identity, entry in entries.items()}
        return Seen({identity: entry.shown() for identity, entry in entries.items()}, heads)

    def content_hash(self) -> str:
        """Equal for two directories that say the same."""
        with self._reading():
            return self._derived.content_hash()

    # -- changing ----------------------------------------------------------------------------------

    def save(self, *providers: Provider, seen: Seen | None = None) -> None:
        """Keep these providers, as one change; only fields that differ are written."""
        self._put(providers, (), "", None, seen)

    def apply(
        self,
        providers: Sequence[Provider],
        retire: Sequence[str] = (),
        label: str = "",
        progress: Progress | None = None,
        undoable: bool = True,
    ) -> str:
        """Keep many providers and retire others as one change; gives the id of the batch ("" for no change).

        `progress(done, total)` may raise to cancel: then nothing at all is changed. What is not a
        person's change, such as lines that come with the program, is not `undoable`.
        """
        if len(providers) > MANY and self.count(retired=True):
            self._back_up_before_change()
        return self._put(providers, retire, label, progress, None, undoable)

    def retire(self, *identities: str) -> None:
        """Take providers out of use; they stay in the file and can be brought back."""
        self._set(identities, {"status": "defunct"}, "directory.label.retired")

    def bring_back(self, *identities: str) -> None:
        self._set(identities, {"status": "active"}, "directory.label.brought_back")

    def record_check(
        self, identity: str, result: str, by: str = "", note: str = "", on: date | None = None
    ) -> None:
        """A person called and this is what happened."""
        if result not in CHECK_RESULTS:
            raise ValueError(result)
        check = Check(check_id(time.time_ns() // 1000), on or self.today(), result, by or self.who, note)
        self._set([identity], {f"checks/{check.id}": check_out(check)}, "directory.label.checked")

    def resolve(self, identity: str, field: str, value: Value) -> None:
        """A person decided a conflict: `value` (of one of its claims, or another) replaces all claims."""
        self._set([identity], {field: value}, "directory.label.resolved")

    def receive(
        self,
        device: str,
        bodies: Sequence[str],
        public_key: str = "",
        *,
        hashes: Sequence[bytes] = (),
        keep: Mapping[str, Fields] = MappingProxyType({}),
        disputes: Disputes | None = None,
        also: Callable[[], object] = lambda: None,
    ) -> int:
        """Merge another laptop's operations (whose signature was checked); gives how many entries they touch.

        `hashes` are those of operations whose spelling was proved; without them that is done here.
        `keep` holds values, by provider, that stay whatever comes: an operation of ours says so; `disputes`
        of these providers stay open. `also` runs in the same transaction. Raises ToolkitError
        `store.operations_refused`, and nothing is changed.
        """
        with self._changing(), many_objects():
            try:
                arrived = self._log.store(device, bodies, public_key, hashes)
                touched = arrived.shown()
                self._derived.write(touched, arrived.ready())
            except (ValueError, TypeError, KeyError, AttributeError) as problem:
                raise ToolkitError("store.operations_refused", device=device) from problem
            kept = {identity: values for identity, values in keep.items() if identity in touched}
            label = load("en").say("directory.label.kept_ours", n=len(kept))
            self._set_each(kept, label)
            if disputes and disputes.stood:
                entries = disputes.reopen(self._log, kept, self.who, label)
                self._derived.write({identity: entry.shown() for identity, entry in entries.items()})
            also()
        if touched:
            self._announce()
        return len(touched)

    def set_fields(self, values: Mapping[str, Fields], label: str) -> str:
        """Set fields of several providers as one change; gives the id of the batch ("" for no change)."""
        with self._changing(), many_objects():
            made = self._set_each(values, label)
        if made:
            self._announce()
        return made

    # -- history -----------------------------------------------------------------------------------

    def undo(self, progress: Progress | None = None) -> str | None:
        """Take back this laptop's newest change that stands; gives its label, None when there is none.

        What somebody has changed since is kept, and the label says so. `progress` may raise to cancel.
        """
        with self._editing(), many_objects():
            newest = undo.newest(self._log)
            if newest is None:
                return None
            plan = undo.plan(self._log, newest)
            label = undo.label(newest.label, plan.kept)
            batch = Batch(self._log, load("en").say("directory.label.undo", label=label), self.who, newest.id)
            for n, some in enumerate(in_parts(sorted(plan.values), AT_ONCE)):
                if progress:
                    progress(n * AT_ONCE, len(plan.values))
                entries = self._log.entries(some)
                for identity in some:
                    batch.add(identity, plan.values[identity], entries.get(identity) or Entry())
                batch.flush()
                self._derived.write({identity: _shown(entries, identity) for identity in some})
            batch.finish(even_empty=True)
        self._announce()
        return label

    def undo_label(self) -> str | None:
        """What `undo` would take back."""
        with self._reading():
            newest = undo.newest(self._log)
        return None if newest is None else newest.label

    def history(self, identity: str) -> list[HistoryLine]:
        """Who changed what, oldest first."""
        with self._reading():
            return history(self._log, identity)

    def conflicts(self) -> list[Conflict]:
        """Fields for which two laptops said different things and nobody decided yet."""
        with self._reading():
            return conflicts(self._log)

    # -- settings ----------------------------------------------------------------------------------

    def remember(self, key: str, value: str) -> None:
        """Keep a small setting of this laptop beside the providers; it is no part of the history."""
        with self._changing():
            self.connection.execute("insert or replace into setting values (?,?)", (key, value))

    def recall(self, key: str) -> str | None:
        with self._reading():
            row = self.connection.execute("select value from setting where key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    # -- inside ------------------------------------------------------------------------------------

    def _put(
        self,
        providers: Sequence[Provider],
        retire: Sequence[str],
        label: str,
        progress: Progress | None,
        seen: Seen | None,
        undoable: bool = True,
    ) -> str:
        shelf = providers if isinstance(providers, Shelf) else Shelf.of(providers)
        wanted = set(shelf.ids())
        gone = [identity for identity in dict.fromkeys(retire) if identity not in wanted]
        total, done = len(shelf) + len(gone), 0
        with self._editing(), many_objects():
            batch = Batch(self._log, label or _label(shelf, gone), self.who, "" if undoable else undo.NOTHING)
            documents = shelf.documents()
            while part := list(islice(documents, AT_ONCE)):
                self._put_some(batch, part, seen)
                done += len(part)
                if progress:
                    progress(done, total)
            for some in in_parts(gone):
                self._set_some(batch, some, {key: {"status": "defunct"} for key in some})
                done += len(some)
                if progress:
                    progress(done, total)
            made = batch.finish()
        if made:
            self._announce()
        return made

    def _put_some(self, batch: Batch, documents: list[Document], seen: Seen | None) -> None:
        entries = self._log.entries(document.id for document in documents)
        shown: dict[str, Fields] = {}
        ready: dict[str, Ready] = {}
        for document in documents:
            new, entry = document.fields(), entries.get(document.id)
            if entry is None:
                batch.add(document.id, new, None, said=document.said)
                shown[document.id] = new
                ready[document.id] = to_provider(document.id, new), document.said
                continue
            stale = seen is not None and document.id in seen.fields
            old = seen.fields[document.id] if seen and stale else entry.values()
            if values := changed(old, new):
                form = Form(seen.heads[document.id], old.get(STATUS)) if seen and stale else None
                batch.add(document.id, values, entry, form)
                shown[document.id] = entry.shown()
        batch.flush()
        self._derived.write(shown, ready)

    def _set(self, identities: Sequence[str], values: Fields, label: str) -> None:
        """Set the same fields of some providers; raises KeyError for one that does not exist."""
        with self._editing():
            found = self._derived.get(identities)
            names = [found[identity].name for identity in identities]
            said = load("en").say(label, n=len(names), name=names[0] if names else "")
            batch = Batch(self._log, said, self.who)
            self._set_some(batch, list(dict.fromkeys(identities)), dict.fromkeys(identities, values))
            made = batch.finish()
        if made:
            self._announce()

    def _set_each(self, values: Mapping[str, Fields], label: str) -> str:
        """One batch inside the open transaction; what is said already is not said again."""
        if not values:
            return ""
        batch = Batch(self._log, label, self.who)
        for some in in_parts(sorted(values)):
            self._set_some(batch, some, values)
        return batch.finish()

    def _set_some(self, batch: Batch, identities: list[str], values: Mapping[str, Fields]) -> None:
        entries = self._log.entries(identities)
        touched = {}
        for identity in identities:
            entry = entries.get(identity)
            if entry is None:
                continue
            now, disputed = entry.values(), entry.several()  # what was taken back too: it may come back
            wanted = values[identity].items()
            new = {name: v for name, v in wanted if now.get(name) != v or name in disputed}
            if new:
                batch.add(identity, new, entry)
                touched[identity] = entry.shown()
        batch.flush()
        self._derived.write(touched)


def _shown(entries: Mapping[str, Entry], identity: str) -> Fields:
    entry = entries.get(identity)
    return entry.shown() if entry else {}


def _label(providers: Sequence[Provider], gone: list[str]) -> str:
    say = load("en").say
    if len(providers) == 1 and not gone:
        return say("directory.label.saved", name=providers[0].name)
    return say("directory.label.saved_many", n=len(providers) + len(gone))
