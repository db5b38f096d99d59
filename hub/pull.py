"""Pulling: what the server has and a folder lacks, verified before it is written.

Nothing damaged, forged or unasked for gets into the folder; the rest a stick could have brought as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub.rosters import Rosters, name_of, rosters_in
from hub.store import Hub, News, batches
from resources.updates.incoming import spans
from resources.updates.medium import Medium
from resources.updates.refusals import Refusal, Refused
from resources.updates.roster import Member
from resources.updates.segments import HEAD, MOST_BYTES, Sealed, Segment


@dataclass
class Pulled:
    """What came into the folder."""

    segments: int = 0
    changes: int = 0
    rosters: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def moved(self) -> int:
        return self.segments + self.rosters


def pull(hub: Hub, medium: Medium, done: Pulled, *, check: bool = False) -> None:
    """Bring the folder up to date; with `check` every file that lies there is verified, and fetched again
    when it is damaged."""
    seen = hub.agencies()
    names = medium.names()
    found, _ = rosters_in(medium, names)  # what is wrong with the folder's own is said by the exchange
    done.refusals = []
    _pull_rosters(hub, medium, found, seen, done)
    members = found.members(sorted(seen, key=lambda agency: not seen[agency]))  # our own word comes first
    if members:
        work = _Pulling(hub, medium, members, done)
        work.fetch(hub.news(work.held(names, check)))
        work.fetch([one for one in hub.bare(list(seen)) if work.has_streets(one)])


def _pull_rosters(hub: Hub, medium: Medium, found: Rosters, seen: dict[str, bool], done: Pulled) -> None:
    for agency, version in sorted(hub.roster_names() - found.raw.keys()):
        name = name_of(agency, version)
        held = found.newest.get(agency)
        try:
            if agency not in seen or (held is not None and version < held.version):
                continue  # an older one proves nothing any more
            raw = hub.roster(agency, version)
            found.take(raw, name)
        except Refused as problem:
            done.refusals.append(problem.about("", name))
            continue
        medium.write(name, raw)
        done.rosters += 1


class _Pulling:
    """Fetches files in requests of limited size; one that is not what it must be ends its laptop's list."""

    def __init__(
        self, hub: Hub, medium: Medium, members: Mapping[str, tuple[str, Member]], done: Pulled
    ) -> None:
        self.hub, self.medium, self.members, self.done = hub, medium, members, done
        self.stopped: set[str] = set()

    def held(self, names: list[str], check: bool) -> list[tuple[str, str, int]]:
        """How far the folder has each laptop's log without a gap."""
        there = spans(names)
        found = []
        for device, (agency, member) in self.members.items():
            upto = 0
            for span in there.get(device, ()):
                if span.first > upto + 1 or (check and self._local(span.name, member) is None):
                    break
                upto = max(upto, span.last)
            found.append((agency, device, upto))
        return found

    def has_streets(self, one: News) -> bool:
        """Whether the folder's file of a segment has streets that the server's has not."""
        if not self._wanted(one):
            return False
        name, member = one.name, self.members[one.device][1]
        try:
            if Sealed.read(self.medium.head(name, HEAD)).seal == one.seal:
                return False
        except Refused:
            return False  # it lacks the file, or has noise under its name
        local = self._local(name, member)
        return local is not None and len(local.bare) < one.bare

    def fetch(self, some: list[News]) -> None:
        for batch in batches([one for one in some if self._wanted(one)]):
            files = self.hub.files(batch)
            for one in batch:
                if one.device not in self.stopped:
                    self._write(one, files.get((one.device, one.first), b""))

    def _write(self, one: News, raw: bytes) -> None:
        _, member = self.members[one.device]
        name = one.name
        try:
            segment = Segment.read(raw, name, member.key)
            if (local := self._local(name, member)) is not None:
                same = local.sealed.header == segment.sealed.header
                if not same or len(segment.bare) <= len(local.bare):
                    return  # never a street that was taken out here; a fork is told by the exchange
        except Refused as problem:
            self.stopped.add(one.device)
            self.done.refusals.append(Refusal("copy_unproved", one.device, name, problem.data, member.name))
            return
        self.medium.write(name, raw)
        self.done.segments += 1
        self.done.changes += one.last - one.first + 1

    def _local(self, name: str, member: Member) -> Segment | None:
        """The folder's own file when it is whole."""
        try:
            return Segment.read(self.medium.read(name, MOST_BYTES), name, member.key)
        except Refused:
            return None

    def _wanted(self, one: News) -> bool:
        """What was asked for, and nothing that a laptop said after it was revoked."""
        agency, member = self.members.get(one.device, ("", None))
        if member is None or agency != one.agency:
            return False
        return member.revoked_after is None or one.last <= member.revoked_after
