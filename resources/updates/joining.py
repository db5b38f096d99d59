"""Joining an agency: one stick carries the keys both ways, one row of digits proves both.

The laptop that joins and the laptop that holds the agency's key show the same digits only if neither
key was exchanged on the way; each waits until a person has typed what the other one shows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from resources.directory.fields import text
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.updates.medium import JOINING, ROSTER, Medium
from resources.updates.refusals import Refused
from resources.updates.roster import MOST_BYTES, Roster, SignedRoster, fingerprint, name_fits, same_digits
from resources.updates.segments import signed_by
from resources.updates.trust import Trust

DOMAIN = b"porchlight joining 1\0"


@dataclass(frozen=True)
class Asking:
    """A laptop that wants to join, and the digits that both laptops must show."""

    device: str
    key: str
    name: str
    code: str


@dataclass(frozen=True)
class Joining:
    """Where joining stands on the laptop that joins."""

    agency: str
    code: str
    joined: bool


def ask(
    directory: Directory, medium: Medium, name: str, *, agency: str = "", typed: str | None = None
) -> Joining:
    """Ask to join the agency whose roster lies on the medium; with the right digits it is done.

    Raises ToolkitError: no agency there, several, or other digits than the other laptop shows.
    """
    if not name_fits(name):
        raise ToolkitError("updates.name_unfit", name=name[:40])
    trust = Trust(directory)
    again = trust.joined and trust.own.member(directory.device) is None  # restored, under a new name
    if trust.joined and not again:
        raise ToolkitError("updates.has_agency", agency=trust.own.name)
    roster = trust.own if again else (signed := _agency_on(medium, agency)).roster
    code = _code(roster, directory.public_key)
    if typed is not None:
        if not same_digits(typed, code):
            raise ToolkitError("updates.other_digits")
        if not again:
            trust.pin(signed, name)
    asked = {"device": directory.device, "key": directory.public_key, "name": name}
    signature = directory.signing_key().sign(DOMAIN + text(asked).encode()).hex()
    medium.write(f"joining/{directory.device}.json", text(asked | {"signature": signature}).encode())
    return Joining(roster.name, code, typed is not None)


def asking(directory: Directory, medium: Medium) -> list[Asking]:
    """The laptops on the medium that want to join our agency and are not in it yet.

    Whoever asks under the name of a laptop that is in it, with another key, is passed over: a restored
    laptop takes a new name, so this is nobody of ours.
    """
    trust = Trust(directory)
    found = []
    for name in medium.names():
        one = _read(medium, name, trust.own) if JOINING.fullmatch(name) else None
        if one is not None and trust.own.member(one.device) is None:
            found.append(one)
    return found


def admit(directory: Directory, medium: Medium, typed: str) -> Asking:
    """Admit the laptop that shows these digits, and write the new roster for it to take home."""
    for one in asking(directory, medium):
        if same_digits(typed, one.code):
            trust = Trust(directory)
            trust.admit(one.device, one.key, one.name)
            trust.give_all(medium)
            return one
    raise ToolkitError("updates.other_digits")


def agencies_on(medium: Medium) -> list[SignedRoster]:
    """The newest roster of each agency on the medium; nobody has vouched for them yet."""
    found: dict[str, SignedRoster] = {}
    for name in medium.names():
        if ROSTER.fullmatch(name):
            try:
                signed = SignedRoster.read(medium.read(name, MOST_BYTES))
                signed.check()
            except Refused:
                continue
            held = found.get(signed.roster.agency)
            if held is None or held.roster.version < signed.roster.version:
                found[signed.roster.agency] = signed
    return list(found.values())


def _agency_on(medium: Medium, wanted: str) -> SignedRoster:
    found = [s for s in agencies_on(medium) if not wanted or wanted in (s.roster.name, s.roster.agency)]
    if not found:
        raise ToolkitError("updates.no_agency_there", folder=medium.label)
    if len(found) > 1:
        names = ", ".join(sorted(signed.roster.name for signed in found))
        raise ToolkitError("updates.several_agencies", agencies=names)
    return found[0]


def _code(roster: Roster, key: str) -> str:
    return fingerprint(roster.agency, *sorted(roster.keys), key)


def _read(medium: Medium, name: str, own: Roster) -> Asking | None:
    try:
        table = json.loads(medium.read(name, 4096))
        signature = bytes.fromhex(table.pop("signature"))
        device, key, called = table["device"], table["key"], table["name"]
    except (Refused, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    fits = name == f"joining/{device}.json" and name_fits(called) and isinstance(key, str)
    if not fits or not signed_by(key, signature, DOMAIN + text(table).encode()):
        return None
    return Asking(device, key, called, _code(own, key))
