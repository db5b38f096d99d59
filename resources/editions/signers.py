"""Who may sign content: a key of the maker's own, made known by digits read aloud, named on the roster."""

from __future__ import annotations

import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from resources.directory.fields import text
from resources.directory.store import Directory
from resources.editions.edition import Signed, issuer_id
from resources.editions.kinds import AGENCY
from resources.errors import ToolkitError
from resources.updates.medium import SIGNER, Medium
from resources.updates.refusals import Refused
from resources.updates.roster import Roster, Signer, fingerprint, name_fits, public, same_digits
from resources.updates.segments import signed_by
from resources.updates.trust import Trust

DOMAIN = b"porchlight signer 1\0"
_PURPOSE, _KEY, _NAME = "content key", "content.key", "content.name"
_MOST = 4096


@dataclass(frozen=True)
class Card:
    """A signer who makes itself known on a stick; `code` is read aloud before it is believed."""

    name: str
    key: str

    @property
    def code(self) -> str:
        return fingerprint("content", self.key)


def make_key(directory: Directory, name: str) -> Card:
    """The key with which this laptop signs content; it is made once. Raises ToolkitError for a bad name."""
    if not name_fits(name):
        raise ToolkitError("updates.name_unfit", name=name[:40])
    if has_key(directory):
        raise ToolkitError("content.has_key", name=directory.recall(_NAME))
    private = Ed25519PrivateKey.generate()
    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    directory.remember(_KEY, directory.wrap(_PURPOSE, raw).hex())
    directory.remember(_NAME, name)
    return Card(name, public(private))


def has_key(directory: Directory) -> bool:
    return bool(directory.recall(_KEY))


def own_key(directory: Directory) -> tuple[str, Ed25519PrivateKey]:
    """Name and key of the signer on this laptop. Raises ToolkitError when there is none."""
    if not (wrapped := directory.recall(_KEY)):
        raise ToolkitError("content.no_key")
    raw = directory.unwrap(_PURPOSE, bytes.fromhex(wrapped))
    return directory.recall(_NAME) or "", Ed25519PrivateKey.from_private_bytes(raw)


def key_for(directory: Directory, role: str) -> tuple[str, Ed25519PrivateKey]:
    """Who signs an edition of this role here: the agency's own texts its own key, where this laptop holds
    it; all else the key that was made for content."""
    if role == AGENCY:
        trust = Trust(directory)
        if trust.joined and trust.holds_key:
            return trust.own.name, trust.key()
    return own_key(directory)


def write_card(directory: Directory, medium: Medium) -> Card:
    """Make this laptop's signer known on a medium."""
    name, private = own_key(directory)
    said = {"name": name, "key": public(private)}
    signature = private.sign(DOMAIN + text(said).encode()).hex()
    medium.write(f"signers/{issuer_id(said['key'])}.json", text(said | {"signature": signature}).encode())
    return Card(**said)


def cards(medium: Medium) -> list[Card]:
    """The signers that a medium makes known; nobody has vouched for them yet."""
    names = [name for name in medium.names() if SIGNER.fullmatch(name)]
    return [card for name in names if (card := _card(medium, name)) is not None]


def trust_signer(directory: Directory, medium: Medium, role: str, typed: str) -> Card:
    """Name the signer who has these digits on the roster. Raises ToolkitError."""
    for card in cards(medium):
        if same_digits(typed, card.code):
            trust = Trust(directory)
            trust.change(trust.own.with_signer(Signer(role, card.name, card.key)))
            trust.give_all(medium)
            return card
    raise ToolkitError("updates.other_digits")


def distrust_signer(directory: Directory, name: str) -> int:
    """Take a signer off the roster, by name; gives how many of that name there were. Raises ToolkitError."""
    trust = Trust(directory)
    gone = [signer.key for signer in trust.own.signers if signer.name == name]
    if not gone:
        raise ToolkitError("content.no_such_signer", name=name)
    roster = trust.own
    for key in gone:
        roster = roster.without_signer(key)
    trust.change(roster)
    return len(gone)


def check(signed: Signed, roster: Roster) -> str:
    """Who made this edition, as the roster calls it. Raises Refused unless enough of those who may sign
    such content did. `threshold` of the roster holds here too."""
    edition = signed.edition
    known = {one.key: one.name for one in roster.signers if one.role == edition.role}
    if edition.role == AGENCY:
        known = dict.fromkeys(roster.keys, roster.name) | known
        if edition.agency != roster.agency:
            raise Refused("content_other_agency", issuer=edition.issuer)
    if edition.key not in known:
        why = "content_wrong_key" if edition.issuer in known.values() else "content_unknown"
        raise Refused(why, issuer=edition.issuer)
    good = signed.signers()
    if edition.key not in good:
        raise Refused("content_signature", issuer=known[edition.key])
    if len(good & known.keys()) < roster.threshold:
        raise Refused("content_signatures", issuer=known[edition.key], n=roster.threshold)
    return known[edition.key]


def _card(medium: Medium, name: str) -> Card | None:
    try:
        table = json.loads(medium.read(name, _MOST))
        signature = bytes.fromhex(table.pop("signature"))
        card = Card(table["name"], table["key"])
        good = name_fits(card.name) and name == f"signers/{issuer_id(card.key)}.json"
    except (Refused, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    said = text({"name": card.name, "key": card.key}).encode()
    return card if good and signed_by(card.key, signature, DOMAIN + said) else None
