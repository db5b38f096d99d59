"""Providers to HSDS 3.2 tables: each provider is one service at one location of one organization."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from resources.directory import needs, opening, places
from resources.directory import phones as phone_cells
from resources.directory.fields import Fields, to_fields
from resources.directory.letters import words
from resources.directory.provider import Phone, Provider
from resources.exchange import cells
from resources.exchange import hsds_rows as rows
from resources.exchange.exact import rest
from resources.exchange.flat import Progress
from resources.exchange.hsds_back import Tables, made_id, only_of_contact, rows_of, tidied, uuid_of
from resources.exchange.hsds_read import read_package
from resources.exchange.hsds_tables import NEEDS, NOT_GIVEN, RECORD
from resources.exchange.identity import is_uuid
from resources.exchange.incoming import Row, Table
from resources.words import load

# what an entry shows of each table: when that was changed here, the rows that came are not written again
_SHOWN = {
    "phones": "phones/", "addresses": "place/", "schedules": "hours", "languages": "languages/",
    "service_areas": "serves/", "required_documents": "documents", "cost_options": "cost",
    "attributes": "needs/",
}  # fmt: skip
Refused = frozenset[tuple[str, str]]
Reader = Callable[[Tables], Iterable[Provider]]


def tables_of(
    providers: Sequence[Provider],
    *,
    plus_sign: bool = True,
    read_again: Reader | None = None,
    progress: Progress | None = None,
) -> Tables:
    """Rows of each HSDS table; what HSDS cannot say goes into an attribute of the service at location.

    `plus_sign` writes foreign numbers with their plus sign (in CSV it would look like a formula);
    `read_again` reads the tables as the format of the export gives them back.
    """
    read = read_again or (lambda tables: read_package(_as_tables(tables), "export", progress).providers)
    writer, back = _written(providers, plus_sign, frozenset(), read)
    refused = frozenset(
        (one.id, table) for one in providers for table in _changed(one, back.get(writer.joints[one.id]))
    )
    if refused:
        writer, back = _written(providers, plus_sign, refused, read)
    for provider in providers:
        identity = writer.joints[provider.id]
        read_back = back.get(identity)
        if read_back is not None:
            writer.add_record(identity, rest(provider, replace(read_back, id=provider.id)))
    return tidied(writer.tables)


def _written(
    providers: Sequence[Provider], plus_sign: bool, refused: Refused, read_again: Reader
) -> tuple[_Writer, dict[str, Provider]]:
    """The rows, and the providers that anybody reads from them."""
    writer = _Writer(plus_sign, refused)
    for provider in providers:
        writer.add(provider)
    return writer, {one.id: one for one in read_again(tidied(writer.tables))}


def _changed(provider: Provider, back: Provider | None) -> list[str]:
    """The tables with kept rows that no longer say what the entry says."""
    tables = [table for table in _SHOWN if f"{table}.csv" in provider.kept]
    if "cost_options" not in tables and any(f"services.{name}" in provider.kept for name in rows.COSTS):
        tables.append("cost_options")
    if not tables:
        return []
    now, then = to_fields(provider), to_fields(back) if back else {}
    return [table for table in tables if _part(now, _SHOWN[table]) != _part(then, _SHOWN[table])]


def _part(fields: Fields, start: str) -> Fields:
    return {name: value for name, value in fields.items() if name.startswith(start)}


def _as_tables(tables: Tables) -> list[Table]:
    made = []
    for name, some in tables.items():
        headings = tuple(dict.fromkeys(key for row in some for key in row))
        lines = tuple(
            Row(n, tuple(row.get(heading, "").strip() for heading in headings))
            for n, row in enumerate(some, 2)
        )
        made.append(Table(name, headings, lines))
    return made


@dataclass
class _Writer:
    """Collects the rows of all tables."""

    plus_sign: bool
    refused: Refused = frozenset()
    tables: Tables = field(default_factory=dict)
    joints: dict[str, str] = field(default_factory=dict)
    _says: dict[str, object] = field(default_factory=dict)  # of each service and location, what was written
    _met: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    _organizations: dict[tuple[str, str], str] = field(default_factory=dict)
    _terms: dict[str, str] = field(default_factory=dict)

    def add(self, provider: Provider) -> None:
        organization = self._organization(provider)
        service, new = self._identity(provider, "services", rows.said_of_service(provider))
        location, new_place = self._identity(provider, "locations", rows.said_of_place(provider))
        joint = provider.id if is_uuid(provider.id) else made_id(provider.id)
        self.joints[provider.id] = joint
        owners = {
            "organizations": organization, "services": service, "locations": location,
            "service_at_location": joint,
        }  # fmt: skip
        kept = self._kept(provider, owners)
        if new:
            self._service(provider, service, organization)
            self._small_tables(provider, service, kept)
            if "phones" not in kept:
                self._phones(provider, service)
            if "schedules" not in kept:
                self._schedules(provider, service)
        if new_place:
            self._location(provider, location, organization, with_address="addresses" not in kept)
        about = provider.kept.get("service_at_location.description", "")
        self._put(
            "service_at_location", id=joint, service_id=service, location_id=location, description=about
        )
        for table, some in kept.items():
            for row in some:
                self._put_once(table, row, joint)

    def _kept(self, provider: Provider, owners: Mapping[str, str]) -> Tables:
        """The kept rows that may be written: of a table that was changed here only what nobody shows."""
        found = rows_of(provider, owners)
        for table in [table for table in found if (provider.id, table) in self.refused]:
            some = found.pop(table)
            for row in some if table == "phones" else ():
                if only_of_contact(row):
                    self._put_once(table, row, owners["service_at_location"])
        return found

    def _put(self, table: str, **values: str) -> None:
        row = {key: value for key, value in values.items() if value}
        self.tables.setdefault(table, []).append(row)

    def _put_once(self, table: str, row: dict[str, str], joint: str) -> None:
        """A kept row; two entries of one organization both have its rows."""
        before = self._met.setdefault((table, row["id"]), row)
        if before == row and before is not row:
            return
        if before is not row:
            row = {**row, "id": made_id(row["id"], joint)}
        self.tables.setdefault(table, []).append(row)

    def _identity(self, provider: Provider, table: str, says: object) -> tuple[str, bool]:
        """The id the list used, or one made from the provider's, and whether it is new. Entries share a
        service or a location when they say the same of it."""
        kept = provider.kept.get(f"{table}.id", "")
        identity = uuid_of(provider.source, table, kept) if kept else made_id(provider.id, table)
        if identity in self._says:
            if self._says[identity] == says:
                return identity, False
            identity = made_id(provider.id, table)
        self._says[identity] = says
        return identity, True

    def _organization(self, provider: Provider) -> str:
        name = provider.organization or provider.name or NOT_GIVEN
        kept = provider.kept.get("organizations.id", "")
        key = (kept, " ".join(words(name)) or name)
        if key in self._organizations:
            return self._organizations[key]
        identity = uuid_of(provider.source, "organizations", kept) if kept else made_id("org", key[1])
        if identity in self._organizations.values():
            identity = made_id("org", *key)
        self._organizations[key] = identity
        self._put("organizations", **{**rows.organization(provider, name), "id": identity})
        return identity

    def _service(self, provider: Provider, identity: str, organization: str) -> None:
        as_came = (provider.id, "cost_options") not in self.refused and any(
            name in provider.kept for name in ("cost_options.csv", *(f"services.{one}" for one in rows.COSTS))
        )
        row = rows.service(provider, as_came)
        self._put("services", **{**row, "id": identity, "organization_id": organization})

    def _location(self, provider: Provider, identity: str, organization: str, with_address: bool) -> None:
        self._put("locations", **{**rows.location(provider), "id": identity, "organization_id": organization})
        if with_address and (address := rows.address(provider.place)):
            self._put("addresses", **{**address, "id": made_id(identity, "address"), "location_id": identity})

    def _phones(self, provider: Provider, service: str) -> None:
        for n, phone in enumerate(provider.phones):
            self._put(
                "phones",
                id=made_id(service, "phone", phone.id or str(n)),
                service_id=service,
                number=shown(phone, self.plus_sign) or NOT_GIVEN,
                extension=str(int(phone.extension)) if phone.extension.isdecimal() else "",
                type=phone.kind,
                description=phone.label,
            )

    def _schedules(self, provider: Provider, service: str) -> None:
        for n, row in enumerate(opening.to_hsds(provider.hours)):
            if row:
                identity = made_id(service, "schedule", str(n))
                self._put("schedules", **{**row, "id": identity, "service_id": service})

    def _small_tables(self, provider: Provider, service: str, kept: Tables) -> None:
        for code in sorted(provider.languages) if "languages" not in kept else ():
            identity = made_id(provider.id, "language", code)
            self._put("languages", id=identity, service_id=service, name=language_name(code), code=code)
        for code in sorted(provider.serves) if "service_areas" not in kept else ():
            self._put(
                "service_areas",
                id=made_id(provider.id, "area", code),
                service_id=service,
                name=area_name(code),
                extent=code,
                extent_type="text",
            )
        if provider.documents and "required_documents" not in kept:
            identity = made_id(provider.id, "documents")
            self._put("required_documents", id=identity, service_id=service, document=provider.documents)
        for code in sorted(provider.needs):
            self._attribute(service, "service", code, need_name(code), NEEDS)

    def _attribute(self, link: str, entity: str, code: str, name: str, taxonomy: str, **more: str) -> None:
        if code not in self._terms:
            vocabulary = made_id("taxonomy", taxonomy)
            if not any(row["id"] == vocabulary for row in self.tables.get("taxonomies", ())):
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
