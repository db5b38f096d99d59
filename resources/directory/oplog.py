"""The log of operations: the truth of the directory, with its merge state, in tables of one SQLite file.

Everything here expects to run inside a transaction that the caller began. The hash of an operation is
chained to the one before it on the same device, so that a gap, a change or a fork cannot pass unseen;
it is kept beside the text, so that a secret can be taken out of the text while the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from resources.directory.fields import CONFIDENTIAL, SECRET, Fields, Value, text
from resources.directory.merge import Entry, Live, Op, OpId, entry_of
from resources.engine import Connection

START = bytes(32)
AT_ONCE = 500

TABLES = (
    "create table op(device text not null, n integer not null, clock integer not null, provider text not null,"
    " batch text not null, hash blob not null, body text not null, primary key(device, n)) strict",
    "create index op_provider on op(provider)",
    "create table alive(provider text not null, device text not null, n integer not null,"
    " clock integer not null, fields text not null, primary key(provider, device, n)) strict",
    "create table dead(provider text not null, device text not null, n integer not null,"
    " field text not null, primary key(provider, device, n, field)) strict, without rowid",
    "create table conflict(provider text not null, field text not null,"
    " primary key(provider, field)) strict, without rowid",
    "create table device(device text primary key, public_key text not null, chain blob not null,"
    " upto integer not null) strict, without rowid",
    "create table batch(id text primary key, device text not null, first integer not null,"
    " last integer not null, clock integer not null, who text not null, label text not null,"
    " undoes text not null) strict, without rowid",
    "create index batch_undoes on batch(undoes) where undoes <> ''",
)


def link(chain: bytes, hash_of_body: bytes) -> bytes:
    """The chain after one more operation."""
    return hashlib.sha256(chain + hash_of_body).digest()


def body_of(op: Op) -> str:
    """The text of an operation, as it is hashed, signed and carried."""
    body: Fields = {
        "n": op.id.n, "clock": op.clock, "provider": op.provider, "who": op.who,
        "batch": op.batch, "label": op.label, "set": dict(op.set),
    }  # fmt: skip
    if op.replaced:
        body["replaced"] = {name: [str(i) for i in ids] for name, ids in op.replaced.items()}
    if op.undoes:
        body["undoes"] = op.undoes
    return text(body)


def read_op(device: str, body: str) -> Op:
    """The operation this text describes; raises ValueError for anything else."""
    try:
        table = json.loads(body)
        op = Op(
            id=OpId(device, int(table["n"])),
            clock=int(table["clock"]),
            provider=str(table["provider"]),
            who=str(table["who"]),
            batch=str(table["batch"]),
            label=str(table["label"]),
            set=dict(table["set"]),
            replaced={
                name: tuple(OpId.read(said) for said in ids)
                for name, ids in table.get("replaced", {}).items()
            },
            undoes=str(table.get("undoes", "")),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError("not an operation") from problem
    if not op.provider or op.id.n < 1 or not 0 <= op.clock < 1 << 63:
        raise ValueError("not an operation")
    return op


class OpLog:
    """Reads and writes operations and the merge state that follows from them."""

    def __init__(self, connection: Connection, device: str, now: Callable[[], float] = time.time) -> None:
        self.connection = connection
        self.device = device
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
        found: dict[str, Entry] = {}
        for some in in_parts(list(providers)):
            marks = ",".join("?" * len(some))
            rows = self.connection.execute(
                f"select provider, device, n, clock, fields from alive where provider in ({marks})", some
            )
            for provider, device, n, clock, values in rows:
                live = Live(clock, json.loads(values))
                found.setdefault(provider, Entry()).alive[OpId(device, n)] = live
            rows = self.connection.execute(
                f"select provider, device, n, field from dead where provider in ({marks})", some
            )
            for provider, device, n, field in rows:
                found.setdefault(provider, Entry()).dead.add((OpId(device, n), field))
        return found

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

    def keep(self, provider: str, entry: Entry, touched: Iterable[OpId]) -> None:
        """Write the merge state of a provider after `touched` operations changed."""
        for identity in touched:
            live = entry.alive.get(identity)
            if live is None:
                self.connection.execute(
                    "delete from alive where provider = ? and device = ? and n = ?", (provider, *identity)
                )
            else:
                self.connection.execute(
                    "insert or replace into alive values (?,?,?,?,?)",
                    (provider, *identity, live.clock, text(live.values)),
                )
        self.connection.execute("delete from dead where provider = ?", (provider,))
        self.connection.executemany(
            "insert into dead values (?,?,?,?)",
            [(provider, *identity, name) for identity, name in entry.dead],
        )
        self.connection.execute("delete from conflict where provider = ?", (provider,))
        self.connection.executemany(
            "insert into conflict values (?,?)", [(provider, name) for name in entry.conflicts()]
        )

    def keep_device(self, device: str, upto: int, chain: bytes, public_key: str = "") -> None:
        self.connection.execute(
            "insert into device values (?,?,?,?) on conflict(device) do update set chain = excluded.chain,"
            " upto = excluded.upto, public_key = iif(excluded.public_key = '', public_key, excluded.public_key)",
            (device, public_key, chain, upto),
        )

    def keep_batch(
        self, batch: str, device: str, span: tuple[int, int], clock: int, who: str, label: str, undoes: str
    ) -> None:
        """Note a batch, or that it reaches further; one that changed nothing spans (0, 0)."""
        self.connection.execute(
            "insert into batch values (?,?,?,?,?,?,?,?) on conflict(id) do update set"
            " first = min(first, excluded.first), last = max(last, excluded.last)",
            (batch, device, *span, clock, who, label, undoes),
        )

    def _note_batch(self, op: Op) -> None:
        span = (op.id.n, op.id.n)
        self.keep_batch(op.batch, op.id.device, span, op.clock, op.who, op.label, op.undoes)

    def store(self, device: str, bodies: Sequence[str], public_key: str = "") -> set[str]:
        """Take in another device's operations, oldest first; gives the providers they touch.

        Those already here are passed over when they are the same. Raises ValueError for a gap, a text
        that is not an operation, and for an operation that differs from the one held (a fork).
        """
        row = self.connection.execute("select upto, chain from device where device = ?", (device,)).fetchone()
        upto, chain = row or (0, START)
        vector = self.vector()
        touched: set[str] = set()
        for body in bodies:
            op, hashed = read_op(device, body), hashlib.sha256(body.encode()).digest()
            if op.id.n <= upto:
                self._same(op.id, hashed)
                continue
            if op.id.n != upto + 1:
                raise ValueError(f"gap: {device} is held up to {upto}, this is {op.id.n}")
            upto, chain = op.id.n, link(chain, hashed)
            vector[device] = upto - 1
            self._take(op, hashed, body, vector)
            touched.add(op.provider)
        self.keep_device(device, upto, chain, public_key)
        return touched

    def _same(self, identity: OpId, hashed: bytes) -> None:
        held = self.connection.execute("select hash from op where device = ? and n = ?", identity).fetchone()
        if held is None or held[0] != hashed:
            raise ValueError(f"fork: {identity} differs from the operation held")

    def _take(self, op: Op, hashed: bytes, body: str, vector: Mapping[str, int]) -> None:
        self.connection.execute(
            "insert into op values (?,?,?,?,?,?,?)", (*op.id, op.clock, op.provider, op.batch, hashed, body)
        )
        self._note_batch(op)
        entry = self.entries([op.provider]).get(op.provider) or Entry()
        touched = entry.add(op, lambda identity: identity.n <= vector.get(identity.device, 0))
        if entry.forget_secrets():
            touched |= set(entry.alive)
        self.keep(op.provider, entry, touched)
        if any(live.values.get(CONFIDENTIAL) for live in entry.alive.values()):
            self.redact(op.provider)

    def redact(self, provider: str) -> None:
        """Take the street and point of a confidential place out of all its operations (R4)."""
        rows = self.connection.execute("select device, n, body from op where provider = ?", (provider,))
        for device, n, body in rows.fetchall():
            table = json.loads(body)
            found = [name for name in SECRET if table["set"].get(name) is not None]
            if found:
                table["set"].update(dict.fromkeys(found))
                self.connection.execute(
                    "update op set body = ? where device = ? and n = ?", (text(table), device, n)
                )

    def rebuild(self) -> None:
        """Work out the merge state of everything again from the operations alone."""
        for table in ("alive", "dead", "conflict"):
            self.connection.execute(f"delete from {table}")
        self.connection.execute("delete from batch where last > 0")  # an empty batch is known from here only
        ops: list[Op] = []
        rows = self.connection.execute("select device, body from op order by provider, device, n")
        for device, body in rows.fetchall():
            op = read_op(device, body)
            self._note_batch(op)
            if ops and ops[-1].provider != op.provider:
                self._keep_whole(ops)
                ops = []
            ops.append(op)
        if ops:
            self._keep_whole(ops)

    def _keep_whole(self, ops: list[Op]) -> None:
        entry = entry_of(ops)
        self.keep(ops[0].provider, entry, list(entry.alive))


def in_parts(ids: list[str]) -> Iterator[list[str]]:
    """A long list in pieces that fit one statement."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
