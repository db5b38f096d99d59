"""Finding providers: as-you-type words, filters and nearness, and a way on when nothing matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from resources.directory import opening, places
from resources.directory.index import CARD
from resources.directory.matching import (
    Query,
    either,
    facet_filters,
    home_areas,
    reachable,
    text_expression,
    title_expression,
    typed_words,
)
from resources.directory.places import PlaceHit
from resources.directory.ranking import FAR, RINGS, Candidate, Found, Ranker
from resources.directory.spelling import corrections

__all__ = ["Fallback", "Found", "Query", "Results", "find"]

CANDIDATES = 300
_SHOWN_PER_FALLBACK = 3
_CARD = ", ".join(f"d.{name}" for name in CARD)
_FROM_TEXT = f"select {_CARD} from search_fts f cross join search_doc d on d.docid = f.rowid"
_FROM_CARDS = f"select {_CARD} from search_doc d"


@dataclass(frozen=True)
class Fallback:
    """A way on: without the filter `drop` ("open_now", "needs", "within"...; "all" keeps only the needs,
    "hotline" keeps nothing) these providers match; `ring` says how far away the first is."""

    drop: str
    value: str
    total: int | None
    found: tuple[Found, ...]
    ring: str


@dataclass(frozen=True)
class Results:
    """What was found, best first. `total` is None when there are more than were looked at. `misspelt` and
    `corrected` name the word that was mended; `fallback` is filled only when nothing was found."""

    found: list[Found]
    total: int | None
    corrected: str = ""
    misspelt: str = ""
    fallback: tuple[Fallback, ...] = ()


def find(connection: Any, query: Query) -> Results:
    """Answer a question over the index of `connection`. Typed text never raises, whatever it holds."""
    typed = typed_words(query.text)
    results = _answer(connection, query, typed)
    if results.found:
        return results
    for misspelt, mended, words in corrections(connection, typed):
        corrected = _answer(connection, query, words)
        if corrected.found:
            return replace(corrected, corrected=mended, misspelt=misspelt)
    return replace(results, fallback=tuple(_ways_on(connection, query)))


def _answer(connection: Any, query: Query, typed: Sequence[str]) -> Results:
    if query.text.strip() and not typed:
        return Results([], 0)
    moment = query.moment or datetime.now()
    open_at = _open_at(query, moment)
    ranker = Ranker(query, typed, moment, open_at)
    source = _Source(connection, query, open_at)
    kept, complete = _candidates(source, ranker, typed)
    return Results(ranker.order(kept), len(kept) if complete else None)


def _open_at(query: Query, moment: datetime) -> datetime | None:
    if query.open_now:
        return moment
    return opening.tonight(moment) if query.open_tonight else None


class _Source:
    """Runs expressions of one query, never more rows than worth ranking."""

    def __init__(self, connection: Any, query: Query, open_at: datetime | None) -> None:
        self.connection, self.query = connection, query
        self.limit = max(CANDIDATES, query.limit)
        self.facets = facet_filters(query, open_at)
        self.within = reachable(query.near, query.within) if query.near and query.within is not None else ""
        self.where = "" if query.include_retired else " and d.retired = 0"
        if open_at:
            self.where += f" and (d.d{open_at.weekday()} >> {(open_at.hour * 60 + open_at.minute) // 30}) & 1"

    def rows(self, text: str, area: str = "") -> list[Any]:
        """Cards matching the text, the filters and an area."""
        facets = [*self.facets, *filter(None, (self.within, area))]
        expression = " AND ".join(
            filter(None, (text, f"facets : ({' AND '.join(facets)})" if facets else ""))
        )
        if not expression:
            sql = f"{_FROM_CARDS} where 1{self.where} order by d.name collate nocase limit {self.limit}"
            return list(self.connection.execute(sql).fetchall())
        sql = f"{_FROM_TEXT} where f.search_fts match ?{self.where} limit {self.limit}"
        return list(self.connection.execute(sql, (expression,)).fetchall())


def _candidates(source: _Source, ranker: Ranker, typed: Sequence[str]) -> tuple[list[Candidate], bool]:
    """Cards worth ranking. When the widest query is not cut off it is complete and the only one; else
    areas around the place are asked from the nearest outward, so that near ones cannot be missed."""
    text = text_expression(typed)
    wide = source.rows(text)
    if len(wide) < source.limit:
        return ranker.keep(wide), True
    found: dict[str, Candidate] = {}

    def add(rows: list[Any]) -> None:
        for candidate in ranker.keep(rows):
            found.setdefault(candidate.card.provider_id, candidate)

    if source.query.near:
        county, region, beyond = _areas(source.query.near)
        around = source.rows(text, region)
        if len(around) >= source.limit:
            add(source.rows(text, county))
        add(around)
        if len(found) < source.query.limit:
            add(source.rows(text, beyond))
    if typed and sum(map(len, typed)) > 3 and len(found) < source.query.limit:
        add(source.rows(title_expression(typed)))
    if len(found) < source.query.limit:
        add(wide)
    return list(found.values()), False


@lru_cache(maxsize=64)
def _areas(near: PlaceHit) -> tuple[str, str, str]:
    """The county of a place; the counties around it, and those around them; its state and the country."""
    homes = home_areas(near)
    ring = {other for fips in homes for other in places.neighbours(fips)} - set(homes)
    second = {other for fips in ring for other in places.neighbours(fips)} - ring - set(homes)
    county = [f"{kind}{fips}" for fips in homes for kind in "ac"]
    region = county + [f"{kind}{fips}" for fips in sorted(ring) for kind in "ac"]
    region += [f"c{fips}" for fips in sorted(second)]
    state = [f"ast{near.state.lower()}", f"s{near.state.lower()}"] if near.state else []
    return either(county or ["aus"]), either(region or ["aus"]), either([*state, "aus"])


_EASED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("open_now", {"open_now": False}),
    ("open_tonight", {"open_tonight": False}),
    ("language", {"language": ""}),
    ("within", {"within": None}),
    ("county", {"county": ""}),
    ("text", {"text": ""}),
    ("needs", {"needs": ()}),
)


def _ways_on(connection: Any, query: Query) -> Iterator[Fallback]:
    """Without each filter in turn, then with the needs only, then the help lines: what finds something."""
    tries = [
        (name, _value(getattr(query, name)), changes)
        for name, changes in _EASED
        if getattr(query, name) not in ("", (), None, False)
        and not (name == "needs" and not query.text.strip())  # other needs would be no answer
    ]
    for rule in query.accepts:
        tries.append(("accepts", rule, {"accepts": tuple(r for r in query.accepts if r != rule)}))
    met = False
    for name, value, changes in tries:
        if len(tries) > 1 or name in ("within", "county"):
            way = _way(connection, replace(query, **changes), name, value)
            met = met or way is not None
            yield from [way] if way else []
    bare = Query(needs=query.needs, near=query.near, moment=query.moment)
    way = _way(connection, bare, "all", "") if query.needs and not met else None
    way = way or _way(connection, replace(bare, needs=("hotline",)), "hotline", "")
    yield from [way] if way and not met else []


def _value(given: object) -> str:
    return " ".join(given) if isinstance(given, tuple) else str(given)


def _way(connection: Any, query: Query, drop: str, value: str) -> Fallback | None:
    results = _answer(connection, replace(query, limit=_SHOWN_PER_FALLBACK), typed_words(query.text))
    if not results.found:
        return None
    ring = min((found.ring or FAR for found in results.found), key=RINGS.index)
    return Fallback(drop, value, results.total, tuple(results.found), ring)
