"""An operation as text: the one spelling in which it is kept, hashed and carried.

The hash of an operation is that of its text without streets and points, so that they can be taken out
while the chain of hashes still proves what is left.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache

from resources.directory.fields import SECRET, Value, text
from resources.directory.merge import Op, OpId, Words

START = bytes(32)
FIRST = {"batch", "clock", "label", "n", "provider", "redacted", "salt", "set", "who"}  # of a new entry


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


def proved(device: str, body: str) -> tuple[Op, bytes, bool]:
    """An operation in the one spelling, its hash, and whether a street was taken out of it.

    Raises ValueError for a text that is no operation, is spelled in another way, or lacks the salt of a
    street.
    """
    table = _strictly(body)
    op = op_in(device, table)
    if "salt" not in table and hidden(op.set):
        raise ValueError("a street without a salt")
    salt, seal, said = table.get("salt", ""), table.get("redacted", ""), text(op.set)
    if not isinstance(salt, str) or (salt and seal) or body_of(op, said, salt, seal) != body:
        if text(table) != body:
            raise ValueError("not in the one spelling")
        return op, hash_of(table, body), "redacted" in table
    if salt:
        body = body_of(op, without_secrets(said, op.set), seal=seal_of(salt, op.set))
    return op, hashlib.sha256(body.encode()).digest(), bool(seal)


def without_secrets(said: str, values: Mapping[str, Value]) -> str:
    """The text of these values, which is `said`, with null for streets and points."""
    for name in (name for name in SECRET if values.get(name) is not None):
        if said.count(f'"{name}":') > 1:  # one of another field's value, too
            return text({**values, **{name: None for name in SECRET if name in values}})
        said = said.replace(f'"{name}":{text(values[name])}', f'"{name}":null')
    return said


def values_in(op: Op, table: Mapping[str, Value], body: str) -> str:
    """The text of the values of an operation; `body` is its proved text, and `table` what that says."""
    if table.keys() <= FIRST:
        around = body_of(op, "\0", table.get("salt", ""), table.get("redacted", ""))
        before, _, after = around.partition("\0")
        if body.startswith(before) and body.endswith(after):
            return body[len(before) : len(body) - len(after)]
    return text(op.set)


def _no_number(name: str) -> None:
    raise ValueError(name)


_strictly = json.JSONDecoder(parse_constant=_no_number).decode
