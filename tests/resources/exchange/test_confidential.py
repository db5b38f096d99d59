"""A confidential shelter's street is dropped at the door and is nowhere afterwards (R4, test 8)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from resources.directory.store import Directory
from resources.exchange.changes import apply, compare
from resources.exchange.export import FORMATS, write_list
from resources.exchange.reading import read_list

Write = Callable[..., Path]
STREET = "1834 Zzcanary Road"
FLAGGED = (
    "name,address,address 2,city,state,zip,county,lat,lon,phone,directions,description,{flag}\n"
    f"Safe Place,{STREET},Unit 9,Forsyth,MT,59327,Rosebud,46.26,-106.67,(406) 555-0142,"
    "Left of the zzcanary mill,"
    f"We are at {STREET} behind the church.,{{value}}\n"
    "Food Bank,1 Main St,,Hardin,MT,59034,Big Horn,45.7,-107.6,(406) 555-0143,,,{other}\n"
)


@pytest.mark.parametrize(
    ("flag", "value", "other"),
    [
        ("Confidential", "yes", "no"),
        ("IsConfidential", "true", "false"),
        ("is_hidden", "1", "0"),
        ("PhysicalAddress1IsPrivate", "Yes", "No"),
        ("SHOW_ON_PUBLIC_SITE", "false", "true"),
        ("ExcludeFromWebsite", "Y", "N"),
    ],
)
def test_flags_of_other_systems_are_understood(write: Write, flag: str, value: str, other: str) -> None:
    found = read_list(write(FLAGGED.format(flag=flag, value=value, other=other)))
    safe, food = found.providers
    assert safe.place.confidential
    assert (safe.place.city, safe.place.county, safe.place.state) == ("Forsyth", "30087", "MT")
    assert safe.place.postal_code == ""
    assert safe.phones[0].number == "+14065550142"
    assert "zzcanary" not in str(safe).casefold()
    assert not food.place.confidential
    assert food.place.street == "1 Main St"
    assert any("confidential" in note for note in found.notes)


@pytest.mark.parametrize("words", ["Confidential", "undisclosed location", "Call for location"])
def test_words_in_the_address_cell_are_understood(write: Write, words: str) -> None:
    found = read_list(write(f"name,address,city,phone\nSafe Place,{words},Forsyth,(406) 555-0142\n"))
    assert found.providers[0].place.confidential
    assert found.providers[0].place.city == "Forsyth"


def test_hsds_locations_marked_redacted_lose_their_street(write: Write, tmp_path: Path) -> None:
    write("id,name,organization_id\ns1,Safe Place,o1\n", "p/services.csv")
    write("id,name\no1,Safe Org\n", "p/organizations.csv")
    write(
        "id,location_type,latitude,longitude,description\nl1,redacted,46.2,-106.6,zzcanary mill\n",
        "p/locations.csv",
    )
    write("id,service_id,location_id\nx,s1,l1\n", "p/service_at_location.csv")
    write(f"id,location_id,address_1,city,state_province\na,l1,{STREET},Forsyth,MT\n", "p/addresses.csv")
    safe = read_list(tmp_path / "p").providers[0]
    assert safe.place.confidential
    assert "zzcanary" not in str(safe).casefold()


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_no_export_holds_the_street_and_confidential_comes_back(
    directory: Directory, write: Write, tmp_path: Path, format: str
) -> None:
    apply(
        directory,
        compare(directory, read_list(write(FLAGGED.format(flag="Confidential", value="yes", other="no")))),
    )
    target = tmp_path / {"hsds-csv": "out", "hsds-json": "out.json"}.get(format, f"out.{format}")
    assert write_list(directory, target, format) == 2
    files = [path for path in target.rglob("*") if path.is_file()] if target.is_dir() else [target]
    assert not any(b"zzcanary" in path.read_bytes().lower() for path in files)
    if format != "sqlite":
        back = next(one for one in read_list(target).providers if one.name == "Safe Place")
        assert back.place.confidential
        assert back.place.city == "Forsyth"


def test_private_numbers_of_staff_are_not_taken(write: Write) -> None:
    found = read_list(
        write("name,Phone1Number,Phone1IsPrivate,city\nSafe Place,(406) 555-0142,Yes,Forsyth\n")
    )
    assert found.providers[0].phones == ()
    assert [p.key for p in found.problems] == ["exchange.problem.private_phone"]
