"""What the official description of HSDS 3 says about each column of each table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from resources.directory.schedules import read_time
from resources.exchange import cells
from resources.exchange.identity import is_uuid
from resources.paths import CONTENT

URI = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?", re.ASCII)
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\dT[0-2]\d:[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-][01]\d:[0-5]\d)", re.ASCII
)


@dataclass(frozen=True)
class Column:
    """One column: its kind (string, number, date, time, datetime), format and what it may hold."""

    kind: str
    format: str
    required: bool
    allowed: frozenset[str]


@lru_cache(maxsize=1)
def description() -> str:
    """The whole package description as JSON."""
    return (CONTENT / "hsds" / "datapackage.json").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, Column]]:
    return {
        one["path"].removesuffix(".csv"): {field["name"]: _column(field) for field in one["schema"]["fields"]}
        for one in json.loads(description())["resources"]
    }


def _column(field: Mapping[str, Any]) -> Column:
    limits = field.get("constraints", {})
    allowed = frozenset(limits.get("enum", ()))
    return Column(field["type"], field.get("format", ""), bool(limits.get("required")), allowed)


def columns(table: str) -> Mapping[str, Column]:
    """The official columns of a table, none for a table that HSDS does not know."""
    return _tables().get(table, {})


@lru_cache(maxsize=64)
def numbers(table: str) -> tuple[str, ...]:
    """The columns of a table that hold numbers."""
    return tuple(name for name, column in columns(table).items() if column.kind == "number")


def number(text: str) -> int | float:
    """The number that a cell of such a column says."""
    return float(text) if "." in text else int(text)


def mended(table: str, name: str, value: str) -> str:
    """The value as its column wants it: times of the day with seconds and without a zone."""
    column = columns(table).get(name)
    if column is not None and column.kind == "time" and not _TIME.fullmatch(value):
        minute = read_time(value)
        return value if minute is None else f"{minute // 60 % 24:02}:{minute % 60:02}:00"
    return value


def fits(table: str, name: str, value: str) -> bool:
    """True for a value that the description allows in this column, and for any in a column of its own."""
    column = columns(table).get(name)
    if column is None:
        return True
    if column.allowed:
        return value in column.allowed
    if column.kind in _KINDS:
        return _KINDS[column.kind](value)
    return _FORMATS[column.format](value) if column.format in _FORMATS else True


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    return bool(_MOMENT.fullmatch(text)) and _is_day(text[:10]) and text[11:13] < "24"


_KINDS: Mapping[str, Callable[[str], bool]] = {
    "number": lambda text: bool(_NUMBER.fullmatch(text)),
    "date": _is_day,
    "time": lambda text: bool(_TIME.fullmatch(text)),
    "datetime": _is_moment,
}
_FORMATS: Mapping[str, Callable[[str], bool]] = {
    "uuid": is_uuid,
    "uri": lambda text: bool(URI.fullmatch(text)),
    "email": lambda text: cells.email(text) == text,
}
