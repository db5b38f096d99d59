"""Words that would tell a controlling person what a paper is about, per language (threat test 60)."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from reports.values import bare, clean
from resources.paths import CONTENT

FILE = CONTENT / "sheets" / "giveaway.toml"
_WHOLE_WORDS = frozenset(("en", "es", "pt", "fr", "ht", "tl", "id", "sw"))
_ENDINGS = frozenset(("ru", "uk"))


@lru_cache(maxsize=4)
def lists(path: Path = FILE) -> dict[str, dict[str, list[str]]]:
    """The tables of the file: `words` and `status`, each by language."""
    table: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return table


def _plain(text: str) -> str:
    """Lower case, without the joiners that some writers leave out."""
    return text.replace("\u200c", "").casefold()


@lru_cache(maxsize=256)
def _pattern(table: str, language: str) -> re.Pattern[str] | None:
    words = sorted(lists()[table].get(language, ()), key=len, reverse=True)
    if not words:
        return None
    joined = "|".join(re.escape(_plain(word)) for word in words)
    if language in _WHOLE_WORDS:
        return re.compile(rf"\b(?:{joined})\w{{0,3}}")
    return re.compile(rf"\b(?:{joined})\w*" if language in _ENDINGS else f"(?:{joined})")


def found(text: str, language: str, table: str = "words") -> tuple[str, ...]:
    """Each such word in the text, as it stands there; English is looked for in every language."""
    said = _plain(clean(bare(text)))
    hits: list[str] = []
    for code in dict.fromkeys((language, "en", "es" if table == "status" else "en")):
        if pattern := _pattern(table, code):
            hits += [match[0] for match in pattern.finditer(said)]
    return tuple(dict.fromkeys(hits))
