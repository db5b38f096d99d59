"""Taking back a batch: new operations that restore the earlier values, across restarts and merges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from resources.directory.fields import Fields, Value, text
from resources.directory.merge import OUT, REMOVED, SEEN, STATUS, Entry, Op, OpId, as_shown
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
    made = {name: value for name, value in op.set.items() if name != SEEN}
    found = {name: _instead(log, op, entry, name) for name in made}
    if "name" in made and not _replaced(log, op, "name"):  # it made the entry: all of it goes, or none
        others = entry.values().keys() - made.keys()
        changed = others or any(said is None or said.heads for said in found.values())
        return ({}, 1) if changed else ({STATUS: REMOVED}, 0)
    stays = found.get(STATUS)
    if stays is not None and stays.value is None:
        found[STATUS] = None  # an entry that stays is in use or not
    values = {name: said.value for name, said in found.items() if said is not None}
    if values.get(STATUS, "") is None:  # an entry that stays keeps a status
        del values[STATUS]
    return values, len(made) - len(values)


@dataclass(frozen=True)
class _Instead:
    """What to say in place of a value that is taken back: what the other `heads` say, or what was before."""

    value: Value
    heads: list[OpId]


def _instead(log: OpLog, op: Op, entry: Entry, name: str) -> _Instead | None:
    """None for a value that was changed since, and where others disagree without it too."""
    made, heads = op.set[name], entry.heads(name)
    mine = [i for i in heads if i.device in log.own and entry.alive[i].values[name] == made]
    others = [i for i in heads if i not in mine]
    said = {text(entry.alive[i].values[name]): entry.alive[i].values[name] for i in others}
    if not mine or len(said) > 1 or text(made) in said:
        return None
    words = [one for i in others if (one := log.op(i))] or _replaced(log, op, name)
    value = said.popitem()[1] if said else words[0].set[name] if words else None
    if name == STATUS:  # an edit by others, that nobody saw, does not go by the way
        hidden = entry.hidden_by(words if others else words[:1]) if value in OUT else []
        if any(i.device not in log.own for i in hidden):
            return None
    return _Instead(value, others)


def _replaced(log: OpLog, op: Op, name: str) -> list[Op]:
    """The operations whose values `op` replaced, the one that was shown first."""
    found = (one for i in op.replaced.get(name, ()) if (one := log.op(i)) is not None and name in one.set)
    return as_shown(name, found)
