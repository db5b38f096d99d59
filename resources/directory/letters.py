"""One way of spelling for searching: no accents, no apostrophes, no capitals, ASCII digits."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APART = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_APOSTROPHES = "'’‘ʼ＇`´ʻ′"
_POSSESSIVE = re.compile(rf"(\w+)[{_APOSTROPHES}](\w+)")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text without accents and capitals; compatibility forms (full width, ligatures) become plain."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_APART)
    return "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() and not sign.isascii() else sign
        for sign in plain
        if unicodedata.category(sign)[0] != "M" and unicodedata.category(sign) != "Cf"
    )


def words(text: str) -> list[str]:
    """The words someone typed: "St. Mary's" is st, marys."""
    joined = _POSSESSIVE.sub(r"\1\2", text)
    return _WORD.findall(fold(joined))


def indexed(text: str) -> list[str]:
    """The words to find a text by: as typed, and split at apostrophes ("marys" and "mary")."""
    found = words(text)
    for before, after in _POSSESSIVE.findall(text):
        found += [part for part in words(before) + words(after) if len(part) > 1]
    return found
