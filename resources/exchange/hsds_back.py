"""Rows that were kept (hsds_kept) back into the tables of an export, with the ids they have there."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from resources.directory.fields import text
from resources.directory.provider import Provider
from resources.exchange.hsds_kept import ENDING, LINK_OF, LINKS, OWN, OWNERS
from resources.exchange.hsds_shape import columns, description, fits, mended
from resources.exchange.hsds_tables import NOT_GIVEN
from resources.exchange.identity import is_uuid, stable_id

Tables = dict[str, list[dict[str, str]]]
_SPACE = uuid.UUID("2f1d0c58-6f0e-4e0f-9d53-3d6a3f2f5c77")
_TABLE = re.compile(r"[a-z][a-z0-9_]{1,60}")
_NO_TABLE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$|datapackage|readme|manifest")
_USUAL = {"country": "US", "address_type": "physical"}
_IDS = frozenset({"id", "link_id", "resource_id", *LINKS})
_ABOUT = {"attributes": "link_id", "metadata": "resource_id"}
_STAFF = {"addresses.csv": "attention", "metadata.csv": "updated_by"}


def made_id(*parts: str) -> str:
    return str(uuid.uuid5(_SPACE, "\n".join(parts)))


def uuid_of(source: str, table: str, identity: str) -> str:
    """The id itself when it is a UUID, else one that the same list always gets."""
    return identity.lower() if is_uuid(identity) else stable_id(source or "export", table, identity)


def read_kept(said: str) -> list[dict[str, str]]:
    """The rows in one kept cell; nothing when it is not ours."""
    try:
        rows = json.loads(said) if said.startswith("[") else []
        return [dict(row) for row in rows if all(isinstance(value, str) for value in row.values())]
    except (ValueError, AttributeError, RecursionError):
        return []


def kept_tables(kept: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """The kept rows of an entry by table."""
    return {table: read_kept(said) for name, said in kept.items() if (table := _table_of(name))}


def _table_of(name: str) -> str:
    """The table that a kept cell holds rows of, when a file may be called so."""
    table = name.removesuffix(ENDING)
    usable = name.endswith(ENDING) and _TABLE.fullmatch(table) and table not in OWNERS.values()
    return table if usable and not _NO_TABLE.match(table) else ""


def rows_of(provider: Provider, owners: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """The kept rows of a provider by table; `owners` are the ids of its service, location, organization and
    service at location in this export."""
    found = kept_tables(provider.kept)
    return {
        table: [_row(table, row, n, owners) for n, row in enumerate(rows)] for table, rows in found.items()
    }


def _row(table: str, row: Mapping[str, str], n: int, owners: Mapping[str, str]) -> dict[str, str]:
    made = {"id": made_id(owners["service_at_location"], table, str(n)), **row}
    for column, value in row.items():
        if column in OWNERS:
            made[column] = owners[OWNERS[column]] if value == OWN else ""
        elif column in _ABOUT.values() and value.startswith(OWN):
            made[column] = owners.get(value.removeprefix(OWN), "")
        elif column in _IDS and not is_uuid(value):
            made[column] = made_id("row", value)
    return {column: value for column, value in made.items() if value}


def without_staff(kept: Mapping[str, str]) -> dict[str, str]:
    """Kept columns and rows without the names and direct lines of staff."""
    made = {name: said for name, said in kept.items() if name != f"contacts{ENDING}"}
    for name, column in _STAFF.items():
        if name in made:
            made[name] = text([_without(row, column) for row in read_kept(made[name])])
    phones = f"phones{ENDING}"
    if phones in made:
        made[phones] = text([row for row in read_kept(made[phones]) if not only_of_contact(row)])
    return {name: said for name, said in made.items() if said != "[]"}


def _without(row: Mapping[str, str], column: str) -> dict[str, str]:
    return {name: value for name, value in row.items() if name != column}


def only_of_contact(row: Mapping[str, str]) -> bool:
    """True for the number of a person, which nobody else has."""
    return bool(row.get("contact_id")) and not any(row.get(column) for column in OWNERS)


def tidied(tables: Tables) -> Tables:
    """The tables as the description wants them: cells that fit their column, links that lead somewhere; a row
    that cannot be mended is left to the record."""
    made = {
        table: [mended for row in rows if (mended := _mended(table, row))] for table, rows in tables.items()
    }
    links = _links()
    while True:
        ids = {table: {row["id"] for row in rows} for table, rows in made.items()}
        everybody = frozenset[str]().union(*ids.values()) if ids else frozenset[str]()
        kept = {
            table: [linked for row in rows if (linked := _linked(table, row, links, ids, everybody))]
            for table, rows in made.items()
        }
        if kept == made:
            return {table: rows for table, rows in kept.items() if rows}
        made = kept


def _mended(table: str, row: Mapping[str, str]) -> dict[str, str]:
    """The row with cells that fit; nothing when one is missing that has to be there."""
    said = {column: mended(table, column, value) for column, value in row.items() if value}
    made = {column: value for column, value in said.items() if fits(table, column, value)}
    for name, column in columns(table).items():
        if column.required and name not in made:
            given = _USUAL.get(name, NOT_GIVEN if column.kind == "string" and not column.format else "")
            if not given:
                return {}
            made[name] = given
    return made


def _links() -> dict[str, dict[str, str]]:
    """For each table the columns that must name a row, and the table it is in."""
    resources: list[dict[str, Any]] = json.loads(description())["resources"]
    paths = {one["name"]: one["path"].removesuffix(ENDING) for one in resources}
    return {
        one["path"].removesuffix(ENDING): {
            link["fields"]: paths[link["reference"]["resource"]]
            for link in one["schema"].get("foreignKeys", ())
        }
        for one in resources
    }


def _linked(
    table: str,
    row: dict[str, str],
    links: Mapping[str, Mapping[str, str]],
    ids: Mapping[str, set[str]],
    everybody: frozenset[str],
) -> dict[str, str]:
    about = _ABOUT.get(table)
    if about and row.get(about) not in everybody:
        return {}
    lost = [c for c, other in links.get(table, {}).items() if c in row and row[c] not in ids.get(other, ())]
    if any(columns(table)[column].required for column in lost):
        return {}
    return {column: value for column, value in row.items() if column not in lost}


def is_of(row: Mapping[str, str], table: str) -> bool:
    """True for a kept row that speaks of the `locations` or `services` part of its entry."""
    column = LINK_OF[table]
    return row.get(column) == OWN or any(row.get(about) == OWN + table for about in _ABOUT.values())


def in_order(tables: Tables) -> Iterable[tuple[str, list[dict[str, str]]]]:
    """Tables that have rows: those of the description in its order, then others."""
    known = [one["path"].removesuffix(ENDING) for one in json.loads(description())["resources"]]
    return (
        (name, tables[name]) for name in [*known, *sorted(tables.keys() - set(known))] if tables.get(name)
    )
