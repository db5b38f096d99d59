"""Tables come in as they are: every delimiter, encoding and oddity of the peers' test sets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from resources.errors import ToolkitError
from resources.exchange.incoming import Table
from resources.exchange.tables import letters, read_table, unique

Write = Callable[..., Path]


def test_csv_spectrum_reads_as_its_authors_expect(sample_data: Path) -> None:
    folder = sample_data / "20-peer-tests" / "csv-spectrum"
    files = sorted((folder / "csvs").glob("*.csv"))
    assert len(files) == 12
    for path in files:
        expected = json.loads((folder / "json" / f"{path.stem}.json").read_text(encoding="utf-8"))
        rows = expected if isinstance(expected, list) else [expected]
        said = [{key: value.strip() for key, value in row.items()} for row in rows]
        found = read_table(path).records()
        for row in (*said, *found):
            row.pop("Contact Phone Number", None)  # the number in the CSV was replaced, the JSON's was not
        assert found == said, path.name


@pytest.mark.parametrize(
    ("file", "headings", "rows"),
    [
        ("bom.csv", ("id", "name"), 2),
        ("delimiter.csv", ("id", "name"), 2),
        ("table.tsv", ("id", "name"), 3),
        ("blank-headers.csv", ("id", "Column B", "age"), 2),
        ("duplicate-headers.csv", ("id", "name", "id (2)", "age", "id (3)"), 2),
        ("blank-rows-multiple.csv", ("id", "name", "age"), 2),
        ("skip-rows.csv", ("id", "name"), 2),
        ("leading-zeros.csv", ("value",), 3),
        ("without-headers.csv", ("Column A", "Column B"), 3),
        ("escaping.csv", ("ID", "Test"), 3),
        ("latin1.csv", ("id", "name"), 2),
        ("table.xlsx", ("id", "name"), 2),
        ("cast-int-to-string-issue-1251.xlsx", ("A", "B", "C", "D", "E"), 2),
    ],
)
def test_frictionless_files(sample_data: Path, file: str, headings: tuple[str, ...], rows: int) -> None:
    table = read_table(sample_data / "20-peer-tests" / "frictionless" / file)
    assert (table.headings, len(table.rows)) == (headings, rows)


def test_identifiers_keep_their_zeros(write: Write, sample_data: Path) -> None:
    folder = sample_data / "20-peer-tests" / "frictionless"
    assert [row.cells[0] for row in read_table(folder / "leading-zeros.csv").rows] == ["01", "002", "00003"]
    sheet = read_table(folder / "cast-int-to-string-issue-1251.xlsx")
    assert [row.cells[0] for row in sheet.rows] == ["001", "002"]


def test_a_sheet_is_chosen_by_name_and_the_others_are_offered(sample_data: Path) -> None:
    path = sample_data / "20-peer-tests" / "frictionless" / "sheets.xlsx"
    assert read_table(path, "Sheet2").records() == [{"id": "2", "name": "paris"}]
    assert read_table(path).sheets == ("Sheet1", "Sheet2", "Sheet3")
    with pytest.raises(ToolkitError) as refused:
        read_table(path, "Sheet9")
    assert refused.value.key == "exchange.no_such_sheet"
    assert "Sheet3" in str(refused.value.data["sheets"])


def test_merged_cells_are_filled_and_times_stay_times(sample_data: Path) -> None:
    markets = read_table(sample_data / "08-pittsburgh-food" / "FMNPMarkets.xlsx")
    assert len(markets.rows) == 114
    assert "Address2 (2)" in markets.headings
    assert any("merged" in note for note in markets.notes)
    column = markets.headings.index("Market Name")
    assert sum(1 for row in markets.rows if row.cells[column]) > 100
    harvest = read_table(sample_data / "08-pittsburgh-food" / "just-harvest-fresh-access-markets.xlsx")
    assert harvest.records()[0]["open_time1"] == "15:00"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_recognized(write: Write, encoding: str) -> None:
    table = read_table(write("name,city\nCafé Muñoz,Forsyth\nLa Piñata,Miles City\n".encode(encoding)))
    assert table.records()[0] == {"name": "Café Muñoz", "city": "Forsyth"}
    assert bool(table.notes) == (encoding == "cp1252")


def test_one_damaged_byte_does_not_turn_a_utf8_file_into_another_alphabet(write: Write) -> None:
    text = "name,city\n" + "".join(f"Служба {n},Город\n" for n in range(20))
    table = read_table(write(text.encode() + b"\xff,x\n"))
    assert table.rows[0].cells[0] == "Служба 0"
    assert table.notes


def test_lines_are_counted_as_an_editor_counts_them(write: Write) -> None:
    table = read_table(write('name,about\n"A","two\nlines"\n\nB,x\n'))
    assert [row.line for row in table.rows] == [2, 5]


def test_ragged_rows_are_named_or_counted(write: Write) -> None:
    table = read_table(write("name,phone\nA\nB,1,extra\n"))
    assert [(p.line, p.key) for p in table.problems] == [(3, "exchange.problem.too_many_cells")]
    assert any("fewer cells" in note for note in table.notes)
    assert table.rows[1].cells[2] == "extra"


def test_titles_above_the_headings_are_skipped(write: Write) -> None:
    table = read_table(write("Resource list 2024,,\nname,phone,city\nA,1,x\nB,2,y\n"))
    assert table.headings == ("name", "phone", "city")
    assert table.rows[0].line == 3


def test_doubled_headings_are_numbered_even_when_a_number_is_taken() -> None:
    assert unique(["Phone", "phone (2)", "Phone", "PHONE"]) == (
        "Phone",
        "phone (2)",
        "Phone (3)",
        "PHONE (4)",
    )
    assert (letters(0), letters(25), letters(26), letters(701)) == ("A", "Z", "AA", "ZZ")


def test_an_apostrophe_before_a_formula_goes_and_any_other_stays(write: Write) -> None:
    table = read_table(write("name,note\n'=1+1,'tis\n"))
    assert table.rows[0].cells == ("=1+1", "'tis")


def test_a_table_tells_its_cells_by_heading() -> None:
    assert Table("t", ("a",), ()).records() == []
