"""From candidate cards to an order: nearest that serve the place, then by phone, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from resources.directory import opening, places
from resources.directory.index import unpack_hours
from resources.directory.letters import fold
from resources.directory.matching import Query, home_areas
from resources.directory.synonyms import understand
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


@dataclass(frozen=True)
class Card:
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


class Ranker:
    """Orders the cards of one query."""

    def __init__(
        self, query: Query, typed: Sequence[str], moment: datetime, open_at: datetime | None
    ) -> None:
        self.query, self.typed, self.moment, self.open_at = query, typed, moment, open_at
        self.homes = frozenset(home_areas(query.near)) if query.near else frozenset()
        self.around = frozenset(other for home in self.homes for other in places.neighbours(home))
        self.wanted = {m.code for p in understand(typed) for m in p.meanings if m.kind == "need"}
        self.said = " ".join(typed)

    def keep(self, rows: Iterable[Any]) -> list[tuple[Card, float | None, str]]:
        """Cards that pass the exact checks, with miles and ring."""
        kept = []
        for row in rows:
            card = Card(*row)
            if self.open_at and opening.is_open(unpack_hours(card.hours), self.open_at) is not True:
                continue
            miles, ring = self._miles(card), self._ring(card)
            within = self.query.within
            if within is not None and self.query.near and not self._reaches(card, miles, ring, within):
                continue
            kept.append((card, miles, ring))
        return kept

    def order(self, kept: list[tuple[Card, float | None, str]]) -> list[Found]:
        """The best first, as many as the query asks for."""
        ranked = sorted(kept, key=self._key)
        return [self._found(*entry) for entry in ranked[: self.query.limit]]

    def _reaches(self, card: Card, miles: float | None, ring: str, within: float) -> bool:
        return (miles is not None and miles <= within) or (bool(card.remote) and self._serves(card, ring))

    def _miles(self, card: Card) -> float | None:
        if self.query.near is None or card.lat is None or card.lon is None:
            return None
        return places.distance_miles(self.query.near.point, (card.lat, card.lon))

    def _ring(self, card: Card) -> str:
        if self.query.near is None:
            return ""
        serves = card.serves.split()
        if card.county in self.homes or not self.homes.isdisjoint(serves):
            return COUNTY
        if card.county in self.around or not self.around.isdisjoint(serves):
            return NEIGHBORS
        if self.query.near.state and (card.state == self.query.near.state or self.query.near.state in serves):
            return STATE
        return NATIONAL if "US" in serves else FAR

    def _serves(self, card: Card, ring: str) -> bool:
        """True when the provider lies in the county or says that it serves it, its state or the country."""
        if ring == COUNTY:
            return True
        serves = card.serves.split()
        return "US" in serves or (self.query.near is not None and self.query.near.state in serves)

    def _key(self, entry: tuple[Card, float | None, str]) -> tuple[int, int, float, int, str, str]:
        card, miles, ring = entry
        letters = fold(card.name)
        named = bool(self.said) and letters.startswith(self.said) and len(self.said) * 5 >= len(letters) * 3
        score = self._words_score(card, letters)
        group = 0
        if self.query.near:
            away = NO_POINT_MILES if miles is None else miles
            if card.remote:  # a phone is equally near from everywhere; who serves the county knows it best
                away = float(RINGS.index(ring))
            serves = self._serves(card, ring)
            if not serves and not card.serves and not card.remote and away <= MAYBE_SERVES_MILES:
                serves, away = True, away + UNSURE_PENALTY
            group = (0 if not card.remote else 1) if serves else 2
            score += away
        missing = sum(need not in card.needs.split() for need in self.query.needs)
        retired = 9 if card.retired else 0
        return (0 if named else 1) + retired, group, score, missing, card.name.casefold(), card.provider_id

    def _words_score(self, card: Card, letters: str) -> float:
        """Miles that a word in the name is worth (few), or that a word elsewhere costs."""
        score = 0.0
        organization = fold(card.organization)
        meant = bool(self.wanted) and not self.wanted.isdisjoint(card.needs.split())
        for word in self.typed:
            if letters.startswith(word):
                score -= 10
            elif word in letters or word in organization or meant:
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
            open_now=opening.is_open(unpack_hours(card.hours), self.moment),
            retired=bool(card.retired),
        )


@lru_cache(maxsize=4096)
def _hours_text(packed: str, today: date) -> str:
    return opening.in_words(unpack_hours(packed), load("en"), today)
