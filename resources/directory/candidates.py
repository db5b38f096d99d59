"""The few cards worth ranking: everything that matches when that is little, else the nearest of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from resources.directory import places
from resources.directory.bitmaps import Filter
from resources.directory.index import CARD
from resources.directory.matching import (
    Query,
    cells_within,
    either,
    facet_filters,
    home_areas,
    place_filters,
    text_expression,
    title_expression,
    understood,
)
from resources.directory.places import PlaceHit
from resources.directory.ranking import Candidate, Ranker
from resources.directory.shortlist import Narrowed, Shortlists

MOST = 200
CLOSE_MILES = 12.0
RETIRED = "zretired"
_CARD = ", ".join(f"d.{name}" for name in CARD)
_JOINED = "search_fts f cross join search_doc d on d.docid = f.rowid"


class Source:
    """Asks the index the questions of one query, for never more rows than worth ranking."""

    def __init__(
        self,
        connection: Any,
        query: Query,
        typed: Sequence[str],
        open_at: datetime | None = None,
        most: int = MOST,
        shortlists: Shortlists | None = None,
    ) -> None:
        self.connection, self.query, self.typed, self._shortlists = connection, query, typed, shortlists
        self.limit = max(most, query.limit)
        self.shared, self.places = facet_filters(query), place_filters(query)
        self.facets = [*self.shared, *self.places]
        self.where = "" if query.include_retired else " and d.retired = 0"
        self.half_hour = ""
        if open_at:
            slot = (open_at.hour * 60 + open_at.minute) // 30
            self.half_hour = f"d{open_at.weekday()} >> {slot}"
        self.open = f" and (d.{self.half_hour}) & 1" if self.half_hour else ""

    @cached_property
    def _few(self) -> Sequence[int] | None:
        """All that match, when the filters alone leave few enough to look through."""
        if self._shortlists is None or not self.facets:
            return None
        expression = self._expression("", "")
        few = self._shortlists.among(
            self.connection,
            expression + self.open,
            self._narrowed(),
            lambda most: self._matching(expression, most),
        )
        return few.matching(understood(self.typed)) if few else None

    def _narrowed(self) -> Narrowed:
        filters = [Filter(one) for one in self.shared]
        filters += [Filter(half_hour=self.half_hour)] if self.half_hour else []
        filters += [] if self.query.include_retired else [Filter(RETIRED, out=True)]
        return Narrowed(tuple(filters), " AND ".join(self.places))

    def _expression(self, text: str, area: str) -> str:
        facets = " AND ".join([*self.facets, area] if area else self.facets)
        found = " AND ".join(part for part in (text, f"facets : ({facets})" if facets else "") if part)
        return found if self.query.include_retired or not found else f"({found}) NOT facets : {RETIRED}"

    def ids(self, area: str = "") -> list[int]:
        """Numbers of the cards that match the text, the filters and an area, before any card is read."""
        if self._few is not None:
            inside = self._shortlists.area(area) if area and self._shortlists else None
            found = (number for number in self._few if inside is None or number in inside)
            return list(islice(found, self.limit))
        return self._matching(self._expression(text_expression(self.typed), area), self.limit)

    def titles(self) -> list[int]:
        """Those with all typed words in the name or the organization."""
        return self._matching(self._expression(title_expression(self.typed), ""), self.limit)

    def _matching(self, expression: str, limit: int) -> list[int]:
        if not expression:
            where = f"where 1{self.where}{self.open} order by d.name collate nocase limit {limit}"
            return [row[0] for row in self.connection.execute(f"select d.docid from search_doc d {where}")]
        tables = _JOINED if self.open else "search_fts f"
        sql = f"select f.rowid from {tables} where f.search_fts match ?{self.open} limit {limit}"
        return [row[0] for row in self.connection.execute(sql, (expression,))]

    def full(self, ids: Sequence[int]) -> bool:
        """True when there may be more than were looked for."""
        return len(ids) >= self.limit

    def cards(self, ids: Sequence[int]) -> list[Any]:
        """The cards with these numbers."""
        sql = f"select {_CARD} from search_doc d where d.docid in (select value from json_each(?))"
        return list(self.connection.execute(sql, (json.dumps(ids),)).fetchall())


def gather(source: Source, ranker: Ranker) -> tuple[list[Candidate], bool]:
    """Candidates, and whether they are all there are. When too many match, areas around the place are
    asked from the nearest outward, so that near ones cannot be missed."""
    near, enough = source.query.near, source.query.limit
    everywhere = source.ids()
    if not source.full(everywhere):
        return ranker.keep(source.cards(everywhere)), True
    seen: set[int] = set()
    found: list[Candidate] = []

    def add(ids: list[int]) -> None:
        found.extend(ranker.keep(source.cards([number for number in ids if number not in seen])))
        seen.update(ids)

    if near:
        around = source.ids(_region(near))
        if source.full(around):
            county = source.ids(_county(near))
            if source.full(county):
                add(source.ids(either(cells_within(near.lat, near.lon, CLOSE_MILES))))
            add(county)
        if len(found) < enough:
            add(around)
        if len(found) < enough:
            add(source.ids(_beyond(near)))
    if len(found) < enough and sum(map(len, source.typed)) > 3:
        add(source.titles())
    if len(found) < enough:
        add(everywhere)
    return found, False


def _county(near: PlaceHit) -> str:
    return either([f"{kind}{fips}" for fips in home_areas(near) for kind in "ac"] or ["aus"])


@lru_cache(maxsize=64)
def _region(near: PlaceHit) -> str:
    """The county and its neighbors, and what lies in the counties around those."""
    homes = set(home_areas(near))
    ring = {other for fips in homes for other in places.neighbours(fips)} | homes
    second = {other for fips in ring for other in places.neighbours(fips)} - ring
    tokens = [f"{kind}{fips}" for fips in sorted(ring) for kind in "ac"]
    return either([*tokens, *(f"c{fips}" for fips in sorted(second))] or ["aus"])


def _beyond(near: PlaceHit) -> str:
    """The state and the country."""
    return either([f"ast{near.state.lower()}", f"s{near.state.lower()}", "aus"] if near.state else ["aus"])
