"""What an edition would change here, worked out before anything is touched."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from resources import overlay
from resources.directory import phones
from resources.editions import shelf
from resources.editions.differences import Difference, difference, numbers, table, title
from resources.editions.edition import Signed
from resources.editions.kinds import AGENCY, GUIDANCE
from resources.editions.layers import in_force
from resources.guidance import agency
from resources.guidance.agency import SLOTS, Agency
from resources.starter import LINES, with_kept
from resources.words import load

HOTLINES, SLOT_FILE = LINES.name, agency.FILE
SKIPPED, EARLIEST = 1000, date(2024, 1, 1)


@dataclass(frozen=True)
class NumberChange:
    """A telephone number that would change, for a person to accept. `key` names it."""

    key: str
    name: str
    old: str
    new: str


@dataclass(frozen=True)
class EditionReview:
    """An edition that proved itself, and what it would change here."""

    signed: Signed
    issuer: str
    differences: tuple[Difference, ...] = ()
    numbers: tuple[NumberChange, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names this very edition."""
        return f"{self.signed.edition.role}-{self.signed.digest[:12]}"

    @property
    def label(self) -> str:
        """What people call it."""
        edition = self.signed.edition
        return load("en").say(f"content.label.{edition.role}", issuer=self.issuer, number=edition.number)


def review(data: Path, signed: Signed, issuer: str, seen: int, today: date) -> EditionReview:
    """Work out what taking this edition would do. Nothing is written."""
    role = signed.edition.role
    here = {name: _here(data, role, name) for name in signed.parts}
    found = [difference(name, here[name], new) for name, new in signed.parts.items()]
    gone = [difference(name, old, program) for name, old, program in _falls_back(data, signed)]
    counted = _slots(data, signed) if role == AGENCY else _lines(signed)
    rest = [
        change
        for name, new in signed.parts.items()
        if name not in (HOTLINES, SLOT_FILE)
        for change in _in_text(name, here[name], new)
    ]
    differences = tuple(one for one in (*found, *gone) if one is not None)
    return EditionReview(signed, issuer, differences, (*counted, *rest), tuple(_notes(signed, seen, today)))


def _falls_back(data: Path, signed: Signed) -> Iterator[tuple[str, bytes, bytes]]:
    """Files of the edition in force that this one does not hold: the program's own come back, or none."""
    role = signed.edition.role
    now = shelf.pair(data, role).now
    for name in now.files if now is not None else ():
        if name not in signed.parts:
            with overlay.trying(overlay.Layer()):
                program = in_force(name) if role == GUIDANCE else b""
            yield name, _here(data, role, name), program


def _here(data: Path, role: str, name: str) -> bytes:
    """The file of this name that is shown here now."""
    if role == GUIDANCE:
        return in_force(name)
    if name == SLOT_FILE:
        shown = Agency.load(data)
        return agency.written(shown.values, shown.checked)
    for root in (shelf.folder(data, role), data):
        if root is not None and (root / name).is_file():
            return (root / name).read_bytes()
    return b""


def _lines(signed: Signed) -> Iterator[NumberChange]:
    """Each national line whose numbers differ, come or go."""
    if signed.edition.role != GUIDANCE:
        return
    with overlay.trying(overlay.Layer()):
        program = in_force(HOTLINES)
    before = {row["key"]: row for row in rows_here()}
    after = {row["key"]: row for row in table(signed.parts.get(HOTLINES, program)).get("line", [])}
    for key in (*before, *(key for key in after if key not in before)):
        old, new = dial(before.get(key)), dial(after.get(key))
        if old != new:
            name = str((after.get(key) or before[key])["name"])
            yield NumberChange(f"{HOTLINES}#{key}", name, old, new)


def rows_here() -> list[Mapping[str, Any]]:
    """The rows of the national lines in force."""
    return with_kept(table(in_force(HOTLINES)).get("line", []), overlay.current().lines)


def dial(row: Mapping[str, Any] | None) -> str:
    """The numbers of a line as people read them."""
    said = []
    for phone in row["phones"] if row else ():
        shown = phones.show(phone["number"], phone.get("extension", ""))
        said.append(" ".join(filter(None, (phone.get("label", ""), shown))))
    return "; ".join(said)


def _slots(data: Path, signed: Signed) -> Iterator[NumberChange]:
    """Each text of the agency in which a number differs."""
    if SLOT_FILE not in signed.parts:
        return
    shown, new = Agency.load(data).values, table(signed.parts[SLOT_FILE])
    for slot in SLOTS:
        was, will = shown.get(slot, ""), str(new.get(slot, ""))
        if will and numbers(was.encode()) != numbers(will.encode()):
            yield NumberChange(f"{SLOT_FILE}#{slot}", load("en").say(f"guidance.slot.{slot}.name"), was, will)


def _in_text(name: str, old: bytes, new: bytes) -> Iterator[NumberChange]:
    """The numbers that would come into a text or go from it."""
    before, after = numbers(old), numbers(new)
    if before != after and name != "guidance/sources.toml":
        shown = ("; ".join(map(_said, sorted(some))) for some in (before - after, after - before))
        yield NumberChange(name, title(name, new), *shown)


def _said(number: str) -> str:
    return phones.show(f"+1{number}", "") if len(number) == 10 else number


def _notes(signed: Signed, seen: int, today: date) -> Iterator[str]:
    edition, say = signed.edition, load("en").say
    if not EARLIEST <= date.fromisoformat(edition.made_on) <= today + timedelta(days=2):
        yield say("content.note.date", on=edition.made_on)
    if seen and edition.number > seen + SKIPPED:
        yield say("content.note.skipped", number=edition.number, seen=seen)


def not_accepted(looked: EditionReview, accepted: Collection[str] | None) -> list[NumberChange]:
    """The numbers that stay as they are here (`accepted` None: all are accepted)."""
    return [] if accepted is None else [one for one in looked.numbers if one.key not in accepted]
