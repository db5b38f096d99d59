"""Providers to one sheet: columns a person reads, columns kept from other lists, and the exact record.

Whoever edits a cell and sends the sheet back is heard; cells left alone come back to the letter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from resources.directory import opening
from resources.directory import phones as phone_cells
from resources.directory.hours import Hours
from resources.directory.provider import Phone, Provider
from resources.exchange import columns
from resources.exchange.exact import rest
from resources.exchange.flat import Progress, read_rows
from resources.exchange.hsds_write import area_name, language_name, need_name, shown
from resources.exchange.incoming import Row, Table
from resources.exchange.tables import MOST_COLUMNS, unique
from resources.words import load

RECORD = "Porchlight record"
NUMBERS = ("Latitude", "Longitude")
_MOST_RECORD = 32_000  # an Excel cell holds 32,767 characters
_HEADINGS = (
    "Id", "Name", "Organization", "Cover name", "Category", "Description", "Phone", "Other phones", "Fax",
    "Email", "Website", "Street", "City", "County", "State", "ZIP", "Latitude", "Longitude",
    "Confidential address", "Phone only", "Area served", "Hours", "Languages", "Interpretation",
    "People served", "Eligibility", "Minimum age", "Maximum age", "How to reach", "Documents", "Cost",
    "Alert", "Status", "Last confirmed",
)  # fmt: skip

Sheet = tuple[list[str], list[list[str]]]


def sheet_of(providers: Sequence[Provider], progress: Progress | None = None) -> Sheet:
    """Headings and rows of all providers, one row each."""
    kept = _kept_columns(providers)
    headings = [*_HEADINGS, *unique([columns.KEPT + name for name in kept]), RECORD]
    rows = [[*_cells(one).values(), *(_kept(one, name) for name in kept)] for one in providers]
    table = Table(
        "sheet",
        tuple(headings),
        tuple(Row(n, (*(cell.strip() for cell in row), "")) for n, row in enumerate(rows, 2)),
    )
    again = read_rows(table, columns.propose(table), "export", progress=progress)
    back = {}
    for n, one in enumerate(again.providers):
        if progress and n % 500 == 0:
            progress(n, len(rows))
        back[one.id] = one
    for provider, row in zip(providers, rows, strict=True):
        read_back = back.get(provider.id)
        text = rest(provider, read_back) if read_back else ""
        row.append(text if len(text) <= _MOST_RECORD else "")
    return headings, rows


def _kept_columns(providers: Sequence[Provider]) -> list[str]:
    """The columns of other lists worth a column here, those most used first when there are too many."""
    counts = Counter(name for one in providers if not one.place.confidential for name in one.kept)
    room = MOST_COLUMNS - len(_HEADINGS) - 1
    return [
        name for name, _ in counts.most_common(room) if name == " ".join(name.split()) and len(name) < 190
    ]


def _kept(provider: Provider, name: str) -> str:
    return "" if provider.place.confidential else provider.kept.get(name, "")


def _cells(one: Provider) -> Mapping[str, str]:
    place = one.place
    voices = [phone for phone in one.phones if phone.kind != "fax"]
    faxes = [phone for phone in one.phones if phone.kind == "fax"]
    texts = (
        one.id, one.name, one.organization, one.cover_name,
        "; ".join(need_name(code) for code in sorted(one.needs)), one.description,
        _number(voices[:1]), _number(voices[1:]), _number(faxes), one.email, one.website,
        place.street, place.city, area_name(place.county) if place.county else "", place.state,
        place.postal_code,
        _degrees(place.latitude), _degrees(place.longitude),
        _flag(place.confidential), _flag(one.remote),
        "; ".join(area_name(code) for code in sorted(one.serves)), _hours(one.hours),
        "; ".join(language_name(code) for code in sorted(one.languages)), one.interpretation,
        _people(one), one.eligibility,
        "" if one.minimum_age is None else str(one.minimum_age),
        "" if one.maximum_age is None else str(one.maximum_age),
        one.how_to_reach, one.documents, one.cost, one.alert, one.status,
        one.confirmed_on.isoformat() if one.confirmed_on else "",
    )  # fmt: skip
    return dict(zip(_HEADINGS, texts, strict=True))


def _degrees(value: float | None) -> str:
    """To the centimetre: more digits than a spreadsheet holds would come back as another number."""
    return "" if value is None else repr(round(value, 7))


def _flag(value: bool) -> str:
    return "yes" if value else ""


def _number(found: Sequence[Phone]) -> str:
    """Numbers of one cell: "Intake: (406) 555-0142 ext. 3; TTY: (406) 555-0143", never with a plus sign."""
    said = []
    for phone in found:
        text = shown(phone, plus_sign=False)
        if phone.number and phone.extension:
            text = phone_cells.show(phone.number, phone.extension).lstrip("+")
        said.append(f"{phone.label}: {text}" if phone.label else text)
    return "; ".join(said)


def _hours(hours: Hours) -> str:
    return hours.text or opening.in_words(hours, load("en"))


def _people(one: Provider) -> str:
    names = ("men", "women", "minors", "families", "pets")
    yes = [name.capitalize() for name in names if one.intake.get(name)]
    no = [f"no {name}" for name in names if one.intake.get(name) is False]
    return ", ".join([*yes, *no])
