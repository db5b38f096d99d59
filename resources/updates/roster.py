"""The roster: which laptops and which other agencies an agency believes, signed with the agency's key.

One small JSON document. Every version is signed by enough of the keys that the version before it names,
so a key can be changed, and numbered, so an older one is noticed. Its date of expiry is shown and never
locks an officer out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from resources.directory.fields import text
from resources.updates.refusals import Refused
from resources.updates.segments import DEVICE, signed_by

DOMAIN = b"porchlight roster 1\0"
MOST_BYTES = 1 << 20
MOST_NAME = 80
SIGNER_ROLES = ("guidance", "agency")
AGENCY = re.compile(r"a[0-9a-f]{12}")
_KEY = re.compile(r"[0-9a-f]{64}")
_ROUNDS = 100_000


@dataclass(frozen=True)
class Member:
    """A laptop: its key, what people call it, and the last operation believed once it was revoked."""

    device: str
    key: str
    name: str
    revoked_after: int | None = None


@dataclass(frozen=True)
class Issuer:
    """Another agency whose roster is believed too."""

    agency: str
    name: str
    key: str


@dataclass(frozen=True)
class Signer:
    """Who may sign content: "guidance" is pages, words, sheets and national lines for everybody; "agency"
    the agency's own texts and policy, which the agency's own keys may sign as well."""

    role: str
    name: str
    key: str


@dataclass(frozen=True)
class Roster:
    """Who may write. `threshold` of `keys` must sign the next version."""

    agency: str
    name: str
    version: int
    keys: tuple[str, ...]
    threshold: int
    members: tuple[Member, ...]
    issuers: tuple[Issuer, ...]
    made_on: str
    good_until: str
    signers: tuple[Signer, ...] = ()

    def member(self, device: str) -> Member | None:
        return next((member for member in self.members if member.device == device), None)

    def expired(self, today: date) -> bool:
        """Worth a word to the clerk; it changes nothing else."""
        return self.good_until < today.isoformat()

    def with_member(self, member: Member) -> Roster:
        """The next version's members: one added, or replaced."""
        rest = tuple(other for other in self.members if other.device != member.device)
        return replace(self, members=tuple(sorted((*rest, member), key=lambda m: m.device)))

    def with_issuer(self, issuer: Issuer) -> Roster:
        rest = tuple(other for other in self.issuers if other.agency != issuer.agency)
        return replace(self, issuers=tuple(sorted((*rest, issuer), key=lambda i: i.agency)))

    def with_signer(self, signer: Signer) -> Roster:
        rest = tuple(o for o in self.signers if (o.role, o.key) != (signer.role, signer.key))
        return replace(self, signers=tuple(sorted((*rest, signer), key=lambda s: (s.role, s.key))))

    def without_signer(self, key: str) -> Roster:
        return replace(self, signers=tuple(signer for signer in self.signers if signer.key != key))

    @property
    def table(self) -> dict[str, Any]:
        """As it is written; a roster without signers is spelled as it was before there were any."""
        table = asdict(self)
        if not self.signers:
            del table["signers"]
        return table

    def next(self, today: date, years: int = 2) -> Roster:
        """The same with the next number and new dates."""
        until = today.replace(year=today.year + years, day=min(today.day, 28))
        return replace(
            self, version=self.version + 1, made_on=today.isoformat(), good_until=until.isoformat()
        )

    @property
    def payload(self) -> bytes:
        return DOMAIN + text(self.table).encode()


@dataclass(frozen=True)
class SignedRoster:
    """A roster as it travels."""

    roster: Roster
    signatures: Mapping[str, str]

    @property
    def raw(self) -> bytes:
        return text({"roster": self.roster.table, "signatures": dict(self.signatures)}).encode()

    @staticmethod
    def read(raw: bytes) -> SignedRoster:
        """Raises Refused for anything that is no roster; who signed it is not looked at yet."""
        return _read(raw)

    def signed_enough(self, keys: Sequence[str], threshold: int) -> bool:
        good = sum(
            key in self.signatures
            and signed_by(key, bytes.fromhex(self.signatures[key]), self.roster.payload)
            for key in set(keys)
        )
        return good >= threshold

    def check(self, held: Roster | None = None) -> None:
        """Raises Refused unless this may follow `held` (or, without one, stands on its own keys)."""
        roster = self.roster
        if not self.signed_enough(roster.keys, roster.threshold):
            raise Refused("roster_unsigned", agency=roster.name)
        if held is None:
            return
        if roster.version < held.version:
            raise Refused("roster_older", agency=held.name, version=roster.version, held=held.version)
        if roster.agency != held.agency or not self.signed_enough(held.keys, held.threshold):
            raise Refused("roster_unsigned", agency=held.name)
        if roster.version == held.version and roster != held:
            raise Refused("roster_twice", agency=held.name, version=roster.version)


@lru_cache(maxsize=64)  # the same few are read at each exchange, and what is read never changes
def _read(raw: bytes) -> SignedRoster:
    try:
        if len(raw) > MOST_BYTES:
            raise ValueError("too large")
        table = json.loads(raw)
        signed = SignedRoster(_roster(table["roster"]), _signatures(table["signatures"]))
        if signed.raw != raw:
            raise ValueError("not in the one spelling")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise Refused("no_roster") from problem
    return signed


def sign(roster: Roster, keys: Sequence[Ed25519PrivateKey]) -> SignedRoster:
    return SignedRoster(roster, {public(key): key.sign(roster.payload).hex() for key in keys})


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def agency_id(key: str) -> str:
    return "a" + hashlib.sha256(bytes.fromhex(key)).hexdigest()[:12]


def fingerprint(*parts: str) -> str:
    """30 digits in groups of five, to be read aloud: the same only when all these keys are the same.

    It is slow to work out on purpose, so that nobody can search for keys that give the same digits.
    """
    said = hashlib.pbkdf2_hmac("sha512", "\n".join(parts).encode(), b"porchlight fingerprint", _ROUNDS)
    return " ".join(f"{int.from_bytes(said[i : i + 8], 'big') % 100_000:05d}" for i in range(0, 48, 8))


def same_digits(typed: str, shown: str) -> bool:
    """Spaces and dashes do not matter."""
    return [c for c in typed if c.isdigit()] == [c for c in shown if c.isdigit()]


def _roster(table: Any) -> Roster:
    members = tuple(Member(**row) for row in table["members"])
    issuers = tuple(Issuer(**row) for row in table["issuers"])
    signers = tuple(Signer(**row) for row in table.get("signers", ()))
    lists = {"keys": tuple(table["keys"]), "members": members, "issuers": issuers, "signers": signers}
    roster = Roster(**(table | lists))
    good = (
        AGENCY.fullmatch(roster.agency)
        and type(roster.version) is int
        and 0 < roster.version < 1 << 40
        and type(roster.threshold) is int
        and 0 < roster.threshold <= len(set(roster.keys)) == len(roster.keys)
        and all(_KEY.fullmatch(key) for key in roster.keys)
        and all(_member_fits(member) for member in members)
        and len({member.device for member in members}) == len(members)
        and all(AGENCY.fullmatch(one.agency) and agency_id(one.key) == one.agency for one in issuers)
        and all(one.role in SIGNER_ROLES and _KEY.fullmatch(one.key) for one in signers)
        and all(map(name_fits, (roster.name, *(s.name for s in signers), *(i.name for i in issuers))))
        and all(name_fits(one.name) for one in members)
        and all(date.fromisoformat(day) for day in (roster.made_on, roster.good_until))
    )
    if not good:
        raise ValueError("no roster")
    return roster


def _member_fits(member: Member) -> bool:
    after = member.revoked_after
    return bool(
        DEVICE.fullmatch(member.device)
        and _KEY.fullmatch(member.key)
        and (after is None or (type(after) is int and 0 <= after < 1 << 40))
    )


def name_fits(name: object) -> bool:
    """A name people can read: some signs, none of them invisible."""
    return isinstance(name, str) and 0 < len(name) <= MOST_NAME and name.isprintable()


def _signatures(table: Any) -> dict[str, str]:
    if not all(_KEY.fullmatch(key) and re.fullmatch(r"[0-9a-f]{128}", table[key]) for key in table):
        raise ValueError("no signatures")
    return dict(table)
