"""When nothing matches: who helps with the same thing all the same, from the working county outwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from resources.directory.ranking import FAR, NEIGHBORS, RINGS, STATE
from resources.directory.search import Found, Query, Shortlists, find

MOST, SHOWN = 200, 3
CLOSE_MILES = 25.0


@dataclass(frozen=True)
class Step:
    """Who there is so far out: `ring` is county, neighbors (the next counties, or within 25 miles), state,
    national or far, empty without a working place. `more` when there may be others that were not counted."""

    ring: str
    found: tuple[Found, ...]
    more: bool


@dataclass(frozen=True)
class Outward:
    """The question without its filters, and what answers it, ring by ring."""

    query: Query
    steps: tuple[Step, ...]

    def first(self) -> list[Found]:
        """A few of each ring, the county first."""
        return [found for step in self.steps for found in step.found[:SHOWN]]


def outward(connection: Any, query: Query, shortlists: Shortlists | None = None) -> Outward | None:
    """Without the filters: the same words and needs, else the needs alone; None when nobody is left."""
    for asked in _without_filters(query):
        results = find(connection, asked, shortlists)
        if results.found:
            more = results.total is None or results.total > len(results.found)
            by_ring: dict[str, list[Found]] = {}
            for found in results.found:
                by_ring.setdefault(_ring(found), []).append(found)
            rings = [ring for ring in ("", *RINGS) if ring in by_ring]
            return Outward(asked, tuple(Step(ring, tuple(by_ring[ring]), more) for ring in rings))
    return None


def _without_filters(query: Query) -> Iterator[Query]:
    bare = Query(query.text, query.needs, query.near, moment=query.moment, limit=MOST, ways_on=False)
    filters = (query.within, query.language, query.open_now, query.open_tonight, query.accepts, query.county)
    if query.text.strip() and any(filters):  # without filters it is the question that found nothing
        yield bare
    if query.needs:
        yield Query(needs=query.needs, near=query.near, moment=query.moment, limit=MOST, ways_on=False)


def _ring(found: Found) -> str:
    """Many lists name no county: whoever lies a few miles away is close by all the same."""
    near = found.ring in (STATE, FAR) and found.miles is not None and found.miles <= CLOSE_MILES
    return NEIGHBORS if near else found.ring
