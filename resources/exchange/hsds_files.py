"""HSDS 3.2 as files: a CSV package with its description, and nested JSON."""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from resources.directory.provider import Provider
from resources.exchange import hsds_json
from resources.exchange.flat import Progress
from resources.exchange.hsds_back import Tables, in_order
from resources.exchange.hsds_read import read_package
from resources.exchange.hsds_shape import columns, description, number, numbers
from resources.exchange.hsds_write import tables_of
from resources.exchange.json_text import read_json
from resources.exchange.safe_cells import csv_bytes

Thing = dict[str, Any]
# what an object holds, under which name, and the column by which those rows say so
_PARTS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "services": (
        ("phones", "phones", "service_id"), ("schedules", "schedules", "service_id"),
        ("service_areas", "service_areas", "service_id"), ("languages", "languages", "service_id"),
        ("required_documents", "required_documents", "service_id"),
        ("cost_options", "cost_options", "service_id"), ("funding", "funding", "service_id"),
        ("contacts", "contacts", "service_id"), ("capacities", "service_capacity", "service_id"),
        ("additional_urls", "url", "service_id"),
    ),
    "organizations": (
        ("phones", "phones", "organization_id"), ("contacts", "contacts", "organization_id"),
        ("funding", "funding", "organization_id"), ("programs", "programs", "organization_id"),
        ("organization_identifiers", "organization_identifiers", "organization_id"),
        ("additional_websites", "url", "organization_id"),
    ),
    "locations": (
        ("addresses", "addresses", "location_id"), ("phones", "phones", "location_id"),
        ("contacts", "contacts", "location_id"), ("languages", "languages", "location_id"),
        ("accessibility", "accessibility", "location_id"), ("schedules", "schedules", "location_id"),
    ),
    "service_at_location": (
        ("phones", "phones", "service_at_location_id"), ("contacts", "contacts", "service_at_location_id"),
        ("schedules", "schedules", "service_at_location_id"),
        ("service_areas", "service_areas", "service_at_location_id"),
    ),
    "contacts": (("phones", "phones", "contact_id"),),
    "phones": (("languages", "languages", "phone_id"),),
}  # fmt: skip
_OBJECTS = {name for parts in _PARTS.values() for name, _, _ in parts} | {
    "metadata", "attributes", "organization", "service", "location", "unit", "program", "taxonomy_term",
    "taxonomy_detail", "service_at_locations", "services", "locations",
}  # fmt: skip
# the nearest owner of a row is the object that holds it
_NEAREST = (
    "contact_id",
    "phone_id",
    "service_at_location_id",
    "service_id",
    "location_id",
    "organization_id",
)


def csv_package(providers: Sequence[Provider], progress: Progress | None = None) -> dict[str, bytes]:
    """The files of a CSV package by name, the package description among them."""
    tables = dict(in_order(tables_of(providers, plus_sign=False, progress=progress)))
    about: Thing = json.loads(description())
    known = {one["path"].removesuffix(".csv"): one for one in about["resources"]}
    used = [known.get(name) or _own_table(name) for name in tables]
    names = {one["name"] for one in used}
    files = {"datapackage.json": b""}
    for one, (name, rows) in zip(used, tables.items(), strict=True):
        schema = one["schema"]
        links = schema.get("foreignKeys", [])
        schema["foreignKeys"] = [link for link in links if link["reference"]["resource"] in names]
        for column in schema["fields"]:
            _as_it_is(column, [row[column["name"]] for row in rows if column["name"] in row])
        headings = [column["name"] for column in schema["fields"]]
        more = [column for column in dict.fromkeys(c for row in rows for c in row) if column not in headings]
        schema["fields"] += [{"name": column, "type": "string"} for column in more]
        lines = [[row.get(heading, "") for heading in (*headings, *more)] for row in rows]
        files[one["path"]] = csv_bytes([*headings, *more], lines, numbers(name))
    about["resources"] = used
    files["datapackage.json"] = json.dumps(about, indent=1, ensure_ascii=False).encode("utf-8")
    return files


def _as_it_is(column: Thing, values: Sequence[str]) -> None:
    """Take back a promise that real lists do not keep: that an organization has no more than one program."""
    limits = column.get("constraints", {})
    if limits.get("unique") and len(set(values)) < len(values):
        limits["unique"] = False


def _own_table(name: str) -> Thing:
    """The description of a table that only the list it came from has."""
    return {
        "name": name, "path": f"{name}.csv", "format": "csv", "mediatype": "text/csv",
        "profile": "tabular-data-resource", "schema": {"fields": [], "foreignKeys": []},
    }  # fmt: skip


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as one archive, equal for equal content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def json_list(providers: Sequence[Provider], progress: Progress | None = None) -> bytes:
    """All services as one HSDS JSON page, each with its organization and location."""

    def read_again(tables: Tables) -> Iterable[Provider]:
        read = read_json(_page(tables).decode("utf-8"), "export.json")
        return read_package(hsds_json.tables_of(read, "export"), "export", progress).providers

    return _page(tables_of(providers, read_again=read_again))


def _page(tables: Tables) -> bytes:
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
    """Rows of all tables, each as the object it is, by the row that holds it."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._found: dict[tuple[str, str], dict[str, list[dict[str, str]]]] = {}

    def of(self, table: str, column: str, identity: str) -> list[dict[str, str]]:
        """The rows of a table whose column names this id."""
        key = (table, column)
        if key not in self._found:
            found: dict[str, list[dict[str, str]]] = defaultdict(list)
            for row in self.tables.get(table, ()):
                if column in row:
                    found[row[column]].append(row)
            self._found[key] = found
        return self._found[key].get(identity, [])

    def one(self, table: str, identity: str) -> dict[str, str]:
        return next(iter(self.of(table, "id", identity)), {})

    def thing(self, table: str, row: Mapping[str, str], *without: str) -> Thing:
        """A row as an object with all it holds, without the columns that its holder says."""
        numeric = numbers(table)
        made: Thing = {
            name: number(value) if name in numeric else value
            for name, value in row.items()
            if name not in without and not (name in _OBJECTS and name not in columns(table))
        }
        for name, other, column in _PARTS.get(table, ()):
            rows = [one for one in self.of(other, column, row["id"]) if _holder(one) == column]
            if rows:
                made[name] = [self.thing(other, one, column) for one in rows]
        if about := self.of("metadata", "resource_id", row["id"]):
            made["metadata"] = [self.thing("metadata", one, "resource_id") for one in about]
        if said := self.of("attributes", "link_id", row["id"]):
            made["attributes"] = [self._attribute(one) for one in said]
        if unit := self.one("units", row.get("unit_id", "")):
            made["unit"] = self.thing("units", unit)
        return made

    def _attribute(self, row: Mapping[str, str]) -> Thing:
        made = self.thing("attributes", row, "taxonomy_term_id", "link_id")
        if term := self.one("taxonomy_terms", row["taxonomy_term_id"]):
            made["taxonomy_term"] = self.thing("taxonomy_terms", term, "taxonomy_id")
            if vocabulary := self.one("taxonomies", term.get("taxonomy_id", "")):
                made["taxonomy_term"]["taxonomy_detail"] = self.thing("taxonomies", vocabulary)
        return made


def _holder(row: Mapping[str, str]) -> str:
    return next((column for column in _NEAREST if row.get(column)), "")


def _services(tables: Tables) -> list[Thing]:
    family = _Family(tables)
    made = [_service(row, family) for row in tables.get("services", ())]
    if made:  # tables that only one list has go with its first service
        for name, rows in tables.items():
            if not columns(name) or name == "meta_table_descriptions":
                made[0][name] = [dict(row) for row in rows]
    return made


def _service(row: Mapping[str, str], family: _Family) -> Thing:
    service = family.thing("services", row, "organization_id", "program_id")
    service["organization"] = family.thing(
        "organizations", family.one("organizations", row["organization_id"])
    )
    if program := family.one("programs", row.get("program_id", "")):
        service["program"] = family.thing("programs", program)
    joints = []
    for joint in family.of("service_at_location", "service_id", row["id"]):
        made = family.thing("service_at_location", joint, "service_id", "location_id")
        place = family.one("locations", joint["location_id"])
        made["location"] = family.thing("locations", place, "organization_id")
        joints.append(made)
    service["service_at_locations"] = joints
    return service
