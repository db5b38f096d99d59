"""Hostile and broken files are refused in one sentence, quickly, and with nothing done."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from resources.errors import ToolkitError
from resources.exchange import tables
from resources.exchange.decoding import MOST_BYTES
from resources.exchange.packed import files_in_archive
from resources.exchange.reading import read_list
from resources.exchange.spreadsheets import check_packed
from resources.exchange.tables import read_table
from resources.words import load

Write = Callable[..., Path]
GOOD = "name,phone\nHope House,(406) 555-0142\n"


def refused(path: Path) -> str:
    with pytest.raises(ToolkitError) as raised:
        read_list(path)
    assert len(load("en").explain(raised.value)) > 30
    return raised.value.key.removeprefix("exchange.")


@pytest.mark.parametrize(
    ("content", "name", "key"),
    [
        (b"", "list.csv", "empty"),
        (b"\n\n  \n", "list.csv", "empty"),
        (b"\xef\xbb\xbf", "list.csv", "empty"),
        (b"name,phone\n", "list.csv", "empty"),
        (b"%PDF-1.7 ...", "list.csv", "not_a_table.pdf"),
        (b"\x89PNG\r\n\x1a\n", "list.csv", "not_a_table.picture"),
        (b"MZ\x90\x00", "list.csv", "not_a_table.program"),
        (b"SQLite format 3\x00", "list.csv", "not_a_table.database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 40, "list.xls", "not_a_table.old_excel"),
        (bytes(range(1, 32)) * 50, "list.csv", "not_a_table.unknown"),
        (b"PK\x03\x04 no zip at all", "list.xlsx", "damaged_workbook"),
        (b'name,phone\n"Hope House,1\nnext,2\n', "list.csv", "open_quote"),
        (b"colour,size\nred,small\nblue,large\n", "list.csv", "no_columns"),
        (b'{"a": ', "list.json", "json_broken"),
        (b'[{"name": "A", "name": "B"}]', "list.json", "json_refused"),
        (b'[{"name": NaN}]', "list.json", "json_refused"),
        (b'[{"id": ' + b"9" * 5000 + b"}]", "list.json", "json_refused"),
        (b"[" * 100_000, "list.json", "json_refused"),
        (b"[]", "list.json", "no_table"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(write: Write, content: bytes, name: str, key: str) -> None:
    assert refused(write(content, name)) == key


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ToolkitError) as raised:
        read_list(tmp_path / "gone.csv")
    assert raised.value.key == "core.not_found"


def test_too_many_rows_and_columns_are_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 10)
    assert refused(write("name\n" + "x\n" * 20)) == "too_many_rows"
    wide = ",".join(f"c{n}" for n in range(300))
    assert refused(write(f"{wide}\n{wide}\n")) == "too_many_columns"


def test_a_file_larger_than_the_limit_is_refused_unread(write: Write) -> None:
    path = write("x")
    with path.open("r+b") as file:
        file.truncate(MOST_BYTES + 1)
    assert refused(path) == "too_large"


def test_a_giant_cell_is_named_by_line_and_column_and_the_rest_is_read(write: Write) -> None:
    text = f"name,description,phone\nA,{'x' * 200_000},(406) 555-0142\n{'n' * 300},b,\nC,c,(406) 555-0143\n"
    found = read_list(write(text))
    assert [(p.line, p.column) for p in found.problems] == [(2, "description"), (3, "name")]
    assert [p.name for p in found.providers] == ["A", "C"]
    assert found.providers[0].description == ""


def test_nul_signs_are_left_out_and_counted(write: Write) -> None:
    found = read_list(write(b"name,phone\nHo\x00pe House,(406) 555-0142\n"))
    assert found.providers[0].name == "Hope House"
    assert any("NUL" in note for note in found.notes)


def workbook(**parts: bytes) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in (("name", "phone"), ("Hope House", "(406) 555-0142")):
        book.active.append(row)
    book.save(out)
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, parts.get(entry.rpartition("/")[2].partition(".")[0], old.read(entry)))
    return made.getvalue()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&d;</t></is></c></row></sheetData></worksheet>'
)
OUTSIDE = BOMB.replace(b'<!ENTITY a "aaaaaaaaaa">', b'<!ENTITY a SYSTEM "file:///etc/hostname">')


@pytest.mark.parametrize("part", [BOMB, OUTSIDE])
def test_a_workbook_with_entities_is_refused(write: Write, part: bytes) -> None:
    start = time.monotonic()
    assert refused(write(workbook(sheet1=part), "list.xlsx")) == "damaged_workbook"
    assert time.monotonic() - start < 60


def test_a_workbook_that_unpacks_to_far_more_is_refused_from_its_headers() -> None:
    with pytest.raises(ToolkitError) as raised:
        check_packed("list.xlsx", workbook(sheet1=b"<x/>" + b" " * 60_000_000))
    assert raised.value.key == "exchange.unpacks_too_large"


def test_formulas_give_no_formula(write: Write) -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(("name", "phone", "note"))
    book.active.append(("Hope House", "(406) 555-0142", '=HYPERLINK("http://example.com","x")'))
    book.save(out)
    table = read_table(write(out.getvalue(), "list.xlsx"))
    assert table.records() == [{"name": "Hope House", "phone": "(406) 555-0142", "note": ""}]


@pytest.mark.parametrize("name", ["../x.csv", "/etc/x.csv", "CON.csv", "a:b.csv", "a\\..\\x.csv", "x\n.csv"])
def test_archives_with_odd_names_are_refused(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("services.csv", GOOD)
        archive.writestr(name, GOOD)
    with pytest.raises(ToolkitError) as raised:
        list(files_in_archive(out.getvalue(), "list.zip"))
    assert raised.value.key == "exchange.archive_names"


def test_sql_in_every_cell_is_only_text(write: Write) -> None:
    payload = "x'); drop table provider;--"
    found = read_list(write(f"name,phone,city,notes\n{payload},{payload},{payload},{payload}\n"))
    assert found.providers[0].name == payload
    assert found.providers[0].place.city == payload
