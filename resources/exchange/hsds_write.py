"""Providers to HSDS 3.2 tables: each provider is one service at one location of one organization."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from resources.directory import needs, opening, places
from resources.directory import phones as phone_cells
from resources.directory.letters import words
from resources.directory.provider import Phone, Place, Provider
from resources.exchange import cells
from resources.exchange.exact import rest
from resources.exchange.hsds_read import read_package
from resources.exchange.hsds_tables import NOT_GIVEN
from resources.exchange.hsds_terms import RECORD
from resources.exchange.identity import is_uuid
from resources.exchange.incoming import Row, Table
from resources.words import load

NEEDS = "Handoff needs"
_SPACE = uuid.UUID("2f1d0c58-6f0e-4e0f-9d53-3d6a3f2f5c77")
_ORGANIZATION_KEPT = ("alternate_name", "tax_status", "tax_id", "legal_status")
_SERVICE_KEPT = ("alternate_name", "wait_time", "accreditations", "licenses")
_LOCATION_KEPT = ("alternate_name", "description", "transportation")
_ORDER: tuple[str, ...] = (
    "organizations", "services", "locations", "service_at_location", "addresses", "phones", "schedules",
    "languages", "service_areas", "required_documents", "taxonomies", "taxonomy_terms", "attributes",
)  # fmt: skip
_SCHEDULE = (
    "valid_from", "valid_to", "dtstart", "timezone", "until", "count", "wkst", "freq", "interval", "byday",
    "byweekno", "bymonthday", "byyearday", "description", "opens_at", "closes_at", "schedule_link",
    "attending_type", "notes",
)  # fmt: skip
_URI = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.ASCII)

Tables = dict[str, list[dict[str, str]]]


def tables_of(providers: Sequence[Provider], *, plus_sign: bool = True) -> Tables:
    """Rows of each HSDS table; what HSDS cannot say goes into an attribute of the service at location.

    `plus_sign` writes foreign numbers with their plus sign (in CSV it would look like a formula).
    """
    writer = _Writer(plus_sign)
    for provider in providers:
        writer.add(provider)
    made = writer.tables
    back = {one.id: one for one in read_package(_as_tables(made), "export").providers}
    for provider in providers:
        identity = writer.joints[provider.id]
        read_back = back.get(identity)
        if read_back is not None:
            writer.add_record(identity, rest(provider, replace(read_back, id=provider.id)))
    return made


def _as_tables(tables: Tables) -> list[Table]:
    made = []
    for name, rows in tables.items():
        headings = tuple(dict.fromkeys(key for row in rows for key in row))
        lines = tuple(
            Row(n, tuple(row.get(heading, "").strip() for heading in headings))
            for n, row in enumerate(rows, 2)
        )
        made.append(Table(name, headings, lines))
    return made


def _no_rows() -> Tables:
    return {name: [] for name in _ORDER}


def made_id(*parts: str) -> str:
    return str(uuid.uuid5(_SPACE, "\n".join(parts)))


@dataclass
class _Writer:
    """Collects the rows of all tables."""

    plus_sign: bool
    tables: Tables = field(default_factory=_no_rows)
    joints: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _organizations: dict[str, str] = field(default_factory=dict)
    _terms: dict[str, str] = field(default_factory=dict)

    def add(self, provider: Provider) -> None:
        organization = self._organization(provider)
        service = self._own_id(provider, "services")
        location = self._own_id(provider, "locations")
        joint = provider.id if is_uuid(provider.id) else made_id(provider.id)
        self.joints[provider.id] = joint
        self._service(provider, service, organization)
        self._location(provider, location, organization)
        self._put("service_at_location", id=joint, service_id=service, location_id=location)
        self._phones(provider, service)
        for n, row in enumerate(opening.to_hsds(provider.hours)):
            known = {key: str(value) for key, value in row.items() if _fits_schedule(key, str(value))}
            if known:
                self._put("schedules", id=made_id(joint, "schedule", str(n)), service_id=service, **known)
        self._small_tables(provider, service)

    def _put(self, table: str, **values: str) -> None:
        self.tables[table].append({key: value for key, value in values.items() if value})

    def _own_id(self, provider: Provider, table: str) -> str:
        """The id the list used, while it is a UUID nobody else has; else one made from the provider's."""
        kept = provider.kept.get(f"{table}.id", "")
        identity = kept.lower() if is_uuid(kept) else made_id(provider.id, table)
        if identity in self._taken:
            identity = made_id(provider.id, table)
        self._taken.add(identity)
        return identity

    def _organization(self, provider: Provider) -> str:
        name = provider.organization or provider.name or NOT_GIVEN
        key = " ".join(words(name)) or name
        if key not in self._organizations:
            kept = provider.kept.get("organizations.id", "")
            identity = (
                kept.lower() if is_uuid(kept) and kept.lower() not in self._taken else made_id("org", key)
            )
            self._taken.add(identity)
            self._organizations[key] = identity
            more = {c: provider.kept.get(f"organizations.{c}", "") for c in _ORGANIZATION_KEPT}
            self._put("organizations", id=identity, name=name, description=name, **more)
        return self._organizations[key]

    def _service(self, provider: Provider, identity: str, organization: str) -> None:
        self._put(
            "services",
            id=identity,
            organization_id=organization,
            name=provider.name or provider.organization or NOT_GIVEN,
            description=provider.description,
            url=provider.website if _URI.fullmatch(provider.website) else "",
            email=provider.email if cells.email(provider.email) == provider.email else "",
            status=provider.status,
            interpretation_services=provider.interpretation,
            application_process=provider.how_to_reach,
            fees_description=provider.cost,
            eligibility_description=provider.eligibility,
            minimum_age="" if provider.minimum_age is None else str(provider.minimum_age),
            maximum_age="" if provider.maximum_age is None else str(provider.maximum_age),
            assured_date=provider.confirmed_on.isoformat() if provider.confirmed_on else "",
            alert=provider.alert,
            **{column: provider.kept.get(f"services.{column}", "") for column in _SERVICE_KEPT},
        )

    def _location(self, provider: Provider, identity: str, organization: str) -> None:
        place = provider.place
        bare = Place(confidential=place.confidential)
        kind = "virtual" if place.confidential or provider.remote or place == bare else "physical"
        kept = (
            {} if place.confidential else {c: provider.kept.get(f"locations.{c}", "") for c in _LOCATION_KEPT}
        )
        if place.confidential:
            kept["description"] = load("en").say("exchange.confidential_location")
        self._put(
            "locations",
            id=identity,
            location_type=kind,
            organization_id=organization,
            name=provider.kept.get("locations.name", "") or provider.name or provider.organization,
            latitude="" if place.latitude is None else repr(place.latitude),
            longitude="" if place.longitude is None else repr(place.longitude),
            **kept,
        )
        if not place.confidential and (place.street or place.city or place.postal_code):
            self._put(
                "addresses",
                id=made_id(identity, "address"),
                location_id=identity,
                address_1=place.street or NOT_GIVEN,
                city=place.city or NOT_GIVEN,
                region=places.county_name(place.county).partition(",")[0] if place.county else "",
                state_province=place.state or NOT_GIVEN,
                postal_code=place.postal_code or NOT_GIVEN,
                country="US",
                address_type="physical",
            )

    def _phones(self, provider: Provider, service: str) -> None:
        for n, phone in enumerate(provider.phones):
            self._put(
                "phones",
                id=made_id(provider.id, "phone", phone.id or str(n)),
                service_id=service,
                number=shown(phone, self.plus_sign) or NOT_GIVEN,
                extension=str(int(phone.extension)) if phone.extension.isdecimal() else "",
                type=phone.kind,
                description=phone.label,
            )

    def _small_tables(self, provider: Provider, service: str) -> None:
        for code in sorted(provider.languages):
            identity = made_id(provider.id, "language", code)
            self._put("languages", id=identity, service_id=service, name=language_name(code), code=code)
        for code in sorted(provider.serves):
            self._put(
                "service_areas",
                id=made_id(provider.id, "area", code),
                service_id=service,
                name=area_name(code),
                extent=code,
                extent_type="text",
            )
        if provider.documents:
            identity = made_id(provider.id, "documents")
            self._put("required_documents", id=identity, service_id=service, document=provider.documents)
        for code in sorted(provider.needs):
            self._attribute(service, "service", code, need_name(code), NEEDS)

    def _attribute(self, link: str, entity: str, code: str, name: str, taxonomy: str, **more: str) -> None:
        if code not in self._terms:
            vocabulary = made_id("taxonomy", taxonomy)
            if not any(row["id"] == vocabulary for row in self.tables["taxonomies"]):
                self._put("taxonomies", id=vocabulary, name=taxonomy, description=taxonomy)
            self._terms[code] = made_id("term", taxonomy, code)
            self._put(
                "taxonomy_terms",
                id=self._terms[code],
                code=code,
                name=name,
                description=name,
                taxonomy=taxonomy,
                taxonomy_id=vocabulary,
            )
        identity = made_id(link, "attribute", code)
        term = self._terms[code]
        self._put("attributes", id=identity, link_id=link, taxonomy_term_id=term, link_entity=entity, **more)

    def add_record(self, joint: str, text: str) -> None:
        if text:
            name = load("en").say("exchange.record")
            self._attribute(joint, "service_at_location", RECORD, name, RECORD, value=text, label=RECORD)


def _fits_schedule(column: str, value: str) -> bool:
    """True for a cell that HSDS 3 allows in this column of schedules."""
    if column in ("timezone", "count", "interval"):
        return bool(re.fullmatch(r"-?\d{1,4}", value, re.ASCII))
    allowed = {"freq": ("WEEKLY", "MONTHLY"), "wkst": ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}
    if column == "schedule_link":
        return bool(_URI.fullmatch(value))
    return column in _SCHEDULE and (column not in allowed or value in allowed[column])


def shown(phone: Phone, plus_sign: bool = True) -> str:
    """A number as people write it, without its extension."""
    text = phone_cells.show(phone.number) if phone.number else phone.shown
    return text if plus_sign else text.lstrip("+")


def need_name(code: str) -> str:
    return load("en").say(needs.get(code).key) if code in needs.codes() else code


def area_name(code: str) -> str:
    """ "Rosebud County, MT", "Montana" or "United States" for the code of an area served."""
    if code == "US":
        return "United States"
    return places.STATES.get(code) or places.county_name(code)


def language_name(code: str) -> str:
    return cells.language_names_in_english().get(code, code)


def ordered(tables: Tables) -> Iterable[tuple[str, list[dict[str, str]]]]:
    """Tables that have rows, in the order in which links lead back."""
    return ((name, tables[name]) for name in _ORDER if tables[name])
