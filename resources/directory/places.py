"""Geography without internet: ZIP codes, towns, counties and their neighbors, distances."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from resources.directory.letters import words
from resources.engine import Connection, open_public
from resources.paths import CONTENT

PLACES = CONTENT / "places" / "places.db"
EARTH_MILES = 3958.7613
SCALE = 10_000
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts",
    "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana",
    "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
    "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming", "AS": "American Samoa", "GU": "Guam",
    "MP": "Northern Mariana Islands", "PR": "Puerto Rico", "VI": "U.S. Virgin Islands",
}  # fmt: skip
_KINDS = ("county", "parish", "borough", "census", "municipality", "municipio", "city", "planning")
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


@dataclass(frozen=True)
class PlaceHit:
    """A place someone named. `county` is the likeliest one; a ZIP code may touch several (`counties`)."""

    label: str
    county: str
    state: str
    lat: float
    lon: float
    kind: str = "town"
    zip: str = ""
    counties: tuple[str, ...] = ()

    @property
    def point(self) -> tuple[float, float]:
        return self.lat, self.lon


@lru_cache(maxsize=1)
def _database() -> Connection:
    """The places file, one connection for every thread (SQLite itself makes them take turns)."""
    return open_public(PLACES)


def key_of(name: str) -> str:
    """The letters a place name is looked up by ("Saint Mary's" and "St. Marys" are the same)."""
    return " ".join(_SHORT.get(word, word) for word in words(name))


@lru_cache(maxsize=64)
def _state_of(text: str) -> str | None:
    said = " ".join(words(text))
    return next((s for s, name in STATES.items() if said in (s.lower(), " ".join(words(name)))), None)


@lru_cache(maxsize=1024)
def find(text: str) -> PlaceHit | None:
    """The place meant by "59301", "Forsyth, MT" or "Rosebud County, MT"; None when it is not one place."""
    said = text.strip()[:200]
    if match := re.fullmatch(r"(\d{5})(?:-\d{4})?", said, re.ASCII):
        return _zip(match[1])
    name, state = _name_and_state(said)
    if not name:
        return None
    found = _counties(name, state) or _towns(name, state) or _counties(name, state, bare=True)
    return found[0] if len(found) == 1 else None


def _name_and_state(text: str) -> tuple[str, str | None]:
    """Split off a state at the end, named in full or by two letters; a ZIP code after it is ignored."""
    before, comma, after = re.sub(r"\s\d{5}(?:-\d{4})?$", "", text).rpartition(",")
    if comma:
        state = _state_of(after)
        return (key_of(before), state) if state else ("", None)
    said = after.split()
    for length in (1, 2, 3):
        if len(said) > length and (state := _state_of(" ".join(said[-length:]))):
            return key_of(" ".join(said[:-length])), state
    return key_of(after), None


def _zip(number: str) -> PlaceHit | None:
    row = (
        _database()
        .execute("select city, state, lat, lon, counties from zip where zip = ?", (int(number),))
        .fetchone()
    )
    if row is None:
        return None
    city, state, lat, lon, counties = row
    fips = tuple(counties.split())
    label = f"{city}, {state} {number}" if city else f"{number}, {county_name(fips[0])}"
    return PlaceHit(label, fips[0], state, lat / SCALE, lon / SCALE, "zip", number, fips)


def _towns(name: str, state: str | None) -> list[PlaceHit]:
    sql = "select name, state, county, lat, lon from town where key = ?" + (" and state = ?" if state else "")
    rows = _database().execute(sql, (name, state) if state else (name,)).fetchall()
    return [_town_hit(*row) for row in rows]


def _town_hit(name: str, state: str, county: str, lat: int, lon: int) -> PlaceHit:
    return PlaceHit(f"{name}, {state}", county, state, lat / SCALE, lon / SCALE, "town", "", (county,))


def _counties(name: str, state: str | None, bare: bool = False) -> list[PlaceHit]:
    """Counties with this full name ("rosebud county"), or with it before the kind when `bare`."""
    if not bare and not any(word in _KINDS for word in name.split()):
        return []
    sql = "select fips, name, state, lat, lon from county where (key = ? or (? and key >= ? and key < ?))"
    given: tuple[object, ...] = (name, bare, name + " ", name + "!")
    if state:
        sql, given = sql + " and state = ?", (*given, state)
    rows = _database().execute(sql, given).fetchall()
    if bare:
        rows = [row for row in rows if key_of(row[1])[len(name) :].split()[:1] in [[k] for k in _KINDS]]
    return [_county_hit(*row) for row in rows]


def _county_hit(fips: str, name: str, state: str, lat: int, lon: int) -> PlaceHit:
    return PlaceHit(f"{name}, {state}", fips, state, lat / SCALE, lon / SCALE, "county", "", (fips,))


def counties_of_zip(number: str) -> tuple[str, ...]:
    """Every county a ZIP code touches, the likeliest first; it suggests, it never decides."""
    hit = find(number)
    return hit.counties if hit and hit.kind == "zip" else ()


@lru_cache(maxsize=4096)
def county(fips: str) -> PlaceHit | None:
    """The county with this FIPS code, at the middle of where its people live."""
    if not fips.isascii():
        return None
    row = (
        _database()
        .execute("select fips, name, state, lat, lon from county where fips = ?", (fips,))
        .fetchone()
    )
    return _county_hit(*row) if row else None


def county_name(fips: str) -> str:
    """ "Rosebud County, MT"; the code itself when there is no such county."""
    hit = county(fips)
    return hit.label if hit else fips


@lru_cache(maxsize=4096)
def neighbours(fips: str) -> tuple[str, ...]:
    """FIPS codes of the counties that share a border line with this one."""
    if not fips.isascii():
        return ()
    row = _database().execute("select near from county where fips = ?", (fips,)).fetchone()
    return tuple(row[0].split()) if row else ()


def counties_of_state(state: str) -> list[PlaceHit]:
    """Every county of a state, by name."""
    rows = _database().execute(
        "select fips, name, state, lat, lon from county where state = ? order by name", (state,)
    )
    return [_county_hit(*row) for row in rows.fetchall()]


def distance_miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Miles over the ground between two points in degrees."""
    return distances_from(a)(*b)


def distances_from(point: tuple[float, float]) -> Callable[[float, float], float]:
    """A function from latitude and longitude to the miles from this point, for measuring many."""
    radians, sin, cos = math.radians, math.sin, math.cos
    home_lat, home_lon = radians(point[0]), radians(point[1])
    home_cos = cos(home_lat)

    def away(lat: float, lon: float) -> float:
        there = radians(lat)
        up, along = sin((there - home_lat) / 2), sin((radians(lon) - home_lon) / 2)
        part = up * up + home_cos * cos(there) * along * along
        return 2 * EARTH_MILES * math.asin(min(1.0, math.sqrt(part)))

    return away


def suggestions(prefix: str, limit: int = 8, state: str = "") -> list[PlaceHit]:
    """Towns, counties and ZIP codes that begin with what was typed; those of `state` and big ones first."""
    said = prefix.strip()[:60]
    if re.fullmatch(r"\d{1,5}", said, re.ASCII):
        return _zips_from(said, limit)
    name, named_state = _name_and_state(said)
    if "," in said and not named_state:
        name = key_of(said.rpartition(",")[0])
    names = dict.fromkeys([name, key_of(said)])
    rows = {
        row for start in names if start for row in _starting(start, named_state if start == name else None)
    }
    ranked = sorted(rows, key=lambda row: (row[1] != state, row[0] not in names, -row[6], row[2], row[1]))
    return [
        _county_hit(row[3], row[2], row[1], row[4], row[5])
        if row[7]
        else _town_hit(row[2], row[1], row[3], row[4], row[5])
        for row in ranked[:limit]
    ]


def _starting(start: str, state: str | None) -> list[tuple[Any, ...]]:
    where, given = "key >= ? and key < ?", [start, start + "\uffff"]
    if state:
        where, given = where + " and state = ?", [*given, state]
    rows = _database().execute(
        f"select key, state, name, county, lat, lon, zips, 0 from town where {where} union all "
        f"select key, state, name, fips, lat, lon, zips, 1 from county where {where}",
        given + given,
    )
    return list(rows.fetchall())


def _zips_from(digits: str, limit: int) -> list[PlaceHit]:
    scale = 10 ** (5 - len(digits))
    first = int(digits) * scale
    rows = _database().execute(
        "select zip from zip where zip >= ? and zip < ? order by zip limit ?", (first, first + scale, limit)
    )
    hits = (_zip(f"{row[0]:05}") for row in rows.fetchall())
    return [hit for hit in hits if hit]
