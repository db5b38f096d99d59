"""A field on which laptops disagree, and an update of it that a person declined: the dispute stands again.

Declining is no decision between the values that were there before. What the update replaced of them is said
again, by operations of ours in the name and with the time of whoever said it; they replace what was declined
and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from resources.directory import undo
from resources.directory.batch import Batch, Form, heads_of, seen_in
from resources.directory.fields import Fields
from resources.directory.merge import OUT, SEEN, STATUS, Entry, OpId, Words
from resources.directory.oplog import OpLog


@dataclass(frozen=True)
class _Claim:
    """One of several values of a field: the operation that holds it now, and whose words it is."""

    id: OpId
    words: Words
    values: Fields


@dataclass
class Disputes:
    """Fields in dispute as they stood before an update, by provider."""

    stood: dict[str, dict[str, list[_Claim]]] = field(default_factory=dict)

    def note(self, log: OpLog, provider: str, entry: Entry, names: Iterable[str]) -> set[str]:
        """Remember those of these fields that are in dispute; gives them.

        Where everybody says that an entry is out of use, each in his way, its use is in no real dispute.
        """
        disputed = {name: ids for name, ids in entry.conflicts().items() if name in names}
        if entry.status() in OUT:
            disputed.pop(STATUS, None)
        claims = {name: [_claim(log, entry, i, name) for i in ids] for name, ids in disputed.items()}
        if claims:
            self.stood[provider] = claims
        return set(claims)

    def reopen(self, log: OpLog, providers: Iterable[str], who: str, label: str) -> dict[str, Entry]:
        """Say again what was replaced since; gives the entries that changed.

        An undo would decide between the values, so this is no batch that one could undo.
        """
        batch = Batch(log, label, who, undo.NOTHING)
        entries = log.entries(provider for provider in providers if provider in self.stood)
        changed = {}
        for provider, entry in entries.items():
            before = batch.count
            for name in self.stood[provider]:
                self._reopen_field(batch, provider, entry, name)
            if batch.count > before:
                changed[provider] = entry
        batch.finish()
        return changed

    def _reopen_field(self, batch: Batch, provider: str, entry: Entry, name: str) -> None:
        claims = self.stood[provider]
        stood = claims[name]
        known = {claim.id for claim in stood}
        heads = entry.heads(name)
        declined = [head for head in heads if head not in known]
        lost = {claim.words.clock for claim in stood if claim.id not in heads}
        if declined and not lost:
            lost = {stood[0].words.clock}
        again = [n for n, claim in enumerate(stood) if claim.words.clock in lost]  # all of a clock, in order
        for n in reversed(again):  # what is shown comes last, in case that clocks are equal
            claim, named = stood[n], heads_of(entry, entry.names())
            values = dict(claim.values)
            if STATUS not in claims and entry.status() in OUT:  # it is left so
                values |= {STATUS: entry.status(), SEEN: seen_in(named)}
            for one in claim.values.keys() & named.keys():
                named[one] = tuple(i for i in named[one] if i in (*declined, claim.id))
            said = batch.add(provider, values, entry, Form(named, again=claim.words))
            stood[n] = replace(claim, id=said)


def _claim(log: OpLog, entry: Entry, identity: OpId, name: str) -> _Claim:
    live, op = entry.alive[identity], log.op(identity)
    values = {name: live.values[name]}
    if name == STATUS:
        values[SEEN] = live.values.get(SEEN)
    return _Claim(identity, Words(live.clock, op.words.who if op else ""), values)
