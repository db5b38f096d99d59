"""Whom this laptop believes: the rosters it holds, and the agency's key on the laptop that made it."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from resources import policy
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.updates.medium import ROSTER, Medium
from resources.updates.refusals import Refusal, Refused
from resources.updates.roster import (
    MOST_BYTES,
    Issuer,
    Member,
    Roster,
    SignedRoster,
    agency_id,
    fingerprint,
    name_fits,
    public,
    sign,
)

_PURPOSE = "agency key"
_AGENCY, _KEY, _NAME = "updates.agency", "updates.agency_key", "updates.name"


class Trust:
    """The rosters in the directory's file. Read it anew for each exchange."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.agency = directory.recall(_AGENCY) or ""
        self.rosters: dict[str, Roster] = {}
        with directory.reading():
            rows = directory.connection.execute(
                "select raw, max(version) from roster group by agency"  # SQLite: `raw` is of that row
            ).fetchall()
        for raw, _ in rows:
            roster = SignedRoster.read(bytes(raw)).roster
            self.rosters[roster.agency] = roster

    @property
    def own(self) -> Roster:
        """Our agency's roster; raises ToolkitError when this laptop belongs to no agency."""
        if self.agency not in self.rosters:
            raise ToolkitError("updates.no_agency")
        return self.rosters[self.agency]

    @property
    def issuers(self) -> tuple[Issuer, ...]:
        """The other agencies that are believed: the policy's where it names them, else our roster's."""
        given = policy.current().issuers
        if given is None:
            return self.own.issuers
        return tuple(Issuer(agency_id(key), name, key) for name, key in given)

    @property
    def joined(self) -> bool:
        return self.agency in self.rosters

    @property
    def name(self) -> str:
        """What people call this laptop."""
        return self.directory.recall(_NAME) or self.directory.who or self.directory.device

    def member(self, device: str) -> tuple[Member, str] | None:
        """A believed laptop and the name of its agency; our own agency's word comes first."""
        if (found := self.own.member(device)) is not None:
            return found, self.own.name
        for roster in (self.rosters[i.agency] for i in self.issuers if i.agency in self.rosters):
            if (found := roster.member(device)) is not None:
                return found, roster.name
        return None

    def believes(self, device: str, key: str, upto: int) -> bool:
        """True when the holder of this key is believed up to its operation `upto`."""
        found = self.member(device)
        if found is None or found[0].key != key:
            return False
        return found[0].revoked_after is None or upto <= found[0].revoked_after

    def fingerprint(self) -> str:
        """To be read aloud when two agencies begin to believe each other."""
        return fingerprint(self.agency, *sorted(self.own.keys))

    # -- the agency's key --------------------------------------------------------------------------

    def key(self) -> Ed25519PrivateKey:
        """Raises ToolkitError when this is not the laptop that holds it."""
        if not (wrapped := self.directory.recall(_KEY)):
            raise ToolkitError("updates.no_agency_key")
        raw = self.directory.unwrap(_PURPOSE, bytes.fromhex(wrapped))
        return Ed25519PrivateKey.from_private_bytes(raw)

    @property
    def holds_key(self) -> bool:
        return bool(self.directory.recall(_KEY)) and public(self.key()) in self.own.keys

    def create(self, agency_name: str, laptop: str) -> Roster:
        """Make an agency with this laptop as its first member and the holder of its key."""
        self._refuse_second()
        _check_names(agency_name, laptop)
        private = Ed25519PrivateKey.generate()
        key = public(private)
        _refuse_other(agency_id(key), agency_name)
        raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        self.directory.remember(_KEY, self.directory.wrap(_PURPOSE, raw).hex())
        self.directory.remember(_NAME, laptop)
        member = Member(self.directory.device, self.directory.public_key, laptop)
        empty = Roster(agency_id(key), agency_name, 0, (key,), 1, (member,), (), "", "")
        roster = empty.next(self.directory.today())
        self._store(sign(roster, [private]))
        self.directory.remember(_AGENCY, roster.agency)
        self.agency = roster.agency
        return roster

    def pin(self, signed: SignedRoster, laptop: str) -> None:
        """Belong to this agency from now on; a person has compared its digits."""
        self._refuse_second()
        signed.check()
        _refuse_other(signed.roster.agency, signed.roster.name)
        self.directory.remember(_NAME, laptop)
        self._store(signed)
        self.directory.remember(_AGENCY, signed.roster.agency)
        self.agency = signed.roster.agency

    def admit(self, device: str, key: str, name: str) -> Roster:
        """Believe a laptop."""
        _check_names(name)
        return self.change(self.own.with_member(Member(device, key, name)))

    def admit_this(self) -> None:
        """After a restore the laptop that holds the key has a new name; it believes itself."""
        if self.holds_key and self.own.member(self.directory.device) is None:
            self.admit(self.directory.device, self.directory.public_key, self.name)

    def revoke(self, device: str, after: int | None = None) -> Roster:
        """Believe nothing a laptop says after its operation `after` (the last one held here)."""
        member = self.own.member(device)
        if member is None:
            raise ToolkitError("updates.no_such_laptop", device=device)
        with self.directory.reading() as log:
            held = log.vector().get(device, 0)
        upto = held if after is None else after
        return self.change(self.own.with_member(Member(device, member.key, member.name, upto)))

    def believe(self, signed: SignedRoster) -> Roster:
        """Believe another agency; a person has compared its digits. Raises ToolkitError where the policy
        names whom to believe."""
        policy.current().refuse_closed()
        if policy.current().issuers is not None:
            raise ToolkitError("policy.issuers_fixed")
        signed.check()
        other = signed.roster
        issuer = Issuer(other.agency, other.name, other.keys[0])
        if agency_id(issuer.key) != other.agency:
            raise ToolkitError("updates.agency_keys_changed", agency=other.name)
        roster = self.change(self.own.with_issuer(issuer))
        self._store(signed)
        return roster

    def change(self, roster: Roster) -> Roster:
        """Sign and keep the next version of our roster. Raises ToolkitError without the agency's key."""
        private = self.key()
        following = roster.next(self.directory.today())
        signed = sign(following, [private])
        if not signed.signed_enough(self.own.keys, self.own.threshold):
            raise ToolkitError("updates.more_signatures", n=self.own.threshold)
        self._store(signed)
        return following

    # -- rosters that come by ----------------------------------------------------------------------

    def take(self, raw: bytes) -> bool:
        """A roster from a stick; True when it is news. Raises Refused."""
        signed = SignedRoster.read(raw)
        agency = signed.roster.agency
        held = self.rosters.get(agency)
        issuers = {issuer.agency: issuer for issuer in self.issuers}
        if agency != self.agency and agency not in issuers:
            raise Refused("roster_unknown", agency=signed.roster.name)
        signed.check(held)
        if held is None and not signed.signed_enough([issuers[agency].key], 1):
            raise Refused("roster_unsigned", agency=signed.roster.name)
        if held is not None and held.version == signed.roster.version:
            return False
        self._store(signed)
        return True

    def take_all(self, medium: Medium) -> list[Refusal]:
        """All rosters of a medium, oldest first; ours before those of agencies it names.

        An older one than we hold is no fault of anybody, only late: ours will be written beside it.
        """
        refused: list[Refusal] = []
        found = [
            (match[1] != self.agency, name) for name in medium.names() if (match := ROSTER.fullmatch(name))
        ]
        held = {f"agency-{agency}/{version:08d}.json": raw for agency, version, raw in self._held()}
        for _, name in sorted(found):
            try:
                if (raw := medium.read(name, MOST_BYTES)) != held.get(name):
                    self.take(raw)
            except Refused as problem:
                if problem.why not in ("roster_unknown", "roster_older"):
                    refused.append(problem.about("", name))
        return refused

    def give_all(self, medium: Medium) -> int:
        """Write every version we hold that the medium lacks; gives how many."""
        believed = {self.agency, *(issuer.agency for issuer in self.issuers)}
        there, given = set(medium.names()), 0
        for agency, version, data in self._held():
            name = f"agency-{agency}/{version:08d}.json"
            if agency in believed and not (name in there and _reads_as(medium, name, data)):
                medium.write(name, data)
                given += 1
        return given

    def _held(self) -> list[tuple[str, int, bytes]]:
        with self.directory.reading():
            rows = self.directory.connection.execute("select agency, version, raw from roster").fetchall()
        return [(agency, version, bytes(raw)) for agency, version, raw in rows]

    def _store(self, signed: SignedRoster) -> None:
        roster = signed.roster
        with self.directory.transaction():
            self.directory.connection.execute(
                "insert or replace into roster values (?,?,?)", (roster.agency, roster.version, signed.raw)
            )
        self.rosters[roster.agency] = roster

    def _refuse_second(self) -> None:
        if self.joined:
            raise ToolkitError("updates.has_agency", agency=self.own.name)


def _reads_as(medium: Medium, name: str, data: bytes) -> bool:
    try:
        return medium.read(name, MOST_BYTES) == data
    except Refused:
        return False


def _refuse_other(agency: str, name: str) -> None:
    """Raises ToolkitError when the policy is wrong or says that this laptop belongs to another agency."""
    fixed = policy.current()
    fixed.refuse_closed()
    if fixed.agency and agency_id(fixed.agency) != agency:
        raise ToolkitError("policy.other_agency", agency=name)


def _check_names(*names: str) -> None:
    for name in names:
        if not name_fits(name):
            raise ToolkitError("updates.name_unfit", name=name[:40])
