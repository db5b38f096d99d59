"""Every set of the sample data is read, with the counts of its README and manifest; a file that is no list
is named here with the reason."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.exchange.changes import apply, compare
from resources.exchange.hours_cells import from_words
from resources.exchange.packed import read_one
from resources.exchange.reading import read_list
from resources.exchange.tables import read_table

ROWS_WE_COUNT_OTHERWISE = {  # file: rows, and why they are not those of the manifest
    "20-peer-tests/frictionless/blank-rows-multiple.csv": (2, "the peer counts its eleven blank rows"),
    "20-peer-tests/frictionless/skip-rows.csv": (2, "two comment lines are counted as comments"),
    "20-peer-tests/frictionless/without-headers.csv": (3, "the first row is data, not headings"),
    "30-reference/geonames-us-postal.tsv": (41_490, "no headings: the first row is a ZIP code too"),
}
ROWS_OF_WORKBOOKS = {  # the README names the first five, the peer's own tests the others
    "08-pittsburgh-food/FMNPMarkets.xlsx": 114,
    "08-pittsburgh-food/just-harvest-fresh-access-markets.xlsx": 22,
    "08-pittsburgh-food/Allegheny_County_WIC_Vendor_Locations.xlsx": 99,
    "08-pittsburgh-food/group_types.xlsx": 31,
    "08-pittsburgh-food/bridgeway-hffi.xlsx": 7,
    "20-peer-tests/frictionless/cast-int-to-string-issue-1251.xlsx": 2,
    "20-peer-tests/frictionless/merged-cells.xlsx": 0,  # one merged block is a title: there is no table
    "20-peer-tests/frictionless/preserve-formatting.xlsx": 1,
    "20-peer-tests/frictionless/sheets.xlsx": 1,
    "20-peer-tests/frictionless/table.xlsx": 2,
}
LISTS = {  # one list, however many files it has: services we read; each number is explained beside it
    "01-hsds-3.2.3-examples/csv": 1,
    "01-hsds-3.2.3-examples/json": 1,
    "03-ohana-1.0-sample": 23,
    "04-hsds-1.1-tiny/input": 19,
    "04-hsds-1.1-tiny/output": 19,
    "05-dc-hsds-2.0": 863,  # 501 services, at the places that exist of the 1,490 the list names
    "06-florida-flat": 135,
    "07-philadelphia-flat/rapper.csv": 101,
    "08-pittsburgh-food/Allegheny_County_WIC_Vendor_Locations.xlsx": 98,  # one row has no name
    "08-pittsburgh-food/FMNPMarkets.xlsx": 89,  # markets that open on two days have two rows
    "08-pittsburgh-food/bridgeway-hffi.xlsx": 7,
    "08-pittsburgh-food/cleaned_PA_WIC.csv": 82,
    "08-pittsburgh-food/greater_pittsburgh_community_food_bank.csv": 146,  # one row has no name
    "08-pittsburgh-food/just-harvest-fresh-access-markets.xlsx": 22,
    "08-pittsburgh-food/just_harvest.csv": 33,
    "08-pittsburgh-food/merged-with-duplicate-groups.csv": 2069,
    "09-early-childhood-labelled/sites.csv": 1598,
    "11-hsds-uk-3.0-json/default": 1,
    "11-hsds-uk-3.0-json/warn": 2,  # two of its answers give one service at one place different ids
    "12-servicenet-fixtures/anonymous/AnonymousData.csv": 2,
    "12-servicenet-fixtures/anonymous/AnonymousData.json": 2,
    "12-servicenet-fixtures/anonymous/AnonymousSingleEntry.json": 1,
    "12-servicenet-fixtures/healthleads": 3,
    "12-servicenet-fixtures/healthleads/bad_matches": 6,  # of seven joints one leads to no service
    "12-servicenet-fixtures/healthleads/complete": 1,
    "12-servicenet-fixtures/healthleads/conflicting/1": 1,
    "12-servicenet-fixtures/healthleads/invalid_fields": 1,
    "12-servicenet-fixtures/healthleads/minimal": 1,
    "12-servicenet-fixtures/laac/bad_matches.csv": 3,
    "12-servicenet-fixtures/laac/complete.json": 1,
    "12-servicenet-fixtures/laac/invalid_fields.json": 1,
    "12-servicenet-fixtures/laac/minimal.json": 1,
    "12-servicenet-fixtures/laac/orgs.json": 3,
}
NO_LISTS = {  # what is there for another purpose, and which
    "02-hsds-3.1-json-schemas": "schemas: exports are validated with them (test_exports.py)",
    "02-older-datapackages": "descriptions; a version is known by its tables, never by them",
    "08-pittsburgh-food/group_types.xlsx": "names of kinds of food help, no place or number: refused",
    "10-irs-nonprofits": "two dates of four lists: the test below compares them",
    "20-peer-tests": "tables and cells without services: test_tables.py, test_phones.py, test_opening.py",
    "30-reference": "ZIP codes and terms that packaging/tools builds into the program",
    "licences": "texts of licences",
}


def manifest(sample_data: Path) -> list[tuple[str, str]]:
    """Every file with the rows the manifest counts, "" where it does not."""
    with (sample_data / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        return [(row["file"], row["rows"]) for row in csv.DictReader(file, delimiter="\t")]


def rows_of(path: Path) -> int:
    try:
        return (
            sum(len(table.rows) for table in read_one(path))
            if path.suffix == ".json"
            else len(read_table(path).rows)
        )
    except ToolkitError as refused:
        assert refused.key == "exchange.empty", path
        return 0


def test_every_table_has_the_rows_of_the_manifest(sample_data: Path) -> None:
    found, wanted = {}, {}
    for name, rows in manifest(sample_data):
        path = sample_data / name
        plain = name.startswith("12-") or path.suffix in (".csv", ".tsv")  # other JSON has tables in tables
        if rows and plain:
            wanted[name] = ROWS_WE_COUNT_OTHERWISE.get(name, (int(rows), ""))[0]
            found[name] = rows_of(path)
    for name, count in ROWS_OF_WORKBOOKS.items():
        wanted[name], found[name] = count, rows_of(sample_data / name)
    assert len(found) > 180
    assert {name: n for name, n in found.items() if n != wanted[name]} == {}


def test_every_set_comes_in_with_the_services_of_its_readme(sample_data: Path) -> None:
    found = {name: len(read_list(sample_data / name).providers) for name in LISTS}
    assert found == LISTS


def test_every_file_is_part_of_a_set_or_is_here_for_a_reason_that_is_given(sample_data: Path) -> None:
    known = (*LISTS, *NO_LISTS)
    left = [
        name
        for name, _ in manifest(sample_data)
        if not any(name == one or name.startswith(f"{one}/") for one in known)
    ]
    assert left == []


@pytest.mark.parametrize("folder", ["default", "warn"])
@pytest.mark.parametrize(
    "name", ["api_details", "taxonomy", "taxonomy_list", "taxonomy_term", "taxonomy_term_list"]
)
def test_answers_of_a_service_that_hold_no_services_are_refused(
    sample_data: Path, folder: str, name: str
) -> None:
    with pytest.raises(ToolkitError) as refused:
        read_list(sample_data / "11-hsds-uk-3.0-json" / folder / f"{name}.json")
    assert refused.value.key == "exchange.no_columns"


@pytest.mark.parametrize(
    ("state", "first_rows", "second_rows", "new", "gone", "changed"),
    [
        ("wy", 5_127, 5_985, 1_836, 978, 1_377),
        ("vt", 6_208, 6_535, 1_413, 1_086, 1_958),
        ("me", 9_766, 10_277, 2_321, 1_810, 2_806),
        ("wv", 10_979, 11_650, 2_892, 2_221, 2_881),
    ],
)
def test_two_dates_of_a_tax_list_differ_as_listed_and_undo_brings_the_first_back(
    directory: Directory,
    sample_data: Path,
    state: str,
    first_rows: int,
    second_rows: int,
    new: int,
    gone: int,
    changed: int,
) -> None:
    folder = sample_data / "10-irs-nonprofits"
    first, second = (read_list(folder / f"eo_{state}_{day}.csv") for day in ("2020-07", "2026-04"))
    assert (len(first.providers), len(second.providers)) == (first_rows, second_rows)
    apply(directory, compare(directory, first, find_duplicates=False))
    before = directory.content_hash()
    changes = compare(directory, second, find_duplicates=False)
    assert (len(changes.new), len(changes.missing), len(changes.changed)) == (new, gone, changed)
    apply(directory, changes, retire_missing=True)
    assert directory.count() == second_rows
    directory.undo()
    assert directory.content_hash() == before


_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RULE = re.compile(r"((?:\w\w[-,]?)+) (\d\d:\d\d-\d\d:\d\d(?:, \d\d:\d\d-\d\d:\d\d)*)")


def oracle(text: str) -> set[tuple[int, int, int]]:
    """Weekday, opening and closing minute of a plain rule of opening hours, by the letter."""
    found = set()
    for rule in text.split(" ; "):
        match = _RULE.fullmatch(rule)
        assert match, rule
        days: list[int] = []
        for part in match[1].split(","):
            first, _, last = part.partition("-")
            days += range(_DAYS.index(first), _DAYS.index(last or first) + 1)
        for times in match[2].split(", "):
            opens, closes = (int(time[:2]) * 60 + int(time[3:]) for time in times.split("-"))
            found |= {(day, opens, closes) for day in days}
    return found


def test_opening_hours_of_the_map_are_read_to_the_letter_or_stay_words(sample_data: Path) -> None:
    """Rules about holidays and single dates (PH off, 2021 Apr 10) do not apply: nobody here writes them, so
    a cell with one stays words."""
    lines = (sample_data / "20-peer-tests" / "osm-opening-hours.txt").read_text(encoding="utf-8").splitlines()
    read = 0
    for text in filter(None, map(str.strip, lines)):
        whole = from_words(text)
        assert whole.text == text
        plain = " ; ".join(rule for rule in text.split(" ; ") if _RULE.fullmatch(rule))
        hours = from_words(plain)
        if hours.spans:
            read += 1
            assert {(one.weekday, one.opens, one.closes) for one in hours.spans} == oracle(plain), text
        if whole.spans:
            assert plain == text
    assert read > 20
