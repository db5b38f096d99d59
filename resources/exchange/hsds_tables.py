"""HSDS tables under today's names: files of any version recognized, old headings translated, rows checked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from resources.exchange import cells
from resources.exchange.columns import spoken
from resources.exchange.incoming import Problem, Table
from resources.exchange.plain_text import given

_NAMES = {
    "organizations": "organization organisations organisation",
    "services": "service",
    "locations": "location",
    "service_at_location": "service_at_locations services_at_location services_at_locations service_location",
    "addresses": "address physical_addresses physical_address",
    "postal_addresses": "postal_address mail_addresses mail_address mailing_addresses",
    "phones": "phone",
    "contacts": "contact",
    "schedules": "schedule regular_schedules regular_schedule",
    "holiday_schedules": "holiday_schedule",
    "languages": "language",
    "service_areas": "service_area",
    "required_documents": "required_document",
    "cost_options": "cost_option costs",
    "accessibility": "accessibility_for_disabilities",
    "taxonomies": "",
    "taxonomy_terms": "taxonomy taxonomy_term",
    "attributes": "attribute service_attributes services_taxonomy service_taxonomy other_attributes",
    "eligibility": "eligibilities",
    "programs": "program",
    "funding": "fundings",
    "organization_identifiers": "organization_identifier",
    "metadata": "",
    "url": "urls",
    "units": "unit",
    "service_capacity": "service_capacities",
    "meta_table_descriptions": "meta_table_description",
    "taxonomy_types": "",
}
TABLES = {alias: name for name, aliases in _NAMES.items() for alias in [name, *aliases.split()]}
SINGULAR = {
    "organizations": "organization", "services": "service", "locations": "location", "phones": "phone",
    "service_at_location": "service_at_location", "contacts": "contact", "programs": "program",
}  # fmt: skip
_RENAMED: Mapping[str, Mapping[str, str]] = {
    "organizations": {"url": "website"},
    "services": {"website": "url", "eligibility": "eligibility_description"},
    "languages": {"language": "name"},
    "service_areas": {"service_area": "name"},
    "taxonomy_terms": {"term": "name"},
    "attributes": {"service_id": "link_id", "taxonomy_id": "taxonomy_term_id"},
    "phones": {"number_type": "type"},
    "eligibility": {"eligibility": "description"},
    "accessibility": {"accessibility": "description"},
}
# Headings by which a table alone in its file is known; every set must be there whole.
_SIGNS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (table, frozenset(signs.split()))
    for table, signs in (
        ("attributes", "taxonomy_term_id link_id"),
        ("taxonomy_terms", "taxonomy_id name parent_id"),
        ("service_at_location", "service_id location_id description id"),
        ("contacts", "id name title email"),
        ("phones", "id number location_id organization_id"),
        ("holiday_schedules", "start_date end_date closed"),
        ("schedules", "weekday opens_at closes_at id"),
        ("schedules", "freq byday opens_at id"),
        ("postal_addresses", "location_id attention address_1 city"),
        ("addresses", "location_id address_1 city"),
        ("services", "id application_process fees wait_time name"),
        ("services", "id organization_id name status application_process"),
        ("locations", "id organization_id name latitude longitude transportation"),
        ("organizations", "id name description legal_status tax_id"),
        ("programs", "id organization_id name"),
    )
)
_PARENTS = {
    "contacts": ("organization", "service", "location", "service_at_location"),
    "phones": ("organization", "service", "location", "service_at_location", "contact"),
    "schedules": ("service", "location", "service_at_location"),
    "holiday_schedules": ("service", "location", "service_at_location"),
    "addresses": ("location", "organization"),
    "postal_addresses": ("location", "organization"),
    "programs": ("organization",),
    "service_at_location": ("service",),
}
_NEEDED = {
    "organizations": ("name",),
    "services": ("name",),
    "locations": ("name",),
    "contacts": ("name",),
    "programs": ("name",),
    "addresses": ("address_1", "city"),
    "postal_addresses": ("address_1", "city"),
    "phones": ("number",),
}
RECORD = "porchlight"
NEEDS = "Handoff needs"
NOT_GIVEN = "not given"  # what our export writes where HSDS asks for a text that nobody knows
_DATES = ("start_date", "end_date", "valid_from", "valid_to")


@dataclass(frozen=True)
class Record:
    """One row of an HSDS table: its cells under today's headings, empty ones left out."""

    table: str
    line: int
    values: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def ids(self, name: str) -> list[str]:
        """The ids in a linking cell; some lists put several into one."""
        return [part for part in re.split(r"\s*[,;]\s*", self.get(name)) if part]


Package = dict[str, list[Record]]


def table_named(name: str) -> str:
    """Today's name of an HSDS table file ("Physical_Address" is addresses), or nothing."""
    return TABLES.get(plain_name(name), "")


def plain_name(name: str) -> str:
    """A name for a table that HSDS does not know: "Service Notes" is service_notes."""
    return spoken(name).replace(" ", "_")


def table_alone(table: Table) -> str:
    """The HSDS table that a single file is, by its headings, or nothing."""
    headings = {spoken(heading).replace(" ", "_") for heading in table.headings}
    return next((name for name, signs in _SIGNS if signs <= headings), "")


def is_package(tables: Sequence[Table]) -> bool:
    """True for tables that belong together as HSDS: known names, and services or organizations with ids."""
    for table in tables:
        headings = {heading.casefold() for heading in table.headings}
        name = table_named(table.name)
        if name == "services" and "id" in headings and headings & {"organization_id", "location_id", "name"}:
            return True
        if name in ("organizations", "locations") and {"id", "name"} <= headings and len(tables) > 1:
            return True
    return False


def records(table: Table, name: str) -> list[Record]:
    """The rows of a table under today's headings."""
    renamed = _RENAMED.get(name, {})
    old_taxonomy = name == "taxonomy_terms" and not {"id", "code"} & {h.casefold() for h in table.headings}
    heads = []
    for heading in table.headings:
        said = plain_name(heading) or heading.casefold()
        heads.append(renamed.get(said, said) if renamed.get(said, said) not in heads else said)
    if old_taxonomy:
        heads = ["id" if head == "taxonomy_id" else head for head in heads]
    made = []
    for row in table.rows:
        cells_of = zip(heads, row.cells, strict=True)
        values = {head: cell for head, cell in cells_of if cell and (head == "name" or given(cell))}
        values |= {head: "" for head, cell in zip(heads, row.cells, strict=True) if cell == NOT_GIVEN}
        if old_taxonomy and "id" in values:
            values["code"] = values["id"]
        made.append(Record(table.name, row.line, MappingProxyType(values)))
    return made


def check(name: str, rows: Sequence[Record], package: Package, headings: Collection[str]) -> list[Problem]:
    """Rows that lack what they need: a name, a parent (where `headings` ask for one), a date that is one."""
    found = []
    parents = [f"{parent}_id" for parent in _PARENTS.get(name, ()) if f"{parent}_id" in headings]
    for row in rows:
        found += _missing(name, row)
        if parents and not any(row.get(parent) for parent in parents):
            found.append(_problem(row, "", "no_parent"))
        for heading in _DATES:
            text = row.get(heading)
            unreadable = text and cells.read_date(text) is None and not cells.is_time(text)
            if unreadable and name in ("holiday_schedules", "schedules") and len(text) < 40:
                found.append(_problem(row, heading, "no_date", text=text))
    if name == "locations":
        found += _without_address(rows, package)
    return found


def _missing(name: str, row: Record) -> list[Problem]:
    return [
        _problem(row, heading, "cell_missing", cell=heading.replace("_", " "))
        for heading in _NEEDED.get(name, ())
        if heading not in row.values
    ]


def _without_address(rows: Sequence[Record], package: Package) -> list[Problem]:
    placed = {identity for row in package.get("addresses", ()) for identity in row.ids("location_id")}
    placed |= {identity for row in package.get("postal_addresses", ()) for identity in row.ids("location_id")}
    if placed or "services" in package:
        return []
    return [
        _problem(row, "virtual", "no_address")
        for row in rows
        if row.get("name") and "virtual" in row.values and cells.flag(row.get("virtual")) is False
    ]


def _problem(row: Record, column: str, key: str, **data: object) -> Problem:
    return Problem(row.line, column, f"exchange.problem.{key}", MappingProxyType(data), row.table)
