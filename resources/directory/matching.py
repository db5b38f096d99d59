"""From a question to full-text expressions: typed words, filters and areas."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from resources.directory.index import COARSE, FINE, area_token
from resources.directory.letters import words
from resources.directory.places import PlaceHit, county
from resources.directory.synonyms import Phrase, understand

MOST_WORDS, LONGEST_WORD, LONGEST_TEXT = 12, 40, 300
SMALL_WORDS = frozenset({
    "a", "an", "and", "are", "at", "by", "for", "from", "in", "is", "me", "my", "near", "of", "on", "or",
    "some", "the", "to", "who", "with",
})  # fmt: skip
_PREFIX = {"need": "n", "intake": "i", "language": "l"}
_PHONE_TYPED = re.compile(r"[\d\s().+\-]{7,}", re.ASCII)


@dataclass(frozen=True)
class Query:
    """One question. Several `needs` mean any of them; several `accepts` mean all; the rest narrows.

    `county` keeps those that serve that county. `within` miles keeps what lies there and what serves the
    place by phone. `moment` is the clock for "open"; now when it is left out. `ways_on` may be turned off
    while someone is still typing: looking for what to drop takes several questions.
    """

    text: str = ""
    needs: tuple[str, ...] = ()
    near: PlaceHit | None = None
    within: float | None = None
    language: str = ""
    open_now: bool = False
    open_tonight: bool = False
    accepts: tuple[str, ...] = ()
    county: str = ""
    limit: int = 50
    moment: datetime | None = None
    include_retired: bool = False
    ways_on: bool = True


def typed_words(text: str) -> list[str]:
    """The words of a question that count; a phone number counts as one."""
    said = text[:LONGEST_TEXT]
    if _PHONE_TYPED.fullmatch(said.strip()):
        digits = re.sub(r"\D", "", said)
        if len(digits) >= 7:
            return [digits.removeprefix("1") if len(digits) > 7 else digits]
    found = [word[:LONGEST_WORD] for word in words(said)][:MOST_WORDS]
    return [word for word in found if word not in SMALL_WORDS] or found


def home_areas(near: PlaceHit) -> tuple[str, ...]:
    """The counties a place may lie in: a ZIP code suggests several."""
    return near.counties or ((near.county,) if near.county else ())


@dataclass(frozen=True)
class Letters:
    """One typed word: some word must begin with one of `begins`, or be one of `whole`."""

    begins: tuple[str, ...]
    whole: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """Typed words that belong together: all of them are in a text, or it has one of the facets they mean."""

    letters: tuple[Letters, ...]
    facets: tuple[str, ...]


def understood(typed: Sequence[str]) -> list[Said]:
    """What the typed words ask of a text, each also met through what it means."""
    phrases = understand(typed)
    return [_said(phrase, n == len(phrases)) for n, phrase in enumerate(phrases, 1)]


def _said(phrase: Phrase, last: bool) -> Said:
    words = tuple(_letters(word, last and n == len(phrase.words)) for n, word in enumerate(phrase.words, 1))
    return Said(words, tuple(sorted(_PREFIX[m.kind] + m.code.replace("_", "") for m in phrase.meanings)))


def _letters(word: str, last: bool) -> Letters:
    """Three letters and more may be the beginning of a word; an s at the end may be left off."""
    if not last and len(word) < 3:
        return Letters((), (word,))
    if len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
        return Letters((word,), (word[:-1],))
    return Letters((word,))


def text_expression(typed: Sequence[str]) -> str:
    """Full text for the typed words; empty for no words."""
    return " AND ".join(map(_full_text, understood(typed)))


def _full_text(said: Said) -> str:
    found = f"- facets : ({' AND '.join(map(_word, said.letters))})"
    return f"({found} OR facets : ({' OR '.join(said.facets)}))" if said.facets else f"({found})"


def _word(letters: Letters) -> str:
    ways = [f'"{word}" *' for word in letters.begins] + [f'"{word}"' for word in letters.whole]
    return ways[0] if len(ways) == 1 else f"({' OR '.join(ways)})"


def title_expression(typed: Sequence[str]) -> str:
    """All typed words in the name or the organization."""
    return "{name org} : (" + " AND ".join(_word(_letters(word, True)) for word in typed) + ")"


def facet_filters(query: Query) -> list[str]:
    """Facet expressions of the filters that say neither where nor when: other places share them."""
    found = []
    if query.needs:
        found.append("(" + " OR ".join(_token("n", code) for code in query.needs) + ")")
    if query.language:
        found.append(_token("l", query.language))
    found += [_token("i", rule) for rule in query.accepts]
    return found


def place_filters(query: Query) -> list[str]:
    """Facet expressions of the places: the county to be served, and what can be reached."""
    found = []
    if query.county:
        hit = county(query.county)
        found.append(either(serving((query.county,), hit.state if hit else "")))
    if query.near and query.within is not None:
        found.append(reachable(query.near, query.within))
    return found


def _token(prefix: str, code: str) -> str:
    return '"' + prefix + re.sub(r"[^a-z0-9]", "", code.lower()) + '"'


def serving(counties: Sequence[str], state: str) -> list[str]:
    """Tokens of what serves these counties, lies in them, or serves their state or the country."""
    codes = [re.sub(r"\D", "", code) for code in counties]
    found = [token for code in codes if code for token in (f"a{code}", f"c{code}")]
    return [*found, *([area_token(state)] if state else []), "aus"]


def either(tokens: Sequence[str]) -> str:
    return "(" + " OR ".join(tokens) + ")"


def reachable(near: PlaceHit, miles: float) -> str:
    """What may lie within the distance (to be measured after), or serves the place from afar."""
    remote = f"(rremote AND {either(serving(home_areas(near), near.state))})"
    return f"({either(cells_within(near.lat, near.lon, miles))} OR {remote})"


def cells_within(lat: float, lon: float, miles: float) -> list[str]:
    """Every grid square that the circle touches: complete by construction."""
    prefix, size = ("g", FINE) if miles <= 75 else ("k", COARSE)
    high = miles / 69.0
    wide = miles / (69.172 * max(0.02, math.cos(math.radians(min(89.0, abs(lat) + high)))))
    top, bottom = int((min(90, lat + high) + 90) / size), int((max(-90, lat - high) + 90) / size)
    left, right = int((lon - wide + 180) // size), int((lon + wide + 180) // size)
    around = int(360 / size)
    columns = (
        range(around) if right - left >= around else [column % around for column in range(left, right + 1)]
    )
    return [f"{prefix}{row}x{column}" for row in range(bottom, top + 1) for column in columns]
