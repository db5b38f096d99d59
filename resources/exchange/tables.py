"""Tables out of text: delimiter, heading row, ragged rows and doubled headings, with line numbers kept.

Limits: a list may have 100 MiB and 200,000 rows of 200 columns (a signed bundle is held to 20 MiB and
20,000 rows elsewhere). A cell that is too long for its field is named by line and column later on.
"""

from __future__ import annotations

import csv
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from resources.errors import ToolkitError
from resources.exchange.decoding import Decoded, decode, read_bytes
from resources.exchange.incoming import NUL, Problem, Rows, Table
from resources.exchange.safe_cells import MARK, unguard
from resources.words import load

MOST_ROWS = 200_000
MOST_COLUMNS = 200
SHEET_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
_DELIMITERS = (",", "\t", ";", "|")
Line = tuple[int, list[str]]
_END = "\x1e end of list \x1e"
_VALUE = re.compile(
    r"[-+$€£]?\(?\d[\d\s().,:/\-+%]*|\S+@\S+\.\S+|https?://\S+|www\.\S+|(?:true|false|yes|no|na|n/a|null)",
    re.IGNORECASE,
)
_PLAIN_ENCODINGS = ("utf-8", "utf-16", "utf-32")
csv.field_size_limit(2**31 - 1)


def read_table(path: Path, sheet: str | None = None) -> Table:
    """The table in a CSV, TSV or Excel file; raises ToolkitError with what to do."""
    data = read_bytes(path)
    if data.startswith(b"PK\x03\x04"):
        from resources.exchange.spreadsheets import read_sheet

        return read_sheet(path.name, data, sheet)
    return table_of(data, path.name)


def table_of(data: bytes, file: str) -> Table:
    """The table in the bytes of a CSV or TSV file."""
    decoded = decode(data, file)
    text = decoded.text
    notes = _notes(decoded)
    if "\x00" in text:
        notes.append(load("en").say("exchange.note.nul", n=text.count("\x00")))
        text = text.replace("\x00", "")
    delimiter, spaced = sniff(text)
    return shape(_stem(file), _records(text, delimiter, spaced), notes)


def _notes(decoded: Decoded) -> list[str]:
    if decoded.encoding in _PLAIN_ENCODINGS:
        return []
    return [load("en").say(f"exchange.note.{decoded.encoding.replace('-', '_')}")]


def _stem(file: str) -> str:
    return Path(file).stem or file


def sniff(text: str) -> tuple[str, bool]:
    """The delimiter, and whether a space follows it before quotes: the most even split of the beginning."""
    start = text[:60_000]
    best, score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        if delimiter not in start:
            continue
        rows = [row for row in csv.reader(_lines(start), delimiter=delimiter) if any(row) and row != [_END]]
        widths = Counter(len(row) for row in rows[:100])
        width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
        even = times / max(1, sum(widths.values())) if width > 1 else 0.0
        if (round(even, 1), width) > score and width > 1:
            best, score = delimiter, (round(even, 1), width)
    spaced = start.count(f'{best} "') > start.count(f'{best}"')
    return best, spaced


def _records(text: str, delimiter: str, spaced: bool) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each one begins on; a quotation mark that never closes is refused."""
    reader = csv.reader(_lines(text), delimiter=delimiter, skipinitialspace=spaced)
    line = 1
    for cells in reader:
        if cells == [_END]:
            return
        if cells and cells[-1].endswith(_END):
            raise ToolkitError("exchange.open_quote", line=line)
        yield line, cells
        line = reader.line_num + 1


def _lines(text: str) -> Iterator[str]:
    """Lines of the text (a lone CR ends a line too), then a mark by which an open quotation is noticed."""
    start = 0
    for match in re.finditer(r"\r\n|\n|\r", text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield text[start:] + "\n"
    yield _END


def shape(
    name: str,
    records: Iterable[tuple[int, Sequence[str]]],
    notes: Iterable[str] = (),
    sheets: tuple[str, ...] = (),
) -> Table:
    """A Table of raw rows: blank rows and comments skipped, headings found, rows made as wide as them.
    Rows of a sheet (which has `sheets`) may be as short or as wide as they like."""
    words, said = load("en"), list(notes)
    raw = _Raw(records, name)
    if not raw.texts:
        raise ToolkitError("exchange.empty", file=name)
    first, named = _heading(raw.start())
    heads = raw.cells(first) if named else []
    if not named:
        said.append(words.say("exchange.note.no_headings"))
    if first:
        said.append(words.say("exchange.note.title_rows", n=first))
    if raw.comments:
        said.append(words.say("exchange.note.comments", n=raw.comments))
    used = raw.used(first)
    if len(used) > MOST_COLUMNS:
        raise ToolkitError("exchange.too_many_columns", file=name, limit=MOST_COLUMNS)
    headings = unique([(heads[n] if n < len(heads) else "") or f"Column {letters(n)}" for n in used])
    problems, short = raw.raggedness(first) if named and not sheets else ([], 0)
    if short:
        said.append(words.say("exchange.note.short_rows", n=short))
    body = Rows(raw.lines[first + named :], raw.texts[first + named :], _picker(used))
    return Table(name, headings, body, tuple(said), tuple(problems), sheets)


def _picker(used: Sequence[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """Takes the used columns of a row, missing cells as empty."""
    width = used[-1] + 1 if used else 0
    whole = len(used) == width

    def pick(cells: list[str]) -> tuple[str, ...]:
        wide = cells if len(cells) >= width else cells + [""] * (width - len(cells))
        return tuple(wide[:width]) if whole else tuple([wide[n] for n in used])

    return pick


class _Raw:
    """Rows as they came, blank ones and comments left out, each as one text."""

    def __init__(self, records: Iterable[tuple[int, Sequence[str]]], name: str) -> None:
        self.lines, self.texts, self.comments = array("L"), list[str](), 0
        for line, raw in records:
            cells = [_clean(cell) if cell else "" for cell in raw]
            filled = len(cells) - cells.count("")
            if not filled:
                continue
            if filled == 1 and cells[0].startswith("#"):
                self.comments += 1
                continue
            said = NUL.join(cells)
            if said.count(NUL) >= len(cells):
                said = NUL.join([cell.replace(NUL, "") for cell in cells])
            self.lines.append(line)
            self.texts.append(said)
            if len(self.texts) > MOST_ROWS + 1:
                raise ToolkitError("exchange.too_many_rows", file=name, limit=f"{MOST_ROWS:,}")

    def cells(self, row: int) -> list[str]:
        return self.texts[row].split(NUL)

    def start(self) -> list[Line]:
        """The first rows, by which a table shows its shape."""
        return [(line, self.cells(n)) for n, line in enumerate(self.lines[:200])]

    def used(self, first: int) -> list[int]:
        """The columns that have a cell from this row on."""
        found, blank, width = list[int](), list[int](), 0
        for said in self.texts[first:]:
            cells = said.split(NUL)
            blank += range(width, len(cells))
            width = max(width, len(cells))
            if blank and (met := [n for n in blank if n < len(cells) and cells[n]]):
                found += met
                blank = [n for n in blank if n not in met]
        return sorted(found)

    def raggedness(self, first: int) -> tuple[list[Problem], int]:
        """Rows with cells beyond the headings, a heading row shorter than every row, how many are short."""
        width, short = self.texts[first].count(NUL) + 1, 0
        beyond: list[Problem] = []
        all_wide, most = True, 0
        for line, said in zip(self.lines[first + 1 :], self.texts[first + 1 :], strict=True):
            wide = said.count(NUL) + 1
            most = most or wide
            all_wide = all_wide and wide > width
            short += wide < width
            if wide > width and any(said.split(NUL)[width:]):
                data = {"cells": wide, "headings": width}
                beyond.append(Problem(line, "", "exchange.problem.too_many_cells", data))
        if most and all_wide and not beyond:
            data = {"cells": most, "headings": width}
            return [Problem(self.lines[first], "", "exchange.problem.heading_missing", data)], short
        return beyond, short


def _clean(cell: str) -> str:
    text = cell.strip()
    return unguard(text) if text.startswith(MARK) else text


def _heading(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, bool]:
    """Where the heading row is, and whether there is one: titles above it have fewer cells than the table."""
    usual = Counter(_filled(cells) for _, cells in rows[:200]).most_common(1)[0][0]
    for n, (_, cells) in enumerate(rows[:20]):
        if _filled(cells) >= min(usual, max(2, usual * 0.6)) or _filled(cells) > 8:
            return n, not _is_data(cells)
    return 0, not _is_data(rows[0][1])


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def _is_data(cells: Sequence[str]) -> bool:
    """True when at least half of the cells are values (numbers, phones, addresses on the web)."""
    filled = [cell for cell in cells if cell]
    return 2 * sum(1 for cell in filled if _VALUE.fullmatch(cell)) >= len(filled)


def letters(n: int) -> str:
    """The name a spreadsheet gives to column `n` (0 is A, 26 is AA)."""
    name = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def unique(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings with their white space evened, doubled ones numbered: "Phone", "Phone (2)"."""
    made: list[str] = []
    taken: set[str] = set()
    for heading in headings:
        plain = re.sub(r"\s+", " ", heading).strip()[:200]
        name, n = plain, 1
        while name.casefold() in taken:
            n += 1
            name = f"{plain} ({n})"
        taken.add(name.casefold())
        made.append(name)
    return tuple(made)
