"""Which streets and points must be forgotten, because the place turned out to be confidential (R4).

Like the merge it is a function of the set of operations: a street is a secret unless it was written by
someone who knew that the place had been confidential, and had ceased to be. What an operation that is
still under way may decide is left until it is here; meanwhile nothing shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from resources.directory.fields import CONFIDENTIAL, SECRET
from resources.directory.merge import Op, OpId


def touches(values: Mapping[str, object]) -> bool:
    """True when an operation that sets these fields may make a street secret, or bring one."""
    return CONFIDENTIAL in values or any(name in values for name in SECRET)


def secrets_in(ops: Sequence[Op]) -> dict[OpId, set[str]]:
    """The fields to forget in each of a provider's operations."""
    marks = {op.id for op in ops if op.set.get(CONFIDENTIAL)}
    if not marks:
        return {}
    known = {op.id: op for op in ops}
    found: dict[OpId, set[str]] = {}
    for op in ops:
        for name in SECRET:
            if op.set.get(name) is None:
                continue
            past = _past(op, name, known)
            if op.id in marks or not (marks <= past or past - known.keys()):
                found.setdefault(op.id, set()).add(name)
    return found


def _past(op: Op, name: str, known: Mapping[OpId, Op]) -> set[OpId]:
    """All operations that the author of this value had before, as far as the log tells."""
    past: set[OpId] = set()
    left = [op.id]
    while left:
        earlier = known.get(left.pop())
        if earlier is None:
            continue
        for field in (name, CONFIDENTIAL):
            new = set(earlier.replaced.get(field, ())) - past
            past |= new
            left += new
    return past
