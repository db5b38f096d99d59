"""The log of operations: the truth of the directory, with its merge state, in tables of one SQLite file.

Everything here expects to run inside a transaction that the caller began. The hash of an operation is
chained to the one before it on the same device, so that a gap, a change or a fork cannot pass unseen;
it is kept beside the text, so that a secret can be taken out of the text while the chain still holds.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from resources.directory import heads, redaction
from resources.directory.fields import CONFIDENTIAL, SECRET, Value, text
from resources.directory.heads import Heads
from resources.directory.merge import Entry, Op, OpId, Words, entry_of
from resources.engine import Connection

START = bytes(32)

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


def link(chain: bytes, hash_of_body: bytes) -> bytes:
    """The chain after one more operation."""
    return hashlib.sha256(chain + hash_of_body).digest()


def hash_of(table: dict[str, Value], body: str) -> bytes:
    """The hash of an operation: that of its text without streets and points, which a salted hash stands for.

    So the secret can be taken out and the text that is left is still proved by the chain. `table` is what
    `body` says. Raises ValueError when an operation with a salt is not spelled in the one way.
    """
    if isinstance(table.get("salt"), str):
        if text(table) != body:
            raise ValueError("not in the one spelling")
        body = text(redacted(table))
    return hashlib.sha256(body.encode()).digest()


def redacted(table: dict[str, Value]) -> dict[str, Value]:
    """An operation without its street and point; their hash stays, salted so that nobody can guess them."""
    left = {name: value for name, value in table.items() if name != "salt"}
    left["redacted"] = seal_of(table.get("salt", ""), left["set"])
    left["set"] = left["set"] | {name: None for name in SECRET if name in left["set"]}
    return left


def seal_of(salt: str, values: Mapping[str, Value]) -> str:
    secret = {name: values[name] for name in SECRET if values.get(name) is not None}
    said = ",".join([f'"{name}":{text(secret[name])}' for name in sorted(secret)])
    return hashlib.sha256(f"[{text(salt)},{{{said}}}]".encode()).hexdigest()


def hidden(values: Mapping[str, Value]) -> bool:
    """True when these values hold a street or a point, so that their operation needs a salt."""
    return any(values.get(name) is not None for name in SECRET)


def body_of(op: Op, values: str = "", salt: str = "", seal: str = "") -> str:
    """The text of an operation, as it is kept and carried; `values` may give that of `op.set`."""
    said = f'"again":{text(list(op.again))},' if op.again else ""
    said += f'"batch":{_repeated(op.batch)},"clock":{op.clock},"label":{_repeated(op.label)},"n":{op.id.n},'
    said += f'"provider":{text(op.provider)},'
    if seal:
        said += f'"redacted":{text(seal)},'
    if op.replaced:
        said += f'"replaced":{text({name: [str(i) for i in ids] for name, ids in op.replaced.items()})},'
    if salt:
        said += f'"salt":{text(salt)},'
    said += f'"set":{values or text(op.set)},'
    if op.undoes:
        said += f'"undoes":{text(op.undoes)},'
    return f'{{{said}"who":{_repeated(op.who)}}}'


_repeated = lru_cache(maxsize=64)(text)  # what all operations of a batch say


def read_op(device: str, body: str) -> Op:
    """The operation this text describes; raises ValueError for anything else."""
    return op_in(device, json.loads(body))


def op_in(device: str, table: dict[str, Value]) -> Op:
    """The same, of a text that was read already."""
    try:
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
            again=_again(table.get("again")),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError("not an operation") from problem
    if not op.provider or op.id.n < 1 or not (_is_time(op.clock) and _is_time(op.words.clock)):
        raise ValueError("not an operation")
    return op


def _again(said: Value) -> Words | None:
    if said is None:
        return None
    clock, who = said
    return Words(int(clock), str(who))


def _is_time(clock: int) -> bool:
    return 0 <= clock < 1 << 63


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

    def store(self, device: str, bodies: Sequence[str], public_key: str = "") -> set[str]:
        """Take in another device's operations, oldest first; gives the providers they touch.

        Those already here are passed over when they are the same. Raises ValueError for a gap, a text
        that is not an operation, and for an operation that differs from the one held (a fork).
        """
        row = self.connection.execute("select upto, chain from device where device = ?", (device,)).fetchone()
        upto, chain = row or (0, START)
        vector = self.vector()
        tables = [json.loads(body) for body in bodies]
        ops = [op_in(device, table) for table in tables]
        entries = self.entries({op.provider for op in ops})
        touched: dict[str, set[OpId]] = {}
        for op, table, body in zip(ops, tables, bodies, strict=True):
            hashed = hash_of(table, body)
            if op.id.n <= upto:
                self._same(op.id, hashed)
                continue
            if op.id.n != upto + 1:
                raise ValueError(f"gap: {device} is held up to {upto}, this is {op.id.n}")
            vector[device] = upto
            upto, chain = op.id.n, link(chain, hashed)
            self.insert([(*op.id, op.clock, op.provider, op.batch, hashed, body)])
            self._note_batch(op)
            entry = entries.setdefault(op.provider, Entry())
            touched.setdefault(op.provider, set()).update(entry.add(self.counting(op), known_in(vector)))
            if redaction.touches(op.set) and self.was_secret(op.provider):
                touched[op.provider] |= self.redact(op.provider, entry)
        for provider, ids in touched.items():
            self.heads.keep(provider, entries[provider], ids)
        self.heads.flush()
        self.keep_device(device, upto, chain, public_key)
        return set(touched)

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
        row = self.connection.execute(
            "select 1 from op where provider = ? and instr(body, ?) limit 1",
            (provider, f'"{CONFIDENTIAL}":true'),
        ).fetchone()
        return row is not None

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
