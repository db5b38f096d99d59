"""Where a service is, when it is open and how to reach it, from the rows of the nearest owner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from resources.directory import opening
from resources.directory import phones as phone_cells
from resources.directory.hours import Hours, Span
from resources.directory.provider import Phone, Place
from resources.exchange import cells, place_cells
from resources.exchange.hours_cells import from_words
from resources.exchange.hsds_links import Links
from resources.exchange.hsds_tables import Record
from resources.exchange.identity import numbered
from resources.exchange.incoming import Problem
from resources.exchange.plain_text import line
from resources.exchange.private_columns import is_private, is_private_by_name
from resources.exchange.row import MOST_SHOWN

_KINDS = {
    "voice": "voice", "text": "text", "sms": "text", "fax": "fax", "cell": "cell", "mobile": "cell",
    "video": "video", "pager": "pager", "textphone": "textphone", "tty": "textphone", "tdd": "textphone",
}  # fmt: skip
_NO_HOURS = ("id", "name", "service_id", "location_id", "service_at_location_id", "organization_id")


def place(links: Links, location: Record | None) -> tuple[Place, str, bool]:
    """The place, its state even when it is confidential, and whether there is no place at all."""
    if location is None:
        return Place(), "", False
    kind = location.get("location_type").casefold()
    row = next(iter(_addresses(links, location)), None)
    said = [row.get(name) for name in ("address_1", "address_2", "attention")] if row else []
    secret = (
        kind == "redacted"
        or is_private(location.values)
        or any(is_private(one.values) for one in _addresses(links, location))
        or place_cells.is_secret(*said, location.get("name"), location.get("description")[:300])
    )
    virtual = kind == "virtual" or bool(cells.flag(location.get("virtual")))
    if row is None:
        made = place_cells.place(place_cells.Address(), "", point(location), secret)
        return made, made.state, virtual and not secret
    address = place_cells.Address(
        line(row.get("address_1")),
        line(row.get("city")),
        cells.state(row.get("state_province")) or line(row.get("state_province"))[:40],
        cells.postal_code(row.get("postal_code")),
    )
    more = ", ".join(filter(None, (line(row.get(f"address_{n}")) for n in (2, 3, 4))))
    made = place_cells.place(address, line(row.get("region")), point(location), secret, more)
    return made, made.state, virtual


def _addresses(links: Links, location: Record) -> list[Record]:
    tables = ("addresses", "postal_addresses")
    return [row for table in tables for row in links.children(table, "location_id", location.get("id"))]


def secrets_of(links: Links, location: Record | None) -> list[str]:
    """What may not be said of a confidential place: its streets and its point."""
    if location is None:
        return []
    lines = ("address_1", "address_2", "address_3", "address_4")
    told = [row.get(name) for row in _addresses(links, location) for name in lines]
    named = [text for name, text in location.values.items() if is_private_by_name(name)]
    return [*told, *named, location.get("latitude"), location.get("longitude")]


def point(location: Record) -> tuple[float, float] | None:
    """Latitude and longitude, when both are usable."""
    latitude = cells.degrees(location.get("latitude"), 90)
    longitude = cells.degrees(location.get("longitude"), 180)
    return (latitude, longitude) if latitude is not None and longitude is not None else None


def _nearest(
    links: Links, table: str, service: Record, location: Record | None, joint: Record | None
) -> Iterable[Sequence[Record]]:
    """Rows by owner, the nearest first: service at location, service, location."""
    here = location.get("id") if location else ""
    if joint:
        yield links.children(table, "service_at_location_id", joint.get("id"))
    column = "organization_id" if service.table in ("organizations", "organization") else "service_id"
    rows = links.children(table, column, service.get("id"))
    yield [row for row in rows if not row.ids("location_id") or here in row.ids("location_id")]
    yield [row for row in links.children(table, "location_id", here) if not row.ids("service_id")]


def phones(
    links: Links, service: Record, location: Record | None, joint: Record | None, organization: Record | None
) -> tuple[tuple[Phone, ...], list[Problem]]:
    """Numbers of the nearest owner that has one to dial; numbers of named persons are not taken."""
    found: list[Phone] = []
    problems: list[Problem] = []
    owners = list(_nearest(links, "phones", service, location, joint))
    if organization:
        rows = links.children("phones", "organization_id", organization.get("id"))
        owners.append([row for row in rows if not row.ids("service_id") and not row.ids("location_id")])
        if location is None:
            owners.append([row for row in rows if not row.ids("service_id")])
    for some in owners:
        for row in some:
            made, trouble = _phone(row)
            found += made
            problems += trouble
        if any(phone.number and phone.kind != "fax" for phone in found):
            break
    return numbered(found), problems


def _phone(row: Record) -> tuple[list[Phone], list[Problem]]:
    if len(row.get("number")) > 400:
        return [], [Problem(row.line, "number", "find.phone.unclear", table=row.table)]
    if is_private(row.values):
        return [], [Problem(row.line, "number", "exchange.problem.private_phone", table=row.table)]
    reading = phone_cells.read(row.get("number").strip('"'))
    if any(len(one.shown) > MOST_SHOWN and not one.number for one in reading.phones):
        data = MappingProxyType({"limit": MOST_SHOWN})
        return [], [Problem(row.line, "number", "exchange.problem.phone_too_long", data, row.table)]
    trouble = [Problem(row.line, "number", reading.problem, table=row.table)] if reading.problem else []
    said = row.get("type").casefold()
    label = line(row.get("description") or row.get("department") or row.get("vanity_number"))[:200]
    if not label and said not in _KINDS:
        label = line(row.get("type"))[:40]
    extension = "".join(sign for sign in row.get("extension").removesuffix(".0") if sign.isdigit())[:7]
    made = [
        replace(
            phone,
            label=label or phone.label,
            kind=_KINDS.get(said, phone.kind),
            extension=phone.extension or extension,
        )
        for phone in reading.phones
    ]
    return made, trouble


def hours(links: Links, service: Record, location: Record | None, joint: Record | None) -> Hours:
    """Hours of the nearest owner that has any."""
    holidays = list(_nearest(links, "holiday_schedules", service, location, joint))
    for n, rows in enumerate(_nearest(links, "schedules", service, location, joint)):
        if rows:
            more = holidays[n] if n < len(holidays) else []
            return _hours([*rows, *more])
    if location and location.get("x_schedule"):
        return from_words(location.get("x_schedule"))
    return _hours(next((rows for rows in holidays if rows), []))


def _hours(rows: Sequence[Record]) -> Hours:
    plain_rows, spans, texts, always = [], list[Span](), list[str](), False
    for row in rows:
        values = _mended(row)
        days = values.get("weekday", "")
        words = values.pop("words", "")
        if words and not any(values.get(name) for name in ("byday", "freq")):
            read = opening.read_text(f"{days} {words}".strip())
            texts.append(f"{days} {words}".strip())
            if read and (days or read.always):
                spans += read.spans
                always = always or read.always
        else:
            plain_rows.append({key: value for key, value in values.items() if value})
    found = opening.from_hsds(plain_rows)
    text = "; ".join(dict.fromkeys(filter(None, [found.text, *texts])))
    every = tuple(dict.fromkeys([*found.spans, *spans]))
    return Hours(() if always else every, found.closures, always or found.always, text, found.rules)


def _mended(row: Record) -> dict[str, str]:
    """Dates in ISO form; times that some lists put into columns for dates become `words`."""
    values = {name: text for name, text in row.values.items() if name not in _NO_HOURS}
    times = []
    for first, last in (("valid_from", "valid_to"), ("dtstart", "until")):
        said = [values.get(first, ""), values.get(last, "")]
        if any(text and cells.is_time(text) and not cells.read_date(text) for text in said):
            values.pop(first, None)
            values.pop(last, None)
            times = [text for text in said if text]
    for heading in ("start_date", "end_date", "valid_from", "valid_to", "dtstart", "until"):
        if (text := values.get(heading)) and (day := cells.read_date(text)):
            values[heading] = day.isoformat()
    if times:
        values["words"] = "-".join(times)
    return values
