"""Search as plainly as it can be said: look at every provider, one after the other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from resources.directory import needs, opening, places, synonyms
from resources.directory.matching import SMALL_WORDS, Query
from resources.directory.provider import Provider
from resources.words import load


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


_bags: dict[str, set[str]] = {}


def bag(provider: Provider) -> set[str]:
    """Every word a provider may be found by."""
    if provider.id not in _bags:
        _bags[provider.id] = _words_of(provider)
    return _bags[provider.id]


def _words_of(provider: Provider) -> set[str]:
    place = provider.place
    texts = [
        provider.name, provider.cover_name, provider.organization, provider.description, provider.alert,
        provider.eligibility, provider.how_to_reach, provider.documents, provider.cost,
        provider.interpretation, place.city, place.state, places.STATES.get(place.state, ""),
        place.postal_code,
        places.county_name(place.county).rpartition(",")[0] if place.county else "",
    ]  # fmt: skip
    for code in provider.needs:
        texts += [load(language).say(needs.get(code).key) for language in ("en", "es")]
    texts += [synonyms.language_names().get(code, "") for code in provider.languages]
    found = set()
    for text in map(plain, texts):
        found |= set(re.findall(r"[^\W_]+", re.sub(r"(\w)['’](\w)", r"\1\2", text)))
        found |= {w for w in re.findall(r"[^\W_]+", text) if len(w) > 1}
    for phone in provider.phones:
        digits = phone.number.removeprefix("+")
        found |= {digits, digits[1:], digits[4:], digits[1:4], digits[4:7], digits[7:]}
    return found


def _meant(provider: Provider, meanings: Iterable[synonyms.Meaning]) -> bool:
    return any(
        (m.kind == "need" and m.code in provider.needs)
        or (m.kind == "language" and m.code in provider.languages)
        or (m.kind == "intake" and provider.intake.get(m.code, False))
        for m in meanings
    )


def _has(words: set[str], word: str, last: bool) -> bool:
    if not last and len(word) < 3:
        return word in words
    plural = len(word) > 4 and word.endswith("s") and not word.endswith("ss")
    return any(known.startswith(word) for known in words) or (plural and word[:-1] in words)


def text_fits(provider: Provider, text: str) -> bool:
    typed = re.findall(r"[^\W_]+", re.sub(r"(\w)['’](\w)", r"\1\2", plain(text)))
    typed = [word for word in typed if word not in SMALL_WORDS] or typed
    phrases, words = synonyms.understand(typed), bag(provider)
    for n, phrase in enumerate(phrases, 1):
        literal = all(
            _has(words, word, n == len(phrases) and m == len(phrase.words))
            for m, word in enumerate(phrase.words, 1)
        )
        if not literal and not _meant(provider, phrase.meanings):
            return False
    return True


def _serves(provider: Provider, counties: Iterable[str], state: str) -> bool:
    areas = set(counties)
    return provider.place.county in areas or bool(provider.serves & (areas | {state, "US"}))


def _near(provider: Provider, query: Query) -> bool:
    if query.near is None or query.within is None:
        return True
    place = provider.place
    point = (place.latitude, place.longitude)
    if point[0] is None:
        hit = None if place.confidential else places.find(place.postal_code)
        hit = hit or places.county(place.county)
        point = hit.point if hit else (None, None)
    if point[0] is not None and places.distance_miles(query.near.point, point) <= query.within:
        return True
    return provider.remote and _serves(provider, query.near.counties, query.near.state)


def expected(providers: Iterable[Provider], query: Query, moment: datetime) -> set[str]:
    """Ids of everything that matches the query."""
    county = places.county(query.county)
    at = moment if query.open_now else opening.tonight(moment) if query.open_tonight else None
    return {
        p.id
        for p in providers
        if (query.include_retired or not p.retired)
        and (not query.needs or p.needs & set(query.needs))
        and (not query.language or query.language in p.languages)
        and all(p.intake.get(rule, False) for rule in query.accepts)
        and (at is None or opening.is_open(p.hours, at) is True)
        and (not query.county or _serves(p, [query.county], county.state if county else ""))
        and _near(p, query)
        and text_fits(p, query.text)
    }
