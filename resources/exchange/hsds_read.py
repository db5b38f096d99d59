"""HSDS packages of any version to providers: one service at one location each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any

from resources.directory.provider import Place, Provider
from resources.exchange import cells, hsds_contact, hsds_terms, place_cells
from resources.exchange.exact import complete
from resources.exchange.flat import Progress, Read
from resources.exchange.hsds_kept import Owners, kept_rows
from resources.exchange.hsds_links import Links
from resources.exchange.hsds_tables import Package, Record, check, plain_name, records, table_named
from resources.exchange.identity import is_uuid, stable_id
from resources.exchange.incoming import Problem, Table
from resources.exchange.people import read_people
from resources.exchange.plain_text import line, plain
from resources.exchange.private_columns import is_private
from resources.exchange.row import MOST_NAME, MOST_TEXT
from resources.exchange.secret_places import Secrets, clean_one
from resources.words import load

_REPORT = 200
_SHOWN = {
    "services": {"id", "organization_id", "location_id", "program_id", "name", "description", "url", "email",
                 "status", "interpretation_services", "application_process", "fees_description", "fees",
                 "eligibility_description", "minimum_age", "maximum_age", "alert", "languages",
                 "taxonomy_ids", "required_documents", "service_areas", "x_target_population"},
    "organizations": {"id", "name"},
    "locations": {"id", "organization_id", "location_type", "latitude", "longitude", "name", "languages",
                  "x_schedule", "virtual"},
    "service_at_location": {"id", "service_id", "location_id"},
}  # fmt: skip
_IDS = ("organizations", "locations", "services")


def read_package(tables: Sequence[Table], source: str, progress: Progress | None = None) -> Read:
    """Providers of an HSDS package; what cannot be linked is counted, never guessed."""
    package, problems = gather(tables)
    links = Links(package)
    reader = _Reader(package, links, source, problems)
    providers: dict[str, Provider] = {}
    of = len(package.get("services", ()))
    for n, (service, location, joint) in enumerate(_pairs(package, links)):
        if progress and n % _REPORT == 0:
            progress(min(n, of), of)
        provider = reader.provider(service, location, joint)
        if provider is not None:
            providers.setdefault(provider.id, provider)
    made = reader.secrets.clean_all(tuple(providers.values()))
    notes = [*links.notes(), *_notes(package, made)]
    return Read(made, tuple(problems), tuple(notes))


def gather(tables: Sequence[Table]) -> tuple[Package, list[Problem]]:
    """Rows by today's table names, and the problems of single rows."""
    package: Package = {}
    problems: list[Problem] = []
    for table in tables:
        name = table_named(table.name) or plain_name(table.name)
        problems += table.problems
        package.setdefault(name, []).extend(records(table, name))
    for name, rows in package.items():
        headings = {
            h.casefold() for table in tables if table_named(table.name) == name for h in table.headings
        }
        problems += check(name, rows, package, headings)
    return package, problems


Kept = dict[str, str]
_Pair = tuple[Record, Record | None, Record | None]


def _pairs(package: Package, links: Links) -> Iterator[_Pair]:
    """Each service with each of its locations that exists, once without one when none does."""
    services = package.get("services") or package.get("organizations") or package.get("locations") or []
    for service in services:
        found = False
        identity = service.get("id")
        for joint in links.children("service_at_location", "service_id", identity):
            for one in joint.ids("location_id"):
                if (location := links.get("locations", one)) is not None:
                    found = True
                    yield service, location, joint
        for one in service.ids("location_id") if not found else ():
            if (own := links.get("locations", one)) is not None:
                found = True
                yield service, own, None
        if not found:
            joints = links.children("service_at_location", "service_id", identity)
            yield service, None, joints[0] if len(joints) == 1 else None


class _Reader:
    """Turns linked rows into providers."""

    def __init__(self, package: Package, links: Links, source: str, problems: list[Problem]) -> None:
        self._package = package
        self._links = links
        self._source = source
        self._problems = problems
        self.secrets = Secrets()
        self.secrets.add(row.get("number") for row in package.get("phones", ()) if is_private(row.values))
        self._met = False  # somebody who takes what belongs to nobody
        self._kind = next(
            (t for t in ("services", "organizations", "locations") if package.get(t)), "services"
        )

    def provider(self, service: Record, location: Record | None, joint: Record | None) -> Provider | None:
        organization = self._organization(service, location)
        is_organization = self._kind == "organizations"
        owner = line(organization.get("name")) if organization else ""
        name = line(service.get("name")) or owner
        if not self._usable(name, owner, service):
            return None
        place, state, virtual = self._place(location)
        phones, clashes = hsds_contact.phones(self._links, service, location, joint, organization)
        self._problems += clashes
        codes, terms = hsds_terms.needs_of(self._links, service, name)
        served, unclear = hsds_terms.served(self._links, service, joint, state)
        key = _key(service, location, joint)
        owners = self._owners(service, location, joint, organization)
        texts = self._texts(service, organization, terms)
        people = read_people(service.get("x_target_population"))
        provider = Provider(
            id=stable_id(self._source, "service_at_location", key),
            name=name,
            organization=owner if not is_organization else name,
            needs=codes,
            phones=phones,
            email=_first_email(service, location, organization),
            website=line(service.get("url") or service.get("website") or _get(organization, "website")),
            place=place,
            remote=virtual,
            serves=served,
            hours=hsds_contact.hours(self._links, service, location, joint),
            languages=hsds_terms.languages_of(self._links, service, location),
            intake=MappingProxyType(people),
            minimum_age=cells.age(service.get("minimum_age")) or None,
            maximum_age=_oldest(service.get("maximum_age")),
            status=cells.status(service.get("status")) or "active",
            source=self._source,
            source_id=key,
            kept=MappingProxyType(self._kept(owners, place, unclear, terms)),
            **texts,
        )
        provider = complete(provider, hsds_terms.exact_text(self._links, joint))
        return self._without_secrets(provider, location) if place.confidential else provider

    def _place(self, location: Record | None) -> tuple[Place, str, bool]:
        place, state, virtual = hsds_contact.place(self._links, location)
        place, over = place_cells.within_limits(place)
        for name, most in over if location else ():
            data = MappingProxyType({"limit": most})
            key = "exchange.problem.text_too_long"
            self._problems.append(Problem(location.line if location else 0, name, key, data, "locations"))
        return place, state, virtual

    def _owners(
        self, service: Record, location: Record | None, joint: Record | None, organization: Record | None
    ) -> Owners:
        if self._kind != "services":
            return {self._kind: service}
        return {
            "services": service, "organizations": organization, "locations": location,
            "service_at_location": joint,
        }  # fmt: skip

    def _without_secrets(self, provider: Provider, location: Record | None) -> Provider:
        told = hsds_contact.secrets_of(self._links, location)
        self.secrets.add(told)
        return clean_one(provider, told)

    def _usable(self, name: str, owner: str, service: Record) -> bool:
        """True for a name that is there and not absurdly long; a long one is a problem of its line."""
        if max(len(name), len(owner)) > MOST_NAME:
            data = MappingProxyType({"limit": MOST_NAME})
            problem = Problem(service.line, "name", "exchange.problem.name_too_long", data, service.table)
            self._problems.append(problem)
            return False
        return bool(name)

    def _organization(self, service: Record, location: Record | None) -> Record | None:
        if self._kind == "organizations":
            return service
        wanted = service.ids("organization_id") + (location.ids("organization_id") if location else [])
        return next(filter(None, (self._links.get("organizations", one) for one in wanted)), None)

    def _texts(self, service: Record, organization: Record | None, terms: hsds_terms.Terms) -> dict[str, Any]:
        links, identity = self._links, service.get("id")
        eligibility = [
            service.get("eligibility_description"),
            *(row.get("description") for row in links.children("eligibility", "service_id", identity)),
            service.get("x_target_population"),
        ]
        said = {part for text in eligibility for part in text.split("; ")}
        eligibility += [term for term in terms.eligibility if term not in said]
        documents = [
            row.get("document") for row in links.children("required_documents", "service_id", identity)
        ]
        found = {
            "description": service.get("description") or _own_words(organization),
            "interpretation": service.get("interpretation_services"),
            "how_to_reach": service.get("application_process"),
            "alert": service.get("alert"),
            "eligibility": "; ".join(dict.fromkeys(filter(None, eligibility))),
            "documents": "; ".join(
                dict.fromkeys(filter(None, [*documents, service.get("required_documents")]))
            ),
            "cost": hsds_terms.cost(links, service),
        }
        texts: dict[str, Any] = {}
        for name, text in found.items():
            texts[name] = plain(text)
            if len(str(texts[name])) > MOST_TEXT:
                data = MappingProxyType({"limit": f"{MOST_TEXT:,}"})
                key = "exchange.problem.text_too_long"
                self._problems.append(Problem(service.line, name, key, data, service.table))
                texts[name] = ""
        return texts

    def _kept(self, owners: Owners, place: Place, unclear: Sequence[str], terms: hsds_terms.Terms) -> Kept:
        """What came and is not shown; of a confidential place only ids, for texts may lead there."""
        found = {
            f"{table}.id": row.get("id") for table in _IDS if (row := owners.get(table)) and row.get("id")
        }
        if place.confidential:
            return found
        for table, row in owners.items():
            if row is None:
                continue
            own = ("description", row.get("name"))  # how an export of ours describes an organization
            for column, text in row.values.items():
                if text and column not in _SHOWN[table] and (column, text) != own:
                    found[f"{table}.{column}"] = plain(text)[:MOST_TEXT]
        found |= _said_otherwise(owners, self._links, self._source)
        if unclear:
            found["service_areas.name"] = "; ".join(unclear)
        if terms.unread:
            found["taxonomy_terms.name"] = "; ".join(terms.unread)
        rows, problems = kept_rows(self._package, self._links, owners, self._source, first=not self._met)
        self._met = True
        self._problems += problems
        return found | rows


def _said_otherwise(owners: Owners, links: Links, source: str) -> Kept:
    """Cells of shown columns that the entry does not hold as they came."""
    found: Kept = {}
    service, location = owners.get("services"), owners.get("locations")
    if location and line(location.get("name")) not in ("", line(_get(service, "name"))):
        found["locations.name"] = line(location.get("name"))
    if location and hsds_contact.point(location) is None:
        for column in ("latitude", "longitude"):
            if location.get(column):
                found[f"locations.{column}"] = location.get(column)[:40]
    if service:
        if cells.age(service.get("minimum_age")) == 0:
            found["services.minimum_age"] = "0"
        if service.get("maximum_age") and _oldest(service.get("maximum_age")) is None:
            found["services.maximum_age"] = service.get("maximum_age")[:10]
        told = service.get("fees_description") != hsds_terms.cost(links, service) or service.get("fees")
        for column in ("fees_description", "fees") if told else ():
            if service.get(column):
                found[f"services.{column}"] = plain(service.get(column))[:MOST_TEXT]
        organization = owners.get("organizations")
        for column, other in (("url", "website"), ("email", "email")):
            if (text := service.get(column)) and text == _get(organization, other):
                found[f"services.{column}"] = text[:MOST_NAME]  # both say it, and both say it again
        if service.get("program_id"):
            found["services.program_id"] = stable_id(source, "rows", service.get("program_id"))
    return found


def _key(service: Record, location: Record | None, joint: Record | None) -> str:
    """The id of service at location when it is a UUID; row numbers change from export to export, so else
    the ids of the two ends."""
    if joint and is_uuid(joint.get("id")):
        return joint.get("id").lower()
    identity = service.get("id") or f"line {service.line}"
    return f"{identity}@{location.get('id')}" if location else f"{identity}@"


def _get(row: Record | None, name: str) -> str:
    return row.get(name) if row else ""


def _own_words(organization: Record | None) -> str:
    """What an organization says about itself, unless that is only its name."""
    said = _get(organization, "description")
    return said if said != _get(organization, "name") else ""


def _first_email(*rows: Record | None) -> str:
    return next((found for row in rows if row and (found := cells.email(row.get("email")))), "")


def _oldest(text: str) -> int | None:
    years = cells.age(text)
    return years if years and years < 100 else None


def _notes(package: Package, providers: Sequence[Provider]) -> list[str]:
    owning = (*package.get("services", ()), *package.get("locations", ()))
    used = {identity for row in owning for identity in row.ids("organization_id")}
    idle = sum(1 for row in package.get("organizations", ()) if row.get("id") not in used)
    counts = {
        "no_phone": sum(1 for one in providers if not one.phones),
        "confidential": sum(1 for one in providers if one.place.confidential),
        "contacts_kept": len(package.get("contacts", ())),
        "idle_organizations": idle if package.get("services") else 0,
    }
    return [load("en").say(f"exchange.note.{key}", n=n) for key, n in counts.items() if n]
