"""Excel workbooks: checked from their headers, then read by a child process that cannot hurt this one."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from resources import confined
from resources.errors import ToolkitError
from resources.exchange import workbook
from resources.exchange.incoming import Table
from resources.exchange.tables import shape

MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
_SMALL = 1024 * 1024
_LOCKED = "EncryptedPackage"


def read_sheet(file: str, data: bytes, sheet: str | None = None) -> Table:
    """The table on one sheet (the one named, else the first with rows) of a workbook.

    Merged cells are filled, formulas give the values Excel saved, times stay times and identifiers stay
    text. Raises ToolkitError for anything that is not a workbook, is locked, too large or has no such sheet.
    """
    check_packed(file, data)
    answer = _ask_child(file, data, sheet)
    if "error" in answer:
        raise ToolkitError(answer["error"], file=file, sheet=sheet or "", sheets=", ".join(answer["sheets"]))
    sheets = tuple(answer["sheets"])
    records = [(line, cells) for line, cells in answer["rows"]]
    return shape(answer["sheet"], records, answer["notes"], sheets)


def check_packed(file: str, data: bytes) -> None:
    """Refuse, from the headers alone, an archive that unpacks to too much or is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as problem:
        raise ToolkitError("exchange.damaged_workbook", file=file) from problem
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or (unpacked > _SMALL and unpacked > MOST_RATIO * len(data)):
        raise ToolkitError("exchange.unpacks_too_large", file=file)
    if "content.xml" in names:
        raise ToolkitError("exchange.not_a_table.open_document", file=file)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise ToolkitError("exchange.not_a_table.unknown", file=file)


def _ask_child(file: str, data: bytes, sheet: str | None) -> dict[str, Any]:
    """Let a child process with a time and memory limit read the workbook; its answer is JSON, not pickle."""
    try:
        answer: dict[str, Any] = json.loads(confined.ask(workbook.answer, data, sheet or ""))
        return answer
    except confined.Confined as ended:
        if ended.slow:
            raise ToolkitError("exchange.workbook_too_slow", file=file, seconds=confined.SECONDS) from ended
        raise ToolkitError("exchange.damaged_workbook", file=file) from ended
    except ValueError as problem:
        raise ToolkitError("exchange.damaged_workbook", file=file) from problem
