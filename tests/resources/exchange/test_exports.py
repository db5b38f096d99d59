"""Exports are what they claim to be: valid HSDS, inert spreadsheets, a database that explains itself."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openpyxl import load_workbook
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from resources import starter
from resources.directory import derived
from resources.directory.provider import Phone, Place, Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.exchange.changes import apply, compare
from resources.exchange.export import write_list
from resources.exchange.hsds_files import csv_package, json_list
from resources.exchange.reading import read_list
from resources.exchange.safe_cells import guard, unguard


@pytest.fixture
def providers() -> list[Provider]:
    made = starter.hotlines() + starter.training_providers(date(2026, 11, 25))
    odd = Provider(
        id="9b2f0c7e-6a2b-4d0e-9f52-0d5d9b1c1111",
        name="=1+1",
        phones=(Phone("a", "+442079460958"),),
        website="no address",
        place=Place(street="-2+3", city="@x", postal_code="59327"),
    )
    return [*made, odd]


SAMPLES = (
    "01-hsds-3.2.3-examples/csv", "01-hsds-3.2.3-examples/json/service_full.json", "03-ohana-1.0-sample",
    "06-florida-flat", "11-hsds-uk-3.0-json/warn", "12-servicenet-fixtures/healthleads/complete",
    "12-servicenet-fixtures/healthleads/bad_matches",
)  # fmt: skip


@pytest.fixture
def all_kinds(sample_data: Path, providers: list[Provider]) -> list[Provider]:
    """Our own entries and those of lists of every kind, with all that is kept beside them."""
    read = [one for sample in SAMPLES for one in read_list(sample_data / sample, source=sample).providers]
    return [*providers, *{one.id: one for one in read}.values()]


def registry(folder: Path) -> Registry[Any]:
    made: Registry[Any] = Registry()
    for path in folder.glob("*.json"):
        contents = json.loads(path.read_text(encoding="utf-8"))
        resource = Resource.from_contents(contents, default_specification=DRAFT202012)
        made = made.with_resources([(path.name, resource), (resource.id() or path.name, resource)])
    return made


def test_json_passes_the_official_schema_with_formats(sample_data: Path, all_kinds: list[Provider]) -> None:
    folder = sample_data / "02-hsds-3.1-json-schemas"
    schema = json.loads((folder / "service.json").read_text(encoding="utf-8"))
    checker = Draft202012Validator(schema, registry=registry(folder), format_checker=FormatChecker())
    page = json.loads(json_list(all_kinds))
    assert page["total_items"] == len(page["contents"])
    places = [joint["id"] for service in page["contents"] for joint in service["service_at_locations"]]
    assert sorted(places) == sorted(one.id for one in all_kinds)
    for service in page["contents"]:
        problems = [f"{list(error.path)}: {error.message[:200]}" for error in checker.iter_errors(service)]
        assert not problems


def tables(files: dict[str, bytes]) -> dict[str, list[dict[str, str]]]:
    return {
        name: list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
        for name, data in files.items()
        if name.endswith(".csv")
    }


FORMATS = FormatChecker()
KINDS = {
    "number": lambda text: float(text) is not None,
    "date": lambda text: FORMATS.conforms(text, "date"),
    "time": lambda text: FORMATS.conforms(f"{text}:00Z" if len(text) == 5 else text, "time")
    or FORMATS.conforms(f"{text}Z", "time"),
    "datetime": lambda text: FORMATS.conforms(text, "date-time"),
}  # fmt: skip


def test_the_csv_package_keeps_every_promise_of_its_description(all_kinds: list[Provider]) -> None:
    files = csv_package(all_kinds)
    assert len(files) > 20
    description = json.loads(files["datapackage.json"])
    found = tables(files)
    assert {one["path"] for one in description["resources"]} == set(found)
    paths = {one["name"]: one["path"] for one in description["resources"]}
    for resource in description["resources"]:
        rows, schema = found[resource["path"]], resource["schema"]
        assert list(rows[0]) == [column["name"] for column in schema["fields"]]
        for column in schema["fields"]:
            values = [row[column["name"]] for row in rows]
            limits = column.get("constraints", {})
            assert not limits.get("required") or all(values), (resource["path"], column["name"])
            right = KINDS.get(column["type"]) or partial(FORMATS.conforms, format=column.get("format", ""))
            assert all(right(value) for value in values if value), (resource["path"], column["name"])
            assert not limits.get("unique") or len(set(filter(None, values))) == len([v for v in values if v])
            assert not limits.get("enum") or set(filter(None, values)) <= set(limits["enum"])
        for link in schema.get("foreignKeys", []):
            known = {row["id"] for row in found[paths[link["reference"]["resource"]]]}
            assert {row[link["fields"]] for row in rows} - {""} <= known


def test_no_cell_of_a_csv_export_runs_as_a_formula(
    providers: list[Provider], directory: Directory, tmp_path: Path
) -> None:
    directory.apply(providers)
    write_list(directory, tmp_path / "out.csv", "csv")
    files = csv_package(providers) | {"out.csv": (tmp_path / "out.csv").read_bytes()}
    for name, data in files.items():
        if name.endswith(".csv"):
            rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
            for row in rows:
                risky = {k: v for k, v in row.items() if v.startswith(("=", "+", "-", "@", "\t", "＝"))}
                assert set(risky) <= {"latitude", "longitude", "Latitude", "Longitude"}
                assert all(float(value) for value in risky.values())


def test_every_cell_of_a_workbook_is_text(
    providers: list[Provider], directory: Directory, tmp_path: Path
) -> None:
    directory.apply(providers)
    write_list(directory, tmp_path / "out.xlsx", "xlsx")
    sheet = load_workbook(tmp_path / "out.xlsx").active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert sheet.max_row == len(providers) + 1


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-", "@x", "\tx", "＝1", "'=1", "''+", "plain", "'tis", "", "a=1"]
)
def test_the_mark_before_a_formula_goes_again(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "＝"))


def test_naughty_strings_survive_every_format(
    sample_data: Path, directory: Directory, tmp_path: Path
) -> None:
    strings = json.loads((sample_data / "20-peer-tests" / "naughty-strings.json").read_text(encoding="utf-8"))
    made = [
        Provider(id=f"9b2f0c7e-6a2b-4d0e-9f52-{n:012}", name=f"N{n}", description=text, alert=text[:150])
        for n, text in enumerate(strings)
    ]
    directory.apply(made)
    for target, format in (("o.csv", "csv"), ("o.zip", "hsds-csv"), ("o.json", "hsds-json")):
        write_list(directory, tmp_path / target, format)
        found = {one.id: one for one in read_list(tmp_path / target).providers}
        for one in made:
            assert found[one.id].description == one.description, (format, one.description)
            assert found[one.id].alert == one.alert


def test_a_cell_edited_in_the_spreadsheet_is_heard(directory: Directory, tmp_path: Path) -> None:
    directory.apply(starter.hotlines())
    target = tmp_path / "out.csv"
    write_list(directory, target, "csv")
    rows = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8-sig"), newline="")))
    city, name = rows[0].index("City"), rows[0].index("Name")
    rows[1][city] = "Miles City"
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    target.write_text(out.getvalue(), encoding="utf-8")
    changes = compare(directory, read_list(target))
    assert not changes.new
    assert [(c.old.name, c.fields) for c in changes.changed] == [(rows[1][name], ("place/city",))]


def test_the_database_explains_itself_and_answers(directory: Directory, tmp_path: Path) -> None:
    directory.apply(starter.hotlines())
    write_list(directory, tmp_path / "out.db", "sqlite")
    connection = sqlite3.connect(tmp_path / "out.db")
    try:
        names = {
            name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
        }
        described = set(connection.execute('select "table", "column" from about').fetchall())
        for name in names - {"about"}:
            columns = [row[1] for row in connection.execute(f"pragma table_info([{name}])")]
            assert {(name, column) for column in columns} <= described
        count = connection.execute("select count(*) from providers").fetchone()[0]
        assert count == len(starter.hotlines())
        assert connection.execute("select count(*) from phones where number = '988'").fetchone()[0] >= 1
    finally:
        connection.close()


def test_staff_names_go_out_only_when_asked(directory: Directory, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        "name,phone,Contact,Frobs\nHope House,(406) 555-0142,Zzcanary Person,blue\n", encoding="utf-8"
    )
    apply(directory, compare(directory, read_list(path)))
    write_list(directory, tmp_path / "out.csv", "csv")
    said = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "Zzcanary" not in said
    assert "blue" in said
    write_list(directory, tmp_path / "out.csv", "csv", people=True)
    assert "Zzcanary" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")


def test_files_are_equal_for_equal_content_and_an_unknown_format_is_refused(
    directory: Directory, tmp_path: Path
) -> None:
    directory.apply(starter.hotlines())
    for name in ("a.zip", "b.zip", "a.xlsx", "b.xlsx"):
        write_list(directory, tmp_path / name, "hsds-csv" if name.endswith("zip") else "xlsx")
    for kind in ("zip", "xlsx"):
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert "datapackage.json" in archive.namelist()
    with pytest.raises(ToolkitError) as refused:
        write_list(directory, tmp_path / "x", "pdf")
    assert refused.value.key == "exchange.unknown_format"


@pytest.mark.parametrize("form", ["csv", "hsds-json"])
def test_cancel_is_heard_before_many_entries_were_looked_at(
    form: str, directory: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory.apply([Provider(f"p{n}", f"Hope House {n}") for n in range(1_200)])
    made, heard, reading = list[str](), list[int](), derived.to_provider

    def read(identity: str, fields: Any) -> Provider:
        made.append(identity)
        return reading(identity, fields)

    def stop(done: int, _of: int) -> None:
        heard.append(done)
        if len(heard) == 2:
            raise InterruptedError

    monkeypatch.setattr(derived, "to_provider", read)

    with pytest.raises(InterruptedError):
        write_list(directory, tmp_path / "out", form, progress=stop)
    assert len(made) <= 500
    assert not (tmp_path / "out").exists()
