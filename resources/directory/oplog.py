"""The log of operations: the truth of the directory, with its merge state, in tables of one SQLite file.

Everything here expects to run inside a transaction that the caller began. The hash of an operation is
chained to the one before it on the same device, so that a gap, a change or a fork cannot pass unseen;
it is kept beside the text, so that a secret can be taken out of the text while the chain still holds.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from resources.directory import heads, redaction
from resources.directory.fields import CONFIDENTIAL, SECRET, Fields, Value, text, to_provider
from resources.directory.heads import Heads
from resources.directory.merge import OUT, SEEN, STATUS, Entry, Op, OpId, entry_of
from resources.directory.optext import FIRST, START, hash_of, link, op_in, read_op, redacted, values_in
from resources.directory.provider import Provider
from resources.engine import Connection, in_parts

TABLES = (
    "create table op(device text not null, n integer not null, clock integer not null,"
    " provider text not null, batch text not null, hash blob not null, body text not null,"
    " primary key(device, n)) strict",
    "create index op_provider on op(provider)",
    *heads.TABLES,
    "create table device(device text primary key, public_key text not null, chain blob not null,"
    " upto integer not null) strict, without rowid",
    "create table batch(id text primary key, device text not null, first integer not null,"
    " last integer not null, clock integer not null, who text not null, label text not null,"
    " undoes text not null) strict, without rowid",
    "create index batch_undoes on batch(undoes) where undoes <> ''",
)


class OpLog:
    """Reads and writes operations and the merge state that follows from them.

    Of providers in `own_only` other laptops' operations are kept, but only their calls and whether the
    entry is in use count here: national numbers come with the program, never from a stick (R20).
    """

    own_only: Collection[str] = frozenset()

    def __init__(self, connection: Connection, device: str, now: Callable[[], float] = time.time) -> None:
        self.connection = connection
        self.heads = Heads(connection)
        self.device = device
        self.own: Collection[str] = (device,)  # also the names that this laptop had before a restore
        self.on_redacted: Callable[[OpId], object] = lambda identity: None
        self._now = now

    def vector(self) -> dict[str, int]:
        """How far each device's log is held."""
        return dict(self.connection.execute("select device, upto from device").fetchall())

    def count(self) -> int:
        """How many operations there are: logs have no gaps."""
        return int(self.connection.execute("select coalesce(sum(upto), 0) from device").fetchone()[0])

    def tail(self) -> tuple[int, bytes, int]:
        """Number, chain hash and clock of this device's newest operation."""
        row = self.connection.execute(
            "select upto, chain from device where device = ?", (self.device,)
        ).fetchone()
        if row is None or row[0] == 0:
            return 0, START, 0
        clock = self.connection.execute(
            "select clock from op where device = ? and n = ?", (self.device, row[0])
        ).fetchone()
        return row[0], row[1], clock[0] if clock else 0

    def clock(self, after: int) -> int:
        """Milliseconds with 16 bits to spare, always greater than the clock of our newest operation."""
        return max(int(self._now() * 1000) << 16, after + 1)

    # -- reading -----------------------------------------------------------------------------------

    def entries(self, providers: Iterable[str]) -> dict[str, Entry]:
        """The merge state of those providers that have one."""
        return self.heads.read(providers)

    def ops(self, where: str, parameters: Sequence[Value]) -> Iterator[Op]:
        """Operations chosen by a condition, in the order of their clocks."""
        rows = self.connection.execute(
            f"select device, body from op where {where} order by clock, device", parameters
        )
        for device, body in rows:
            yield read_op(device, body)

    def op(self, identity: OpId) -> Op | None:
        return next(self.ops("device = ? and n = ?", identity), None)

    # -- writing -----------------------------------------------------------------------------------

    def insert(self, rows: Iterable[Sequence[Value]]) -> None:
        """Add operations: device, n, clock, provider, batch, hash, body."""
        self.connection.executemany("insert into op values (?,?,?,?,?,?,?)", rows)

    def keep_device(self, device: str, upto: int, chain: bytes, public_key: str = "") -> None:
        self.connection.execute(
            "insert into device values (?,?,?,?) on conflict(device) do update set chain = excluded.chain,"
            " upto = excluded.upto,"
            " public_key = iif(excluded.public_key = '', public_key, excluded.public_key)",
            (device, public_key, chain, upto),
        )

    def keep_batch(
        self, batch: str, device: str, span: tuple[int, int], clock: int, who: str, label: str, undoes: str
    ) -> None:
        """Note a batch, or that it reaches further; one that changed nothing spans (0, 0)."""
        self.connection.execute(
            "insert into batch values (?,?,?,?,?,?,?,?) on conflict(id) do update set"
            " first = min(first, excluded.first), last = max(last, excluded.last)"
            " where device = excluded.device",  # nobody stretches another laptop's batch
            (batch, device, *span, clock, who, label, undoes),
        )

    def _note_batch(self, op: Op) -> None:
        span = (op.id.n, op.id.n)
        self.keep_batch(op.batch, op.id.device, span, op.clock, op.who, op.label, op.undoes)

    def store(
        self, device: str, bodies: Sequence[str], public_key: str = "", hashes: Sequence[bytes] = ()
    ) -> Arrived:
        """Take in another device's operations, oldest first; gives what the entries they touch are now.

        Those already here are passed over when they are the same. Raises ValueError for a gap, a text
        that is not an operation, and for an operation that differs from the one held (a fork). `hashes`
        are those of operations that were proved (see `optext`).
        """
        row = self.connection.execute("select upto, chain from device where device = ?", (device,)).fetchone()
        upto, chain = row or (0, START)
        taking = _Arriving(self, device, bodies, hashes)
        for n, (op, hashed) in enumerate(zip(taking.ops, taking.hashes, strict=True)):
            if op.id.n <= upto:
                self._same(op.id, hashed)
                continue
            if op.id.n != upto + 1:
                raise ValueError(f"gap: {device} is held up to {upto}, this is {op.id.n}")
            upto, chain = op.id.n, link(chain, hashed)
            taking.add(n)
        taking.finish()
        self.keep_device(device, upto, chain, public_key)
        return taking.arrived

    def counting(self, op: Op) -> Op:
        """The operation with those values that count on this laptop."""
        if op.provider not in self.own_only or op.id.device in self.own:
            return op
        shared = {name: value for name, value in op.set.items() if name == "status" or "checks/" in name}
        return replace(op, set=shared)

    def _same(self, identity: OpId, hashed: bytes) -> None:
        held = self.connection.execute("select hash from op where device = ? and n = ?", identity).fetchone()
        if held is None or held[0] != hashed:
            raise ValueError(f"fork: {identity} differs from the operation held")

    def was_secret(self, provider: str) -> bool:
        """True when an operation ever called this place confidential."""
        return bool(self.were_secret([provider]))

    def were_secret(self, providers: Iterable[str]) -> set[str]:
        """Those of these places that an operation ever called confidential."""
        mark, found = f'"{CONFIDENTIAL}":true', set[str]()
        for some in in_parts(providers):
            rows = self.connection.execute(
                f"select distinct provider from op where provider in ({','.join('?' * len(some))})"
                " and instr(body, ?)",
                (*some, mark),
            )
            found.update(provider for (provider,) in rows)
        return found

    def redact(self, provider: str, entry: Entry) -> set[OpId]:
        """Take secret streets and points out of the operations and out of `entry`; gives what changed there.

        All three of an operation go together: one salt hides them. The chain still holds (`hash_of`).
        """
        touched: set[OpId] = set()
        for identity in redaction.secrets_in(list(self.ops("provider = ?", (provider,)))):
            row = "device = ? and n = ?"
            (body,) = self.connection.execute(f"select body from op where {row}", identity).fetchone()
            table = text(redacted(json.loads(body)))
            self.connection.execute(f"update op set body = ? where {row}", (table, *identity))
            self.on_redacted(identity)
            live = entry.alive.get(identity)
            for name in live.values.keys() & set(SECRET) if live else ():
                entry.alive[identity].values[name] = None
                touched.add(identity)
        return touched

    def rebuild(self) -> None:
        """Work out the merge state of everything again from the operations alone."""
        self.heads.clear()
        self.connection.execute("delete from batch where last > 0")  # an empty batch is known from here only
        rows = self.connection.execute("select device, body from op order by provider, device, n")
        ops = (read_op(device, body) for device, body in rows.fetchall())
        for provider, some in groupby(ops, key=lambda op: op.provider):
            here = [self.counting(op) for op in some]
            for op in here:
                self._note_batch(op)
            entry = entry_of(here)
            self.heads.keep(provider, entry, list(entry.alive))
        self.heads.flush()


def known_in(vector: Mapping[str, int]) -> Callable[[OpId], bool]:
    """Whether an operation is here, by how far each log is held."""
    return lambda identity: identity.n <= vector.get(identity.device, 0)


@dataclass
class Arrived:
    """What operations of another laptop made of the entries they touch.

    `entries` is their merge state. `first` are entries that were not here and of which one operation says
    all there is: its values, and their text; their merge state is that operation.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    first: dict[str, tuple[Fields, str]] = field(default_factory=dict)

    def shown(self) -> dict[str, Fields]:
        """What is to be shown of each."""
        shown = {identity: entry.shown() for identity, entry in self.entries.items()}
        return shown | {identity: fields for identity, (fields, _) in self.first.items()}

    def ready(self) -> dict[str, tuple[Provider, str]]:
        """The new entries, made, and their text."""
        return {i: (to_provider(i, fields), said) for i, (fields, said) in self.first.items()}


class _Arriving:
    """Takes in operations one by one, and writes them in as few statements as may be."""

    def __init__(self, log: OpLog, device: str, bodies: Sequence[str], hashes: Sequence[bytes]) -> None:
        self.log, self.bodies, self.proved = log, bodies, bool(hashes)
        self.tables = [json.loads(body) for body in bodies]
        self.ops = [op_in(device, table) for table in self.tables]
        self.hashes = hashes or [hash_of(*one) for one in zip(self.tables, bodies, strict=True)]
        self.met = Counter(op.provider for op in self.ops)
        self.entries = log.entries(self.met)
        self.secret = log.were_secret({op.provider for op in self.ops if redaction.touches(op.set)})
        self.vector = log.vector()
        self.arrived = Arrived()
        self._known = known_in(self.vector)
        self._rows: list[Sequence[Value]] = []
        self._batches: dict[str, tuple[Op, int]] = {}
        self._touched: dict[str, set[OpId]] = {}

    def add(self, n: int) -> None:
        op, log = self.ops[n], self.log
        self._rows.append((*op.id, op.clock, op.provider, op.batch, self.hashes[n], self.bodies[n]))
        self._batches[op.batch] = self._batches.get(op.batch, (op, 0))[0], op.id.n
        if self._is_first(op) and self.tables[n].keys() <= FIRST:
            log.heads.start(op.provider, op.id, op.clock)
            said = values_in(op, self.tables[n], self.bodies[n]) if self.proved else text(op.set)
            self.arrived.first[op.provider] = dict(op.set), said
            return
        self.vector[op.id.device] = op.id.n - 1
        entry = self.entries.setdefault(op.provider, Entry())
        touched = self._touched.setdefault(op.provider, set())
        touched |= entry.add(log.counting(op), self._known)
        if op.set.get(CONFIDENTIAL):
            self.secret.add(op.provider)
        if redaction.touches(op.set) and op.provider in self.secret:
            self._write()
            touched |= log.redact(op.provider, entry)

    def _is_first(self, op: Op) -> bool:
        """True when this operation alone is its entry, and is shown as it is."""
        said, provider = op.set, op.provider
        alone = self.met[provider] == 1 and provider not in self.entries and provider not in self.secret
        plain = said.get(STATUS) not in OUT and not said.get(CONFIDENTIAL) and SEEN not in said
        return alone and plain and bool(said) and None not in said.values() and self.log.counting(op) is op

    def _write(self) -> None:
        self.log.insert(self._rows)
        self._rows.clear()

    def finish(self) -> None:
        self._write()
        for op, last in self._batches.values():
            span = (op.id.n, last)
            self.log.keep_batch(op.batch, op.id.device, span, op.clock, op.who, op.label, op.undoes)
        for provider, ids in self._touched.items():
            self.log.heads.keep(provider, self.entries[provider], ids)
            self.arrived.entries[provider] = self.entries[provider]
        self.log.heads.flush()
