"""Finding providers: as-you-type words, filters and nearness, and a way on when nothing matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from resources.directory import opening
from resources.directory.candidates import MOST, Source, gather
from resources.directory.matching import Query, typed_words
from resources.directory.ranking import FAR, RINGS, Found, Ranker
from resources.directory.shortlist import Shortlists
from resources.directory.spelling import corrections, words_of

__all__ = ["Fallback", "Found", "Query", "Results", "Shortlists", "find"]

_SHOWN_PER_FALLBACK = 3
_WORTH_A_TRY = 60


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
    `corrected` name the word that was mended; `fallback` is filled only when nothing was found, `unread` set
    when words to mend from were not read yet."""

    found: list[Found]
    total: int | None
    corrected: str = ""
    misspelt: str = ""
    fallback: tuple[Fallback, ...] = ()
    unread: bool = False


def find(connection: Any, query: Query, shortlists: Shortlists | None = None) -> Results:
    """Answer a question over the index of `connection`. Typed text never raises, whatever it holds.

    `shortlists` remembers what the filters let through from key to key; without it each question is new.
    With it no key waits until a large directory's words are read to mend from: `unread` says so instead.
    """
    typed = typed_words(query.text)
    results = _answer(connection, query, typed, shortlists=shortlists)
    if results.found:
        return results
    known = words_of(connection).at_hand() if shortlists else words_of(connection).all()
    for misspelt, mended, words in corrections(known, typed) if known else ():
        corrected = _answer(connection, query, words, shortlists=shortlists)
        if corrected.found:
            return replace(corrected, corrected=mended, misspelt=misspelt)
    ways_on = tuple(_ways_on(connection, query)) if query.ways_on else ()
    return replace(results, fallback=ways_on, unread=known is None)


def _answer(
    connection: Any,
    query: Query,
    typed: Sequence[str],
    most: int = MOST,
    shortlists: Shortlists | None = None,
) -> Results:
    if query.text.strip() and not typed:
        return Results([], 0)
    moment = query.moment or datetime.now()
    open_at = _open_at(query, moment)
    ranker = Ranker(query, typed, moment, open_at)
    kept, complete = gather(Source(connection, query, typed, open_at, most, shortlists), ranker)
    return Results(ranker.order(kept), len(kept) if complete else None)


def _open_at(query: Query, moment: datetime) -> datetime | None:
    if query.open_now:
        return moment
    return opening.tonight(moment) if query.open_tonight else None


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
    if (
        query.text.strip()
        and not _answer(connection, Query(query.text, limit=1), typed_words(query.text)).found
    ):
        tries = [entry for entry in tries if entry[0] == "text"]  # nothing holds these words at all
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
    few = replace(query, limit=_SHOWN_PER_FALLBACK)
    results = _answer(connection, few, typed_words(query.text), _WORTH_A_TRY)
    if not results.found:
        return None
    ring = min((found.ring or FAR for found in results.found), key=RINGS.index)
    return Fallback(drop, value, results.total, tuple(results.found), ring)
