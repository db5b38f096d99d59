"""Rows of an HSDS package that nothing here shows, kept with the entry they belong to, to go out again.

They are kept as JSON under the name of their file ("funding.csv"). Where a row names the service, location,
organization or service at location of its entry, it says "@", so that it can name those of the export.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from resources.directory.fields import text
from resources.exchange.hsds_links import Links
from resources.exchange.hsds_tables import NEEDS, RECORD, Package, Record
from resources.exchange.identity import stable_id
from resources.exchange.incoming import Problem
from resources.exchange.plain_text import plain
from resources.exchange.private_columns import is_private

OWN, ENDING = "@", ".csv"
MOST_ROWS = 30_000  # signs of one table with one entry: a cell of a workbook holds 32,767
_MOST_CELL = 10_000
OWNERS = {
    "service_at_location_id": "service_at_location",
    "service_id": "services",
    "location_id": "locations",
    "organization_id": "organizations",
}
LINKS = {
    **OWNERS,
    "program_id": "programs", "contact_id": "contacts", "phone_id": "phones", "unit_id": "units",
    "taxonomy_term_id": "taxonomy_terms", "taxonomy_id": "taxonomies", "parent_id": "taxonomy_terms",
}  # fmt: skip
LINK_OF = {table: column for column, table in OWNERS.items()}
# what an export says of these tables by itself; a row that says more is kept
_SAID = {
    "phones": {"number", "extension", "type", "description"},
    "addresses": {"address_1", "city", "region", "state_province", "postal_code", "country", "address_type"},
    "languages": {"name", "code"},
    "service_areas": {"name", "extent", "extent_type"},
    "required_documents": {"document"},
}
_SCHEDULE_SAYS_MORE = ("schedule_link", "attending_type", "timezone", "notes")
_ELSEWHERE = {
    *OWNERS.values(), "eligibility", "holiday_schedules", "postal_addresses", "attributes", "metadata",
    "taxonomy_terms", "taxonomies", "units",
}  # fmt: skip
Owners = Mapping[str, Record | None]


def kept_rows(
    package: Package, links: Links, owners: Owners, source: str, first: bool
) -> tuple[dict[str, str], list[Problem]]:
    """By file name the rows, as JSON, that belong to this entry and would be lost; tables that belong to
    no entry go with the `first`. Too many rows to keep are a problem. Ids become UUIDs (`source` helps)."""
    found = {table: _rows(package, links, table, owners) for table in package if table not in _ELSEWHERE}
    found["phones"] = [*found.get("phones", ()), *_of(links, "phones", "contact_id", found, "contacts")]
    found["languages"] = [*found.get("languages", ()), *_of(links, "languages", "phone_id", found, "phones")]
    found["addresses"] = [*found.get("addresses", ()), *_postal(links, owners)]
    if first:
        found |= {table: rows for table, rows in package.items() if _is_nobodys(table, rows)}
    named = _about(links, owners, found)
    found = {
        table: rows
        for table, rows in found.items()
        if any(_says_more(table, row, rows) or row.get("id") in named for row in rows)
    }
    found |= _looked_up(links, owners, found)
    kept, problems = dict[str, str](), list[Problem]()
    for table, rows in found.items():
        said = text(_merged(_written(table, row, owners, source) for row in _once(rows)))
        if len(said) <= MOST_ROWS:
            kept[table + ENDING] = said
        else:
            data = MappingProxyType({"n": len(rows), "table": table})
            problems.append(
                Problem(rows[0].line, "", "exchange.problem.too_many_rows_kept", data, rows[0].table)
            )
    return kept, problems


def _rows(package: Package, links: Links, table: str, owners: Owners) -> list[Record]:
    """The rows of a table that name an owner, and no other entry of theirs."""
    made = []
    for column, owner in _present(owners):
        for row in links.children(table, column, owner.get("id")):
            if not is_private(row.values) and not any(
                _names_another(row, other, links, owners) for other in OWNERS if other != column
            ):
                made.append(row)
    return list(_once(made))


def _present(owners: Owners) -> Iterator[tuple[str, Record]]:
    for column, table in OWNERS.items():
        if (owner := owners.get(table)) is not None and owner.get("id"):
            yield column, owner


def _names_another(row: Record, column: str, links: Links, owners: Owners) -> bool:
    owner = owners.get(OWNERS[column])
    mine = owner.get("id") if owner else ""
    named = [one for one in row.ids(column) if links.find(OWNERS[column], one)]
    return bool(named) and mine not in named


def _of(
    links: Links, table: str, column: str, found: Mapping[str, Sequence[Record]], parents: str
) -> Iterator[Record]:
    for parent in found.get(parents, ()):
        yield from links.children(table, column, parent.get("id"))


def _postal(links: Links, owners: Owners) -> Iterator[Record]:
    """Postal addresses of older layouts, as addresses of today."""
    location = owners.get("locations")
    for row in links.children("postal_addresses", "location_id", location.get("id") if location else ""):
        yield Record(row.table, row.line, MappingProxyType({"address_type": "postal", **row.values}))


def _is_nobodys(table: str, rows: Sequence[Record]) -> bool:
    return table not in _ELSEWHERE and not any(row.values.keys() & LINKS.keys() for row in rows)


def _about(links: Links, owners: Owners, found: dict[str, list[Record]]) -> set[str]:
    """Add what is said about these rows and their owners; gives the ids of rows that something is said of."""
    known = [one.get("id") for _, one in _present(owners)]
    rows = [row.get("id") for some in found.values() for row in some if row.get("id")]
    attributes, metadata, named = list[Record](), list[Record](), set[str]()
    for identity in dict.fromkeys([*known, *rows]):
        said = [row for row in links.children("attributes", "link_id", identity) if not _is_ours(row, links)]
        told = links.children("metadata", "resource_id", identity)
        attributes += said
        metadata += told
        if said or told:
            named.add(identity)
    found |= {"attributes": attributes, "metadata": metadata}
    return named


def _is_ours(row: Record, links: Links) -> bool:
    """True for what an export of ours says by itself: needs, and the record."""
    terms = (links.find("taxonomy_terms", one) for one in row.ids("taxonomy_term_id"))
    return row.get("label") == RECORD or any(term and term.get("taxonomy") == NEEDS for term in terms)


def _says_more(table: str, row: Record, rows: Sequence[Record]) -> bool:
    """True for a row of which something would be lost."""
    if table == "schedules":
        more = any(row.get(column) not in ("", "closed") for column in _SCHEDULE_SAYS_MORE)
        return more and bool(row.get("freq") or row.get("schedule_link"))
    if table not in _SAID:
        return True
    if row.get("contact_id") and table == "phones":
        return True
    several = len(rows) > 1 and table in ("addresses", "required_documents")
    odd = (
        row.get("extent_type") not in ("", "text")
        or row.get("address_type") not in ("", "physical")
        or row.get("country") not in ("", "US")
    )
    return several or odd or bool(row.values.keys() - _SAID[table] - LINKS.keys() - {"id"})


def _looked_up(
    links: Links, owners: Owners, found: Mapping[str, Sequence[Record]]
) -> dict[str, list[Record]]:
    """Rows that those found name: units, terms with the terms above them, vocabularies, the program."""
    units = _named(links, "units", "unit_id", found.get("service_capacity", ()))
    terms = _named(links, "taxonomy_terms", "taxonomy_term_id", found.get("attributes", ()))
    above = terms
    for _ in range(4):
        above = _named(links, "taxonomy_terms", "parent_id", above)
        terms = [*terms, *above]
    service = owners.get("services")
    programs = _named(links, "programs", "program_id", [service] if service else ())
    made = {
        "units": units,
        "taxonomy_terms": terms,
        "taxonomies": _named(links, "taxonomies", "taxonomy_id", terms),
        "programs": [*found.get("programs", ()), *programs],
    }
    return {table: list(_once(rows)) for table, rows in made.items() if rows}


def _named(links: Links, table: str, column: str, rows: Iterable[Record]) -> list[Record]:
    wanted = dict.fromkeys(one for row in rows for one in row.ids(column))
    return [row for one in wanted if (row := links.find(table, one)) is not None]


def _once(rows: Iterable[Record]) -> Iterable[Record]:
    return {id(row.values): row for row in rows}.values()


def _written(table: str, row: Record, owners: Owners, source: str) -> dict[str, str]:
    """The cells of a row; "@" where it names its own entry, "@services" where any table may be named."""
    made = {}
    ids = {owner.get("id"): OWNERS[column] for column, owner in _present(owners)}
    for column, value in row.values.items():
        if column in OWNERS:
            owner = owners.get(OWNERS[column])
            if owner is not None and owner.get("id") in row.ids(column):
                made[column] = OWN
        elif column in ("link_id", "resource_id"):
            made[column] = OWN + ids[value] if value in ids else stable_id(source, "rows", value)
        elif column == "id" or column in LINKS:
            made[column] = stable_id(source, "rows", value)
        elif said := plain(value)[:_MOST_CELL]:
            made[column] = said
    if not row.get("id"):
        made["id"] = stable_id(source, "rows", text([table, made]))
    return made


def _merged(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Nested JSON says the same row wherever it belongs: one row with all its links."""
    made: dict[str, dict[str, str]] = {}
    for row in rows:
        before = made.setdefault(row["id"], row)
        if before is not row and _alike(before, row):
            before.update(row)
        elif before is not row:
            made[text(row)] = row
    return list(made.values())


def _alike(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return all(one.get(c, "") == other.get(c, "") for c in (one.keys() | other.keys()) - LINKS.keys())
