"""Any list in: a file, folder or archive to an Incoming, before anything is compared or written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from resources.directory.kept import many_objects
from resources.errors import ToolkitError
from resources.exchange import columns, joined, packed
from resources.exchange.decoding import read_bytes
from resources.exchange.flat import Progress, Read, read_rows
from resources.exchange.hsds_read import gather, read_package
from resources.exchange.hsds_tables import is_package, table_alone
from resources.exchange.identity import source_name
from resources.exchange.incoming import Incoming, Table
from resources.exchange.private_columns import public_samples
from resources.exchange.tables import table_of

SAMPLED = 200  # rows that examples are taken from
_MAIN = ("services", "organizations", "locations")
_WAYS_TO_REACH = frozenset(
    {*columns.NUMBERS, "street", "city", "postal_code", "point", "email", "hours", "how_to_reach"}
)
Mapped = Mapping[str, str | None]


def read_list(
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapped | None = None,
    source: str | None = None,
    memory: columns.Memory | None = None,
    progress: Progress | None = None,
) -> Incoming:
    """Read a list of services; raises ToolkitError when there is none.

    `sheet` chooses a sheet of a workbook, `mapping` says which field a heading means, `source` is the name
    this list keeps from import to import (the file name without dates when it is not given), `memory` (a
    Directory) recalls what a person decided about the columns of this source earlier. `progress(done, of)`
    counts entries and may raise to stop.
    """
    with many_objects():
        return _read(path, sheet, mapping, source, memory, progress)


def read_to_check(
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapped | None = None,
    memory: columns.Memory | None = None,
    progress: Progress | None = None,
) -> Incoming:
    """The same for a person who is asked about the columns: a table in which none was recognized has no
    providers yet, and is not refused."""
    try:
        return read_list(path, sheet=sheet, mapping=mapping, memory=memory, progress=progress)
    except ToolkitError as problem:
        if problem.key != "exchange.no_columns":
            raise
        with many_objects():
            table = _fullest(_tables(path, sheet)[0])
        source = source_name(path.stem)
        choices = public_samples(columns.propose(table), table.rows[:SAMPLED], str)
        return Incoming(source, "flat", (table,), choices, sheets=table.sheets)


def _read(
    path: Path,
    sheet: str | None,
    mapping: Mapped | None,
    source: str | None,
    memory: columns.Memory | None,
    progress: Progress | None,
) -> Incoming:
    tables, single = _tables(path, sheet)
    tables = [table for table in tables if table.rows]
    if not tables:
        raise ToolkitError("exchange.empty", file=path.name)
    source = source or source_name(path.stem if path.is_file() else path.resolve().name)
    if is_package(tables):
        return _incoming(source, "hsds", tables, read_package(tables, source, progress))
    if joined.is_joined(tables):
        return _incoming(source, "joined", tables, joined.read_joined(tables, source))
    table = _fullest(tables)
    name = table.name if _is_json(path) and table.name in _MAIN else table_alone(table)
    if single and name and not mapping:
        alone = Table(name, table.headings, table.rows, table.notes, table.problems)
        if name in _MAIN:
            return _incoming(source, "hsds", [alone], read_package([alone], source))
        problems = gather([alone])[1]
        return Incoming(source, "hsds", (alone,), problems=tuple(problems), notes=table.notes)
    return read_flat(table, path.name, source, mapping, memory, progress)


def _tables(path: Path, sheet: str | None) -> tuple[list[Table], bool]:
    """All tables of a list, and whether they came from a single file."""
    if path.is_dir():
        return [t for name, data in packed.files_in_folder(path) for t in packed.tables_in(name, data)], False
    data = read_bytes(path)
    if data.startswith(b"PK\x03\x04") and packed.is_archive_of_lists(data):
        files = packed.files_in_archive(data, path.name)
        return [t for name, content in files for t in packed.tables_in(name, content)], False
    if data.startswith(b"PK"):
        from resources.exchange.spreadsheets import read_sheet

        return [read_sheet(path.name, data, sheet)], True
    if _is_json(path):
        tables = packed.tables_in(path.name, data)
        if not tables:
            raise ToolkitError("exchange.no_table", file=path.name)
        return tables, len(tables) == 1
    return [table_of(data, path.name)], True


def _is_json(path: Path) -> bool:
    return path.suffix.casefold() == ".json"


def _fullest(tables: Sequence[Table]) -> Table:
    """Of several tables that do not belong together, the one with most rows."""
    return max(tables, key=lambda table: len(table.rows))


def _incoming(source: str, kind: str, tables: Sequence[Table], read: Read) -> Incoming:
    said = [note for table in tables for note in table.notes]
    return Incoming(
        source=source,
        kind=kind,
        tables=tuple(tables),
        providers=read.providers,
        problems=read.problems,
        notes=(*dict.fromkeys(said), *read.notes),
    )


def read_flat(
    table: Table,
    file: str,
    source: str,
    mapping: Mapped | None = None,
    memory: columns.Memory | None = None,
    progress: Progress | None = None,
) -> Incoming:
    """The one-sheet list in `table`."""
    recalled = columns.recall(memory, source, table) if memory else {}
    choices = columns.propose(table, {**recalled, **(mapping or {})})
    found = {choice.field for choice in choices}
    if not found & {"name", "organization"} or not (found & _WAYS_TO_REACH or mapping):
        raise ToolkitError("exchange.no_columns", file=file)
    read = read_rows(table, choices, source, progress=progress)
    return Incoming(
        source=source,
        kind="flat",
        tables=(table,),
        columns=public_samples(choices, table.rows[:SAMPLED], read.secrets.cut),
        providers=read.providers,
        problems=read.problems,
        notes=(*table.notes, *read.notes),
        sheets=table.sheets,
    )
