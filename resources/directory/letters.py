"""One way of spelling for searching: no accents, no apostrophes, no capitals, ASCII digits."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APART = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_APOSTROPHES = "'’‘ʼ＇`´ʻ′"
_POSSESSIVE = re.compile(rf"(\w+)[{_APOSTROPHES}](\w+)")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_WORD = re.compile(r"[^\W_]+")
_PLAIN_WORD = re.compile("[0-9a-z]+")


def fold(text: str) -> str:
    """The text without accents and capitals; compatibility forms (full width, ligatures) become plain."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_APART)
    return plain if plain.isascii() else "".join(map(_plain_sign, plain))


@lru_cache(maxsize=4096)
def _plain_sign(sign: str) -> str:
    """One sign as ASCII digit, as itself, or gone (accents and invisible signs)."""
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.digit(sign))
    return "" if kind[0] == "M" or kind == "Cf" else sign


def words(text: str) -> list[str]:
    """The words someone typed: "St. Mary's" is st, marys."""
    if text.isascii() and "'" not in text and "`" not in text:
        return _PLAIN_WORD.findall(text.lower())
    plain = _POSSESSIVE.sub(r"\1\2", text) if _APOSTROPHE.search(text) else text
    return _WORD.findall(fold(plain))


def indexed(text: str) -> list[str]:
    """The words to find a text by: as typed, and split at apostrophes ("marys" and "mary")."""
    found = words(text)
    if _APOSTROPHE.search(text):
        for before, after in _POSSESSIVE.findall(text):
            found += [part for part in words(before) + words(after) if len(part) > 1]
    return found
