"""What a medium brings that is new here, verified; and what of it cannot be taken, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from resources.directory.fields import CONFIDENTIAL
from resources.directory.merge import Op
from resources.directory.optext import START, link, read_op
from resources.directory.store import Directory
from resources.updates.medium import Medium
from resources.updates.refusals import Refusal, Refused
from resources.updates.roster import Member
from resources.updates.segments import HEAD, MOST_BYTES, NAME, Header, Sealed, Segment
from resources.updates.trust import Trust


@dataclass(frozen=True)
class Span:
    """A segment file by its name."""

    first: int
    last: int
    name: str


@dataclass(frozen=True)
class Incoming:
    """Segments that can be taken in this order, what cannot, and how far each device was held before.

    `ahead` are operations of this very laptop that it does not know itself: it was copied, or restored
    without taking a new name.
    """

    label: str
    segments: tuple[Segment, ...]
    refusals: tuple[Refusal, ...]
    held: dict[str, int]
    ahead: bool = False
    said_by: dict[str, tuple[str, str]] = field(default_factory=dict)  # device -> its name, its agency

    def parts(self) -> Iterator[tuple[Segment, int]]:
        """Each segment, and up to which operation its device's log is held before it."""
        upto = dict(self.held)
        for segment in self.segments:
            device = segment.header.device
            yield segment, upto.get(device, 0)
            upto[device] = segment.header.last

    def ops(self, providers: Collection[str]) -> Iterator[Op]:
        """The new operations on these entries."""
        for segment, held in self.parts():
            device, new = segment.header.device, segment.glances[segment.passed(held) :]
            if any(glance.provider in providers for glance in new):
                for glance, body in zip(new, segment.bodies(held), strict=True):
                    if glance.provider in providers:
                        yield read_op(device, body)


@dataclass
class _Log:
    """How far a device's log goes: `held` is in the directory, `fresh` are the hashes of what came after."""

    held: int
    upto: int
    chain: bytes
    fresh: list[bytes] = field(default_factory=list)

    def add(self, segment: Segment) -> None:
        header = segment.header
        self.fresh += segment.hashes[self.upto + 1 - header.first :]
        self.upto, self.chain = header.last, bytes.fromhex(header.chain)


def spans(names: Iterable[str]) -> dict[str, list[Span]]:
    """The segment files of each device, in order, of those that begin alike the longest first."""
    found: dict[str, list[Span]] = {}
    for name in names:
        if match := NAME.fullmatch(name):
            found.setdefault(match[1], []).append(Span(int(match[2]), int(match[3]), name))
    return {device: sorted(some, key=lambda s: (s.first, -s.last)) for device, some in sorted(found.items())}


class Gate:
    """Looks at each device's files against what is held here."""

    def __init__(self, directory: Directory, trust: Trust, medium: Medium) -> None:
        self.directory, self.trust, self.medium = directory, trust, medium
        self.refusals: list[Refusal] = []
        with directory.reading():
            rows = directory.connection.execute("select device, upto, chain from device").fetchall()
        self.held = {device: (upto, bytes(chain)) for device, upto, chain in rows}

    def gather(self) -> Incoming:
        """Everything the medium brings. Nothing is written."""
        taken: list[Segment] = []
        said_by: dict[str, tuple[str, str]] = {}
        ahead = False
        for device, some in spans(self.medium.names()).items():
            if device == self.directory.device:
                ahead = self._own(some)
                continue
            found = self.trust.member(device)
            if found is None:
                self.refusals.append(Refusal("unknown_device", device, some[0].name))
                continue
            said_by[device] = (found[0].name, found[1])
            taken += self._device(found[0], some)
        taken = self._with_reasons(taken)
        held = {device: upto for device, (upto, _) in self.held.items()}
        return Incoming(self.medium.label, tuple(taken), tuple(self.refusals), held, ahead, said_by)

    def _own(self, some: Sequence[Span]) -> bool:
        """True when the medium knows more of our own log than we do, or something else."""
        upto, _ = self.held.get(self.directory.device, (0, START))
        key = self.directory.public_key
        for span in some:
            try:
                sealed = Sealed.read(self.medium.head(span.name, HEAD))
                if self._kept(sealed, span):
                    continue
                sealed.verify(key)
            except Refused:
                continue  # somebody else's noise under our name: it will be written over
            if span.last > upto or self._contradicts(sealed, span):
                self.refusals.append(Refusal("our_log_is_longer", self.directory.device, span.name))
                return True
        return False

    def _device(self, member: Member, some: Sequence[Span]) -> list[Segment]:
        """The new segments of one device; the first that cannot be taken ends its list."""
        held, chain = self.held.get(member.device, (0, START))
        log = _Log(held, held, chain)
        found: list[Segment] = []
        blocked = False
        for span in some:
            try:
                if span.last <= held:
                    self._look_again(member, span)
                    continue
                if span.first > log.upto + 1:
                    raise Refused("gap", held=log.upto, first=span.first)
                segment = self._read(member, span, log)
            except Refused as problem:
                if not (blocked and problem.why == "gap"):
                    self.refusals.append(problem.about(member.device, span.name, member.name))
                blocked = blocked or span.last > log.upto
                continue
            if span.last > log.upto:
                found.append(segment)
                log.add(segment)
        return found

    def _read(self, member: Member, span: Span, log: _Log) -> Segment:
        if member.revoked_after is not None and span.last > member.revoked_after:
            raise Refused("revoked", after=member.revoked_after)
        segment = Segment.read(self.medium.read(span.name, MOST_BYTES), span.name, member.key)
        if span.first == log.upto + 1:
            if bytes.fromhex(segment.header.prev) != log.chain:
                raise Refused("fork", n=span.first)
        else:
            self._overlap(segment, log)
        return segment

    def _overlap(self, segment: Segment, log: _Log) -> None:
        """The operations that are held already, or came just now, must be the same. Raises Refused."""
        header = segment.header
        with self.directory.reading():
            rows = self.directory.connection.execute(
                "select n, hash from op where device = ? and n between ? and ?",
                (header.device, header.first, log.held),
            ).fetchall()
        for n, hashed in (*rows, *enumerate(log.fresh, log.held + 1)):
            if header.first <= n <= header.last and segment.hashes[n - header.first] != bytes(hashed):
                raise Refused("fork", n=n)

    def _look_again(self, member: Member, span: Span) -> None:
        """A file of operations that are held: nothing new, unless it says something else. Raises Refused."""
        sealed = Sealed.read(self.medium.head(span.name, HEAD))
        if self._kept(sealed, span):
            return
        sealed.verify(member.key)
        if sealed.header.name != span.name:
            raise Refused("other_name")
        if self._contradicts(sealed, span):
            raise Refused("fork", n=span.first)

    def _kept(self, sealed: Sealed, span: Span) -> bool:
        """True when the very same segment was verified before."""
        with self.directory.reading():
            row = self.directory.connection.execute(
                "select header, signature from segment where device = ? and first = ? and last = ?",
                (sealed.header.device, span.first, span.last),
            ).fetchone()
        same = (sealed.header.raw, sealed.signature)
        return row is not None and (bytes(row[0]), bytes(row[1])) == same and sealed.header.name == span.name

    def _contradicts(self, sealed: Sealed, span: Span) -> bool:
        """Whether a header and the log that is held say different things about the same operations."""
        with self.directory.reading():
            row = self.directory.connection.execute(
                "select header from segment where device = ? and first = ? and last = ?",
                (sealed.header.device, span.first, span.last),
            ).fetchone()
            if row is not None:
                return bytes(row[0]) != sealed.header.raw
            chain = chain_at(self.directory, sealed.header.device, span.last)
        return chain.hex() != sealed.header.chain

    def _with_reasons(self, taken: list[Segment]) -> list[Segment]:
        """Without those that lack a street nobody called confidential: a thief of streets, or too early."""
        while True:
            bare = {provider for segment in taken for provider in segment.bare}
            if not bare:
                return taken
            unexplained = bare - self._confidential(bare, taken)
            bad = next((s for s in taken if s.bare & unexplained), None)
            if bad is None:
                return taken
            device = bad.header.device
            member = self.trust.member(device)
            name = member[0].name if member else device
            self.refusals.append(Refusal("street_missing", device, bad.header.name, name=name))
            taken = [s for s in taken if s.header.device != device or s.header.first < bad.header.first]

    def _confidential(self, providers: set[str], taken: Sequence[Segment]) -> set[str]:
        """Those that some operation, here or on the medium, calls confidential."""
        with self.directory.reading() as log:
            found = {provider for provider in providers if log.was_secret(provider)}
        mark = f'"{CONFIDENTIAL}":true'
        for segment in taken if found != providers else ():
            for body in segment.bodies():
                if mark in body and (op := read_op(segment.header.device, body)).set.get(CONFIDENTIAL):
                    found.add(op.provider)
        return found


def chain_at(directory: Directory, device: str, n: int) -> bytes:
    """The hash of a device's log up to its operation `n`, from the nearest place where it is known."""
    row = directory.connection.execute(
        "select last, header from segment where device = ? and last <= ? order by last desc limit 1",
        (device, n),
    ).fetchone()
    start, chain = 0, START
    if row is not None:
        start, chain = row[0], bytes.fromhex(Header.read(bytes(row[1])).chain)
    hashes = directory.connection.execute(
        "select hash from op where device = ? and n > ? and n <= ? order by n", (device, start, n)
    )
    for (hashed,) in hashes.fetchall():
        chain = link(chain, bytes(hashed))
    return chain
