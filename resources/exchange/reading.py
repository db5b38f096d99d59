"""Any list in: a file or folder to an Incoming, before anything is compared or written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from resources.errors import ToolkitError
from resources.exchange import columns
from resources.exchange.flat import read_rows
from resources.exchange.identity import source_name
from resources.exchange.incoming import Incoming, Table
from resources.exchange.tables import read_table


def read_list(
    path: Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
    source: str | None = None,
) -> Incoming:
    """Read a list of services; raises ToolkitError when there is none.

    `sheet` chooses a sheet of a workbook, `mapping` says which field a heading means, `source` is the name
    this list keeps from import to import (the file name without dates when it is not given).
    """
    table = read_table(path, sheet)
    return read_flat(table, path.name, source or source_name(path.stem), mapping)


def read_flat(
    table: Table, file: str, source: str, mapping: Mapping[str, str | None] | None = None
) -> Incoming:
    """The one-sheet list in `table`."""
    choices = columns.propose(table, mapping)
    found = {choice.field for choice in choices}
    if not table.rows:
        raise ToolkitError("exchange.empty", file=file)
    if not found & {"name", "organization"}:
        raise ToolkitError("exchange.no_columns", file=file)
    read = read_rows(table, choices, source)
    return Incoming(
        source=source,
        kind="flat",
        tables=(table,),
        columns=choices,
        providers=read.providers,
        problems=read.problems,
        notes=(*table.notes, *read.notes),
        sheets=table.sheets,
    )
