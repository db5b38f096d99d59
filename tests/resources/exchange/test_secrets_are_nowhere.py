"""Whatever a list marks as confidential is nowhere afterwards, in whatever form the list came (R4)."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources.directory.store import Directory
from resources.exchange import telling
from resources.exchange.changes import apply, compare
from resources.exchange.export import FORMATS, write_list
from resources.exchange.incoming import Incoming
from resources.exchange.reading import read_to_check
from resources.words import load

STREET, SUITE, LAT, LONG = "1834 Zzcanaryone Road", "Zzcanarytwo Suite 9", "46.2612345", "-106.6712345"
PRIVATE, DIRECTIONS = "(406) 555-0177", "Left of the zzcanarythree mill"
CANARIES = ("zzcanary", "46.26123", "106.67123", "5550177", "555-0177")
FLAGS = {  # heading: what it says of a secret entry, and of another one
    "Confidential": ("yes", "no"),
    "IsConfidential": ("true", "false"),
    "is_hidden": ("1", "0"),
    "PhysicalAddress1IsPrivate": ("Yes", "No"),
    "SHOW_ON_PUBLIC_SITE": ("false", "true"),
    "ExcludeFromWebsite": ("Y", "N"),
    "ConfidentialAddress_Street": (STREET, ""),
    "Address is private": ("x", ""),
}
TABLE_FLAGS = ("location_type", "is_confidential", "isPrivate", "show_on_public_site", "is_hidden")
Mention = st.sampled_from(
    ["", f"Come to {STREET}.", f"We are at\n{STREET.upper()}, {SUITE}", f"Call {PRIVATE}"]
)
ROWS = st.fixed_dictionaries(
    {"flag": st.sampled_from(sorted(FLAGS)), "own": Mention, "other": Mention, "note": Mention}
)


SHEET = """\
id;name;address;address 2;city;state;lat;lon;phone;Phone2Number;Phone2IsPrivate;directions;description;eligibility;staff only;{flag}
1;Safe Place;{street};{suite};Forsyth;MT;{lat};{long};(406) 555-0142;{private};yes;{way};{own};{note};{own};{secret}
2;Food Bank;1 Main St;;Hardin;MT;45.7;-107.6;(406) 555-0143;;no;;{other};;{other};{open}
"""  # noqa: E501
TABLES = """\
organizations
id;name;description
o1;Safe Org;{other}

services
id;organization_id;name;status;description;wait_time
s1;o1;Safe Place;active;{own};
s2;o1;Food Bank;active;{other};{note}

locations
id;location_type;name;latitude;longitude;description;transportation
l1;physical;House;{lat};{long};{own};{way}
l2;physical;Office;;;;

service_at_location
id;service_id;location_id
j1;s1;l1
j2;s2;l2

addresses
id;location_id;attention;address_1;address_2;city;state_province;postal_code;country;address_type
a1;l1;Ann;{street};{suite};Forsyth;MT;59327;US;physical
a2;l2;;1 Main St;;Hardin;MT;59034;US;physical

phones
id;service_id;organization_id;number;is_private
p1;s1;;(406) 555-0142;false
p2;s2;;(406) 555-0143;
p3;;o1;{private};true

funding
id;organization_id;source
f1;o1;{other}

accessibility
id;location_id;description
x1;l1;{own}

metadata
id;resource_id;resource_type;last_action_date;last_action_type;field_name;previous_value;replacement_value;updated_by
m1;l1;location;2024-01-01;update;address_1;{street};{street};Ann
"""
ALL = {"street": STREET, "suite": SUITE, "lat": LAT, "long": LONG, "private": PRIVATE, "way": DIRECTIONS}


def flat(folder: Path, chosen: dict[str, Any]) -> Path:
    """One sheet; the entry after it mentions its street."""
    secret, other = FLAGS[chosen["flag"]]
    values = {**ALL, **chosen, "secret": secret, "open": other}
    if chosen["flag"].startswith("ConfidentialAddress"):  # that column has it
        values |= {"street": "", "lat": "", "long": "", "way": ""}
    path = folder / "county.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [[cell.format(**values) for cell in line.split(";")] for line in SHEET.splitlines()]
        csv.writer(file).writerows(rows)
    return path


def tables(chosen: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """The same as HSDS tables: two places of one organization, whose words mention the street."""
    made: dict[str, list[dict[str, str]]] = {}
    for name, heads, *lines in (part.splitlines() for part in TABLES.split("\n\n")):
        cells = [[cell.format(**ALL, **chosen) for cell in line.split(";")] for line in lines]
        made[name] = [dict(zip(heads.split(";"), row, strict=True)) for row in cells]
    flag, marks = chosen["table_flag"], ("true", "false")
    marks = {"location_type": ("redacted", "physical"), "show_on_public_site": ("false", "true")}.get(
        flag, marks
    )
    for place, mark in zip(made["locations"], marks, strict=True):
        place[flag] = mark
    return made


def package(folder: Path, chosen: dict[str, Any]) -> Path:
    for name, rows in tables(chosen).items():
        headings = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(file, headings)
            out.writeheader()
            out.writerows(rows)
    return folder


def nested(folder: Path, chosen: dict[str, Any]) -> Path:
    made = tables(chosen)
    by_id = {row["id"]: row for rows in made.values() for row in rows}
    contents = []
    for n in (1, 2):
        place = {**by_id[f"l{n}"], "addresses": [by_id[f"a{n}"]]}
        if n == 1:
            place |= {"metadata": made["metadata"], "accessibility": made["accessibility"]}
        organization = {**by_id["o1"], "phones": [by_id["p3"]], "funding": made["funding"]}
        contents.append(
            {
                **by_id[f"s{n}"],
                "organization": organization,
                "phones": [by_id[f"p{n}"]],
                "service_at_locations": [{"id": f"j{n}", "location": place}],
            }
        )
    path = folder / "county.json"
    path.write_text(json.dumps({"contents": contents}), encoding="utf-8")
    return path


def everything(directory: Directory, incoming: Incoming, folder: Path) -> Iterator[tuple[str, str]]:
    """All places in which something could have been left, each as lower-case text."""
    words, changes = load("en"), compare(directory, incoming)
    yield "columns", str([choice.samples for choice in incoming.columns])
    for group in telling.groups(changes):
        yield f"review: {group}", "\n".join(telling.lines(words, changes, group, 100))
    yield "notes", "\n".join(telling.same_and_notes(words, changes))
    apply(directory, changes, retire_missing=True)
    for identity in [one.id for one in directory.all(retired=True)]:
        yield "history", str(directory.history(identity))
    for name, format in (
        ("o.csv", "csv"),
        ("o.xlsx", "xlsx"),
        ("p", "hsds-csv"),
        ("o.json", "hsds-json"),
        ("o.db", "sqlite"),
    ):
        assert format in FORMATS
        target = folder / "out" / name
        write_list(directory, target, format, people=True)
        for path in [one for one in target.rglob("*") if one.is_file()] if target.is_dir() else [target]:
            yield format, path.read_bytes().decode("latin-1")
    yield "undo", str(directory.undo())
    plain = folder / "plain.db"
    directory.connection.execute(f"attach database '{plain}' as plain key ''")
    directory.connection.execute("select sqlcipher_export('plain')")
    directory.connection.execute("detach database plain")
    yield "database", plain.read_bytes().decode("latin-1")


@pytest.mark.parametrize("write", [flat, package, nested])
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=ROWS, table_flag=st.sampled_from(TABLE_FLAGS))
def test_no_value_marked_confidential_is_anywhere_afterwards(
    write: Callable[[Path, dict[str, Any]], Path], chosen: dict[str, Any], table_flag: str
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "list"
        folder.mkdir()
        listed = write(folder, {**chosen, "table_flag": table_flag})
        with Directory.open(Path(name) / "data", who="AB") as directory:
            incoming = read_to_check(listed, memory=directory)
            found = {one.name: one for one in incoming.providers}
            assert found["Safe Place"].place.confidential
            assert (found["Safe Place"].place.city, found["Safe Place"].phones[0].number) == (
                "Forsyth",
                "+14065550142",
            )
            assert found["Food Bank"].place.street == "1 Main St"
            for where, text in everything(directory, incoming, Path(name)):
                left = [canary for canary in CANARIES if canary in text.casefold()]
                assert not left, (where, left, text[max(0, text.casefold().find(left[0]) - 200) :][:400])
