"""Whether a value of an operation is of the kind its field has; what is not would break whoever shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from datetime import date
from functools import lru_cache

from resources.directory.fields import MAPPINGS, SETS, Value, hours_in, text
from resources.directory.merge import SEEN
from resources.directory.provider import Place, Provider

_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "bool": (bool,),
    "int | None": (int,),
    "float | None": (float, int),
}
_PLAIN = {f.name: _KINDS[str(f.type)] for f in dataclass_fields(Provider) if str(f.type) in _KINDS}
_PLACE = {f"place/{f.name}": _KINDS[str(f.type)] for f in dataclass_fields(Place)}
_WHOLE = _PLAIN | _PLACE
_PHONE = {"number", "extension", "label", "kind", "shown"}
_CHECK = {"on", "result", "by", "note"}
_FAR = 1 << 31
DEEPEST = 8
_NUMBER = re.compile(r"\+?[0-9]{0,15}")  # as every number is stored (R22): what is printed is what is stored


def all_fit(values: Mapping[str, Value]) -> bool:
    """True when each field can hold its value, and none is nested deeper than any we write."""
    tables = []
    for name, value in values.items():
        kind = type(value)
        if kind is dict or kind is list:
            tables.append(value)
        elif (kind is str or kind is bool) and kind in _holds(name):
            continue
        if not _fits(name, value):
            return False
    return not _deeper(tables, DEEPEST - 1)


@lru_cache(maxsize=8192)
def _holds(name: str) -> tuple[type, ...]:
    """Of texts and switches what a field may hold, whatever they say."""
    return tuple(kind for kind, some in ((str, "x"), (bool, True)) if _fits(name, some))


def _deeper(tables: list[Value], depth: int) -> bool:
    """True when a table or list lies in one of these at this depth."""
    while tables and depth:
        depth -= 1
        inside = [one for table in tables for one in (table.values() if type(table) is dict else table)]
        tables = [one for one in inside if isinstance(one, dict | list)]
    return bool(tables)


def _fits(name: str, value: Value) -> bool:
    """True when this field can hold this value; null, which removes, always fits."""
    if value is None:
        return True
    if (kinds := _WHOLE.get(name)) is not None:
        return _is(value, kinds)
    if name == SEEN:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    group, slash, rest = name.partition("/")
    if not slash:
        return name != "hours" or _hours(text(value))
    if not rest:
        return False
    if group in SETS or group == "intake":
        return isinstance(value, bool)
    if group in MAPPINGS:
        return isinstance(value, str)
    if group == "phones":
        whole = _table(value, _PHONE) and _is(value.get("position", 0), (int,))
        return whole and bool(_NUMBER.fullmatch(value.get("number", "")))
    return group != "checks" or (_table(value, _CHECK) and _check(value))


def _is(value: Value, kinds: tuple[type, ...]) -> bool:
    return type(value) in kinds and (not isinstance(value, int | float) or -_FAR < value < _FAR)


def _table(value: Value, texts: set[str]) -> bool:
    return isinstance(value, Mapping) and all(isinstance(value.get(name, ""), str) for name in texts)


def _check(value: Mapping[str, Value]) -> bool:
    try:
        date.fromisoformat(value["on"])
    except (ValueError, KeyError):
        return False
    return "result" in value


@lru_cache(maxsize=4096)  # many providers keep the same ones
def _hours(said: str) -> bool:
    try:
        hours = hours_in(json.loads(said))
        numbers = [n for s in hours.spans for n in (s.opens, s.closes, *s.nth)]
        days = all(type(s.weekday) is int and 0 <= s.weekday <= 6 for s in hours.spans)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    texts = [hours.text, *hours.rules, *(closure.reason for closure in hours.closures)]
    whole = all(type(n) is int and -10 <= n <= 10_000 for n in numbers)
    return days and whole and all(isinstance(t, str) for t in texts) and isinstance(hours.always, bool)
