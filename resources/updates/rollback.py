"""Taking a whole update back, later: operations of ours that say again what was said before it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from resources.directory.fields import CONFIDENTIAL, SECRET, Fields, Value, text
from resources.directory.history import moment
from resources.directory.merge import OUT, REMOVED, SEEN, STATUS, Entry, Op, OpId, as_shown
from resources.directory.oplog import OpLog
from resources.directory.store import Directory
from resources.engine import in_parts
from resources.errors import ToolkitError
from resources.words import load

_NEVER = (CONFIDENTIAL, *SECRET)  # no laptop shows a street again that another one called secret


@dataclass(frozen=True)
class TakenBack:
    """How many entries say again what they said before, and how many values stay: changed since."""

    entries: int
    kept: int
    batch: str


def take_back(directory: Directory, arrival: str) -> TakenBack:
    """Take back the update that `arrival` names; it can itself be undone.

    What somebody has changed since stays. Raises ToolkitError for an update that is not known, or was
    taken back already.
    """
    with directory.reading() as log:
        rows = directory.connection.execute(
            "select device, first, last, at, source, back from arrival where id = ?", (arrival,)
        ).fetchall()
        if not rows:
            raise ToolkitError("updates.no_such_arrival", id=arrival)
        if any(row[5] for row in rows):
            raise ToolkitError("updates.taken_back_already")
        spans = [(device, first, last) for device, first, last, *_ in rows]
        back = _Back(log, spans)
        values = back.values()
    when = f"{moment(rows[0][3] * 1000 << 16):%Y-%m-%d}"
    label = load("en").say("updates.label.taken_back", folder=rows[0][4], on=when)
    batch = directory.set_fields(values, label)
    with directory.transaction():
        directory.connection.execute("update arrival set back = 1 where id = ?", (arrival,))
    return TakenBack(len(values), back.kept, batch)


class _Back:
    """Works out, entry by entry, what was said before."""

    def __init__(self, log: OpLog, spans: list[tuple[str, int, int]]) -> None:
        self.log, self.spans = log, spans
        self.kept = 0

    def came(self, identity: OpId) -> bool:
        return any(device == identity.device and a <= identity.n <= b for device, a, b in self.spans)

    def values(self) -> dict[str, Fields]:
        providers: dict[str, None] = {}
        for device, first, last in self.spans:
            rows = self.log.connection.execute(
                "select distinct provider from op where device = ? and n between ? and ?",
                (device, first, last),
            )
            providers.update(dict.fromkeys(provider for (provider,) in rows.fetchall()))
        found: dict[str, Fields] = {}
        for some in in_parts(providers):
            entries = self.log.entries(some)
            for identity in some:
                if identity in entries and (values := self._entry(identity, entries[identity])):
                    found[identity] = values
        return found

    def _entry(self, identity: str, entry: Entry) -> Fields:
        ops = {op.id: self.log.counting(op) for op in self.log.ops("provider = ?", (identity,))}
        came = [op for op in ops.values() if self.came(op.id)]
        names = {name for op in came for name in op.set} - {*_NEVER, SEEN}
        others = [op for op in ops.values() if not self.came(op.id)]
        created = all(op.replaced.get("name") for op in others if "name" in op.set)  # it, or nobody before
        shown = entry.values()
        if created:
            if any(not self.came(i) for i in entry.alive):
                self.kept += 1
                return {}
            return {STATUS: REMOVED}
        return self._fields(names, entry, ops, shown)

    def _fields(self, names: set[str], entry: Entry, ops: Mapping[OpId, Op], shown: Fields) -> Fields:
        found: Fields = {}
        for name in sorted(names):
            heads = entry.heads(name)
            if not any(self.came(head) for head in heads):
                self.kept += bool(heads)
                continue
            ours = [head for head in heads if not self.came(head)]
            if len({text(entry.alive[head].values[name]) for head in ours}) > 1:
                self.kept += 1  # a dispute without the update too: nobody decides it by the way
                continue
            words = [ops[head] for head in ours] or self._before(heads, name, ops)[:1]
            value = words[0].set[name] if words else None
            if name == STATUS and not self._may_say(value, entry, words):
                self.kept += 1
                continue
            if len(heads) > 1 or shown.get(name) != value:
                found[name] = value
        return found

    def _may_say(self, status: Value, entry: Entry, words: list[Op]) -> bool:
        """An entry that stays is in use or not; and no edit that nobody saw goes by the way."""
        return status is not None and (status not in OUT or all(map(self.came, entry.hidden_by(words))))

    def _before(self, heads: list[OpId], name: str, ops: Mapping[OpId, Op]) -> list[Op]:
        """What was said before the update, what was shown of it first."""
        left, seen, before = list(heads), set[OpId](), list[Op]()
        while left:
            op = ops.get(left.pop())
            if op is None or op.id in seen or name not in op.set:
                continue
            seen.add(op.id)
            if self.came(op.id):
                left += op.replaced.get(name, ())
            else:
                before.append(op)
        return as_shown(name, before)
