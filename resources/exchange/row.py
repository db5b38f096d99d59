"""One row to one Provider, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from resources.directory import needs, phones
from resources.directory.hours import Hours
from resources.directory.provider import Phone, Place, Provider
from resources.exchange import cells, place_cells
from resources.exchange.columns import KEPT, KEPT_FIELDS, NUMBERS
from resources.exchange.hours_cells import DAYS, read_hours
from resources.exchange.identity import numbered
from resources.exchange.incoming import Problem, Row
from resources.exchange.people import read_people
from resources.exchange.plain_text import line, plain
from resources.exchange.private_columns import NOTHING, PLACE, Private
from resources.exchange.secret_places import clean_one

MOST_NAME, MOST_PHONE, MOST_TEXT = 200, 400, 10_000
MOST_SHOWN = 120  # of a number that a person has to look at
_KINDS = {"textphone": "textphone", "text_line": "text", "fax": "fax"}
_NO_LIMIT = 100
_NO_HOURS = Hours()
_HOURS = frozenset({"hours", "days", "opens", "closes", *DAYS})
_AGES = ("ages", "minimum_age", "maximum_age")
_TEXTS = ("description", "alert", "interpretation", "eligibility", "how_to_reach", "documents", "cost")


@dataclass(slots=True)  # not frozen: that makes one of them for each row in half the time
class Cells:
    """The cells of one row that say something, by field, each with its heading."""

    row: Row
    found: Mapping[str, Sequence[tuple[str, str]]]
    headings: Mapping[str, str]
    table: str
    state: str
    kept: Mapping[str, str]  # the columns nobody reads, as plain text
    private: Private = NOTHING
    private_numbers: bool = False

    def all(self, field: str) -> Sequence[tuple[str, str]]:
        """Heading and text of each cell of this field."""
        return self.found.get(field, ())

    def one(self, field: str) -> str:
        found = self.found.get(field)
        return found[0][1] if found else ""

    def texts(self, field: str) -> list[str]:
        return [text for _, text in self.found.get(field, ())]

    def heading(self, field: str) -> str:
        return self.headings.get(field, "")

    def problem(self, field: str, key: str, **data: object) -> Problem:
        heading = self.heading(field) if field else ""
        return Problem(self.row.line, heading, f"exchange.problem.{key}", MappingProxyType(data), self.table)


def row_provider(row: Cells, problems: list[Problem]) -> Provider | None:
    """The provider of a row without its id, or None with a problem that says why the row was left out."""
    name, organization = line(row.one("name")), line(row.one("organization"))
    name = name or organization
    if not name:
        problems.append(row.problem("name" if row.heading("name") else "organization", "no_name"))
        return None
    if max(len(name), len(organization)) > MOST_NAME:
        field = "name" if len(line(row.one("name"))) > MOST_NAME else "organization"
        problems.append(row.problem(field, "name_too_long", limit=MOST_NAME))
        return None
    texts = _texts(row, problems)
    people = read_people(" ".join(row.texts("people"))) if "people" in row.found else {}
    youngest, oldest = _ages(row)
    codes, languages_kept = _languages(row)
    served, served_kept = _served(row)
    provider = Provider(
        id="",
        name=name,
        organization=organization,
        cover_name=line(row.one("cover_name")),
        needs=_needs(row, name),
        phones=_phones(row, problems),
        email=cells.email(row.one("email")),
        website=line(row.one("website")),
        place=_place(row, problems),
        remote=bool(cells.flag(row.one("remote"))),
        serves=served,
        hours=_hours(row),
        languages=codes,
        intake=MappingProxyType(people),
        minimum_age=youngest,
        maximum_age=oldest,
        status=cells.status(row.one("status")) or "active",
        source_id=_identity(row.one("id")),
        kept=MappingProxyType(_kept(row) | languages_kept | served_kept),
        **texts,
    )  # fmt: skip
    return _without_secrets(provider, row)


def _without_secrets(provider: Provider, row: Cells) -> Provider:
    """Of a confidential place, unread columns go too: nobody knows what they say."""
    if not provider.place.confidential:
        return clean_one(provider, row.private.texts) if row.private.texts else provider
    return clean_one(replace(provider, kept=MappingProxyType({})), secrets_of(row))


def secrets_of(row: Cells) -> tuple[str, ...]:
    """What may not be said of a confidential place: its street and point, whole and in parts."""
    told = [text for field in PLACE if field != "postal_code" for text in row.texts(field)]
    street = place_cells.read_address(plain(row.one("street"))).street
    return (*row.private.texts, street, *told)


def _hours(row: Cells) -> Hours:
    if not row.found.keys() & _HOURS:
        return _NO_HOURS
    week = {day: row.one(day) for day in DAYS if row.one(day)}
    return read_hours(row.texts("hours"), row.one("days"), row.one("opens"), row.one("closes"), week)


def _identity(text: str) -> str:
    said = line(text)
    return said.removesuffix(".0")[:200] if said.replace(".", "", 1).isdigit() else said[:200]


def _texts(row: Cells, problems: list[Problem]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in _TEXTS:
        text = plain("\n\n".join(row.texts(field))) if field in row.found else ""
        if len(text) > MOST_TEXT:
            problems.append(row.problem(field, "text_too_long", limit=f"{MOST_TEXT:,}"))
            text = ""
        found[field] = text
    if not found["eligibility"] and row.found.keys() & {"people", "ages"}:
        found["eligibility"] = plain("; ".join([*row.texts("people"), *row.texts("ages")]))[:MOST_TEXT]
    return found


def _needs(row: Cells, name: str) -> frozenset[str]:
    found = frozenset[str]()
    for text in row.texts("needs"):
        found |= needs.guess(line(text)[:2_000])
    return found or needs.guess(name)


def _phones(row: Cells, problems: list[Problem]) -> tuple[Phone, ...]:
    found: list[Phone] = []
    if cells.flag(row.one("phone_private")) or row.private_numbers:
        problems.append(row.problem("phone_private", "private_phone"))
        if not row.private_numbers:
            return ()
    for field in NUMBERS:
        for heading, text in row.all(field):
            found += _cell_phones(row, field, heading, text, problems)
    if found and (label := line(row.one("phone_label"))) and not found[0].label:
        found[0] = replace(found[0], label=label)
    extension = "".join(sign for sign in row.one("extension").removesuffix(".0") if sign.isdigit())
    if found and extension and len(extension) < 8 and not found[0].extension:
        found[0] = replace(found[0], extension=extension)
    return numbered(found)


def _cell_phones(row: Cells, field: str, heading: str, text: str, problems: list[Problem]) -> list[Phone]:
    if len(text) > MOST_PHONE:
        problems.append(row.problem(field, "phone_too_long", limit=MOST_PHONE))
        return []
    reading = phones.read(text)
    if any(len(one.shown) > MOST_SHOWN and not one.number for one in reading.phones):
        problems.append(row.problem(field, "phone_too_long", limit=MOST_SHOWN))
        return []
    if reading.problem:
        problems.append(Problem(row.row.line, heading, reading.problem, table=row.table))
    label = "" if field in ("phone", "fax") else line(heading)
    kind = _KINDS.get(field)
    if not label and not kind:
        return list(reading.phones)
    return [replace(p, label=p.label or label, kind=kind or p.kind) for p in reading.phones]


def _place(row: Cells, problems: list[Problem]) -> Place:
    said = [row.one(field) for field in ("street", "street2", "city")]
    hidden = any(cells.flag(text) for text in row.texts("confidential"))
    unpublished = any(cells.flag(text) is False for text in row.texts("public"))
    secret = hidden or unpublished or row.private.place or place_cells.is_secret(*said)
    address = place_cells.read_address(plain(said[0]))
    city, state = line(said[2]), cells.state(row.one("state"))
    postal_code = cells.postal_code(row.one("postal_code"))
    if city or state or postal_code:
        street = address.street if not city or address.city.casefold() == city.casefold() else ""
        address = place_cells.Address(
            street or (line(said[0]) if city or not address.state else address.street),
            city or address.city,
            state or address.state,
            postal_code or address.postal_code,
        )
    place = place_cells.place(address, line(row.one("county")), _point(row), secret, line(said[1]))
    place, over = place_cells.within_limits(place)
    problems += [row.problem(field, "text_too_long", limit=most) for field, most in over]
    return place


def _point(row: Cells) -> tuple[float, float] | None:
    latitude, longitude = cells.degrees(row.one("latitude"), 90), cells.degrees(row.one("longitude"), 180)
    if latitude is not None and longitude is not None:
        return latitude, longitude
    return cells.point(row.one("point"))


def _ages(row: Cells) -> tuple[int | None, int | None]:
    if row.found.keys().isdisjoint(_AGES):
        return None, None
    youngest, oldest = cells.ages(row.one("ages"))
    low, high = cells.age(row.one("minimum_age")), cells.age(row.one("maximum_age"))
    youngest, oldest = low if low is not None else youngest, high if high is not None else oldest
    return youngest or None, oldest if oldest and oldest < _NO_LIMIT else None


def _languages(row: Cells) -> tuple[frozenset[str], dict[str, str]]:
    codes, kept = frozenset[str](), {}
    for heading, text in row.all("languages"):
        found, all_known = cells.languages(plain(text))
        codes |= found
        if not all_known:
            kept[heading] = line(text)[:MOST_TEXT]
    return codes, kept


def _served(row: Cells) -> tuple[frozenset[str], dict[str, str]]:
    if "serves" not in row.found:
        return frozenset(), {}
    codes, kept = frozenset[str](), {}
    state = cells.state(row.one("state")) or row.state
    for heading, text in row.all("serves"):
        found, unclear = place_cells.served(plain(text), state)
        codes |= found
        if unclear:
            kept[heading] = line(text)[:MOST_TEXT]
    return codes, kept


def _kept(row: Cells) -> dict[str, str]:
    found = dict(row.kept)
    if len("".join(found.values())) > MOST_TEXT:
        found = {heading: text[:MOST_TEXT] for heading, text in found.items()}
    for field in KEPT_FIELDS:
        for heading, text in row.all(field):
            found[heading.removeprefix(KEPT)] = plain(text)[:MOST_TEXT]
    return found
