"""A provider as single rows of HSDS 3.2: its organization, its service, its location and the address."""

from __future__ import annotations

from collections.abc import Mapping

from resources.directory import places
from resources.directory.fields import to_fields
from resources.directory.provider import Place, Provider
from resources.exchange import cells
from resources.exchange.hsds_back import is_of, kept_tables
from resources.exchange.hsds_shape import columns, fits
from resources.exchange.hsds_tables import NOT_GIVEN
from resources.words import load

COSTS = ("fees_description", "fees")
_PLACE = ("place/", "remote")
_NOT_SERVICE = (*_PLACE, "source", "checks/", "kept/")
Cells = dict[str, str]


def said_of_service(provider: Provider) -> object:
    """All that an export says of the service, so that entries that say the same can share it."""
    fields = {name: value for name, value in to_fields(provider).items() if not name.startswith(_NOT_SERVICE)}
    kept = {n: t for n, t in provider.kept.items() if n.startswith(("services.", "organizations."))}
    rows = {
        table: [row for row in some if not is_of(row, "locations")]
        for table, some in kept_tables(provider.kept).items()
    }
    return fields, kept, rows


def said_of_place(provider: Provider) -> object:
    """All that an export says of the location."""
    fields = {name: value for name, value in to_fields(provider).items() if name.startswith(_PLACE)}
    kept = {name: text for name, text in provider.kept.items() if name.startswith("locations.")}
    return fields, kept, "" if "locations.name" in kept else provider.name, provider.organization


def organization(provider: Provider, name: str) -> Cells:
    return {"description": name, **_more(provider, "organizations"), "name": name}


def service(provider: Provider, costs_as_they_came: bool) -> Cells:
    """The service; a cell that its column does not allow is left out."""
    kept = provider.kept
    came = {name: kept.get(f"services.{name}", "") for name in COSTS}
    row = {
        "name": provider.name or provider.organization or NOT_GIVEN,
        "description": provider.description,
        "url": _own(provider.website, "url", kept, kept.get("organizations.website", "")),
        "email": _own(provider.email, "email", kept, cells.email(kept.get("organizations.email", ""))),
        "status": provider.status,
        "interpretation_services": provider.interpretation,
        "application_process": provider.how_to_reach,
        "eligibility_description": provider.eligibility,
        "minimum_age": _years(provider.minimum_age, kept.get("services.minimum_age", "")),
        "maximum_age": _years(provider.maximum_age, kept.get("services.maximum_age", "")),
        "assured_date": provider.confirmed_on.isoformat() if provider.confirmed_on else "",
        "alert": provider.alert,
        **(came if costs_as_they_came else {"fees_description": provider.cost}),
    }
    row = {column: value for column, value in row.items() if value and fits("services", column, value)}
    more = _more(provider, "services", *COSTS, "minimum_age", "maximum_age", "url", "email")
    return more | row


def location(provider: Provider) -> Cells:
    """The location; of a confidential one no more than that it is."""
    place = provider.place
    nowhere = (
        place.confidential or provider.remote or (place == Place() and "locations.id" not in provider.kept)
    )
    if place.confidential:
        more = {"description": load("en").say("exchange.confidential_location")}
    else:
        more = _more(provider, "locations")
    row = {"name": provider.name or provider.organization, **more}
    for name, degrees in (("latitude", place.latitude), ("longitude", place.longitude)):
        if degrees is not None:
            row[name] = repr(degrees)
    return {**row, "location_type": "virtual" if nowhere else "physical"}


def address(place: Place) -> Cells:
    """The address, nothing when there is none or nobody may know it."""
    if place.confidential or not (place.street or place.city or place.postal_code):
        return {}
    return {
        "address_1": place.street or NOT_GIVEN,
        "city": place.city or NOT_GIVEN,
        "region": places.county_name(place.county).partition(",")[0] if place.county else "",
        "state_province": place.state or NOT_GIVEN,
        "postal_code": place.postal_code or NOT_GIVEN,
        "country": "US",
        "address_type": "physical",
    }


def _more(provider: Provider, table: str, *without: str) -> Cells:
    """Kept columns of a table that fit there, and columns that only this list has."""
    start = f"{table}."
    found: Mapping[str, str] = {
        name.removeprefix(start): text for name, text in provider.kept.items() if name.startswith(start)
    }
    official = columns(table)
    return {
        column: text
        for column, text in found.items()
        if column not in ("id", "csv", "organization_id", *without)
        and (column not in official or fits(table, column, text))
    }


def _own(text: str, column: str, kept: Mapping[str, str], of_organization: str) -> str:
    """What the service says, unless only its organization says it."""
    return text if text != of_organization or kept.get(f"services.{column}") == text else ""


def _years(years: int | None, kept: str) -> str:
    return kept if years is None else str(years)
