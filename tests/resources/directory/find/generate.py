"""Invented providers spread over real places, the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from resources.directory import needs, places
from resources.directory.hours import Closure, Hours, Span
from resources.directory.provider import INTAKE_RULES, Check, Phone, Place, Provider

TODAY = date(2026, 11, 25)
_NAMES = (
    "Hope Harbor Haven Beginnings Passage Bridge Light Mercy Grace Liberty Dawn Cornerstone Community Valley "
    "Mountain River Prairie Lakeside Sunrise Horizon Door Chance United Lutheran Regional Northern Southern "
    "Mary's O'Brien Phoenix Willow Cedar Aspen Sparrow Eagle Pathways Anchor Refuge Esperanza Peña Niño Vida"
)
_KINDS = (
    "Center|House|Services|Coalition|Shelter|Clinic|Network|Alliance|Program|Project|Outreach|Health Center|"
    "Legal Services|Crisis Center|Resource Center|Family Services|Children's Center|Hospital|Mission"
)
_SENTENCES = (
    "Bilingual advocates help with safety planning|Staff can meet officers at the clinic|No insurance is "
    "required|Beds are limited so call the intake line first|Appointments within ten days|Ask for the on-"
    "call advocate|Serves adults and youth nearby|Telehealth available statewide|Walk-ins on weekdays"
)
_FIRST, _LAST, _TEXT = _NAMES.split(), _KINDS.split("|"), _SENTENCES.split("|")
_LANGUAGES = (("en", 1.0), ("es", 0.4), ("zh", 0.05), ("vi", 0.04), ("mam", 0.02), ("ase", 0.05))
_SIGNS = "bcdfghjklmnpqrstvwz"


@lru_cache(maxsize=30_000)
def _word(rank: int) -> str:
    """A rare made-up word; low ranks come often."""
    chance = random.Random(rank)
    return "".join(chance.choice(_SIGNS) + chance.choice("aeiou") for _ in range(chance.randint(2, 4)))


def _hours(chance: random.Random) -> Hours:
    kind = chance.random()
    if kind < 0.2:
        return Hours(always=True)
    if kind < 0.3:
        return Hours(text="by appointment")
    if kind < 0.35:
        return Hours()
    opens, closes = chance.choice((480, 510, 540, 1080)), chance.choice((960, 1020, 1200, 360))
    spans = tuple(Span(n, opens, closes) for n in range(chance.choice((5, 5, 6, 7))))
    if kind < 0.4:
        spans = tuple(replace(span, nth=(2, 4)) for span in spans)
    if kind < 0.45:
        return Hours(spans, (Closure(TODAY, TODAY + timedelta(days=1), "holiday"),))
    return Hours(spans)


def _serves(chance: random.Random, county: str, state: str) -> frozenset[str]:
    kind = chance.random()
    if kind < 0.1:
        return frozenset()
    if kind < 0.5:
        return frozenset({county})
    if kind < 0.85:
        around = places.neighbours(county)
        return frozenset({county, *chance.sample(around, min(len(around), chance.randint(1, 6)))})
    return frozenset({state}) if kind < 0.98 else frozenset({"US"})


def generate(count: int, seed: int = 7) -> Iterator[Provider]:
    """`count` providers; nothing in them is real but the places."""
    chance = random.Random(seed)
    zips = places._database().execute(
        "select zip, city, state, lat, lon, counties from zip where city <> '' order by zip"
    )
    table = zips.fetchall()
    for number in range(count):
        yield _provider(chance, number, chance.choice(table))


def _intake(chance: random.Random) -> MappingProxyType[str, bool]:
    known = [rule for rule in INTAKE_RULES if chance.random() < 0.6]
    return MappingProxyType({rule: chance.random() < 0.7 for rule in known})


def _place(chance: random.Random, where: Any) -> Place:
    code, city, state, lat, lon, counties = where
    county = counties.split()[0]
    return Place(
        street=f"{chance.randint(1, 999)} Secretstreet Road",
        city=city,
        county=county,
        state=state,
        postal_code=f"{code:05}",
        latitude=lat / places.SCALE + chance.gauss(0, 0.05),
        longitude=lon / places.SCALE + chance.gauss(0, 0.05),
        confidential=chance.random() < 0.1,
    )


def _provider(chance: random.Random, number: int, where: Any) -> Provider:
    city, state, county = where[1], where[2], where[5].split()[0]
    codes = frozenset(chance.sample(needs.codes(), chance.choice((1, 1, 2, 3))))
    rare = [_word(int(30_000 * chance.random() ** 3)) for _ in range(chance.randint(3, 12))]
    name = chance.choice((
        f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
        f"{city} {chance.choice(_LAST)}",
        f"{chance.choice(_FIRST)} {rare[0].title()} {chance.choice(_LAST)}",
    ))  # fmt: skip
    area, line = 200 + chance.randrange(700), chance.randrange(100)
    checked = chance.random() < 0.7
    result = chance.choice(("answered", "no-answer"))
    check = Check("k1", TODAY - timedelta(days=chance.randrange(500)), result)
    return Provider(
        id=f"gen-{number:06}",
        name=name,
        organization=f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
        description=". ".join([*chance.sample(_TEXT, chance.randint(1, 4)), " ".join(rare)]),
        needs=codes,
        phones=(Phone("p1", f"+1{area}55501{line:02}"),),
        place=_place(chance, where),
        remote=chance.random() < 0.12,
        serves=_serves(chance, county, state),
        hours=_hours(chance),
        languages=frozenset(language for language, part in _LANGUAGES if chance.random() < part),
        intake=_intake(chance),
        status="defunct" if chance.random() < 0.05 else "active",
        kept=MappingProxyType({"Internal note": "Keptsecret"}),
        checks=(check,) if checked else (),
    )
