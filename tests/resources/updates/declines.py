"""What a laptop declines must leave as it was: all that was said in a dispute, by whom and when."""

from __future__ import annotations

from resources.directory.fields import CONFIDENTIAL, text
from resources.directory.merge import OUT, STATUS
from resources.updates.exchange import Decision
from resources.updates.review import Review
from tests.resources.updates.desk_work import PLACE
from tests.resources.updates.oracle import standing
from tests.resources.updates.world import Laptop, Stood

OUT_OF_USE = {(text(status),) for status in OUT}
Fields = set[tuple[str, str]]  # provider and field


class Declined:
    """The fields of which a decision takes nothing, as they are before it is carried out.

    `stood` are the operations on each, from the book; `disputes` what the laptop lists.
    """

    def __init__(self, laptop: Laptop, looked: Review, decision: Decision | None) -> None:
        self.laptop = laptop
        fields = _fields(looked, decision) if decision else set()
        known = laptop.book.within(laptop.vector())
        said = standing(known, {laptop.directory.device, *laptop.former}) if fields else {}
        self.stood: Stood = {(p, name): set(said[p].get(name, ())) for p, name in fields if p in said}
        self.disputes = _disputes(laptop, fields)

    def judge(self) -> int:
        """Raise AssertionError when a dispute was decided; gives how many were looked at."""
        now = _disputes(self.laptop, set(self.disputes))
        looked_at = 0
        for (provider, name), claims in self.disputes.items():
            shown = self.laptop.shown(provider)
            if shown and not (name in PLACE and shown.get(CONFIDENTIAL)):
                found = now.get((provider, name), set())
                assert found == claims, f"{name} of {provider} was {claims}, is {found or 'decided'}"
                looked_at += 1
        return looked_at


def _fields(looked: Review, decision: Decision) -> Fields:
    spoken_of = looked.spoken_of(decision.declined)
    fields = {(p, name) for p in decision.declined for name in (*spoken_of.get(p, ()), STATUS)}
    for one in looked.phones:
        if decision.phones is not None and one.key not in decision.phones:
            fields.add((one.provider_id, one.key.removeprefix(f"{one.provider_id}/")))
    return fields


def _disputes(laptop: Laptop, fields: Fields) -> dict[tuple[str, str], set[tuple[object, ...]]]:
    """What is said of those of these fields that are in dispute: the value, by whom and when; of whether an
    entry is in use only the value, because whoever edits it says that it is, and if anybody says so."""
    found = {
        (one.provider_id, one.field): {
            (text(claim.value), *((claim.who, claim.when) if one.field != STATUS else ()))
            for claim in one.values
        }
        for one in laptop.directory.conflicts()
        if (one.provider_id, one.field) in fields
    }
    return {at: said for at, said in found.items() if not said <= OUT_OF_USE}
