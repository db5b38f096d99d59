"""Folders of plain tables that belong together: services, the organizations that run them, their locations.

Such lists say which organization runs a service and where the organization has offices, but not which
office gives which service. So each service is one provider with the numbers of its organization; it gets a
street only when the organization has a single office with one. The other offices are kept as a text, for
we never guess which of them gives the service.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from resources.directory.letters import words
from resources.directory.provider import Place, Provider
from resources.exchange import columns
from resources.exchange.columns import spoken
from resources.exchange.flat import Read, read_rows
from resources.exchange.hsds_tables import table_named
from resources.exchange.identity import numbered
from resources.exchange.incoming import ColumnChoice, Table
from resources.words import load

_MOST_PHONES = 6
_MOST_KEPT = 4_000


def is_joined(tables: Sequence[Table]) -> bool:
    """True for services beside organizations or locations that name organizations the same way."""
    named = {table_named(table.name): table for table in tables}
    if "services" not in named:
        return False
    return any(
        _link(named["services"], named[other]) for other in ("organizations", "locations") if other in named
    )


def _link(one: Table, other: Table) -> str:
    """The heading (as words) by which two tables name the same organization."""
    mine, theirs = ({spoken(h) for h in table.headings} for table in (one, other))
    shared = mine & theirs
    wanted = (
        "organization uuid",
        "organization id",
        "agency id",
        "organization name",
        "agency",
        "agency name",
    )
    return next((heading for heading in wanted if heading in shared), "")


def read_joined(tables: Sequence[Table], source: str) -> Read:
    """One provider per service, with what its organization and its only office add."""
    named = {table_named(table.name): table for table in tables}
    services = named["services"]
    choices = columns.propose(services)
    offices = _by_organization(services, named.get("locations"), source)
    owners = _by_organization(services, named.get("organizations"), source)
    state = _usual_state([place for places in offices.values() for place in places])
    read = read_rows(services, choices, source, state)
    keys = _keys(services, choices, named)
    made = []
    for provider in read.providers:
        key = keys.get(provider.source_id, "")
        made.append(_joined(provider, owners.get(key, []), offices.get(key, []), state))
    lost = sum(1 for provider in made if keys.get(provider.source_id, "") not in owners and owners)
    notes = [load("en").say("exchange.note.without_organization", n=lost)] if lost else []
    no_phone = sum(1 for provider in made if not provider.phones)
    if no_phone:
        notes.append(load("en").say("exchange.note.no_phone", n=no_phone))
    own_notes = [
        note for note in read.notes if note not in (load("en").say("exchange.note.no_phone", n=len(made)),)
    ]
    return Read(tuple(made), read.problems, (*own_notes, *notes))


def _by_organization(services: Table, table: Table | None, source: str) -> dict[str, list[Provider]]:
    """Rows of a table, read as providers, by the organization they name."""
    if table is None:
        return {}
    link = _link(services, table)
    column = next((n for n, heading in enumerate(table.headings) if spoken(heading) == link), None)
    if column is None:
        return {}
    choices = [
        replace(choice, field=None) if choice.field == "id" else choice for choice in columns.propose(table)
    ]
    found: dict[str, list[Provider]] = defaultdict(list)
    for row in table.rows:
        one = Table(table.name, table.headings, (row,))
        for provider in read_rows(one, choices, source).providers:
            found[_key(row.cells[column])].append(provider)
    return found


def _key(text: str) -> str:
    return " ".join(words(text))


def _keys(services: Table, choices: Sequence[ColumnChoice], named: dict[str, Table]) -> dict[str, str]:
    """The organization of each service, by the id of the service."""
    other = named.get("organizations") or named["locations"]
    link = _link(services, other)
    column = next(n for n, heading in enumerate(services.headings) if spoken(heading) == link)
    identity = next((n for n, choice in enumerate(choices) if choice.field == "id"), None)
    if identity is None:
        return {}
    return {row.cells[identity]: _key(row.cells[column]) for row in services.rows}


def _usual_state(offices: Sequence[Provider]) -> str:
    states = [office.place.state for office in offices if office.place.state]
    best = max(set(states), key=states.count, default="")
    return best if states and states.count(best) >= 0.8 * len(states) else ""


def _joined(
    service: Provider, owners: Sequence[Provider], offices: Sequence[Provider], state: str
) -> Provider:
    owner = owners[0] if owners else None
    with_street = [office for office in offices if office.place.street and not office.place.confidential]
    streets = {_key(office.place.street): office.place for office in with_street}
    place = next(iter(streets.values())) if len(streets) == 1 else Place(state=state if offices else "")
    phones = numbered([*service.phones, *(phone for one in [*owners, *offices] for phone in one.phones)])
    kept = dict(service.kept)
    if len(streets) > 1:
        kept["offices"] = "; ".join(_office(office) for office in with_street)[:_MOST_KEPT]
    return replace(
        service,
        organization=service.organization or (owner.name if owner else ""),
        phones=phones[:_MOST_PHONES],
        place=service.place if service.place != Place() else place,
        email=service.email or (owner.email if owner else ""),
        website=service.website or (owner.website if owner else ""),
        description=service.description or (owner.description if owner else ""),
        kept=MappingProxyType(kept),
    )


def _office(office: Provider) -> str:
    place = office.place
    where = ", ".join(
        filter(None, (place.street, place.city, " ".join(filter(None, (place.state, place.postal_code)))))
    )
    return f"{office.name}: {where}" if office.name else where
