"""Columns are understood from their headings and contents, and a person's word counts more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.exchange import columns
from resources.exchange.changes import apply, compare
from resources.exchange.reading import read_list
from resources.exchange.tables import table_of

Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("PublicName", "name"), ("ParentAgency", "organization"), ("PhysicalAddress1", "street"),
        ("PhysicalCity", "city"), ("PhysicalCounty", "county"), ("PhysicalPostalCode", "postal_code"),
        ("HoursOfOperation", "hours"), ("Phone1Number", "phone"), ("PhoneTollFree", "toll_free"),
        ("PhoneNumberHotline", "hotline"), ("EmailAddressMain", "email"), ("WebsiteAddress", "website"),
        ("AgencyDescription", "description"), ("Eligibility", "eligibility"), ("CoverageArea", "serves"),
        ("AgencySystem_Name", "name"), ("ServiceSystem_Description", "description"),
        ("ServiceSystem_Eligibility", "eligibility"), ("ServiceSystem_DocumentsRequired", "documents"),
        ("ServiceSystem_FeeStructure", "cost"), ("ServiceSystem_PhoneMain", "phone"), ("NAME", "name"),
        ("INTAKE_PROCEDURE", "how_to_reach"), ("PROGRAM_FEES", "cost"), ("ISACTIVE", "status"),
        ("LANGUAGES", "languages"), ("Agency", "organization"), ("Program", "name"), ("Category", "needs"),
        ("Zip Code", "postal_code"), ("Days", "days"), ("People Served", "people"), ("Contact", "contact"),
        ("Is Hidden (Yes / No)", "confidential"), ("LatLon", "point"), ("Time: Open", "opens"),
        ("Market Phone Ext", "extension"), ("Phone1IsPrivate", "phone_private"), ("Kept: Phone", None),
        ("Frobnication", None),
    ],
)  # fmt: skip
def test_headings_met_in_the_wild(heading: str, field: str | None) -> None:
    assert columns.by_heading(heading)[0] == field


def test_contents_overrule_a_heading_that_means_something_else() -> None:
    table = table_of(b"EIN,NAME,ORGANIZATION,STATUS,CITY\n010,A,5,01,Casper\n011,B,1,01,Cody\n", "irs.csv")
    fields = {choice.heading: choice.field for choice in columns.propose(table)}
    assert fields == {"EIN": "id", "NAME": "name", "ORGANIZATION": None, "STATUS": None, "CITY": "city"}


def test_without_headings_contents_tell() -> None:
    table = table_of(
        b"Hope House,(406) 555-0142,a@example.org,1\nSafe Place,(406) 555-0143,b@example.org,2\n", "x.csv"
    )
    fields = [choice.field for choice in columns.propose(table)]
    assert fields == ["name", "phone", "email", None]


def test_a_column_of_repeated_ids_is_no_id() -> None:
    rows = "".join(f"7,{n},Name {n},(406) 555-01{n:02}\n" for n in range(10))
    choices = columns.propose(table_of(f"organization_uuid,id,name,phone\n{rows}".encode(), "x.csv"))
    assert [choice.field for choice in choices] == [None, "id", "name", "phone"]


def test_a_persons_word_holds_and_is_remembered_for_the_next_list(write: Write, directory: Directory) -> None:
    path = write("Bezeichnung,phone\nHope House,(406) 555-0142\n")
    found = read_list(path, mapping={"bezeichnung": "name"})
    assert found.columns[0].confidence == 1.0
    apply(directory, compare(directory, found))
    assert read_list(path, memory=directory).providers[0].name == "Hope House"


@pytest.mark.parametrize(
    ("mapping", "key"),
    [({"nowhere": "name"}, "exchange.unknown_column"), ({"name": "nonsense"}, "exchange.unknown_field")],
)
def test_a_mapping_that_fits_nothing_is_refused(
    write: Write, mapping: dict[str, str | None], key: str
) -> None:
    with pytest.raises(ToolkitError) as raised:
        read_list(write("name,phone\nA,1\n"), mapping=mapping)
    assert raised.value.key == key


def test_every_field_has_headings_and_no_heading_means_two_things() -> None:
    import tomllib

    from resources.paths import CONTENT

    table = tomllib.loads((CONTENT / "columns.toml").read_text(encoding="utf-8"))
    aliases = [alias for names in table["fields"].values() for alias in names]
    assert sorted(aliases) == sorted(set(aliases))
    assert all(columns.spoken(alias) == alias for alias in aliases)
