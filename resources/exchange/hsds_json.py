"""Nested HSDS JSON taken apart into the tables it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from resources.exchange.hsds_tables import SINGULAR, table_named
from resources.exchange.incoming import Row, Table
from resources.exchange.tables import unique

_CHILDREN = {
    "organization": "organizations", "services": "services", "service": "services", "locations": "locations",
    "location": "locations", "service_at_locations": "service_at_location", "phones": "phones",
    "addresses": "addresses", "schedules": "schedules", "languages": "languages", "contacts": "contacts",
    "service_areas": "service_areas", "required_documents": "required_documents", "program": "programs",
    "cost_options": "cost_options", "accessibility": "accessibility", "attributes": "attributes",
    "taxonomy_term": "taxonomy_terms", "taxonomy_detail": "taxonomies", "funding": "funding",
    "programs": "programs", "organization_identifiers": "organization_identifiers",
    "capacities": "service_capacity", "unit": "units", "additional_urls": "url",
    "additional_websites": "url", "metadata": "metadata",
    "meta_table_descriptions": "meta_table_descriptions",
}  # fmt: skip
_ONE = {
    "organization": "organization_id", "location": "location_id", "service": "service_id",
    "program": "program_id", "taxonomy_term": "taxonomy_term_id", "taxonomy_detail": "taxonomy_id",
    "unit": "unit_id",
}  # fmt: skip
_ABOUT = {"attributes": ("link_id", "link_entity"), "metadata": ("resource_id", "resource_type")}


def tables_of(data: Any, name: str) -> list[Table]:
    """Tables in parsed JSON: a package of tables, nested HSDS objects, or a plain list of objects."""
    if isinstance(data, dict) and isinstance(data.get("contents"), list):
        data = data["contents"]
    if isinstance(data, dict) and data and all(isinstance(value, list) for value in data.values()):
        return [
            _plain(re.sub(r"\.(?:csv|json)$", "", key), rows) for key, rows in data.items() if _flat(rows)
        ]
    things = [one for one in (data if isinstance(data, list) else [data]) if isinstance(one, dict) and one]
    if not things:
        return []
    if kind := _kind(things[0]):
        walk = _Walk()
        for number, thing in enumerate(things, start=1):
            walk.take(thing, kind, number, {})
        return walk.tables()
    return [_plain(name, things)] if _flat(things) else []


def _flat(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows) and bool(rows)


def _kind(thing: Mapping[str, Any]) -> str:
    """The table of a nested object, by what it contains; nothing for a plain record."""
    nested = {key for key, value in thing.items() if isinstance(value, list | dict)}
    if "location_type" in thing:
        return "locations"
    if "location" in nested or ("service" in nested and "id" in thing):
        return "service_at_location"
    if nested & {"service_at_locations", "service_areas", "cost_options"} or (
        {"id", "name", "status"} <= thing.keys()
        and nested & {"organization", "schedules", "phones", "locations"}
    ):
        return "services"
    if nested & {"services", "organization_identifiers", "programs"} or (
        {"id", "name", "description"} <= thing.keys()
        and thing.keys() & {"website", "legal_status", "logo", "tax_id"}
    ):
        return "organizations"
    return ""


class _Walk:
    """Collects the rows of each table while going through nested objects."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, tuple[int, dict[str, str]]]] = {}

    def take(self, thing: Mapping[str, Any], table: str, line: int, links: Mapping[str, str]) -> None:
        values = {key: value for key, value in thing.items() if isinstance(value, str)}
        identity = values.get("id", "")
        for key, column in _ONE.items():
            if isinstance(thing.get(key), dict) and (other := thing[key].get("id")):
                values.setdefault(column, str(other))
        if table in _ABOUT:
            about, kind = _ABOUT[table]
            for column, parent in links.items():
                values = {about: parent, kind: column.removesuffix("_id"), **values}
        else:
            values.update({key: value for key, value in links.items() if not values.get(key)})
        self._keep(table, identity, line, values)
        for key, value in thing.items():
            child = _CHILDREN.get(key)
            if child is None:
                continue
            down = self._links(key, child, table, identity)
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    self.take(one, child, line, down)

    def _links(self, key: str, child: str, table: str, identity: str) -> dict[str, str]:
        if key in _ONE or not identity or child == "meta_table_descriptions":
            return {}
        return {f"{SINGULAR.get(table, table)}_id": identity}

    def _keep(self, table: str, identity: str, line: int, values: dict[str, str]) -> None:
        """The same object met twice is one row; met under two parents it is two, one per link."""
        links = sorted((key, value) for key, value in values.items() if key.endswith("_id"))
        key = f"{identity}" if table in SINGULAR and table != "phones" else f"{identity}{links}"
        rows = self._rows.setdefault(table, {})
        if not identity:
            key = f"{len(rows)} {line} {links}"
        if key in rows:
            rows[key] = (rows[key][0], {**values, **rows[key][1]})
        else:
            rows[key] = (line, values)

    def tables(self) -> list[Table]:
        return [_table(name, list(rows.values())) for name, rows in self._rows.items()]


def _plain(name: str, things: list[dict[str, Any]]) -> Table:
    rows = []
    for line, thing in enumerate(things, start=1):
        values = {}
        for key, value in thing.items():
            if isinstance(value, list):
                value = "; ".join(part for part in value if isinstance(part, str))
            if isinstance(value, str):
                values[key] = value
        rows.append((line, values))
    return _table(table_named(name) or name, rows)


def _table(name: str, rows: list[tuple[int, dict[str, str]]]) -> Table:
    keys = list(dict.fromkeys(key for _, values in rows for key in values))
    headings = unique([key or f"Column {n}" for n, key in enumerate(keys, start=1)])
    made = tuple(Row(line, tuple(values.get(key, "").strip() for key in keys)) for line, values in rows)
    return Table(name, headings, made)
