"""Entries that may be the same service: proposed with reasons, never merged alone (hsds.md rule 10)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from resources.directory.fields import Value
from resources.directory.letters import words
from resources.directory.provider import Provider

LIKELY = 0.58
_WEIGHTS = (0.20, 0.55, 0.25)
_OTHER_SERVICE, _SAME_SERVICE = 0.4, 0.8
_CROWD = 60
_REPORT = 500  # candidates between two words about progress: a few milliseconds
_STREETS = frozenset({
    "street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd", "drive", "dr", "lane", "ln", "court",
    "ct", "place", "pl", "highway", "hwy", "parkway", "pkwy", "suite", "ste", "unit", "apt", "floor", "fl",
    "building", "bldg", "room", "rm", "po", "box",
})  # fmt: skip
_SIDES = {"north": "n", "south": "s", "east": "e", "west": "w"}
_DULL = frozenset({
    "the", "of", "and", "for", "at", "in", "inc", "llc", "a", "center", "centre", "services", "service",
    "program",
})  # fmt: skip
_KNOWN_BY = ("name", "organization", "place/street", "place/postal_code", "place/city")
_MARKS = ("phone", "address", "name")


@dataclass(frozen=True)
class Pair:
    """Two ids that may mean the same, how sure (0-1), and what agrees: phone, address, name."""

    a: str
    b: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traits:
    """What an entry may be known by."""

    id: str
    name: str
    service: str
    organization: str
    rare: frozenset[str]
    house: str
    street: str
    zip: str
    city: str
    phones: frozenset[str]
    needs: frozenset[str]


def pairs(
    providers: Iterable[Provider],
    *,
    apart: frozenset[tuple[str, str]] = frozenset(),
    progress: Callable[[int, int], object] | None = None,
) -> list[Pair]:
    """Likely duplicates, the surest first. `apart` holds pairs of ids somebody said are not the same
    (each pair in sorted order). `progress(done, of)` may raise to stop."""
    return pairs_of((traits(one) for one in providers if not one.retired), apart=apart, progress=progress)


def pairs_of(
    known: Iterable[Traits],
    *,
    apart: frozenset[tuple[str, str]] = frozenset(),
    progress: Callable[[int, int], object] | None = None,
) -> list[Pair]:
    """The same for entries of which only the traits are at hand."""
    found = []
    candidates = _candidates(list(known))
    for n, (one, other) in enumerate(candidates):
        if progress and n % _REPORT == 0:
            progress(n, len(candidates))
        a, b = sorted((one.id, other.id))
        if (a, b) in apart:
            continue
        score, why = _compare(one, other)
        if score >= LIKELY:
            found.append(Pair(a, b, round(score, 3), why))
    return sorted(found, key=lambda pair: (-pair.score, pair.a, pair.b))


def like(provider: Provider, others: Iterable[Provider]) -> list[Pair]:
    """Entries of `others` that one new provider may repeat, for asking before it is saved."""
    mine = traits(provider)
    found = []
    for other in others:
        score, why = _compare(mine, traits(other)) if other.id != provider.id else (0.0, ())
        if score >= LIKELY:
            found.append(Pair(provider.id, other.id, round(score, 3), why))
    return sorted(found, key=lambda pair: (-pair.score, pair.b))


def traits(one: Provider) -> Traits:
    place, numbers = one.place, [phone.number for phone in one.phones]
    return _traits(
        one.id, one.name, one.organization, place.street, place.postal_code, place.city, numbers, one.needs
    )


def traits_in(identity: str, fields: Mapping[str, Value]) -> Traits | None:
    """The traits of an entry out of its fields; None for one that is out of use."""
    if fields.get("status") == "defunct":
        return None
    listed = [name for name in fields if name.startswith(("phones/", "needs/")) and fields[name]]
    numbers = [fields[name].get("number", "") for name in listed if name[0] == "p"]
    needs = frozenset(name[6:] for name in listed if name[0] == "n")
    name, organization, street, code, city = (fields.get(name) or "" for name in _KNOWN_BY)
    return _traits(identity, name, organization, street, code, city, numbers, needs)


def _traits(
    identity: str,
    name: str,
    organization: str,
    street: str,
    postal_code: str,
    city: str,
    numbers: Iterable[str],
    needs: frozenset[str],
) -> Traits:
    service, owner = words(name), words(organization)
    road = [_SIDES.get(word, word) for word in words(street)]
    house = next((word for word in road[:2] if word[0].isdigit()), "")
    named = [*service, *owner]
    return Traits(
        id=identity,
        name=" ".join(named),
        service=" ".join(service),
        organization=" ".join(owner),
        rare=frozenset(word for word in named if word not in _DULL and len(word) > 2),
        house=re.sub(r"\D.*", "", house),
        street=" ".join(word for word in road if word not in _STREETS and word != house),
        zip=postal_code[:5],
        city=" ".join(words(city)),
        phones=frozenset(number[-7:] for number in numbers if len(number) >= 7),
        needs=needs,
    )


def _candidates(entries: Sequence[Traits]) -> list[tuple[Traits, Traits]]:
    """Pairs that share a phone, a house number and street, or a rare word of the name."""
    common = Counter(word for entry in entries for word in entry.rare)
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, entry in enumerate(entries):
        for phone in entry.phones:
            blocks["phone", phone].append(n)
        if entry.house:
            blocks["house", f"{entry.house} {entry.street[:3]}"].append(n)
            blocks["house", f"{entry.house} {entry.street[2:5]}"].append(n)
        for word in sorted(entry.rare, key=lambda word: (common[word], word))[:3]:
            blocks["name", word].append(n)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        if 1 < len(block) <= _CROWD:
            seen |= set(combinations(block, 2))
    return [(entries[one], entries[other]) for one, other in sorted(seen)]


def _compare(one: Traits, other: Traits) -> tuple[float, tuple[str, ...]]:
    """How sure (0 for all that is not LIKELY), and which of phone, address and name agree; what one of them
    lacks does not count."""
    phone, most = _same_phone(one, other), _most_address(one, other)
    if _score(phone, most, 1.0) < LIKELY:
        return 0.0, ()  # not even the same street and name would make them likely: spare comparing those
    address = None if most is None else most * fuzz.token_sort_ratio(one.street, other.street) / 100
    if _score(phone, address, 1.0) < LIKELY:
        return 0.0, ()
    parts = (phone, address, _same_name(one, other))
    score = _score(*parts)
    if (one.needs and other.needs and not one.needs & other.needs) or _services_of_one_house(one, other):
        score -= _OTHER_SERVICE
    why = tuple(m for m, part in zip(_MARKS, parts, strict=True) if part is not None and part >= 0.8)
    return score, why


def _score(*parts: float | None) -> float:
    score, whole, known = 0.0, 0.0, 0
    for part, weight in zip(parts, _WEIGHTS, strict=True):
        if part is not None:
            score += part * weight
            whole += weight
            known += 1
    return score / whole if known > 1 else score / whole * 0.7


def _services_of_one_house(one: Traits, other: Traits) -> bool:
    """True when one organization calls them by two names: each of its services is an entry of its own."""
    if not one.organization or one.organization != other.organization or one.service == other.service:
        return False
    return _alike(one.service, other.service) < _SAME_SERVICE


def _alike(one: str, other: str) -> float:
    return (0.6 * fuzz.token_set_ratio(one, other) + 0.4 * fuzz.token_sort_ratio(one, other)) / 100


def _same_phone(one: Traits, other: Traits) -> float | None:
    if not one.phones or not other.phones:
        return None
    return 1.0 if one.phones & other.phones else 0.0


def _most_address(one: Traits, other: Traits) -> float | None:
    """How much the same street would say: less in another house, ZIP code or town."""
    if not one.street or not other.street:
        return None
    most = 1.0 if one.house == other.house else 0.35
    if one.zip and other.zip and one.zip != other.zip:
        most *= 0.8
    if one.city and other.city and one.city != other.city:
        most *= 0.8
    return most


def _same_name(one: Traits, other: Traits) -> float:
    alike = _alike(one.name, other.name)
    elsewhere = bool(one.city and other.city and one.city != other.city)
    return alike * 0.6 if elsewhere and not (one.street and other.street) else alike
