"""What came in and is not shown goes out again: rows of every HSDS table, and nothing changes by a round."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.exchange.changes import apply, compare
from resources.exchange.export import write_list
from resources.exchange.hsds_files import csv_package, json_list
from resources.exchange.reading import read_list

Write = Callable[..., Path]
OFFICIAL = "01-hsds-3.2.3-examples"
# cells of the official CSV whose links lead nowhere in it, and the attribute that speaks of no row there
DANGLING = {
    "attributes": {"link_id"}, "contacts": {"organization_id", "service_at_location_id"},
    "locations": {"organization_id"}, "organizations": {"parent_organization_id"},
    "metadata": {"resource_id"},
    "taxonomies": {"id"}, "taxonomy_terms": {"id"},
}  # fmt: skip


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_row_of_the_official_example_goes_out_as_it_came(sample_data: Path) -> None:
    folder = sample_data / OFFICIAL / "csv"
    files = csv_package(list(read_list(folder).providers))
    left_out = set()
    for path in sorted(folder.glob("*.csv")):
        (wanted,) = rows(path.read_bytes())
        found = [row for row in rows(files.get(path.name, b"")) if row.get("id") == wanted["id"]]
        if not found:
            left_out.add(path.stem)
            continue
        different = {c for c, text in wanted.items() if found[0][c] != text.strip()} - DANGLING.get(
            path.stem, set()
        )
        assert different <= {"number", "name"}, (path.name, different)  # the quotation marks in the number
    assert left_out == {"attributes", "metadata", "taxonomies", "taxonomy_terms"}, "they belong to no entry"


def objects(thing: Any, found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Every object with an id anywhere in a JSON document, by its id and the list it was in."""
    for _, value in thing.items() if isinstance(thing, dict) else ():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "id" in one:
                plain = {k: v for k, v in one.items() if not isinstance(v, list | dict)}
                found[f"{one['id']}"] = found.get(one["id"], {}) | plain
            objects(one, found)
    return found


def test_every_object_of_the_official_json_goes_out_as_it_came(sample_data: Path) -> None:
    path = sample_data / OFFICIAL / "json" / "service_full.json"
    wanted = objects(json.loads(path.read_text(encoding="utf-8")), {})
    (service,) = json.loads(json_list(list(read_list(path).providers)))["contents"]
    found = objects(service, {})
    assert len(wanted) > 20
    assert {one: found.get(one) for one in wanted} == {
        one: {**found.get(one, {}), **cells} for one, cells in wanted.items()
    }


@pytest.mark.parametrize(
    "sample",
    [
        f"{OFFICIAL}/csv", f"{OFFICIAL}/json/service_full.json", "03-ohana-1.0-sample",
        "04-hsds-1.1-tiny/output", "06-florida-flat", "11-hsds-uk-3.0-json/warn",
        "12-servicenet-fixtures/healthleads/complete",
    ],
)  # fmt: skip
def test_import_export_import_changes_nothing(
    sample_data: Path, directory: Directory, tmp_path: Path, sample: str
) -> None:
    apply(directory, compare(directory, read_list(sample_data / sample), find_duplicates=False))
    before = directory.content_hash()
    for name, format in (("o.csv", "csv"), ("o.xlsx", "xlsx"), ("p", "hsds-csv"), ("o.json", "hsds-json")):
        for people in (True, False):
            target = tmp_path / str(people) / name
            write_list(directory, target, format, people=people)
            changes = compare(directory, read_list(target), find_duplicates=False)
            assert changes.empty and not changes.disputed, (format, people)
            assert changes.same == directory.count(retired=True)
            assert not apply(directory, changes)
            assert directory.content_hash() == before


def test_a_table_and_columns_that_only_one_list_has_go_out_with_it(write: Write, tmp_path: Path) -> None:
    write("id,name\no1,Org\n", "p/organizations.csv")
    write("id,organization_id,name,bed_count\ns1,o1,Shelter,12\ns2,o1,Pantry,\n", "p/services.csv")
    write("id,service_id,pet_rule\nr1,s1,Dogs only\n", "p/pet_rules.csv")
    write("id,service_id,number,hours\nf1,s1,(406) 555-0142,nights\n", "p/phones.csv")
    write("code,meaning\nA,always\n", "p/codebook.csv")
    found = read_list(tmp_path / "p").providers
    files = csv_package(list(found))
    assert [row["pet_rule"] for row in rows(files["pet_rules.csv"])] == ["Dogs only"]
    assert [row["bed_count"] for row in rows(files["services.csv"])] == ["12", ""]
    assert [row["hours"] for row in rows(files["phones.csv"])] == ["nights"]
    assert rows(files["codebook.csv"])[0]["meaning"] == "always"
    described = {one["path"]: one for one in json.loads(files["datapackage.json"])["resources"]}
    for name, data in files.items():
        if name.endswith(".csv"):
            fields = [one["name"] for one in described[name]["schema"]["fields"]]
            assert list(rows(data)[0]) == fields, name
    (first, _) = json.loads(json_list(list(found)))["contents"]
    assert first["pet_rules"][0]["pet_rule"] == "Dogs only"


@pytest.fixture
def official(sample_data: Path) -> Provider:
    return read_list(sample_data / OFFICIAL / "csv").providers[0]


def test_a_number_that_was_changed_here_goes_out_and_not_the_row_it_came_in(official: Provider) -> None:
    changed = replace(official, phones=(replace(official.phones[0], number="+14065550142", shown=""),))
    (phone,) = rows(csv_package([changed])["phones.csv"])
    assert phone["number"] == "(406) 555-0142"
    cheap = rows(csv_package([replace(official, cost="Free")])["services.csv"])[0]
    assert cheap["fees_description"] == "Free"
    assert "cost_options.csv" not in csv_package([replace(official, cost="Free")])


def test_entries_that_say_the_same_share_their_service_and_their_location(official: Provider) -> None:
    other = replace(
        official, id="9b2f0c7e-6a2b-4d0e-9f52-0d5d9b1c1111", place=replace(official.place, street="2 Oak St")
    )
    files = csv_package([official, other])
    assert [len(rows(files[f"{n}.csv"])) for n in ("organizations", "services", "locations")] == [1, 1, 2]
    assert len(rows(files["service_at_location.csv"])) == 2


def test_names_of_staff_go_out_only_when_the_box_is_ticked(
    sample_data: Path, directory: Directory, tmp_path: Path
) -> None:
    apply(directory, compare(directory, read_list(sample_data / OFFICIAL / "csv")))
    for name, format in (("a.csv", "csv"), ("a.zip", "hsds-csv"), ("p", "hsds-csv"), ("a.json", "hsds-json")):
        for people in (False, True):
            target = tmp_path / f"{people}" / name
            write_list(directory, target, format, people=people)
            files = list(target.rglob("*")) if target.is_dir() else [target]
            if not name.endswith(".zip"):
                assert any(b"Persona" in one.read_bytes() for one in files) == people, (format, people)
