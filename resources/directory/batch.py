"""Writing a batch: the operations of one decision by one person, together or not at all."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence

from resources.directory import redaction
from resources.directory.fields import CONFIDENTIAL, SECRET, Value, text
from resources.directory.merge import Entry, Op, OpId
from resources.directory.oplog import OpLog, body_of, hidden, known_in, link, seal_of

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

    @property
    def count(self) -> int:
        return self._n + 1 - self._first

    def add(
        self,
        provider: str,
        values: Mapping[str, Value],
        entry: Entry | None,
        replaced: Replaced | None = None,
        said: str = "",
    ) -> None:
        """One operation. `entry` is the merge state it meets (None for a new provider) and is changed.

        It replaces all heads of each field it sets, unless `replaced` says which ones the editor saw.
        `said` may give the text of the values.
        """
        if (
            CONFIDENTIAL in values and entry
        ):  # no laptop may go on showing a street that another one knew to be secret
            values = dict.fromkeys(SECRET) | dict(values)
        self._n += 1
        self._clock = self.log.clock(self._clock)
        named = heads_of(entry, values) | dict(replaced or {})
        op = Op(
            OpId(self.log.device, self._n), self._clock, provider, self.who, self.id, self.label,
            values, {name: ids for name, ids in named.items() if ids}, self.undoes,
        )  # fmt: skip
        body, hashed = _written(op, said or text(op.set))
        self._chain = link(self._chain, hashed)
        self._ops.append((*op.id, op.clock, provider, self.id, hashed, body))
        if entry is None:
            self.log.heads.start(provider, op.id, op.clock)
            return
        touched = entry.add(op, known_in(self._vector))
        self._vector[self.log.device] = self._n
        if values.get(CONFIDENTIAL) or (redaction.touches(values) and self.log.was_secret(provider)):
            self.flush()
            touched |= self.log.redact(provider, entry)
        self.log.heads.keep(provider, entry, touched)

    def flush(self) -> None:
        self.log.insert(self._ops)
        self.log.heads.flush()
        self._ops.clear()

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


def _written(op: Op, said: str) -> tuple[str, bytes]:
    """The text of an operation and its hash; a street or point is proved by a salted hash in its place."""
    if not hidden(op.set):
        body = body_of(op, said)
        return body, hashlib.sha256(body.encode()).digest()
    salt = secrets.token_hex(16)
    blank = said
    for name in SECRET:
        if name in op.set:  # a quotation mark inside a text has a backslash before it: this hits the field
            blank = blank.replace(f'"{name}":{text(op.set[name])}', f'"{name}":null', 1)
    proved = body_of(op, blank, seal=seal_of(salt, op.set))
    return body_of(op, said, salt=salt), hashlib.sha256(proved.encode()).digest()


def heads_of(entry: Entry | None, names: Iterable[str]) -> dict[str, tuple[OpId, ...]]:
    """The operations that stand behind each of these fields now."""
    return {} if entry is None else {name: tuple(entry.heads(name)) for name in names}
