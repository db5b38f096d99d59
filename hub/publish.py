"""Publishing: what a folder has of our agencies and the server lacks, verified before it is sent.

Everything may be done again: what is stored is asked for first, and a request that was answered to nobody
is found stored. A refused segment ends the list of its laptop and of nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hub.rosters import Rosters, rosters_in
from hub.store import MOST_BYTES, MOST_ROWS, Hub, Kept, Row
from resources.directory.optext import START
from resources.errors import ToolkitError
from resources.updates.incoming import Span, spans
from resources.updates.medium import Medium
from resources.updates.refusals import Refusal, Refused
from resources.updates.roster import Member
from resources.updates.segments import HEAD, Sealed, Segment
from resources.updates.segments import MOST_BYTES as LARGEST


@dataclass
class Published:
    """What went to the server; `others` counts files of laptops that this login may not publish for."""

    segments: int = 0
    rosters: int = 0
    already: int = 0
    others: int = 0
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def moved(self) -> int:
        return self.segments + self.rosters


def publish(hub: Hub, medium: Medium, done: Published) -> None:
    """Raises ToolkitError when this login may publish for no agency."""
    mine = [agency for agency, publishes in hub.agencies().items() if publishes]
    if not mine:
        raise ToolkitError("hub.publishes_nothing", login=hub.login, server=hub.label)
    names = medium.names()
    found, done.refusals = rosters_in(medium, names)
    done.already = done.others = 0
    _put_rosters(hub, found, mine, done)
    members = found.members(mine)
    there = spans(names)
    kept: dict[str, dict[int, Kept]] = {}
    for one in hub.kept(mine, [device for device in there if device in members]):
        kept.setdefault(one.device, {})[one.first] = one
    work = _Publishing(hub, medium, done)
    for device, some in there.items():
        if device in members:
            work.device(*members[device], some, kept.get(device, {}))
        else:
            done.others += len(some)
    work.send()


def _put_rosters(hub: Hub, found: Rosters, mine: list[str], done: Published) -> None:
    stored = hub.roster_names()
    for (agency, version), raw in found.raw.items():
        if agency not in mine:
            continue
        if (agency, version) not in stored and hub.put_roster(agency, version, raw):
            done.rosters += 1
        elif hub.roster(agency, version) != raw:
            about = {"agency": found.newest[agency].name, "version": version}
            done.refusals.append(Refusal("roster_twice", data=about))


class _Publishing:
    """Collects segments into requests of limited size."""

    def __init__(self, hub: Hub, medium: Medium, done: Published) -> None:
        self.hub, self.medium, self.done = hub, medium, done
        self.waiting: list[Row] = []
        self.size = 0

    def device(self, agency: str, member: Member, some: list[Span], kept: dict[int, Kept]) -> None:
        ends = {one.last: one.chain for one in kept.values()} | {0: START}
        known = {one.first: one.chain for one in kept.values()}
        for span in some:
            try:
                if span.first in known:
                    self._again(agency, member, span, kept.get(span.first), known[span.first])
                    continue
                if (after := ends.get(span.first - 1)) is None:
                    raise Refused("gap", held=max(ends), first=span.first)
                row = self._row(agency, member, span)
                if row.prev != after:
                    raise Refused("fork", n=span.first)
                self._add(row)
                known[row.first] = ends[row.last] = row.chain
            except Refused as problem:
                self.done.refusals.append(problem.about(member.device, span.name, member.name))
                return

    def _again(self, agency: str, member: Member, span: Span, kept: Kept | None, chain: bytes) -> None:
        """A segment that is stored: the same, the same with fewer streets, or another laptop's word."""
        sealed = Sealed.read(self.medium.head(span.name, HEAD))
        sealed.verify(member.key)
        if bytes.fromhex(sealed.header.chain) != chain or sealed.header.name != span.name:
            raise Refused("fork", n=span.first)
        if kept is not None and sealed.seal not in kept.seals:
            row = self._row(agency, member, span)
            if row.bare > kept.bare and self.hub.put_bare(row):
                self.done.segments += 1
                return
        self.done.already += 1

    def _row(self, agency: str, member: Member, span: Span) -> Row:
        """A segment, verified as a laptop would. Raises Refused."""
        if member.revoked_after is not None and span.last > member.revoked_after:
            raise Refused("revoked", after=member.revoked_after)
        raw = self.medium.read(span.name, LARGEST)
        segment = Segment.read(raw, span.name, member.key)
        header = segment.header
        prev, chain = bytes.fromhex(header.prev), bytes.fromhex(header.chain)
        return Row(
            agency, header.device, header.first, header.last, prev, chain,
            len(segment.bare), segment.sealed.seal, raw,
        )  # fmt: skip

    def _add(self, row: Row) -> None:
        if len(self.waiting) == MOST_ROWS or self.size + len(row.raw) > MOST_BYTES:
            self.send()
        self.waiting.append(row)
        self.size += len(row.raw)

    def send(self) -> None:
        """One request, one transaction."""
        if self.waiting:
            stored = self.hub.put(self.waiting)
            self.done.segments += len(stored)
            for row in self.waiting:
                if (row.device, row.first) not in stored:
                    self._overtaken(row)
            self.waiting, self.size = [], 0

    def _overtaken(self, row: Row) -> None:
        """Somebody else was here between our question and our request."""
        kept = [one for one in self.hub.kept([row.agency], [row.device]) if one.first == row.first]
        if kept and kept[0].chain == row.chain:
            self.done.already += 1
        else:
            self.done.refusals.append(Refusal("fork", row.device, "", {"n": row.first}))
