"""A directory file that stays whole: transactions, rebuilding what is derived, backups, restoring."""

from __future__ import annotations

import gc
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from resources.directory import backup, keys
from resources.directory.access import Access, damaged
from resources.directory.derived import Derived, Index, search_index
from resources.directory.merge import OpId
from resources.directory.oplog import OpLog
from resources.directory.shelf import Document
from resources.engine import Connection, Error, explained, in_parts, open_file, writing
from resources.errors import ToolkitError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@contextmanager
def many_objects() -> Iterator[None]:
    """While a whole list is made or read: nothing of it is garbage, and looking for it costs a third."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Kept:
    """The file under a Directory."""

    def __init__(
        self,
        access: Access,
        *,
        who: str = "",
        today: Callable[[], date] = date.today,
        index: Index | None = None,
    ) -> None:
        self._access, self.warning = access, access.warning
        self.who, self.today = who, today
        self.folder, self.read_only = access.folder, access.read_only
        self.edits_closed = False  # by the agency's policy: updates still come in
        self.on_change: list[Callable[[], object]] = []
        self._lock = threading.RLock()
        self._lent = False  # to another process of ours, which is writing
        self._one_list = False
        self._log = OpLog(access.connection, access.identity.device)
        self._log.on_redacted = self._forget_seal
        self._log.own = (access.identity.device, *(one.device for one in self.former))
        self._derived = Derived(access.connection, index or search_index())

    # -- connections and keys ----------------------------------------------------------------------

    @property
    def connection(self) -> Connection:
        """The open connection, for search; change nothing through it."""
        return self._access.connection

    def reader(self) -> Connection:
        """A second connection for another thread, to read only; close it there."""
        copied = self._access.copied
        path = copied / backup.FILE if copied else self._access.path
        return open_file(path, self._access.key, read_only=True, immutable=self.read_only and copied is None)

    @property
    def device(self) -> str:
        """The name under which this laptop writes operations."""
        return self._access.identity.device

    @property
    def public_key(self) -> str:
        """The public half of this laptop's signing key, in hexadecimal."""
        return self._access.identity.public_key

    @property
    def identity(self) -> keys.Identity:
        return self._access.identity

    @property
    def former(self) -> list[keys.Identity]:
        """The names that this laptop had before it was restored from a backup."""
        row = self.connection.execute("select value from state where key = 'former'").fetchone()
        rows = json.loads(row[0]) if row else []
        return [keys.Identity(device, bytes.fromhex(wrapped), public) for device, wrapped, public in rows]

    def signing_key(self, identity: keys.Identity | None = None) -> Ed25519PrivateKey:
        """The private half, to sign what leaves this laptop."""
        return keys.signing_key(identity or self._access.identity, self._access.key)

    def refuse_own(self, target: Path) -> None:
        """Raise ToolkitError when writing to `target` would replace something of this directory's own."""
        own = self.folder.resolve()
        if own in (target.resolve(), *target.resolve().parents):
            raise ToolkitError("store.own_folder", file=target.name)

    def wrap(self, purpose: str, secret: bytes) -> bytes:
        """A 32-byte secret of another part, wrapped with the device key, to be kept by `remember`."""
        return keys.wrap(self._access.key, purpose, secret)

    def unwrap(self, purpose: str, wrapped: bytes) -> bytes:
        """What `wrap` wrapped; raises ToolkitError when the device key does not fit it."""
        return keys.unwrap(self._access.key, purpose, wrapped)

    # -- transactions ------------------------------------------------------------------------------

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        """Say what the engine found wrong; a damaged file is answered with the offer to restore."""
        try:
            yield
        except Error as problem:
            known = explained(problem, self._access.path)
            if known is None:
                raise
            raise (damaged(self.folder) if known.key == "store.damaged" else known) from problem

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock, self._explaining():
            yield

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction: operations, merge state, tables and search index, all or nothing."""
        if self.read_only:
            raise ToolkitError("store.read_only", file=self._access.path.name)
        if self._lent:
            raise ToolkitError("store.busy", file=self._access.path.name)
        with self._lock, self._explaining(), writing(self.connection):
            self._derived.rows = (self._noted() or [0])[-1]
            if not self._one_list:
                self._derived.written = 0
            yield
            if not self._one_list:
                self._derived.finish()
            self._note([self._derived.version, self._log.count(), self._derived.rows])

    @contextmanager
    def written_elsewhere(self) -> Iterator[None]:
        """While another process of ours writes: reading goes on, a change is refused at once, not after
        seconds of waiting for the lock."""
        self._lent = True
        try:
            yield
        finally:
            self._lent = False

    @contextmanager
    def _editing(self) -> Iterator[None]:
        """The same, for a change that a person makes here."""
        if self.edits_closed:
            raise ToolkitError("policy.reader")
        with self._changing():
            yield

    @property
    def may_edit(self) -> bool:
        """False where the file can only be read, or the agency's policy leaves editing to others."""
        return not (self.read_only or self.edits_closed)

    @contextmanager
    def transaction(self) -> Iterator[OpLog]:
        """One transaction for another part that keeps its tables in this file; gives the log to read."""
        with self._changing():
            yield self._log

    @contextmanager
    def one_list(self) -> Iterator[None]:
        """Changes that are parts of one list: the index is put in order after it, or at the next start."""
        self._derived.written, self._one_list = 0, True
        try:
            yield
        finally:
            self._one_list = False
            if self._derived.written:
                with suppress(ToolkitError), self.at_once():
                    self._derived.finish()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """What `receive` takes inside is kept together or not at all."""
        with self._lock, self._explaining(), writing(self.connection):
            yield

    @contextmanager
    def reading(self) -> Iterator[OpLog]:
        """The log, for another part to read while nobody writes."""
        with self._reading():
            yield self._log

    def _forget_seal(self, identity: OpId) -> None:
        """A segment whose street was taken out is no longer the file it was."""
        self.connection.execute(
            "update segment set seal = null where device = ? and ? between first and last", identity
        )

    def _announce(self) -> None:
        for listener in list(self.on_change):
            listener()

    # -- as documents ------------------------------------------------------------------------------

    def source_map(self, source: str) -> dict[str, str]:
        """The id of the provider for each entry of one list, by the id it has on that list."""
        with self._reading():
            sql = "select source_id, id from provider where source = ? and source_id <> ''"
            return dict(self.connection.execute(sql, (source,)).fetchall())

    def names(self) -> list[str]:
        """The names of all providers, as often as they occur."""
        with self._reading():
            return list(self._derived.index.names(self.connection))

    def of_source(self, source: str) -> list[str]:
        """The ids of the providers in use that came from this list, by name."""
        with self._reading():
            rows = self.connection.execute(
                "select id from provider where source = ? and status <> 'defunct' order by name, id",
                (source,),
            ).fetchall()
        return [identity for (identity,) in rows]

    def documents(self, identities: Iterable[str]) -> list[Document]:
        """Those of these providers that exist, as the documents that are kept."""
        with self._reading():
            return [Document(*row) for row in self._derived.documents(identities)]

    def each_document(self) -> Iterator[Document]:
        """All providers as documents, some at a time."""
        docid = 0
        while rows := self._next_documents(docid):
            docid = rows[-1][0]
            for _, identity, said in rows:
                yield Document(identity, said)

    def _next_documents(self, docid: int) -> list[tuple[int, str, str]]:
        with self._reading():
            return self._derived.after(docid)

    # -- derived tables ----------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Make merge state, tables and search index again from the operations, the only truth."""
        with self._changing(), many_objects():
            self._log.rebuild()
            self._derive_all()

    def _derive_all(self) -> None:
        self._derived.create()
        rows = self.connection.execute("select distinct provider from alive order by provider").fetchall()
        for some in in_parts((identity for (identity,) in rows), 1000):
            entries = self._log.entries(some)
            self._derived.write({identity: entry.shown() for identity, entry in entries.items()})

    def _catch_up(self) -> None:
        """Derive again what does not match the operations: another version, or a count that differs."""
        noted = self._noted()
        if noted is not None and noted == [self._derived.version, self._log.count(), self._derived.count()]:
            if not self.read_only:
                self._derived.mend()
            return
        if self.read_only:
            if noted is None:
                raise ToolkitError("store.read_only", file=self._access.path.name)
            return
        with self._changing():
            self._derive_all()

    def _noted(self) -> list[Any] | None:
        """Version, operations and providers as they were when the tables were last written."""
        row = self.connection.execute("select value from state where key = 'derived'").fetchone()
        return None if row is None else list(json.loads(row[0]))

    def _note(self, counts: list[Any]) -> None:
        self.connection.execute("insert or replace into state values ('derived', ?)", (json.dumps(counts),))

    # -- backups -----------------------------------------------------------------------------------

    def backup(self) -> Path:
        """Write a verified copy beside the directory and drop the oldest; gives its path."""
        path = backup.write(self.folder, self._access.key, datetime.now())
        with self._changing():
            self.connection.execute(
                "insert or replace into state values ('backed_up', ?)", (str(self._log.count()),)
            )
        return path

    def backups(self) -> list[Path]:
        """The backups there are, newest first."""
        return backup.backups(self.folder)

    def backup_due(self) -> bool:
        """True when something changed since the last backup and that was not today."""
        newest = next(iter(self.backups()), None)
        old = newest is None or backup.made_on(newest).date() != datetime.now().date()
        return not self.read_only and old and self._changed_since_backup()

    def _changed_since_backup(self) -> bool:
        with self._reading():
            row = self.connection.execute("select value from state where key = 'backed_up'").fetchone()
            return self._log.count() != (int(row[0]) if row else 0)

    def _back_up_before_change(self) -> None:
        if not self.read_only and self._changed_since_backup():
            self.backup()

    @classmethod
    def restore(cls, folder: Path, backup_path: Path | None = None) -> Path:
        """Put a backup (the newest good one, unless named) in the directory's place; gives the backup.

        No Directory may be open in `folder`. The file it replaces is put aside, never deleted. Raises
        ToolkitError `store.backup_unreadable`, `store.no_backup` and what `keys.device_key` raises.
        """
        key = keys.device_key(folder, create=False)
        chosen = backup_path or backup.newest_good(folder, key)
        backup.put_back(folder, chosen, key, datetime.now())
        return chosen

    # -- closing -----------------------------------------------------------------------------------

    def close(self) -> None:
        """Close the file; the first closing of a day that brought changes makes the daily backup."""
        with self._lock:
            with suppress(
                ToolkitError, Error
            ):  # closing must work on a full disk; `backup` says what is wrong
                if self.backup_due():
                    self.backup()
                backup.expire(self.folder, datetime.now())
            self._access.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
