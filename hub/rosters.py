"""The rosters of a folder that prove themselves: an agency's name is the hash of its first key.

Whom a laptop believes is decided on the laptop; this only keeps noise off the server and out of the folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from resources.updates.medium import ROSTER, Medium
from resources.updates.refusals import Refusal, Refused
from resources.updates.roster import MOST_BYTES, Member, Roster, SignedRoster, agency_id


@dataclass
class Rosters:
    """The newest version of each agency, and every version that led to it."""

    newest: dict[str, Roster] = field(default_factory=dict)
    raw: dict[tuple[str, int], bytes] = field(default_factory=dict)

    def take(self, raw: bytes, name: str) -> None:
        """The next version of an agency's roster. Raises Refused."""
        signed = SignedRoster.read(raw)
        roster = signed.roster
        held = self.newest.get(roster.agency)
        signed.check(held)
        if held is None and not any(agency_id(key) == roster.agency for key in roster.keys):
            raise Refused("roster_unsigned", agency=roster.name)
        if name != name_of(roster.agency, roster.version):
            raise Refused("other_name")
        self.newest[roster.agency] = roster
        self.raw[roster.agency, roster.version] = raw

    def members(self, agencies: Iterable[str]) -> Mapping[str, tuple[str, Member]]:
        """Device -> its agency and what the roster says of it; the word of an agency named earlier counts."""
        found: dict[str, tuple[str, Member]] = {}
        for agency in agencies:
            for member in self.newest[agency].members if agency in self.newest else ():
                found.setdefault(member.device, (agency, member))
        return found


def name_of(agency: str, version: int) -> str:
    return f"agency-{agency}/{version:08d}.json"


def rosters_in(medium: Medium, names: Iterable[str]) -> tuple[Rosters, list[Refusal]]:
    """Those of these files that prove themselves, oldest first, and why others do not."""
    found, refusals = Rosters(), []
    for name in filter(ROSTER.fullmatch, names):
        try:
            found.take(medium.read(name, MOST_BYTES), name)
        except Refused as problem:
            refusals.append(problem.about("", name))
    return found, refusals
