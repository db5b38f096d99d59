"""Which column holds what: proposed from headings and contents, changeable, remembered per source."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from resources.errors import ToolkitError
from resources.exchange import cells
from resources.exchange.incoming import ColumnChoice, Table
from resources.exchange.plain_text import given
from resources.paths import CONTENT

NUMBERS = ("phone", "toll_free", "hotline", "textphone", "text_line", "fax")
MANY = (*NUMBERS, "needs", "hours", "contact", "alternate_name", "notes", "confidential", "public")
KEPT = "Kept: "  # before a heading in our own export: a column kept from another list
KEPT_FIELDS = ("alternate_name", "notes", "contact")
_SURE, _LIKELY, _SEEN, _SAID = 0.95, 0.75, 0.4, 1.0
_LOOKED_AT = 200
_PRIVATE = re.compile(r"(.+) is (?:private|confidential|hidden)")
_STREET = ("street", "street2", "point", "latitude", "longitude")


class Memory(Protocol):
    """The small settings of a Directory."""

    def remember(self, key: str, value: str) -> None: ...

    def recall(self, key: str) -> str | None: ...


@lru_cache(maxsize=1)
def _content() -> tuple[Mapping[str, str], tuple[str, ...], tuple[str, ...]]:
    table = tomllib.loads((CONTENT / "columns.toml").read_text(encoding="utf-8"))
    meant = {alias: name for name, aliases in table["fields"].items() for alias in aliases}
    return meant, tuple(sorted(table["prefixes"], key=len, reverse=True)), tuple(table["flag_words"])


@lru_cache(maxsize=1)
def fields() -> tuple[str, ...]:
    """Every field a column can be taken for."""
    table = tomllib.loads((CONTENT / "columns.toml").read_text(encoding="utf-8"))
    return tuple(table["fields"])


@lru_cache(maxsize=4096)
def spoken(heading: str) -> str:
    """A heading as words: "PhysicalCity", "PHYSICAL_CITY (required)" and "physical city" are the same."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", heading)
    apart = re.sub(r"(?<=[A-Za-z])(?=\d)", " ", apart)
    said = " ".join(re.findall(r"[^\W_]+", apart.casefold()))
    for word in _content()[2]:
        said = said.removesuffix(f" {word}")
    return said


@lru_cache(maxsize=4096)
def by_heading(heading: str) -> tuple[str | None, float]:
    """The field a heading names, and how sure that is."""
    if heading.startswith(KEPT):
        return None, _SURE
    meant, prefixes, _ = _content()
    said = spoken(heading)
    if said not in meant and (of := _PRIVATE.fullmatch(said)) and by_heading(of[1])[0] in _STREET:
        return "confidential", _SURE
    if said in meant:
        return meant[said], _SURE
    plain = re.sub(r" \d$", "", said)
    if plain != said and meant.get(plain) in MANY:
        return meant[plain], _LIKELY
    for prefix in prefixes:
        rest = said.removeprefix(f"{prefix} ")
        if rest != said and rest in meant:
            return meant[rest], _LIKELY
        if rest != said:
            found, _ = by_heading(rest)
            if found:
                return found, _LIKELY - 0.1
    return None, 0.0


_FITS: Mapping[str, tuple[Callable[[str], bool], float]] = {
    "organization": (cells.has_letters, 0.6),
    "name": (cells.has_letters, 0.6),
    "needs": (cells.has_letters, 0.6),
    "description": (cells.has_letters, 0.6),
    "city": (cells.has_letters, 0.8),
    "county": (cells.has_letters, 0.8),
    "state": (cells.is_state, 0.6),
    "status": (lambda text: bool(cells.status(text)), 0.6),
    "email": (lambda text: "@" in text, 0.5),
    "website": (lambda text: "." in text, 0.5),
    "postal_code": (cells.is_postal_code, 0.5),
    "latitude": (lambda text: cells.degrees(text, 90) is not None, 0.7),
    "longitude": (lambda text: cells.degrees(text, 180) is not None, 0.7),
    "point": (lambda text: cells.point(text) is not None, 0.5),
    "minimum_age": (lambda text: cells.age(text) is not None, 0.5),
    "maximum_age": (lambda text: cells.age(text) is not None, 0.5),
    "people": (cells.has_letters, 0.6),
    "serves": (cells.has_letters, 0.4),
    "confidential": (lambda text: cells.flag(text) is not None, 0.6),
    "public": (lambda text: cells.flag(text) is not None, 0.6),
    "opens": (cells.is_time, 0.5),
    "closes": (cells.is_time, 0.5),
    "phone": (cells.may_be_phone, 0.4),
}


def by_contents(values: Sequence[str]) -> tuple[str | None, float]:
    """The field that contents alone give away: e-mail, website, point, phone, ZIP; else None."""
    if not values:
        return None, 0.0
    for name, fits in (
        ("email", cells.is_email),
        ("website", cells.is_website),
        ("point", lambda text: "," in text and cells.point(text) is not None),
        ("phone", cells.is_phone),
        ("postal_code", lambda text: len(text) >= 5 and cells.is_postal_code(text)),
    ):
        if sum(1 for value in values if fits(value)) >= 0.7 * len(values):
            return name, _SEEN
    return None, 0.0


def propose(table: Table, mapping: Mapping[str, str | None] | None = None) -> tuple[ColumnChoice, ...]:
    """One choice per column; what `mapping` says (heading to field, None or "" for unread) always holds."""
    said = checked(table.headings, mapping or {})
    proposals: list[ColumnChoice] = []
    for n, heading in enumerate(table.headings):
        values = [v for row in table.rows[:_LOOKED_AT] if (v := given(row.cells[n]))]
        samples = tuple(dict.fromkeys(v[:80] for v in values))[:3]
        if heading in said:
            proposals.append(ColumnChoice(heading, samples, said[heading], _SAID))
            continue
        field, confidence = by_heading(heading)
        if field and values and field in _FITS:
            fits, share = _FITS[field]
            if sum(1 for value in values if fits(value)) < share * len(values):
                field, confidence = None, 0.0
        if field == "id" and values:
            confidence = round(confidence * len(set(values)) / len(values), 3)
        if field is None and (heading.startswith("Column ") or not confidence):
            field, confidence = by_contents(values)
        proposals.append(ColumnChoice(heading, samples, field, confidence))
    return _name_found(_one_each(proposals), table)


def _one_each(proposals: Sequence[ColumnChoice]) -> list[ColumnChoice]:
    """Where two columns claim a field that only one can have, the surer (then the filled) one gets it."""
    best: dict[str, int] = {}
    order = sorted(
        range(len(proposals)), key=lambda n: (-proposals[n].confidence, not proposals[n].samples, n)
    )
    for n in order:
        if (field := proposals[n].field) and field not in MANY:
            best.setdefault(field, n)
    return [
        choice
        if choice.field is None or choice.field in MANY or best[choice.field] == n
        else ColumnChoice(choice.heading, choice.samples, None, 0.0)
        for n, choice in enumerate(proposals)
    ]


def _name_found(choices: list[ColumnChoice], table: Table) -> tuple[ColumnChoice, ...]:
    """Without a column for a name, the first unread one whose cells are words and differ is proposed."""
    taken = {choice.field for choice in choices}
    if taken & {"name", "organization"} or not taken & {*NUMBERS, "street", "email", "website"}:
        return tuple(choices)
    for n, choice in enumerate(choices):
        values = [value for row in table.rows[:_LOOKED_AT] if (value := row.cells[n])]
        wordy = sum(1 for value in values if cells.has_letters(value) and len(value) < 120)
        if (
            choice.field is None
            and values
            and wordy > 0.8 * len(values)
            and len(set(values)) > 0.5 * len(values)
        ):
            choices[n] = ColumnChoice(choice.heading, choice.samples, "name", 0.3)
            break
    return tuple(choices)


def checked(headings: Sequence[str], mapping: Mapping[str, str | None]) -> dict[str, str | None]:
    """The mapping with headings as the list spells them; raises ToolkitError for one that is not there."""
    known = {heading.casefold(): heading for heading in headings}
    made: dict[str, str | None] = {}
    for heading, field in mapping.items():
        if heading.strip().casefold() not in known:
            raise ToolkitError("exchange.unknown_column", column=heading, columns=", ".join(headings))
        if field and field not in fields():
            raise ToolkitError("exchange.unknown_field", field=field, fields=", ".join(fields()))
        made[known[heading.strip().casefold()]] = field or None
    return made


def remember(memory: Memory, source: str, choices: Sequence[ColumnChoice]) -> None:
    """Keep what a person decided about the columns of this source for its next list."""
    said = {choice.heading: choice.field for choice in choices if choice.confidence == _SAID}
    memory.remember(f"columns/{source}", json.dumps(said, ensure_ascii=False, sort_keys=True))


def recall(memory: Memory, source: str, table: Table) -> dict[str, str | None]:
    """What a person decided earlier, for the columns that this list still has."""
    kept = json.loads(memory.recall(f"columns/{source}") or "{}")
    return {
        heading: field
        for heading, field in kept.items()
        if heading in table.headings and (field is None or field in fields())
    }
