"""The threat model's tests of incoming files, each by its number: refused in one line, or taken as text, and
the directory as it was (25 is in test_logo.py)."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.commands.main import main
from resources.directory.search import Query, find
from resources.directory.store import Directory
from resources.exchange.changes import apply, compare
from resources.exchange.export import write_list
from resources.exchange.hsds_files import csv_package, zipped
from resources.exchange.reading import read_list
from tests.resources.exchange.test_bad_input import BOMB, OUTSIDE, workbook

Write = Callable[..., Path]
BIG = 300 * 2**20


def bomb() -> bytes:
    """A workbook of some 300 KB whose sheet is 300 MB of blanks."""
    out = io.BytesIO(workbook())
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(BIG // 2**20):
            part.write(b" " * 2**20)
    return out.getvalue()


def named(name: str) -> bytes:
    files = {"services.csv": b"id,name\n1,A\n", "organizations.csv": b"id,name\n1,A\n"}
    return zipped({**files, name: b"id,name\n"})


REFUSED = {
    "27 a quotation that never ends": ("list.csv", lambda: b'name,phone\n"Hope House,1\nnext,2\n'),
    "27 control signs": ("list.csv", lambda: bytes(range(1, 32)) * 50),
    "28 nested 100,000 deep": ("list.json", lambda: b"[" * 100_000),
    "28 a name twice": ("list.json", lambda: b'[{"name": "A", "name": "B"}]'),
    "28 not a number": ("list.json", lambda: b'[{"name": NaN}]'),
    "28 5,000 digits": ("list.json", lambda: b'[{"id": ' + b"9" * 5000 + b"}]"),
    "29 entity bomb": ("list.xlsx", lambda: workbook(sheet1=BOMB)),
    "29 external entity": ("list.xlsx", lambda: workbook(sheet1=OUTSIDE)),
    "30 300 KB that are 300 MB": ("list.xlsx", bomb),
    "32 ../x": ("list.zip", lambda: named("../x.csv")),
    "32 CON": ("list.zip", lambda: named("CON.csv")),
    "32 a:b": ("list.zip", lambda: named("a:b.csv")),
}


@pytest.mark.parametrize("which", REFUSED)
def test_refused_in_one_line_and_nothing_is_changed(
    which: str, write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, made = REFUSED[which]
    home = tmp_path / "home"
    good = write("name,phone\nHope House,(406) 555-0142\n", "good.csv")
    assert main(["--data", str(home), "import", str(good), "--apply"]) == 0
    with Directory.open(home / "directory") as directory:
        before = directory.content_hash()
    path = write(made(), name)
    capsys.readouterr()
    start = time.process_time()
    assert main(["--data", str(home), "import", str(path), "--apply"]) == 1
    assert time.process_time() - start < 5  # the numbers of a quiet machine are in the benchmark
    told = capsys.readouterr()
    assert len(told.err.strip().splitlines()) == 1 and told.err.strip().endswith(".") and not told.out
    with Directory.open(home / "directory") as directory:
        assert directory.content_hash() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted({"good.csv", name, "home"})


def test_32_an_archive_or_a_folder_is_no_bundle(
    tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, folder = write(named("x.csv"), "update.plb"), tmp_path / "folder"
    folder.mkdir()
    for given in (archive, folder):
        assert main(["--data", str(tmp_path / "home"), "bundle", "read", str(given)]) == 1
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


CELLS = ["=1+1", "+1-2", "-", "-3+4", "@SUM(1)", "\t=1", "＝1+1", "'=1", "\r=1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize(("name", "format"), [("o.csv", "csv"), ("o.xlsx", "xlsx"), ("p", "hsds-csv")])
def test_26_cells_that_look_like_formulas_go_out_inert_and_come_back_the_same(
    directory: Directory, write: Write, tmp_path: Path, name: str, format: str
) -> None:
    rows = [
        {"id": f"{n}", "name": f"N{n}", "phone": "", "city": "", "description": cell}
        for n, cell in enumerate(CELLS)
    ]
    apply(directory, compare(directory, read_list(write(json.dumps(rows), "list.json"))))
    before = directory.content_hash()
    write_list(directory, tmp_path / name, format)
    assert compare(directory, read_list(tmp_path / name)).empty
    assert directory.content_hash() == before


def test_31_a_workbook_gives_values_only(write: Write) -> None:
    book, out = Workbook(), io.BytesIO()
    for row in (
        ("name", "phone", "note"),
        ("A", "(406) 555-0142", "=1+1"),
        ("B", None, "x"),
        ("C", None, None),
    ):
        book.active.append(row)
    book.active["C2"].hyperlink = "http://example.org/"
    book.active.merge_cells("C3:C4")
    book.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    found = read_list(write(out.getvalue(), "list.xlsm"))
    notes = [dict(one.kept) for one in found.providers]
    assert notes == [{}, {"note": "x"}, {"note": "x"}], (
        "no formula, no macro; the merged cell fills its block"
    )


PAYLOADS = [
    "x'); drop table provider;--",
    '" or 1=1 --',
    "NEAR(a b)",
    "name:*",
    "%_'\"\\;",
    "Robert'); DELETE",
]


def test_41_sql_in_every_cell_and_in_the_search_is_only_text(directory: Directory, write: Write) -> None:
    schema = "select group_concat(sql, ';') from (select sql from sqlite_master order by name)"
    before = directory.connection.execute(schema).fetchone()
    heads = ("id", "name", "organization", "address", "city", "county", "state", "zip", "phone",
             "description", "hours", "languages", "eligibility", "notes", "x'); drop op;--")  # fmt: skip
    made = [dict.fromkeys(heads, payload) | {"id": payload + str(n)} for n, payload in enumerate(PAYLOADS)]
    apply(directory, compare(directory, read_list(write(json.dumps(made), "p'; drop.json"))))
    assert {one.name for one in directory.all()} == set(PAYLOADS)
    for payload in PAYLOADS:
        find(directory.connection, Query(text=payload))
        assert payload in {one.description for one in directory.all()}
    assert directory.connection.execute(schema).fetchone() == before
    directory.undo()
    assert directory.count() == 0


def test_the_package_of_nothing_is_whole() -> None:
    assert json.loads(csv_package([])["datapackage.json"])["resources"] == []
