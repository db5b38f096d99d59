"""Two entries that are one service: which fields differ, what the merged entry holds, and pairs that are not.

Nothing here writes a merged entry: a person decides field by field, and the store keeps it as one batch.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from resources.directory.hours import Hours
from resources.directory.provider import Check, Phone, Place, Provider

if TYPE_CHECKING:
    from resources.directory.store import Directory

STAYS, OTHER, BOTH = "stays", "other", "both"
SETS = ("needs", "languages", "serves")
TOGETHER = ("phones", "intake", *SETS)  # of these both may be kept
FIELDS = (
    "name", "organization", "cover_name", "phones", "place", "serves", "needs", "remote", "hours",
    "languages", "interpretation", "intake", "ages", "eligibility", "how_to_reach", "documents",
    "cost", "alert", "description", "email", "website",
)  # fmt: skip
_APART = "not-the-same"


def part(one: Provider, field: str) -> Any:
    """The value that is compared and chosen as a whole; phones without their ids."""
    if field == "ages":
        return one.minimum_age, one.maximum_age
    if field == "phones":
        return tuple(replace(phone, id="") for phone in one.phones)
    return getattr(one, field)


def is_empty(value: Any) -> bool:
    return value in ("", None, (), (None, None), frozenset(), Place(), Hours()) or (
        isinstance(value, Mapping) and not value
    )


def differing(one: Provider, other: Provider) -> list[str]:
    """Fields that do not say the same, in the order a form has them."""
    return [field for field in FIELDS if part(one, field) != part(other, field)]


def better(one: Provider, other: Provider) -> Provider:
    """The one that should stay: heard answered last, else the one that says more."""

    def worth(entry: Provider) -> tuple[date, int]:
        filled = sum(not is_empty(part(entry, field)) for field in FIELDS)
        return entry.confirmed_on or date.min, filled

    return other if worth(other) > worth(one) else one


def suggested(stays: Provider, other: Provider) -> dict[str, str]:
    """A choice for each field that differs: what is filled, both where both can be kept, else what stays."""
    chosen = {}
    for field in differing(stays, other):
        mine, theirs = part(stays, field), part(other, field)
        if is_empty(mine):
            chosen[field] = OTHER
        elif field in TOGETHER and not is_empty(theirs):
            chosen[field] = BOTH
        else:
            chosen[field] = STAYS
    if other.place.confidential and not stays.place.confidential:
        chosen["place"] = OTHER
    return chosen


def combine(stays: Provider, other: Provider, chosen: Mapping[str, str]) -> Provider:
    """The merged entry, under the id of `stays`. A place that either of them hides stays hidden (R4)."""
    values: dict[str, Any] = {}
    for field in differing(stays, other):
        which = chosen.get(field, STAYS)
        if which == STAYS:
            continue
        if field == "ages":
            values |= {"minimum_age": other.minimum_age, "maximum_age": other.maximum_age}
        else:
            values[field] = getattr(other, field) if which == OTHER else _both(stays, other, field)
    merged = replace(stays, **values)
    if stays.place.confidential or other.place.confidential:
        merged = replace(merged, place=replace(merged.place, confidential=True))
    kept = MappingProxyType({**other.kept, **stays.kept})
    return replace(merged, checks=_checks(stays, other, merged), kept=kept)


def checks_count(stays: Provider, other: Provider, merged: Provider) -> bool:
    """True when the other entry's calls vouch for the merged one: they reached its first number."""
    return bool(other.phone and merged.phone and other.phone.number == merged.phone.number)


def _checks(stays: Provider, other: Provider, merged: Provider) -> tuple[Check, ...]:
    if not checks_count(stays, other, merged):
        return stays.checks
    known = {check.id for check in stays.checks}
    together = (*stays.checks, *(check for check in other.checks if check.id not in known))
    return tuple(sorted(together, key=lambda check: check.on))


def _both(stays: Provider, other: Provider, field: str) -> Any:
    if field == "intake":
        return MappingProxyType({**other.intake, **stays.intake})
    if field == "phones":
        known = {_dialled(phone) for phone in stays.phones}
        return (*stays.phones, *(phone for phone in other.phones if _dialled(phone) not in known))
    return getattr(stays, field) | getattr(other, field)


def _dialled(phone: Phone) -> tuple[str, str]:
    return phone.number or phone.shown, phone.extension


# -- pairs that a person said are not the same


def apart(directory: Directory) -> frozenset[tuple[str, str]]:
    """Pairs of ids (each in sorted order) that are never proposed again."""
    said = directory.recall(_APART)
    return frozenset((a, b) for a, b in json.loads(said)) if said else frozenset()


def say_apart(directory: Directory, a: str, b: str) -> None:
    """Remember that these two are not the same."""
    first, second = sorted((a, b))
    _keep(directory, apart(directory) | {(first, second)})


def forget_apart(directory: Directory) -> None:
    """Propose every pair again."""
    _keep(directory, frozenset())


def _keep(directory: Directory, found: frozenset[tuple[str, str]]) -> None:
    directory.remember(_APART, json.dumps(sorted(found)))
