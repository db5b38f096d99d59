"""A Provider as fields that merge on their own: one per value, per element of a set, per phone, per check.

A field that is absent means the default; in an operation the value null removes a field.
`hours` is one field, because half of one timetable and half of another is nobody's timetable.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, replace
from dataclasses import fields as dataclass_fields
from datetime import date
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from resources.directory.hours import Closure, Hours, Span
from resources.directory.provider import Check, Phone, Place, Provider

Value = Any  # what JSON can hold
Fields = dict[str, Value]

SETS = ("needs", "languages", "serves")
MAPPINGS = ("intake", "kept")
CONFIDENTIAL = "place/confidential"
SECRET = ("place/street", "place/latitude", "place/longitude")  # never kept for a confidential place (R4)

_PARTS = {"id", "phones", "place", "hours", "checks", *SETS, *MAPPINGS}
_PLAIN = {
    f.name: f.default for f in dataclass_fields(Provider) if f.name not in _PARTS and f.default is not MISSING
}
_PLACE = {f.name: f.default for f in dataclass_fields(Place)}
_plain_of, _place_of = attrgetter(*_PLAIN), attrgetter(*_PLACE)
_ALWAYS = ("name", "status")  # so that an entry without any content still is an entry
_encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode


def text(value: Value) -> str:
    """JSON with one spelling for one value, so that equal values are equal text."""
    return _encode(value)


def to_fields(provider: Provider) -> Fields:
    """The fields of a provider; those at their default are left out."""
    found: Fields = {}
    for (name, default), value in zip(_PLAIN.items(), _plain_of(provider), strict=True):
        if value != default or name in _ALWAYS:
            found[name] = value
    for (name, default), value in zip(_PLACE.items(), _place_of(provider.place), strict=True):
        if value != default:
            found[f"place/{name}"] = value
    for name in SETS:
        for code in getattr(provider, name):
            found[f"{name}/{code}"] = True
    for name in MAPPINGS:
        for code, value in getattr(provider, name).items():
            found[f"{name}/{code}"] = value
    if provider.hours != Hours():
        found["hours"] = _hours_out(provider.hours)
    for position, phone in enumerate(provider.phones):
        found[f"phones/{phone.id}"] = _phone_out(phone, position)
    for check in provider.checks:
        found[f"checks/{check.id}"] = check_out(check)
    return found


def to_provider(identity: str, found: Mapping[str, Value]) -> Provider:
    """The provider that these fields describe; a field of a later version is left aside."""
    made: dict[str, Any] = {"id": identity}
    groups: defaultdict[str, dict[str, Value]] = defaultdict(dict)
    for field, value in found.items():
        if value is not None:
            group, slash, name = field.partition("/")
            if slash:
                groups[group][name] = value
            elif field in _PLAIN:
                made[field] = value
    for group, values in groups.items():
        if group in MAPPINGS:
            made[group] = MappingProxyType(values)
        elif group in SETS:
            made[group] = frozenset(code for code, on in values.items() if on)
        elif group == "place":
            made[group] = Place(**{name: value for name, value in values.items() if name in _PLACE})
        elif group == "phones":
            some = sorted(values.items(), key=lambda item: (item[1].get("position", 0), item[0]))
            made[group] = tuple(_phone_in(name, value) for name, value in some)
        elif group == "checks":
            made[group] = tuple(sorted((_check_in(*one) for one in values.items()), key=_when))
    if value := found.get("hours"):
        made["hours"] = hours_in(value)
    return Provider(**made)


def changed(old: Mapping[str, Value], new: Mapping[str, Value]) -> Fields:
    """What an operation must set to come from `old` to `new`. Checks add up: none is removed by this."""
    difference: Fields = {
        field: new.get(field)
        for field in old.keys() | new.keys()
        if new.get(field) != old.get(field) and (field in new or not field.startswith("checks/"))
    }
    if CONFIDENTIAL in difference:
        # said outright, so that no laptop shows a street that another one knew to be secret
        difference.update({field: new.get(field) for field in SECRET})
    return difference


def with_ids(provider: Provider) -> Provider:
    """The same provider with an id on each phone and check that came without one."""
    ids = [phone.id for phone in provider.phones]
    if len(set(ids)) == len(ids) and all(ids) and all(check.id for check in provider.checks):
        return provider
    seen: set[str] = set()
    phones = []
    for phone in provider.phones:
        one = phone if phone.id and phone.id not in seen else replace(phone, id=secrets.token_hex(4))
        seen.add(one.id)
        phones.append(one)
    checks = tuple(c if c.id else replace(c, id=check_id()) for c in provider.checks)
    return replace(provider, phones=tuple(phones), checks=checks)


def check_id(now: int = 0) -> str:
    """A new id for a check; with `now`, checks of one day sort in the order they were made."""
    return f"{now:016x}{secrets.token_hex(4)}"


def _when(check: Check) -> tuple[date, str]:
    return check.on, check.id


def _phone_out(phone: Phone, position: int) -> Fields:
    found: Fields = {"position": position}
    for name in ("number", "extension", "label", "shown"):
        if value := getattr(phone, name):
            found[name] = value
    if phone.kind != "voice":
        found["kind"] = phone.kind
    return found


def _phone_in(identity: str, value: Mapping[str, Value]) -> Phone:
    names = ("number", "extension", "label", "kind", "shown")
    return Phone(id=identity, **{name: value[name] for name in names if name in value})


def check_out(check: Check) -> Fields:
    found: Fields = {"on": check.on.isoformat(), "result": check.result}
    return found | {name: getattr(check, name) for name in ("by", "note") if getattr(check, name)}


def _check_in(identity: str, value: Mapping[str, Value]) -> Check:
    return Check(
        id=identity,
        on=date.fromisoformat(value["on"]),
        result=value["result"],
        by=value.get("by", ""),
        note=value.get("note", ""),
    )


def _hours_out(hours: Hours) -> Fields:
    found: Fields = {}
    if hours.spans:
        found["spans"] = [
            [s.weekday, s.opens, s.closes, list(s.nth), _iso(s.first), _iso(s.last)] for s in hours.spans
        ]
    if hours.closures:
        found["closures"] = [[_iso(c.first), _iso(c.last), c.reason] for c in hours.closures]
    if hours.rules:
        found["rules"] = list(hours.rules)
    if hours.always:
        found["always"] = True
    if hours.text:
        found["text"] = hours.text
    return found


def hours_in(value: Mapping[str, Value] | None) -> Hours:
    if not value:
        return Hours()
    return Hours(
        spans=tuple(
            _span(day, opens, closes, tuple(nth), first, last)
            for day, opens, closes, nth, first, last in value.get("spans", ())
        ),
        closures=tuple(_closures(value.get("closures", ()))),
        always=value.get("always", False),
        text=value.get("text", ""),
        rules=tuple(value.get("rules", ())),
    )


@lru_cache(maxsize=4096, typed=True)
def _span(
    weekday: int, opens: int, closes: int, nth: tuple[int, ...], first: str | None, last: str | None
) -> Span:
    return Span(weekday, opens, closes, nth, _day(first), _day(last))


def _closures(rows: Iterable[tuple[str, str, str]]) -> Iterable[Closure]:
    for first, last, reason in rows:
        yield Closure(date.fromisoformat(first), date.fromisoformat(last), reason)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
