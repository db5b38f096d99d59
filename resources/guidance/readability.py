"""How hard a text is to read: the Flesch-Kincaid grade level.

Method: Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas for Navy Enlisted
Personnel", Research Branch Report 8-75, 1975:

    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59

A paragraph, list item, quotation or table row ends a sentence even without a full stop; headings, source
markers, link targets and figures are left out. Initials such as FBI are read letter by letter. Syllables
are counted by our own rules: groups of vowels, less the silent ones, with a list for common exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from resources.guidance.pieces import Piece

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_TWO_VOWELS = re.compile(
    r"(?<![ctsg])ia|[ctsg]ia(?!n|l)|[ct]ial(?=ity)|(?<![ctxg])iou|io(?!n|u)|(?<![ctsgxln])ion|eo(?!us|ple)"
    r"|(?<![gq])ua(?!r|l$)|[^qg]ue[lt]|iet|[eou]ing(?=s?$)|yi|[aou]ye(?=[re])"
)
_SILENT = re.compile(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiou]es$|[^aeiouytd]ed$|[aeiouy]led$")
_SOUNDED = re.compile(r"(?:[sxzcg]|ch|sh)es$|[bcdfgkpstz]le[ds]$|ie[sd]$|ee[sd]?$")
_EXCEPTIONS = {
    "area": 3, "areas": 3, "business": 2, "create": 2, "created": 3, "diet": 2, "every": 2,
    "everyone": 3, "everything": 3, "family": 3, "idea": 3, "ideas": 3, "people": 2, "quiet": 2,
    "quietly": 3, "science": 2, "someone": 2, "something": 2, "sometimes": 2, "therefore": 2,
    "ideal": 3, "lion": 2, "nuclear": 3, "reality": 4, "react": 2, "theater": 3, "violence": 3,
    "violent": 3, "woman": 2, "women": 2, "doesn't": 2, "didn't": 2, "isn't": 2,
    "wasn't": 2, "couldn't": 2, "wouldn't": 2, "shouldn't": 2, "haven't": 2, "naive": 2, "safely": 2,
    "safety": 2, "homeless": 2, "somewhere": 2, "lifeline": 2, "hotline": 2, "vehicle": 3, "evidence": 3,
}  # fmt: skip


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Syllables of one English word, at least one."""
    if len(word) > 1 and word.isupper():
        return sum(3 if letter == "W" else 1 for letter in word)
    low = word.lower().replace("’", "'")
    if low in _EXCEPTIONS:
        return _EXCEPTIONS[low]
    low = re.sub(r"'(s|d|m|t|re|ve|ll)$", "", low)
    count = len(re.findall(r"[aeiouy]+", low))
    if _SILENT.search(low) and not _SOUNDED.search(low):
        count -= 1
    count -= len(re.findall(r"[^aeiouy]e(?=ly$|ful$|less$|ment$|ments$|where$)", low))
    count += len(_TWO_VOWELS.findall(low))
    return max(1, count)


def grade(pieces: Iterable[Piece]) -> float:
    """The school grade a reader needs for these pieces, to one decimal."""
    sentences = words = sounds = 0
    for piece in pieces:
        if piece.kind in ("heading", "head"):
            continue
        for sentence in re.split(r"(?<=[.!?])[\"”’)]*\s+", piece.plain):
            found = _WORD.findall(sentence)
            sentences += bool(found)
            words += len(found)
            sounds += sum(syllables(word) for word in found)
    if not words:
        return 0.0
    return round(0.39 * words / sentences + 11.8 * sounds / words - 15.59, 1)


def count_words(pieces: Iterable[Piece]) -> int:
    """Words a reader meets, headings included."""
    return sum(len(piece.plain.split()) for piece in pieces)
