"""Forgetting, as the hub's owner: files with a street that a newer file of the same segment no longer has.

Whoever may only add cannot make another file go: the newer one must prove itself first.
"""

from __future__ import annotations

from hub.rosters import Rosters, name_of
from hub.store import Hub, News, batches
from resources.updates.refusals import Refused
from resources.updates.roster import Member
from resources.updates.segments import Segment


def forget(hub: Hub) -> tuple[int, int]:
    """How many files went, and how many newer ones did not prove themselves."""
    found = Rosters()
    for agency, version in sorted(hub.roster_names()):
        try:
            found.take(hub.roster(agency, version), name_of(agency, version))
        except Refused:
            continue  # laptops refuse it too
    gone = doubtful = 0
    for batch in batches(hub.bare(sorted(found.newest))):
        files = hub.files(batch)
        for one in batch:
            members = found.members([one.agency])
            raw = files.get((one.device, one.first), b"")
            if one.device in members and _proves_itself(one, raw, members[one.device][1]):
                gone += hub.drop_older(one)
            else:
                doubtful += 1
    return gone, doubtful


def _proves_itself(one: News, raw: bytes, member: Member) -> bool:
    try:
        return len(Segment.read(raw, one.name, member.key).bare) == one.bare
    except Refused:
        return False
