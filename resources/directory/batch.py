"""Writing a batch: the operations of one decision by one person, together or not at all."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from resources.directory import redaction
from resources.directory.fields import CONFIDENTIAL, SECRET, Value, text
from resources.directory.merge import OUT, SEEN, STATUS, Entry, Op, OpId, Words, edits
from resources.directory.oplog import OpLog, known_in
from resources.directory.optext import body_of, hidden, link, seal_of, without_secrets

Replaced = Mapping[str, tuple[OpId, ...]]


@dataclass(frozen=True)
class Form:
    """What an editor had before him: the operations behind each field, and whether the entry was in use; and
    whose words he says `again`, if they are not his own."""

    heads: Replaced
    status: Value = None
    again: Words | None = None


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
        form: Form | None = None,
        said: str = "",
    ) -> OpId:
        """One operation; gives its id. `entry` is the merge state it meets (None for a new one); it changes.

        It replaces all heads of each field it sets, unless the editor saw only those of an older `form`.
        `said` may give the text of the values.
        """
        if (
            CONFIDENTIAL in values and entry
        ):  # no laptop may go on showing a street that another one knew to be secret
            values = dict.fromkeys(SECRET) | dict(values)
        if entry:
            values = _in_use(values, entry, form)
        self._n += 1
        self._clock = self.log.clock(self._clock)
        named = {name: form.heads.get(name, ()) for name in values} if form else heads_of(entry, values)
        op = Op(
            OpId(self.log.device, self._n), self._clock, provider, self.who, self.id, self.label,
            values, {name: ids for name, ids in named.items() if ids}, self.undoes,
            form.again if form else None,
        )  # fmt: skip
        body, hashed = _written(op, said or text(op.set))
        self._chain = link(self._chain, hashed)
        self._ops.append((*op.id, op.clock, provider, self.id, hashed, body))
        if entry is None:
            self.log.heads.start(provider, op.id, op.clock)
            return op.id
        touched = entry.add(op, known_in(self._vector))
        self._vector[self.log.device] = self._n
        if values.get(CONFIDENTIAL) or (redaction.touches(values) and self.log.was_secret(provider)):
            self.flush()
            touched |= self.log.redact(provider, entry)
        self.log.heads.keep(provider, entry, touched)
        return op.id

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


def _in_use(values: Mapping[str, Value], entry: Entry, form: Form | None) -> Mapping[str, Value]:
    """The values, and what an author who takes the entry out of use had seen (see `merge`).

    Whoever edits an entry that he sees is out of use leaves it so. What another one had seen, whose words are
    said again, is among the values.
    """
    if SEEN in values:
        return values
    status = form.status if form else entry.status()
    if STATUS not in values and status in OUT and any(map(edits, values)):
        values = {**values, STATUS: status}
    if values.get(STATUS) in OUT:
        return {**values, SEEN: seen_in(form.heads if form else heads_of(entry, entry.names()))}
    return {**values, SEEN: None} if STATUS in values and entry.heads(SEEN) else values


def seen_in(heads: Replaced) -> list[str]:
    """The edits among these operations behind fields, as whoever takes an entry out of use has seen them."""
    return sorted({str(i) for name, ids in heads.items() if edits(name) for i in ids})


def _written(op: Op, said: str) -> tuple[str, bytes]:
    """The text of an operation and its hash; a street or point is proved by a salted hash in its place."""
    if not hidden(op.set):
        body = body_of(op, said)
        return body, hashlib.sha256(body.encode()).digest()
    salt = secrets.token_hex(16)
    proved = body_of(op, without_secrets(said, op.set), seal=seal_of(salt, op.set))
    return body_of(op, said, salt=salt), hashlib.sha256(proved.encode()).digest()


def heads_of(entry: Entry | None, names: Iterable[str]) -> dict[str, tuple[OpId, ...]]:
    """The operations that stand behind each of these fields now."""
    return {} if entry is None else {name: tuple(entry.heads(name)) for name in names}
