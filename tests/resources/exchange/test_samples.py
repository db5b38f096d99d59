"""Every real list of the sample data comes in with the counts its README tells."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from resources.errors import ToolkitError
from resources.exchange.incoming import Incoming
from resources.exchange.reading import read_list

EXPECTED = [  # path, kind, providers, with a number to dial, with a need
    ("01-hsds-3.2.3-examples/csv", "hsds", 1, 1, 1),
    ("01-hsds-3.2.3-examples/json/service_full.json", "hsds", 1, 1, 1),
    ("01-hsds-3.2.3-examples/json/service_list.json", "hsds", 1, 0, 1),
    ("01-hsds-3.2.3-examples/json/service_at_location_full.json", "hsds", 1, 1, 1),
    ("01-hsds-3.2.3-examples/json/organization_full.json", "hsds", 1, 1, 1),
    ("01-hsds-3.2.3-examples/json/organization_list.json", "hsds", 1, 0, 0),
    ("01-hsds-3.2.3-examples/json/tabular.json", "hsds", 1, 1, 1),
    ("03-ohana-1.0-sample", "hsds", 23, 22, None),
    ("04-hsds-1.1-tiny/input", "joined", 19, 19, None),
    ("04-hsds-1.1-tiny/output", "hsds", 19, 19, None),
    ("06-florida-flat", "joined", 135, 116, None),
    ("07-philadelphia-flat/rapper.csv", "flat", 101, 63, 101),
    ("08-pittsburgh-food/Allegheny_County_WIC_Vendor_Locations.xlsx", "flat", 98, 0, None),
    ("08-pittsburgh-food/FMNPMarkets.xlsx", "flat", 89, 28, None),
    ("08-pittsburgh-food/bridgeway-hffi.xlsx", "flat", 7, 0, None),
    ("08-pittsburgh-food/just-harvest-fresh-access-markets.xlsx", "flat", 22, 0, None),
    ("08-pittsburgh-food/merged-with-duplicate-groups.csv", "flat", 2069, 313, None),
    ("08-pittsburgh-food/greater_pittsburgh_community_food_bank.csv", "flat", 146, 100, 146),
    ("08-pittsburgh-food/cleaned_PA_WIC.csv", "flat", 82, 0, None),
    ("08-pittsburgh-food/just_harvest.csv", "flat", 33, 0, None),
    ("09-early-childhood-labelled/sites.csv", "flat", 1598, 0, None),
    ("11-hsds-uk-3.0-json/default/organization.json", "hsds", 1, 0, None),
    ("11-hsds-uk-3.0-json/default/organization_list.json", "hsds", 10, 0, None),
    ("11-hsds-uk-3.0-json/default/service_full.json", "hsds", 1, 0, None),
    ("11-hsds-uk-3.0-json/warn/service_at_location_full.json", "hsds", 1, 0, None),
    ("12-servicenet-fixtures/anonymous/AnonymousData.csv", "flat", 2, 1, 2),
    ("12-servicenet-fixtures/anonymous/AnonymousData.json", "flat", 2, 1, 2),
    ("12-servicenet-fixtures/laac/bad_matches.csv", "flat", 3, 2, 3),
    ("12-servicenet-fixtures/laac/orgs.json", "flat", 3, 0, None),
    ("12-servicenet-fixtures/healthleads", "hsds", 3, 0, None),
    ("12-servicenet-fixtures/healthleads/bad_matches", "hsds", 6, 6, None),
    ("12-servicenet-fixtures/healthleads/complete", "hsds", 1, 0, None),
    ("12-servicenet-fixtures/healthleads/minimal", "hsds", 1, 0, None),
    ("12-servicenet-fixtures/healthleads/conflicting/1", "hsds", 1, 1, None),
    ("12-servicenet-fixtures/healthleads/invalid_fields", "hsds", 1, 0, None),
]


@pytest.mark.parametrize(("path", "kind", "count", "dialled", "needed"), EXPECTED, ids=lambda v: str(v))
def test_counts(
    sample_data: Path, path: str, kind: str, count: int, dialled: int, needed: int | None
) -> None:
    found = read_list(sample_data / path)
    assert (found.kind, len(found.providers)) == (kind, count)
    assert len({one.id for one in found.providers}) == count
    assert sum(1 for one in found.providers if one.phone) == dialled
    if needed is not None:
        assert sum(1 for one in found.providers if one.needs) == needed


@pytest.mark.parametrize(
    "path",
    [
        "01-hsds-3.2.3-examples/json/taxonomy_term.json",
        "01-hsds-3.2.3-examples/json/base.json",
        "08-pittsburgh-food/group_types.xlsx",
        "11-hsds-uk-3.0-json/default/api_details.json",
    ],
)
def test_files_without_services_are_refused(sample_data: Path, path: str) -> None:
    with pytest.raises(ToolkitError):
        read_list(sample_data / path)


def test_washington_is_read_and_its_broken_links_are_counted_once(sample_data: Path) -> None:
    found = read_list(sample_data / "05-dc-hsds-2.0")
    services = {one.kept["services.id"] for one in found.providers}
    assert len(services) == 501
    pairs = _pairs_that_exist(sample_data / "05-dc-hsds-2.0")
    assert sum(1 for one in found.providers if not one.source_id.endswith("@")) == len(pairs)
    assert sum("links lead to entries" in note for note in found.notes) == 1
    assert any("437 rows have fewer cells" in note for note in found.notes)
    assert not any("&rsquo;" in one.description or "<p>" in one.description for one in found.providers)
    assert sum(1 for one in found.providers if one.hours.spans) > 150


def _pairs_that_exist(folder: Path) -> set[tuple[str, str]]:
    def column(name: str, *keys: str) -> list[tuple[str, ...]]:
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return [tuple(row[key] or "" for key in keys) for row in csv.DictReader(file)]

    services, locations = set(column("services", "id")), set(column("locations", "id"))
    joints = column("services_at_location", "service_id", "location_id")
    return {(s, place) for s, place in joints if (s,) in services and (place,) in locations}


def test_philadelphia_comes_in_right(sample_data: Path) -> None:
    found = read_list(sample_data / "07-philadelphia-flat" / "rapper.csv")
    by_id = {one.source_id: one for one in found.providers}
    first = by_id["1"]
    assert first.name == "A New Life Recovery & Education Center"
    assert first.phones[0].number == "+12675073529"
    assert (first.place.street, first.place.city) == ("3119 Spring Garden St", "Philadelphia")
    assert (first.place.state, first.place.postal_code) == ("PA", "19104")
    assert (first.place.latitude, first.place.longitude) == (39.9635841, -75.18833430000001)
    assert not first.hours.spans, "10PM to 6PM contradicts the words"
    assert first.hours.text.startswith("Tues-Sat: 10-6pm")
    assert dict(by_id["2"].intake) == {"women": True, "families": True, "men": False}
    assert Counter(code for one in found.providers for code in one.needs)["shelter"] >= 46
    assert all(one.place.latitude for one in found.providers)
    assert [(p.line, p.column) for p in found.problems] == [(78, "Phone Number")]
    assert sum(1 for one in found.providers if one.hours.spans or one.hours.always) >= 20


def test_florida_services_get_the_numbers_of_their_organization_and_no_guessed_street(
    sample_data: Path,
) -> None:
    found = read_list(sample_data / "06-florida-flat")
    bay = next(one for one in found.providers if one.name.startswith("Bay Pines VA"))
    assert bay.organization == "Bay Area Legal Services, Inc."
    assert bay.serves == frozenset({"12103"})
    assert bay.phone is not None
    assert bay.place.street == ""
    assert "offices" in bay.kept
    assert all(one.organization for one in found.providers)
    assert sum(1 for one in found.providers if one.serves) >= 130


def test_ohana_services_have_their_place_hours_and_holidays(sample_data: Path) -> None:
    found = read_list(sample_data / "03-ohana-1.0-sample")
    center = next(one for one in found.providers if one.name == "Fair Oaks Adult Activity Center")
    assert center.place.city == "Redwood City"
    assert [(p.number, p.kind) for p in center.phones] == [("+16507807525", "voice"), ("+16507010856", "fax")]
    assert center.source_id == "1@1"
    daily = next(one for one in found.providers if one.kept["services.id"] == "22")
    assert {span.weekday for span in daily.hours.spans} == {0, 2}


def test_ids_that_are_no_uuids_become_stable_uuids(sample_data: Path) -> None:
    path = sample_data / "11-hsds-uk-3.0-json" / "default" / "organization_list.json"
    one, again = read_list(path), read_list(path)
    assert [p.id for p in one.providers] == [p.id for p in again.providers]
    other = read_list(path, source="another list")
    assert one.providers[0].id != other.providers[0].id


def test_staff_names_of_contact_tables_are_kept_out_of_sight_and_said(sample_data: Path) -> None:
    found = read_list(sample_data / "01-hsds-3.2.3-examples" / "csv")
    (one,) = found.providers
    assert "Ann Persona" in one.kept["contacts.csv"]
    shown = str(replace(one, kept=MappingProxyType({})))
    assert "Persona" not in shown
    assert any("contact person" in note for note in found.notes)


def _expected(sample_data: Path) -> list[tuple[str, str, str]]:
    path = sample_data / "20-peer-tests" / "ohana-row-errors" / "EXPECTED.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [(file, line, what) for file, line, what in rows]


def test_one_fault_a_file_is_found_on_its_line(sample_data: Path) -> None:
    folder = sample_data / "20-peer-tests" / "ohana-row-errors"
    for file, line, what in _expected(sample_data):
        if line == "empty":
            with pytest.raises(ToolkitError):
                read_list(folder / file)
            continue
        found: Incoming = read_list(folder / file)
        lines = {problem.line for problem in found.problems}
        if line == "ok":
            assert not lines, file
        elif "warning is enough" not in what:
            assert int(line) in lines, file
            assert all(problem.sentence() for problem in found.problems)
        if "line 3 is fine" in what and "but" not in what:
            assert 3 not in lines, file
