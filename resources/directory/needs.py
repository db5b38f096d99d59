"""The needs that services are sorted by, and how to recognize them in other people's categories."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from resources.directory import synonyms
from resources.directory.letters import words
from resources.paths import CONTENT


@dataclass(frozen=True)
class Need:
    """One kind of help. `key` names it in words; `terms` maps Open Eligibility names to their ids."""

    code: str
    key: str
    terms: Mapping[str, int]

    @property
    def short_key(self) -> str:
        """The name for a button."""
        return f"needs.short.{self.code}"


@lru_cache(maxsize=1)
def _all() -> tuple[Need, ...]:
    table = tomllib.loads((CONTENT / "needs.toml").read_text(encoding="utf-8"))
    return tuple(Need(row["code"], f"needs.{row['code']}", row["terms"]) for row in table["need"])


def all() -> list[Need]:
    """Every need, in the order they are shown."""
    return list(_all())


def codes() -> tuple[str, ...]:
    return tuple(need.code for need in _all())


def get(code: str) -> Need:
    """The need with this code; raises KeyError."""
    for need in _all():
        if need.code == code:
            return need
    raise KeyError(code)


@lru_cache(maxsize=4096)
def guess(text: str) -> frozenset[str]:
    """Codes of the needs an incoming category or service name speaks of; empty when it names none of ours.

    Accepts our codes, Open Eligibility names or ids, and everyday names ("Food Pantry; Legal").
    """
    said = text.strip()
    if said in codes():
        return frozenset({said})
    if exact := _terms().get(tuple(words(said))):
        return exact
    typed, found, start = words(said), set[str](), 0
    while start < len(typed):
        for length in range(min(synonyms.LONGEST, len(typed) - start), 0, -1):
            piece = tuple(typed[start : start + length])
            if met := _terms().get(piece, frozenset()) | synonyms.categories().get(piece, frozenset()):
                found |= met
                start += length
                break
        else:
            start += 1
    return frozenset(found)


@lru_cache(maxsize=1)
def _terms() -> Mapping[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for need in _all():
        for name, number in need.terms.items():
            for said in (name, str(number)):
                key = tuple(words(said))
                found[key] = found.get(key, frozenset()) | {need.code}
    return found
