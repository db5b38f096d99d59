"""How the rows of an HSDS package hang together, and how many of its links lead nowhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from resources.exchange.hsds_tables import Package, Record
from resources.words import load

_PARENT_TABLES = {
    "organization_id": "organizations",
    "service_id": "services",
    "location_id": "locations",
    "service_at_location_id": "service_at_location",
}
_WITH_IDS = (*_PARENT_TABLES.values(), "taxonomy_terms")
_COUNTED = ("services", "service_at_location", "addresses", "postal_addresses", "phones", "schedules",
            "holiday_schedules", "languages", "attributes", "required_documents", "cost_options",
            "service_areas", "eligibility", "accessibility")  # fmt: skip


class Links:
    """Finds rows by id and by parent."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.by_id: dict[str, dict[str, Record]] = {
            table: _first_by_id(package.get(table, ())) for table in _WITH_IDS
        }
        self._children: dict[tuple[str, str], dict[str, list[Record]]] = {}

    def get(self, table: str, identity: str) -> Record | None:
        return self.by_id[table].get(identity)

    def find(self, table: str, identity: str) -> Record | None:
        """The first row of any table with this id."""
        if table not in self.by_id:
            self.by_id[table] = _first_by_id(self._package.get(table, ()))
        return self.by_id[table].get(identity)

    def children(self, table: str, column: str, identity: str) -> list[Record]:
        """Rows of `table` whose `column` names this id."""
        key = (table, column)
        if key not in self._children:
            found: dict[str, list[Record]] = defaultdict(list)
            for row in self._package.get(table, ()):
                for one in dict.fromkeys(row.ids(column)):
                    found[one].append(row)
            self._children[key] = found
        return self._children[key].get(identity, []) if identity else []

    def notes(self) -> list[str]:
        """One sentence about links that lead nowhere, one about ids that are used twice."""
        broken = Counter[str]()
        for table in _COUNTED:
            for row in self._package.get(table, ()):
                broken[table] += sum(
                    self._broken(row, column, parent) for column, parent in _PARENT_TABLES.items()
                )
                if table == "attributes":
                    broken[table] += self._broken_attribute(row)
        said = []
        total = broken.total()
        if total:
            tables = ", ".join(f"{table} {n}" for table, n in broken.items() if n)
            said.append(load("en").say("exchange.note.broken_links", n=total, tables=tables))
        twice = {t: n for t in _WITH_IDS if (n := _repeated(self._package.get(t, ()), self.by_id[t]))}
        if twice:
            tables = ", ".join(f"{table} {n}" for table, n in twice.items())
            said.append(load("en").say("exchange.note.repeated_ids", n=sum(twice.values()), tables=tables))
        return said

    def _broken(self, row: Record, column: str, parent: str) -> int:
        known = self.by_id[parent]
        return sum(1 for identity in row.ids(column) if identity not in known)

    def _broken_attribute(self, row: Record) -> int:
        terms = self.by_id["taxonomy_terms"]
        entity = row.get("link_entity").rstrip("s") or "service"
        parents = self.by_id.get(_PARENT_TABLES.get(f"{entity}_id", ""), None)
        lost = sum(1 for identity in row.ids("taxonomy_term_id") if identity not in terms)
        if parents is not None:
            lost += sum(1 for identity in row.ids("link_id") if identity not in parents)
        return lost


def _first_by_id(rows: Iterable[Record]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for row in rows:
        if identity := row.get("id"):
            found.setdefault(identity, row)
    return found


def _repeated(rows: Iterable[Record], known: dict[str, Record]) -> int:
    return sum(1 for row in rows if row.get("id")) - len(known)
