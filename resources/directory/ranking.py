"""From candidate cards to an order: nearest that serve the place, then by phone, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from heapq import nsmallest
from typing import Any, NamedTuple

from resources.directory import opening, places
from resources.directory.index import unpack_hours
from resources.directory.letters import fold
from resources.directory.matching import Query, home_areas
from resources.directory.synonyms import understand
from resources.starter import HOTLINE_ID
from resources.words import load

COUNTY, NEIGHBORS, STATE, NATIONAL, FAR = "county", "neighbors", "state", "national", "far"
RINGS = (COUNTY, NEIGHBORS, STATE, NATIONAL, FAR)
NO_POINT_MILES = 60.0
MAYBE_SERVES_MILES = 60.0
UNSURE_PENALTY = 25.0


@dataclass(frozen=True)
class Found:
    """One line of a result. `miles` from a provider's own point, or (`about`) from the middle of its ZIP
    code or county; `ring` says how far from the working county it serves or lies."""

    provider_id: str
    name: str
    organization: str
    phone_shown: str
    place_label: str
    miles: float | None
    ring: str
    remote: bool
    needs: tuple[str, ...]
    confirmed_on: date | None
    last_result: str
    hours_text: str
    confidential: bool
    training: bool
    about: bool = False
    open_now: bool | None = None
    retired: bool = False


class Card(NamedTuple):
    """What the index keeps of a provider for ranking and showing."""

    provider_id: str
    name: str
    organization: str
    phone: str
    place: str
    lat: float | None
    lon: float | None
    about: int
    county: str
    state: str
    remote: int
    serves: str
    needs: str
    confirmed: str
    result: str
    confidential: int
    training: int
    retired: int
    hours: str


class Candidate(NamedTuple):
    """A card that passed the exact checks. `serves` says whether it works for the place asked about."""

    card: Card
    miles: float | None
    ring: str
    serves: bool


class Ranker:
    """Orders the cards of one query."""

    def __init__(
        self, query: Query, typed: Sequence[str], moment: datetime, open_at: datetime | None
    ) -> None:
        self.query, self.typed, self.moment, self.open_at = query, typed, moment, open_at
        self.homes = frozenset(home_areas(query.near)) if query.near else frozenset()
        self.around = frozenset(other for home in self.homes for other in places.neighbours(home))
        self.wanted = {m.code for p in understand(typed) for m in p.meanings if m.kind == "need"}
        self.needs = frozenset(query.needs)
        self.said = " ".join(typed)
        self.minute = moment.replace(second=0, microsecond=0)

    def keep(self, rows: Iterable[Any]) -> list[Candidate]:
        """Cards that pass the exact checks, with miles and ring."""
        kept = []
        near, within = self.query.near, self.query.within
        away = places.distances_from(near.point) if near else None
        for card in map(Card._make, rows):
            if self.open_at and _open_at(card.hours, self.open_at) is not True:
                continue
            if near is None or away is None:
                kept.append(Candidate(card, None, "", False))
                continue
            miles = None
            if card.lat is not None and card.lon is not None:
                miles = away(card.lat, card.lon)
            ring, serves = self._ring(card, near.state)
            if within is None or (miles is not None and miles <= within) or (card.remote and serves):
                kept.append(Candidate(card, miles, ring, serves))
        return kept

    def order(self, kept: Iterable[Candidate]) -> list[Found]:
        """The best first, as many as the query asks for."""
        best = nsmallest(self.query.limit, kept, key=self._key)
        return [self._found(candidate.card, candidate.miles, candidate.ring) for candidate in best]

    def _ring(self, card: Card, state: str) -> tuple[str, bool]:
        """How far out the card lies or works, and whether it says that it works for the place."""
        areas = _areas(card.serves)
        if card.county in self.homes or not self.homes.isdisjoint(areas):
            return COUNTY, True
        serves = "US" in areas or state in areas
        if card.county in self.around or not self.around.isdisjoint(areas):
            return NEIGHBORS, serves
        if state and (card.state == state or state in areas):
            return STATE, serves
        return (NATIONAL, True) if "US" in areas else (FAR, False)

    def _key(self, candidate: Candidate) -> tuple[int, int, float, int, str, str]:
        card, miles, ring, serves = candidate
        letters = fold(card.name)
        said = self.said
        named = bool(said) and letters.startswith(said) and len(said) * 5 >= len(letters) * 3
        score = self._words_score(card, letters) if said else 0.0
        group = 0
        if self.query.near:
            away = NO_POINT_MILES if miles is None else miles
            if card.remote:  # a phone is equally near from everywhere; who serves the county knows it best
                away = float(RINGS.index(ring))
            elif not serves and not card.serves and away <= MAYBE_SERVES_MILES:
                serves, away = True, away + UNSURE_PENALTY
            group = (1 if card.remote else 0) if serves else 2
            score += away
        missing = len(self.needs - _areas(card.needs)) if len(self.needs) > 1 else 0
        retired = 9 if card.retired else 0
        name = "" if card.provider_id == HOTLINE_ID else letters  # of lines alike, the one made for this
        return (0 if named else 1) + retired, group, score, missing, name, card.provider_id

    def _words_score(self, card: Card, letters: str) -> float:
        """Miles that a word in the name is worth (few), or that a word elsewhere costs."""
        score = 0.0
        organization = fold(card.organization)
        meant = bool(self.wanted) and not self.wanted.isdisjoint(_areas(card.needs))
        for word in self.typed:
            if letters.startswith(word):
                score -= 10
            elif meant or word in letters or word in organization:
                score -= 5
            else:
                score += 15
        return score

    def _found(self, card: Card, miles: float | None, ring: str) -> Found:
        return Found(
            provider_id=card.provider_id,
            name=card.name,
            organization=card.organization,
            phone_shown=card.phone,
            place_label=card.place,
            miles=miles,
            ring=ring,
            remote=bool(card.remote),
            needs=tuple(card.needs.split()),
            confirmed_on=date.fromisoformat(card.confirmed) if card.confirmed else None,
            last_result=card.result,
            hours_text=_hours_text(card.hours, self.moment.date()),
            confidential=bool(card.confidential),
            training=bool(card.training),
            about=bool(card.about),
            open_now=_open_at(card.hours, self.minute),
            retired=bool(card.retired),
        )


@lru_cache(maxsize=4096)
def _hours_text(packed: str, today: date) -> str:
    return opening.in_words(unpack_hours(packed), load("en"), today)


@lru_cache(maxsize=8192)
def _areas(text: str) -> frozenset[str]:
    return frozenset(text.split())


@lru_cache(maxsize=8192)
def _open_at(packed: str, moment: datetime) -> bool | None:
    """Many providers keep the same hours, and a question asks for one moment."""
    return opening.is_open(unpack_hours(packed), moment)
