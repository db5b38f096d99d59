"""The directory as a plain SQLite file for sqlite-utils and Datasette, described inside the file itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from resources.directory import opening
from resources.directory.provider import Provider
from resources.exchange.hsds_write import area_name, language_name, need_name, shown
from resources.words import load

ABOUT: Mapping[str, Mapping[str, str]] = {
    "providers": {
        "id": "UUID of the entry: one service at one place",
        "name": "what people call the service",
        "organization": "who runs it",
        "cover_name": "name for paper that others may see",
        "description": "what they do",
        "phone": "first number to dial, as written in the United States",
        "email": "e-mail address",
        "website": "web address",
        "street": "street; empty for a confidential address",
        "city": "town",
        "county": "five-digit FIPS code of the county",
        "state": "two letters",
        "postal_code": "ZIP code as text",
        "latitude": "degrees north (WGS 84); empty for a confidential address",
        "longitude": "degrees east (WGS 84); empty for a confidential address",
        "confidential": "1 when the address is confidential: call first",
        "remote": "1 when there is no place to go to",
        "hours": "opening hours in words",
        "always_open": "1 for 24 hours every day",
        "interpretation": "interpreters",
        "eligibility": "who may come",
        "minimum_age": "years",
        "maximum_age": "years",
        "how_to_reach": "how to apply or get in",
        "documents": "what to bring",
        "cost": "what it costs",
        "alert": "short-term note",
        "status": "active, inactive, temporarily closed or defunct (retired)",
        "confirmed_on": "when a person last heard the number answered",
        "source": "the list it came from",
        "source_id": "its id on that list",
    },
    "phones": {
        "provider_id": "providers.id",
        "position": "order",
        "number": "as dialled (E.164 or short code)",
        "shown": "as written",
        "extension": "extension",
        "label": "what the number is for",
        "kind": "voice, text, fax, cell, video, pager or textphone",
    },
    "needs": {"provider_id": "providers.id", "code": "code of the need", "name": "its name"},
    "languages": {"provider_id": "providers.id", "code": "ISO 639 code", "name": "its name"},
    "areas": {"provider_id": "providers.id", "code": "county FIPS, state or US", "name": "its name"},
    "intake": {"provider_id": "providers.id", "rule": "who or what", "accepted": "1 yes, 0 no"},
    "spans": {"provider_id": "providers.id", "weekday": "0 is Monday", "opens": "minutes after midnight",
              "closes": "minutes after midnight; not later than opens means past midnight",
              "nth": "which such days of the month, empty for every week",
              "first": "first day it holds", "last": "last day it holds"},
    "closures": {"provider_id": "providers.id", "first": "first day closed", "last": "last day closed",
                 "reason": "why"},
    "checks": {"provider_id": "providers.id", "made_on": "date of the call", "result": "what happened",
               "made_by": "initials", "note": "note"},
    "kept": {"provider_id": "providers.id", "column": "heading on the list", "value": "its cell"},
}  # fmt: skip


def sqlite_bytes(providers: Sequence[Provider]) -> bytes:
    """The whole file; tables without rows are there too, so that queries work on any directory."""
    connection = sqlite3.connect(":memory:")
    database = Database(connection)
    try:
        for table, meanings in ABOUT.items():
            kinds = {column: _kind(column) for column in meanings}
            made = database.table(table)
            if table == "providers":
                made.create(kinds, pk="id")
            else:
                made.create(kinds, foreign_keys=[("provider_id", "providers", "id")])
                made.create_index(["provider_id"])
            made.insert_all(_rows(table, providers), batch_size=500)
        rows = [
            {"table": table, "column": column, "meaning": meaning}
            for table, meanings in ABOUT.items()
            for column, meaning in meanings.items()
        ]
        database.table("about").insert_all(rows, pk=("table", "column"))
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _kind(column: str) -> type:
    if column in ("latitude", "longitude"):
        return float
    whole = ("confidential", "remote", "always_open", "minimum_age", "maximum_age", "position", "accepted",
             "weekday", "opens", "closes")  # fmt: skip
    return int if column in whole else str


def _rows(table: str, providers: Sequence[Provider]) -> list[dict[str, Any]]:
    if table == "providers":
        return [_provider(one) for one in providers]
    return [{"provider_id": one.id, **row} for one in providers for row in _parts(table, one)]


def _provider(one: Provider) -> dict[str, Any]:
    made: dict[str, Any] = {name: getattr(one, name) for name in ABOUT["providers"] if hasattr(one, name)}
    for name in ("street", "city", "county", "state", "postal_code", "latitude", "longitude"):
        made[name] = getattr(one.place, name)
    phone = one.phone
    made |= {
        "phone": shown(phone) if phone else "",
        "confidential": int(one.place.confidential),
        "remote": int(one.remote),
        "hours": one.hours.text or opening.in_words(one.hours, load("en")),
        "always_open": int(one.hours.always),
        "confirmed_on": one.confirmed_on.isoformat() if one.confirmed_on else "",
    }
    return made


def _parts(table: str, one: Provider) -> list[dict[str, Any]]:
    made: dict[str, list[dict[str, Any]]] = {
        "phones": [
            {"position": n, "number": p.number, "shown": shown(p), "extension": p.extension, "label": p.label,
             "kind": p.kind}
            for n, p in enumerate(one.phones)
        ],
        "needs": [{"code": code, "name": need_name(code)} for code in sorted(one.needs)],
        "languages": [{"code": code, "name": language_name(code)} for code in sorted(one.languages)],
        "areas": [{"code": code, "name": area_name(code)} for code in sorted(one.serves)],
        "intake": [{"rule": rule, "accepted": int(yes)} for rule, yes in sorted(one.intake.items())],
        "spans": [
            {"weekday": s.weekday, "opens": s.opens, "closes": s.closes, "nth": ",".join(map(str, s.nth)),
             "first": _iso(s.first), "last": _iso(s.last)}
            for s in one.hours.spans
        ],
        "closures": [
            {"first": _iso(c.first), "last": _iso(c.last), "reason": c.reason} for c in one.hours.closures
        ],
        "checks": [
            {"made_on": _iso(c.on), "result": c.result, "made_by": c.by, "note": c.note} for c in one.checks
        ],
        "kept": [{"column": name, "value": text} for name, text in sorted(one.kept.items())],
    }  # fmt: skip
    return made[table]


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""
