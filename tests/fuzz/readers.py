"""Feed a reader of lists with bytes that grow where its code has not been yet (atheris, coverage-guided).

    pip install atheris
    nice python tests/fuzz/readers.py {tables,json,hsds,ohana,workbooks,cells} [SAMPLES] [SECONDS]

SAMPLES is a folder of lists to start from (its small files, the first rows of each table of its packages),
SECONDS 600 unless told otherwise. Ends by itself; prints executions and, at the first input that breaks a
promise, what broke and a file that holds it. A reader may refuse with a ToolkitError that explains itself,
and nothing else; an input that takes two minutes counts as hanging.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["resources.exchange", "resources.directory"]):
    from resources.directory import phones
    from resources.directory.fields import to_fields, to_provider
    from resources.errors import ToolkitError
    from resources.exchange import cells, place_cells, workbook
    from resources.exchange.decoding import decode
    from resources.exchange.exact import complete
    from resources.exchange.hours_cells import read_hours
    from resources.exchange.hsds_json import tables_of
    from resources.exchange.hsds_read import read_package
    from resources.exchange.hsds_tables import is_package
    from resources.exchange.incoming import Incoming, Table
    from resources.exchange.json_text import read_json
    from resources.exchange.packed import files_in_archive, tables_in
    from resources.exchange.reading import read_flat
    from resources.exchange.spreadsheets import check_packed
    from resources.exchange.tables import shape, table_of
from resources.words import load

SMALL, ROWS = 4_000, 3
LONGEST_PACKAGE, LONGEST = 8_000, {"cells": 300}
SECONDS = 600
BETWEEN = b"\n\n\n"  # the tables of a package, each with its name in the first line
BOOK = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
)


def understood(tables: list[Table]) -> None:
    """Every table goes the way `read_list` would send it, and every provider survives its own fields."""
    filled = [table for table in tables if table.rows]
    if is_package(filled):
        read = read_package(filled, "fuzz")
        kept(Incoming("fuzz", "hsds", providers=read.providers, problems=read.problems))
    for table in filled[:3]:
        try:
            kept(read_flat(table, "list.csv", "fuzz"))
        except ToolkitError as refused:
            explained(refused)


def kept(incoming: Incoming) -> None:
    for provider in incoming.providers:
        assert to_provider(provider.id, to_fields(provider)) == provider, provider
        assert not provider.place.confidential or not (provider.place.street or provider.place.latitude)
    for problem in incoming.problems:
        assert problem.sentence()


def explained(refused: ToolkitError) -> None:
    assert refused.key.startswith("exchange."), refused.key
    assert len(load("en").explain(refused)) > 30, refused.key


def tables(data: bytes) -> None:
    understood([table_of(data, "list.csv")])


def json(data: bytes) -> None:
    understood(tables_of(read_json(decode(data, "list.json").text, "list.json"), "list"))


def archives(data: bytes) -> None:
    if data.startswith(b"PK"):
        packed = data
    else:  # most bytes are no zip: let them be the tables in one
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for n, part in enumerate(data.split(BETWEEN)[:20]):
                name, _, body = part.partition(b"\n")
                archive.writestr(name.decode("latin-1").partition("\0")[0].strip()[:60] or f"t{n}.csv", body)
        packed = out.getvalue()
    try:
        files = list(files_in_archive(packed, "list.zip"))
    except zipfile.BadZipFile:
        return  # `is_archive_of_lists` has sent it away before
    understood([table for name, content in files for table in tables_in(name, content)])


def workbooks(data: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in EMPTY_BOOK.items():
            archive.writestr(name, body)
        archive.writestr("xl/worksheets/sheet1.xml", data)
    check_packed("list.xlsx", out.getvalue())
    try:
        answer = workbook.read(out.getvalue(), "")
    except Exception:
        return  # the child process has one sentence for all of openpyxl's errors; what counts is hanging
    if "rows" in answer:
        understood([shape("list.xlsx", answer["rows"], answer["notes"], tuple(answer["sheets"]))])


def cell_texts(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for phone in phones.read(text).phones:
        assert phone.number or phone.shown
    read_hours([text], "", text, text, {"mo": text})
    place_cells.read_address(text)
    place_cells.served(text, "MT")
    cells.read_date(text)
    cells.ages(text)
    cells.languages(text)
    cells.point(text)
    from resources.directory.provider import Provider

    complete(Provider("p", "Hope House"), text)


READERS: dict[str, Callable[[bytes], None]] = {
    "tables": tables, "json": json, "hsds": archives, "ohana": archives, "workbooks": workbooks,
    "cells": cell_texts,
}  # fmt: skip


def empty_book() -> dict[str, bytes]:
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in BOOK}


EMPTY_BOOK = empty_book()
LIST = b"name,phone,hours,address\nHope House,(406) 555-0142,Mon 9-5,1 Main St, Forsyth, MT 59327\n"
SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1"><v>1.5</v></c></row></sheetData>'
    b'<mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>'
)
PACKAGE = BETWEEN.join((b"services.csv\nid,name,location_id\n1,Meals,2", b"locations.csv\nid,name\n2,Hall"))
FIRST = {
    "tables": LIST, "json": b'[{"name": "Hope House", "phones": [{"number": "(406) 555-0142"}]}]',
    "hsds": PACKAGE, "ohana": PACKAGE, "workbooks": SHEET, "cells": b"Mon-Fri 9-5, Intake (406) 555-0142 x3",
}  # fmt: skip


def seeds(reader: str, samples: Path, folder: Path) -> None:
    """Small files to start from."""
    files = [one for one in samples.rglob("*") if one.is_file()] if samples.name else []
    if reader in ("hsds", "ohana"):
        for n, place in enumerate(sorted({one.parent for one in files})):
            if ("ohana" in str(place)) == (reader == "ohana") and (package := beginning(place)):
                (folder / f"{n}.package").write_bytes(package)
    elif reader in ("tables", "json", "cells"):
        suffixes = (".json",) if reader == "json" else (".csv", ".tsv", ".txt")
        for n, path in enumerate(files):
            if path.suffix in suffixes and path.stat().st_size < SMALL:
                (folder / f"{n}{path.suffix}").write_bytes(path.read_bytes())
    (folder / "first").write_bytes(FIRST[reader])


def beginning(place: Path) -> bytes:
    """The first rows of each table in a folder; nothing when it holds no tables."""
    tables = [one for one in sorted(place.iterdir()) if one.suffix == ".csv"]
    starts = [b"\n".join([one.name.encode(), *one.read_bytes().splitlines()[: ROWS + 1]]) for one in tables]
    return BETWEEN.join(starts)[:LONGEST_PACKAGE]


def main(reader: str, samples: str = "", seconds: str = str(SECONDS)) -> None:
    def one(data: bytes) -> None:
        try:
            READERS[reader](data)
        except ToolkitError as refused:
            explained(refused)

    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{reader}-"))
    seeds(reader, Path(samples), folder)
    os.chdir(folder.parent)  # what breaks a reader is written beside the seeds
    longest = f"-max_len={LONGEST.get(reader, LONGEST_PACKAGE)}"
    limits = [f"-max_total_time={seconds}", "-timeout=120", "-rss_limit_mb=2048", longest]
    atheris.Setup([sys.argv[0], str(folder), *limits, "-print_final_stats=1", "-verbosity=0"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
