"""Feed a reader of lists with bytes that grow where its code has not been yet (atheris, coverage-guided).

    pip install atheris
    nice python tests/fuzz/readers.py {tables,json,archives,workbooks,cells} [SAMPLES] [SECONDS]

SAMPLES is a folder of lists to start from (the small files of the sample data), SECONDS 600 unless told
otherwise. Ends by itself; prints executions and, at the first input that breaks a promise, what broke and a
file that holds it. A reader may refuse with a ToolkitError that explains itself, and nothing else.
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

SMALL = 4_000
SECONDS = 600
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
            for n, part in enumerate(data.split(b"\n\n\n")[:6]):
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
    "tables": tables, "json": json, "archives": archives, "workbooks": workbooks, "cells": cell_texts,
}  # fmt: skip


def empty_book() -> dict[str, bytes]:
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in BOOK}


EMPTY_BOOK = empty_book()


def seeds(samples: Path | None, folder: Path) -> None:
    """Small files to start from."""
    found = samples.rglob("*") if samples else ()
    for n, path in enumerate(one for one in found if one.is_file() and one.stat().st_size < SMALL):
        (folder / f"{n}{path.suffix}").write_bytes(path.read_bytes())
    (folder / "first.csv").write_bytes(
        b"name,phone,hours,address\nHope House,(406) 555-0142,Mon 9-5,1 Main\n"
    )
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1"><v>1.5</v></c></row>'
    (folder / "sheet.xml").write_text(
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'{row}</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>',
        encoding="utf-8",
    )


def main(reader: str, samples: str = "", seconds: str = str(SECONDS)) -> None:
    def one(data: bytes) -> None:
        try:
            READERS[reader](data)
        except ToolkitError as refused:
            explained(refused)

    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    seeds(Path(samples) if samples else None, folder)
    os.chdir(folder.parent)  # what breaks a reader is written beside the seeds
    limits = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=8000"]
    atheris.Setup([sys.argv[0], str(folder), *limits, "-print_final_stats=1", "-verbosity=0"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
