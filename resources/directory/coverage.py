"""Where help is out of reach: per county and need covered, limited or none, worst counties first.

Covered: a provider in use, whose last call found nothing wrong, takes people from this county within the
chosen distance. Limited: only by phone, only from farther away, only for other counties, or in doubt. Miles
are straight lines from the middle of where a county's people live. A help line for the whole country counts
for "hotline" alone, because it would hide every gap.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from resources.directory import places, shapes
from resources.directory.places import PlaceHit
from resources.directory.provider import Provider

COVERED, LIMITED, NONE = "covered", "limited", "none"
DOUBT, ELSEWHERE, PHONE, FAR = "doubt", "elsewhere", "phone", "far"
_BAD = ("wrong-number", "closed")
_MILES_PER_DEGREE = 68.5  # of latitude; less than the truth (69.1), so that nothing is left out


@dataclass(frozen=True)
class Site:
    """One provider as coverage sees it. `exact` is False for a point that stands for a whole ZIP code or
    county; such a point is never drawn for a confidential place."""

    needs: frozenset[str]
    point: tuple[float, float] | None
    exact: bool
    serves: frozenset[str]
    remote: bool
    sure: bool
    confidential: bool

    def takes(self, county: PlaceHit) -> bool:
        """True unless it says that it serves other counties only."""
        return not self.serves or not self.serves.isdisjoint((county.county, county.state, "US"))


@dataclass(frozen=True)
class Reach:
    """One need in one county; `miles` to the nearest sure provider, `why` a reach is limited."""

    need: str
    state: str
    miles: float | None = None
    why: str = ""


@dataclass(frozen=True)
class CountyReach:
    """One county; `level` 0 all covered, 1 something limited, 2 something none, 3 all of it none."""

    fips: str
    name: str
    reaches: tuple[Reach, ...]

    def count(self, state: str) -> int:
        return sum(reach.state == state for reach in self.reaches)

    @property
    def level(self) -> int:
        missing = self.count(NONE)
        if missing:
            return 3 if missing == len(self.reaches) else 2
        return 1 if self.count(LIMITED) else 0


@dataclass
class _Layer:
    """The sites of one need: those at a place by latitude, and the areas served from elsewhere."""

    placed: list[tuple[float, float, Site]] = field(default_factory=list)
    lats: list[float] = field(default_factory=list)
    by_phone: set[str] = field(default_factory=set)
    from_afar: set[str] = field(default_factory=set)
    in_doubt: set[str] = field(default_factory=set)


class Sites:
    """All providers, sorted for asking what reaches a county; made once, asked many times."""

    def __init__(self, sites: Iterable[Site]) -> None:
        self.sites = tuple(sites)
        self._layers: Mapping[str, _Layer] = _layers(self.sites)

    def layer(self, need: str) -> _Layer:
        return self._layers.get(need) or _Layer()


def gather(providers: Iterable[Provider]) -> Sites:
    """The providers that coverage counts: in use, and no tip line."""
    return Sites(_site(one) for one in providers if not one.retired and not one.enforcement)


def survey(
    sites: Sites, counties: Sequence[PlaceHit], needs: Sequence[str], miles: float
) -> list[CountyReach]:
    """What each county has of each need within `miles`, worst first."""
    layers = [(need, sites.layer(need)) for need in needs]
    found = [
        CountyReach(one.county, one.label, tuple(_reach(need, layer, one, miles) for need, layer in layers))
        for one in counties
    ]
    return sorted(found, key=_badness)


def counties(state: str, with_neighbors: bool = False) -> list[PlaceHit]:
    """The counties of a state, and of the states that touch it if wanted; drawn ones where there are any."""
    states = [state, *(neighbor_states(state) if with_neighbors else [])]
    found = []
    for one in states:
        all_of_it = places.counties_of_state(one)
        drawn = [county for county in all_of_it if shapes.has(county.county)]
        found += drawn or all_of_it
    return found


def neighbor_states(state: str) -> list[str]:
    """Two letters of each state whose counties touch this one."""
    near = {fips for county in places.counties_of_state(state) for fips in places.neighbours(county.county)}
    hits = (places.county(fips) for fips in near)
    return sorted({hit.state for hit in hits if hit} - {state})


def _site(one: Provider) -> Site:
    last = one.last_check
    place = one.place
    point, exact = None, False
    if place.latitude is not None and place.longitude is not None:
        point, exact = (place.latitude, place.longitude), True
    elif hit := (None if place.confidential else places.find(place.postal_code[:5])) or places.county(
        place.county
    ):
        point = hit.point
    needs = one.needs
    if "hotline" in needs and "US" in one.serves:
        needs = frozenset({"hotline"})
    sure = one.status in ("active", "") and not (last and last.result in _BAD)
    return Site(needs, None if one.remote else point, exact, one.serves, one.remote, sure, place.confidential)


def _layers(sites: Sequence[Site]) -> dict[str, _Layer]:
    layers: dict[str, _Layer] = defaultdict(_Layer)
    for site in sites:
        for need in site.needs:
            layer = layers[need]
            if site.point is not None:
                layer.placed.append((*site.point, site))
            sure = layer.by_phone if site.remote else layer.from_afar
            (sure if site.sure else layer.in_doubt).update(site.serves)
    for layer in layers.values():
        layer.placed.sort(key=lambda row: row[:2])
        layer.lats = [row[0] for row in layer.placed]
    return dict(layers)


def _reach(need: str, layer: _Layer, county: PlaceHit, miles: float) -> Reach:
    """Look at everything within the distance, then at what serves the county from elsewhere."""
    away = places.distances_from(county.point)
    span = miles / _MILES_PER_DEGREE
    near = slice(bisect_left(layer.lats, county.lat - span), bisect_left(layer.lats, county.lat + span))
    why, nearest = "", _nearest(layer, county)
    for lat, lon, site in layer.placed[near]:
        if (why == ELSEWHERE and not site.sure) or away(lat, lon) > miles:
            continue
        if site.sure and site.takes(county):
            return Reach(need, COVERED, nearest)
        why = ELSEWHERE if site.sure else DOUBT
    codes = {county.county, county.state, "US"}
    others = ((FAR, layer.from_afar), (PHONE, layer.by_phone), (DOUBT, layer.in_doubt))
    why = why or next((reason for reason, served in others if codes & served), "")
    return Reach(need, LIMITED if why else NONE, nearest, why)


def _nearest(layer: _Layer, county: PlaceHit) -> float | None:
    """Miles to the nearest sure site: outwards by latitude until none can be nearer."""
    away = places.distances_from(county.point)
    up = bisect_left(layer.lats, county.lat)
    down, best = up - 1, float("inf")
    while up < len(layer.lats) or down >= 0:
        above = layer.lats[up] - county.lat if up < len(layer.lats) else float("inf")
        below = county.lat - layer.lats[down] if down >= 0 else float("inf")
        if min(above, below) * _MILES_PER_DEGREE > best:
            break
        lat, lon, site = layer.placed[up if above <= below else down]
        up, down = (up + 1, down) if above <= below else (up, down - 1)
        if site.sure and (far := away(lat, lon)) < best:
            best = far
    return None if best == float("inf") else best


def _badness(one: CountyReach) -> tuple[float, float, float, str]:
    away = sum(reach.miles or 9999.0 for reach in one.reaches if reach.state != COVERED)
    return -one.count(NONE), -one.count(LIMITED), -away, one.name
