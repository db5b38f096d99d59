"""What reading a list gives: tables as they came, columns as understood, providers, and what went wrong."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from resources.directory.provider import Provider
from resources.lazy import Lazy
from resources.words import load

NUL = "\x00"


@dataclass(frozen=True)
class Problem:
    """Something in a list that a person must look at. `line` is the line of the file or the row of the sheet
    (0 when it concerns the whole list), `column` its heading, `key` the sentence that explains it."""

    line: int
    column: str
    key: str
    data: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    table: str = ""

    def sentence(self, language: str = "en") -> str:
        return load(language).say(self.key, **self.data)

    def __reduce__(self) -> tuple[Any, ...]:  # a read-only mapping does not go to another process
        return Problem, (self.line, self.column, self.key, dict(self.data), self.table)


class Row(NamedTuple):
    """One row of a table; `cells` has exactly one text for each heading."""

    line: int
    cells: tuple[str, ...]


class Rows(Lazy[Row]):
    """The rows of a long table in little room: one text for each, taken apart when it is asked for.

    `texts` are the cells of each row with a NUL sign between them, `pick` makes of them those of a Row.
    """

    def __init__(
        self, lines: array[int], texts: list[str], pick: Callable[[list[str]], tuple[str, ...]]
    ) -> None:
        self._lines, self._texts, self._pick = lines, texts, pick

    def __len__(self) -> int:
        return len(self._texts)

    def _make(self, places: range) -> Iterator[Row]:
        return (Row(self._lines[n], self._pick(self._texts[n].split(NUL))) for n in places)


@dataclass(frozen=True)
class Table:
    """One table of a list, whatever file it came from. Headings are unique and never blank."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[Row]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    sheets: tuple[str, ...] = ()

    def records(self) -> list[dict[str, str]]:
        return [dict(zip(self.headings, row.cells, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class ColumnChoice:
    """What one column was taken for: a field of columns.FIELDS, or None to keep it unread.
    `confidence` runs from 0 (nobody knows) to 1 (a person said so)."""

    heading: str
    samples: tuple[str, ...]
    field: str | None
    confidence: float


@dataclass(frozen=True)
class Incoming:
    """A whole list, read and understood, before anything is compared or written.

    `source` is the name this list keeps from import to import; `kind` is `flat`, `joined` or `hsds`;
    `sheets` are the sheets a person may choose from.
    """

    source: str
    kind: str
    tables: tuple[Table, ...] = ()
    columns: tuple[ColumnChoice, ...] = ()
    providers: Sequence[Provider] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
