"""Any list out: the whole directory as CSV, Excel, HSDS 3.2 (CSV package or JSON) or plain SQLite."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.exchange import columns
from resources.exchange.flat import Progress
from resources.exchange.flat_write import NUMBERS, sheet_of
from resources.exchange.hsds_back import without_staff
from resources.exchange.hsds_files import csv_package, json_list, zipped
from resources.exchange.plain_database import sqlite_bytes
from resources.exchange.safe_cells import csv_bytes, guard
from resources.files import write_together, write_whole

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_MOST_CELL = 32_767
_REPORT = 100


class _Told(Sequence[Provider]):
    """Providers; whoever goes through them tells how far he is, and may be stopped."""

    def __init__(self, providers: Sequence[Provider], progress: Progress) -> None:
        self._providers, self._progress = providers, progress

    def __len__(self) -> int:
        return len(self._providers)

    def __getitem__(self, place: Any) -> Any:
        return self._providers[place]

    def __iter__(self) -> Iterator[Provider]:
        for n, one in enumerate(self._providers):
            if n % _REPORT == 0:
                self._progress(n, len(self._providers))
            yield one


def write_list(
    directory: Directory,
    target: Path,
    format: str,
    *,
    people: bool = False,
    progress: Progress = lambda done, of: None,
) -> int:
    """Write all providers, retired ones too, to `target`; gives their number.

    `progress(done, of)` counts entries, for each step from the beginning, and may raise to stop.
    `format` is csv, xlsx, hsds-csv (a folder, or a zip when the target ends in .zip), hsds-json or sqlite.
    `people` writes columns with names of staff too. Raises ToolkitError; an older file then stays.
    """
    if format not in FORMATS:
        raise ToolkitError("exchange.unknown_format", format=format)
    directory.refuse_own(target)
    providers: Sequence[Provider] = _Told(directory.all(retired=True, progress=progress), progress)
    if not people:
        providers = _Told([_without_people(one) for one in providers], progress)
    if format == "hsds-csv" and target.suffix.casefold() != ".zip":
        write_together({target / name: data for name, data in csv_package(providers, progress).items()})
    else:
        write_whole(target, FORMATS[format](providers, progress))
    return len(providers)


def _without_people(one: Provider) -> Provider:
    """The provider without columns that name a member of staff."""
    kept = without_staff(
        {n: t for n, t in one.kept.items() if columns.by_heading(n.rpartition(".")[2])[0] != "contact"}
    )
    return one if kept == one.kept else replace(one, kept=MappingProxyType(kept))


def _csv(providers: Sequence[Provider], progress: Progress) -> bytes:
    headings, rows = sheet_of(providers, progress)
    return b"\xef\xbb\xbf" + csv_bytes(headings, rows, NUMBERS)  # the mark lets Excel read the accents


def _xlsx(providers: Sequence[Provider], progress: Progress) -> bytes:
    """One sheet in which every cell is text, so that nothing is run and no number is rounded; equal for
    equal content, without the time at which it was made."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    headings, rows = sheet_of(providers, progress)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Providers")
    sheet.freeze_panes = "C2"
    for n, row in enumerate([headings, *rows]):
        if n % _REPORT == 0:
            progress(n, len(rows) + 1)
        made = []
        for text in row:
            cell = WriteOnlyCell(sheet, value="")
            cell.value = _ILLEGAL.sub("", guard(text))[:_MOST_CELL]
            cell.data_type = "s"
            made.append(cell)
        sheet.append(made)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as parts:
        files = {name: parts.read(name) for name in parts.namelist()}
    core = files["docProps/core.xml"]
    return zipped({**files, "docProps/core.xml": _MADE.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", core)})


FORMATS: Mapping[str, Callable[[Sequence[Provider], Progress], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "hsds-csv": lambda providers, progress: zipped(csv_package(providers, progress)),
    "hsds-json": json_list,
    "sqlite": lambda providers, _progress: sqlite_bytes(providers),
}
