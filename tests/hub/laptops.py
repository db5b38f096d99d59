"""Laptops without a directory: they sign segments as a real one does, and keep them in memory."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from resources.directory.merge import Op, OpId
from resources.directory.optext import START, body_of, hash_of, link
from resources.updates.medium import Parts
from resources.updates.roster import Member, Roster, SignedRoster, agency_id, public
from resources.updates.roster import sign as sign_roster
from resources.updates.segments import Header, Sealed, pack, sign


@dataclass
class Laptop:
    """One member of an agency; `parts` is the folder it exchanges with the hub."""

    agency: str = ""
    device: str = field(default_factory=lambda: f"d{secrets.token_hex(6)}")
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    chain: bytes = START
    n: int = 0
    parts: Parts = field(default_factory=lambda: Parts("memory"))

    def bodies(self, count: int) -> list[str]:
        """Operations on places nobody has heard of yet."""
        return [
            body_of(
                Op(
                    id=OpId(self.device, n),
                    clock=n << 16,
                    provider=secrets.token_hex(8),
                    who="",
                    batch=secrets.token_hex(8),
                    label="",
                    set={"name": f"Harbor House {n}", "cost": "free"},
                    replaced={},
                )
            )
            for n in range(self.n + 1, self.n + count + 1)
        ]

    def write(self, count: int = 1, bodies: Sequence[str] = ()) -> str:
        """One segment more in the folder; gives its name."""
        some = bodies or self.bodies(count)
        prev, first = self.chain, self.n + 1
        for body in some:
            self.chain = link(self.chain, hash_of(json.loads(body), body))
        self.n += len(some)
        key = public(self.private)
        header = Header(self.device, first, self.n, prev.hex(), self.chain.hex(), key)
        self.parts.write(header.name, file_of(header, self.private, some))
        return header.name

    def copy(self) -> Laptop:
        """The same laptop a second time, as a disk image makes it: what it writes next is a fork."""
        parts = Parts("copy", dict(self.parts.parts))
        return Laptop(self.agency, self.device, self.private, self.chain, self.n, parts)


def file_of(header: Header, private: Ed25519PrivateKey, bodies: Sequence[str]) -> bytes:
    data = pack(bodies)
    return Sealed(header, sign(header, private), hashlib.sha256(data).digest()).raw + data


@dataclass
class Agency:
    """Laptops that are on one roster, and have it in their folders."""

    laptops: list[Laptop]
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    version: int = 0

    def __post_init__(self) -> None:
        self.id = agency_id(public(self.key))
        self.sign()

    def sign(self, revoked: dict[str, int] | None = None) -> SignedRoster:
        """The next version of the roster, into every folder."""
        self.version += 1
        members = tuple(
            Member(one.device, public(one.private), f"Car {n}", (revoked or {}).get(one.device))
            for n, one in enumerate(self.laptops)
        )
        roster = Roster(self.id, "Rosebud County", self.version, (public(self.key),), 1, members, (),
                        "2026-11-25", "2028-11-25")  # fmt: skip
        signed = sign_roster(roster, [self.key])
        for one in self.laptops:
            one.agency = self.id
            one.parts.write(f"agency-{self.id}/{self.version:08d}.json", signed.raw)
        return signed


def agency(laptops: int) -> Agency:
    return Agency([Laptop() for _ in range(laptops)])
