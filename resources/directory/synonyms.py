"""Everyday words and what they mean here: needs, who is accepted, languages."""

from __future__ import annotations

import bisect
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from resources.directory.letters import words
from resources.paths import CONTENT

LONGEST = 5


@dataclass(frozen=True)
class Meaning:
    """What a phrase stands for: `kind` is need, intake or language; `code` its code there."""

    kind: str
    code: str


@dataclass(frozen=True)
class Phrase:
    """Words of a question that belong together, with what they mean besides their letters."""

    words: tuple[str, ...]
    meanings: frozenset[Meaning] = frozenset()


@lru_cache(maxsize=1)
def _content() -> Mapping[str, Mapping[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = tomllib.loads(
        (CONTENT / "synonyms.toml").read_text(encoding="utf-8")
    )
    return table


@lru_cache(maxsize=1)
def asked() -> Mapping[tuple[str, ...], frozenset[Meaning]]:
    """Every phrase an officer may type, with its meanings."""
    found: dict[tuple[str, ...], set[Meaning]] = defaultdict(set)
    for section, kind in (
        ("need", "need"),
        ("asked", "need"),
        ("intake", "intake"),
        ("language", "language"),
    ):
        for code, phrases in _content()[section].items():
            for phrase in phrases:
                found[tuple(words(phrase))].add(Meaning(kind, code))
    return {phrase: frozenset(meanings) for phrase, meanings in found.items()}


@lru_cache(maxsize=1)
def categories() -> Mapping[tuple[str, ...], frozenset[str]]:
    """Phrases that name a kind of service in other people's lists, with our need codes."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for code, phrases in _content()["need"].items():
        for phrase in phrases:
            found[tuple(words(phrase))].add(code)
    return {phrase: frozenset(codes) for phrase, codes in found.items()}


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Every single word of the phrases, for noticing a misspelling of one of them."""
    return frozenset(word for phrase in asked() for word in phrase)


@lru_cache(maxsize=1)
def language_names() -> Mapping[str, str]:
    """Names a language can be searched by, per ISO code."""
    return {code: " ".join(names) for code, names in _content()["language"].items()}


def understand(typed: Sequence[str]) -> list[Phrase]:
    """Split typed words into phrases, the longest known ones first; the last word may be unfinished."""
    found: list[Phrase] = []
    start = 0
    while start < len(typed):
        for length in range(min(LONGEST, len(typed) - start), 0, -1):
            piece = tuple(typed[start : start + length])
            meanings = asked().get(piece) or (
                _begun(piece) if start + length == len(typed) else frozenset[Meaning]()
            )
            if meanings:
                found.append(Phrase(piece, meanings))
                start += length
                break
        else:
            found.append(Phrase((typed[start],)))
            start += 1
    return found


@lru_cache(maxsize=512)
def _begun(piece: tuple[str, ...]) -> frozenset[Meaning]:
    """Meanings of phrases whose last word is still being typed, as long as they all agree."""
    if len(piece) == 1 and len(piece[0]) < 4:
        return frozenset()
    said, met = " ".join(piece), set[frozenset[Meaning]]()
    for at in range(bisect.bisect_left(_sorted(), said), len(_sorted())):
        phrase = _sorted()[at]
        if not phrase.startswith(said):
            break
        if phrase.count(" ") == len(piece) - 1:
            met.add(asked()[tuple(phrase.split(" "))])
    return met.pop() if len(met) == 1 else frozenset()


@lru_cache(maxsize=1)
def _sorted() -> tuple[str, ...]:
    return tuple(sorted(" ".join(phrase) for phrase in asked()))
