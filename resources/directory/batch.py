"""Writing a batch: the operations of one decision by one person, together or not at all."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence

from resources.directory.fields import CONFIDENTIAL, Value, text
from resources.directory.merge import Entry, Op, OpId
from resources.directory.oplog import OpLog, body_of, link

Replaced = Mapping[str, tuple[OpId, ...]]


class Batch:
    """Collects this device's operations; `flush` writes what has come, `finish` closes the batch."""

    def __init__(self, log: OpLog, label: str, who: str, undoes: str = "") -> None:
        self.id = secrets.token_hex(8)
        self.log, self.label, self.who, self.undoes = log, label, who, undoes
        self._n, self._chain, self._clock = log.tail()
        self._vector = log.vector()
        self._first = self._n + 1
        self._ops: list[Sequence[Value]] = []
        self._alive: list[Sequence[Value]] = []

    @property
    def count(self) -> int:
        return self._n + 1 - self._first

    def add(
        self,
        provider: str,
        values: Mapping[str, Value],
        entry: Entry | None,
        replaced: Replaced | None = None,
    ) -> None:
        """One operation. `entry` is the merge state it meets (None for a new provider) and is changed.

        It replaces all heads of each field it sets, unless `replaced` says which ones the editor saw.
        """
        self._n += 1
        self._clock = self.log.clock(self._clock)
        named = replaced if replaced is not None else heads_of(entry, values)
        op = Op(
            OpId(self.log.device, self._n), self._clock, provider, self.who, self.id, self.label,
            values, {name: ids for name, ids in named.items() if ids}, self.undoes,
        )  # fmt: skip
        body = body_of(op)
        hashed = hashlib.sha256(body.encode()).digest()
        self._chain = link(self._chain, hashed)
        self._ops.append((*op.id, op.clock, provider, self.id, hashed, body))
        if entry is None:
            self._alive.append((provider, *op.id, op.clock, text(values)))
            return
        touched = entry.add(op, lambda identity: identity.n <= self._vector.get(identity.device, 0))
        self._vector[self.log.device] = self._n
        if entry.forget_secrets():
            touched |= set(entry.alive)
        self.flush()
        self.log.keep(provider, entry, touched)
        if values.get(CONFIDENTIAL):
            self.log.redact(provider)

    def flush(self) -> None:
        self.log.connection.executemany("insert into op values (?,?,?,?,?,?,?)", self._ops)
        self.log.connection.executemany("insert into alive values (?,?,?,?,?)", self._alive)
        self._ops.clear()
        self._alive.clear()

    def finish(self, *, even_empty: bool = False) -> str:
        """Write the rest; gives the id of the batch, empty when nothing was changed.

        `even_empty` keeps a batch that changed nothing, for an undo that found everything changed since.
        """
        self.flush()
        if not self.count and not even_empty:
            return ""
        if self.count:
            self.log.keep_device(self.log.device, self._n, self._chain)
        span = (self._first, self._n) if self.count else (0, 0)
        self.log.keep_batch(self.id, self.log.device, span, self._clock, self.who, self.label, self.undoes)
        return self.id


def heads_of(entry: Entry | None, names: Iterable[str]) -> dict[str, tuple[OpId, ...]]:
    """The operations that stand behind each of these fields now."""
    return {} if entry is None else {name: tuple(entry.heads(name)) for name in names}
