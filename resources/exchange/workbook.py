"""Opening a workbook; done in a child process (resources.confined), for it is somebody else's file."""

from __future__ import annotations

import io
import json
import os
import re
import warnings
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

MOST_ROWS = 200_001
MOST_COLUMNS = 1_000
MOST_BLOCK = 10_000
_REF = rb"([A-Z]{1,3}\d{1,7})"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']" + _REF + b":" + _REF + rb"[\"']")
_CELL = re.compile(r"([A-Z]+)(\d+)")


def answer(data: bytes, sheet: str) -> bytes:
    """What the workbook says, as JSON: never an error, for that is a sentence to a person too."""
    try:
        said = read(data, sheet)
    except MemoryError:
        said = {"error": "exchange.unpacks_too_large", "sheets": []}
    except Exception:
        # whatever openpyxl stumbles over in a foreign file, the person needs one sentence
        said = {"error": "exchange.damaged_workbook", "sheets": []}
    return json.dumps(said).encode("utf-8")


def read(data: bytes, sheet: str) -> dict[str, Any]:
    """Sheet names, the name of the chosen sheet and its rows as text."""
    os.environ["OPENPYXL_LXML"] = "False"
    os.environ["OPENPYXL_DEFUSEDXML"] = "True"
    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    pages = {page.title: page for page in book.worksheets}
    names = [title for title, page in pages.items() if page.sheet_state == "visible"] or list(pages)
    if sheet and sheet not in pages:
        return {"error": "exchange.no_such_sheet", "sheets": names}
    for name in [sheet] if sheet else names:
        rows = _rows(pages[name])
        if rows or sheet:
            break
    else:
        return {"error": "exchange.empty", "sheets": names}
    found = _merged_ranges(data, pages[name])
    filled = _fill(rows, found)
    notes = _notes(names, name, filled)
    return {"sheets": names, "sheet": name, "rows": rows, "notes": notes}


def _notes(names: Sequence[str], name: str, filled: int) -> list[str]:
    from resources.words import load

    notes = []
    if len(names) > 1:
        notes.append(load("en").say("exchange.note.sheet", sheet=name, n=len(names)))
    if filled:
        notes.append(load("en").say("exchange.note.merged", n=filled))
    return notes


def _rows(page: Any) -> list[tuple[int, list[str]]]:
    page.reset_dimensions()
    rows: list[tuple[int, list[str]]] = []
    limit = page.iter_rows(max_col=MOST_COLUMNS)
    for number, cells in enumerate(limit, start=1):
        made = [text(cell.value, str(getattr(cell, "number_format", ""))) for cell in cells]
        while made and not made[-1]:
            made.pop()
        if made:
            rows.append((number, made))
        if len(rows) > MOST_ROWS:
            break
    return rows


def text(value: object, shown_as: str = "") -> str:
    """A cell as a person wrote it: whole numbers without ".0", dates and times in ISO form, zeros of a
    ZIP or phone format put back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M") if not value.second else value.isoformat()
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int):
        zeros = re.fullmatch(r"0{2,12}", shown_as)
        return str(value).zfill(len(shown_as)) if zeros else str(value)
    return repr(value) if isinstance(value, float) else str(value)


def _merged_ranges(data: bytes, page: Any) -> list[tuple[int, int, int, int]]:
    """First and last row and column (from 1) of each merged block; read-only sheets do not tell them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(str(page._worksheet_path).lstrip("/"))
    found = []
    for match in _MERGED.finditer(sheet):
        (left, top), (right, bottom) = (_place(corner.decode("ascii")) for corner in match.groups())
        found.append((top, bottom, left, right))
    return found


def _place(cell: str) -> tuple[int, int]:
    match = _CELL.fullmatch(cell)
    column = 0
    for sign in match[1] if match else "A":
        column = column * 26 + ord(sign) - ord("A") + 1
    return column, int(match[2]) if match else 1


def _fill(rows: list[tuple[int, list[str]]], ranges: Sequence[tuple[int, int, int, int]]) -> int:
    """Put the value of each merged block into its empty cells in rows that exist; return how many."""
    at = dict(rows)
    filled = 0
    for top, bottom, left, right in ranges:
        first = at.get(top, [])
        value = first[left - 1] if left <= len(first) else ""
        if not value or bottom == top or right > MOST_COLUMNS:
            continue  # a block within one row is a title, or a long text over empty cells
        for line in range(top, min(bottom, top + MOST_BLOCK) + 1):
            cells = at.get(line)
            if cells is None:
                continue
            cells.extend([""] * (right - len(cells)))
            for column in range(left - 1, right):
                if not cells[column]:
                    cells[column] = value
                    filled += 1
    return filled
