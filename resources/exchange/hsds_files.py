"""HSDS 3.2 as files: a CSV package with its description, and nested JSON."""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from resources.directory.provider import Provider
from resources.exchange.hsds_write import Tables, ordered, tables_of
from resources.exchange.safe_cells import csv_bytes
from resources.paths import CONTENT

_NUMBERS = {
    "services": ("minimum_age", "maximum_age"),
    "locations": ("latitude", "longitude"),
    "phones": ("extension",),
    "schedules": ("timezone", "count", "interval"),
}


@lru_cache(maxsize=1)
def _description() -> str:
    return (CONTENT / "hsds" / "datapackage.json").read_text(encoding="utf-8")


def csv_package(providers: Sequence[Provider]) -> dict[str, bytes]:
    """The files of a CSV package by name, the package description among them."""
    tables = dict(ordered(tables_of(providers, plus_sign=False)))
    description: dict[str, Any] = json.loads(_description())
    paths = {f"{name}.csv" for name in tables}
    used = [one for one in description["resources"] if one["path"] in paths]
    names = {one["name"] for one in used}
    for one in used:
        links = one["schema"].get("foreignKeys", [])
        one["schema"]["foreignKeys"] = [link for link in links if link["reference"]["resource"] in names]
    description["resources"] = used
    files = {"datapackage.json": json.dumps(description, indent=1, ensure_ascii=False).encode("utf-8")}
    for one in used:
        headings = [column["name"] for column in one["schema"]["fields"]]
        name = one["path"].removesuffix(".csv")
        rows = [[row.get(heading, "") for heading in headings] for row in tables[name]]
        files[one["path"]] = csv_bytes(headings, rows, _NUMBERS.get(name, ()))
    return files


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as one archive, equal for equal content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def json_list(providers: Sequence[Provider]) -> bytes:
    """All services as one HSDS JSON page, each with its organization and location."""
    tables = tables_of(providers)
    services = _services(tables)
    page = {
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
    }
    return json.dumps(page, ensure_ascii=False, indent=1).encode("utf-8", errors="replace")


class _Family:
    """Rows of a table by the row they belong to."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._found: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = {}

    def of(self, table: str, column: str, identity: str) -> list[dict[str, Any]]:
        key = (table, column)
        if key not in self._found:
            found: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for row in self._tables[table]:
                if column in row:
                    found[row[column]].append(_typed(table, row))
            self._found[key] = found
        return self._found[key].get(identity, [])

    def one(self, table: str, identity: str) -> dict[str, Any]:
        return dict(self.of(table, "id", identity)[0])


def _typed(table: str, row: Mapping[str, str]) -> dict[str, Any]:
    numbers = _NUMBERS.get(table, ())
    return {key: json.loads(value) if key in numbers else value for key, value in row.items()}


def _without(row: Mapping[str, Any], *columns: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in columns}


def _services(tables: Tables) -> list[dict[str, Any]]:
    family = _Family(tables)
    return [_service(row, family) for row in tables["services"]]


def _service(row: Mapping[str, str], family: _Family) -> dict[str, Any]:
    service = _without(_typed("services", row), "organization_id")
    identity = row["id"]
    for table in ("phones", "schedules", "service_areas", "languages", "required_documents"):
        if rows := family.of(table, "service_id", identity):
            service[table] = [_without(one, "service_id") for one in rows]
    service["organization"] = family.one("organizations", row["organization_id"])
    joints = []
    for joint in family.of("service_at_location", "service_id", identity):
        location = _without(family.one("locations", joint["location_id"]), "organization_id")
        if rows := family.of("addresses", "location_id", joint["location_id"]):
            location["addresses"] = [_without(one, "location_id") for one in rows]
        made: dict[str, Any] = {"id": joint["id"], "location": location}
        _add_attributes(made, family)
        joints.append(made)
    service["service_at_locations"] = joints
    _add_attributes(service, family)
    return service


def _add_attributes(thing: dict[str, Any], family: _Family) -> None:
    rows = family.of("attributes", "link_id", thing["id"])
    if rows:
        thing["attributes"] = [
            {
                **_without(one, "taxonomy_term_id", "link_id"),
                "taxonomy_term": _without(
                    family.one("taxonomy_terms", one["taxonomy_term_id"]), "taxonomy_id"
                ),
            }
            for one in rows
        ]
