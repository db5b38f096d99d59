"""Taking back a batch: new operations that restore the earlier values, across restarts and merges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from resources.directory.fields import Fields, Value
from resources.directory.merge import REMOVED, SEEN, STATUS, Entry, Op, OpId
from resources.directory.oplog import OpLog
from resources.engine import in_parts
from resources.words import load

NOTHING = "-"  # what a batch takes back that is itself no change of a person, such as the bundled lines


@dataclass(frozen=True)
class Newest:
    """The batch that an undo would take back."""

    id: str
    label: str
    first: int
    last: int


@dataclass(frozen=True)
class Plan:
    """What to write to take a batch back, and how many values stay because they were changed since."""

    values: Mapping[str, Fields]
    kept: int


def newest(log: OpLog) -> Newest | None:
    """This laptop's newest batch that stands: no undo, and not undone."""
    row = log.connection.execute(
        "select id, label, first, last from batch b where device = ? and undoes = ''"
        " and not exists (select 1 from batch u where u.undoes = b.id and u.undoes <> ''"
        " and u.device = b.device)"
        " order by last desc limit 1",
        (log.device,),
    ).fetchone()
    return None if row is None else Newest(*row)


def label(of: str, kept: int) -> str:
    """The label of what was taken back, with a word about what stays."""
    return load("en").say("directory.label.kept", label=of, n=kept) if kept else of


def plan(log: OpLog, batch: Newest) -> Plan:
    """Work out the values of before, entry by entry."""
    ops = log.ops("device = ? and n between ? and ?", (log.device, batch.first, batch.last))
    made = {op.provider: op for op in ops}  # a batch has one operation for each entry
    values: dict[str, Fields] = {}
    kept = 0
    for some in in_parts(made):
        entries = log.entries(some)
        for identity in some:
            if identity in entries:
                values[identity], more = _back(log, made[identity], entries[identity])
                kept += more
    return Plan({identity: fields for identity, fields in values.items() if fields}, kept)


def _back(log: OpLog, op: Op, entry: Entry) -> tuple[Fields, int]:
    """The values that take one operation back, and how many of its values stay."""
    shown = entry.values()
    made = {name: value for name, value in op.set.items() if name != SEEN}
    before = {name: _earlier(log, op, name) for name in made}
    changed = [name for name, value in made.items() if shown.get(name) != value]
    if "name" in made and before["name"] is None:  # it made the entry: all of it goes, or none
        others = {name for name, value in shown.items() if name not in made}
        return ({}, 1) if changed or others else ({STATUS: REMOVED}, 0)
    values = {name: value for name, value in before.items() if name not in changed}
    return values, len(changed)


def _earlier(log: OpLog, op: Op, name: str) -> Value:
    """The value that `op` replaced: of several, the one that was shown."""
    found: list[tuple[int, OpId, Value]] = []
    for identity in op.replaced.get(name, ()):
        earlier = log.op(identity)
        if earlier is not None and name in earlier.set:
            found.append((earlier.clock, identity, earlier.set[name]))
    return max(found, key=lambda one: one[:2])[2] if found else None
