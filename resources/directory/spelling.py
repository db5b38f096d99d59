"""Forgiving one misspelt word: the nearest word that the directory knows."""

from __future__ import annotations

import bisect
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from resources.directory.synonyms import understand, vocabulary
from resources.engine import few_pages

SHORTEST, TWO_FROM, MOST = 4, 7, 4
LARGE = 20_000  # above this many providers an edit or two does not make the words be read again
SMALL = 2_000  # up to so many they are read while somebody waits: a few milliseconds
PIECE_SECONDS = 0.004
_READ = (  # words that stand among the facets only count 0: left out here, many would pass unseen in one step
    "select term, sum(iif(col = 'facets', 0, doc)) from temp.search_words where term > ?"
    " group by term order by term"
)


@dataclass
class Known:
    """Every word of one index, sorted, with how many providers use it."""

    terms: list[str]
    counts: Mapping[str, int]
    by_length: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def begins(self, word: str) -> bool:
        """True when some word of the index starts like this, or the word has a meaning of its own."""
        for at in range(bisect.bisect_left(self.terms, word), len(self.terms)):
            if not self.terms[at].startswith(word):
                break
            if self.counts[self.terms[at]]:
                return True
        return any(phrase.meanings for phrase in understand([word]))

    def near(self, word: str) -> list[str]:
        """Known words one slip away (two from seven letters on), the closest and commonest first."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 2 if len(word) >= TWO_FROM else 1
        found: dict[str, float] = {}
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for term, distance, _ in process.extract(
                word, self.by_length.get(length, ()), scorer=OSA.distance, score_cutoff=allowed, limit=20
            ):
                found[term] = distance - 0.4 * (term[0] == word[0])
        if not found:
            found = self._begun(word)
        return sorted(found, key=lambda term: (found[term], -self.counts[term], term))[:MOST]

    def _begun(self, word: str) -> dict[str, float]:
        """Words whose beginning is one slip away: someone is still typing."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        begun: dict[str, str] = {}
        for term in self.terms:
            if len(term) > len(word):
                start = term[: len(word)]
                if start not in begun or self.counts[term] > self.counts[begun[start]]:
                    begun[start] = term
        met = process.extract(word, list(begun), scorer=OSA.distance, score_cutoff=1, limit=20)
        return {begun[start]: distance + 0.5 for start, distance, _ in met}


class Words:
    """The words of one directory's index, read in pieces. In a large one an edit or two changes little."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._known: tuple[_Stamp, Known] | None = None
        self._begun: tuple[_Stamp, dict[str, int]] | None = None
        self._last = ""
        connection.execute(
            "create virtual table if not exists temp.search_words using fts5vocab(main, search_fts, col)"
        )

    def all(self) -> Known:
        """All words as they are now."""
        while self.read_on(seconds=60.0):
            pass
        assert self._known is not None
        return self._known[1]

    def at_hand(self) -> Known | None:
        """Words without waiting: in a large directory perhaps those of before the last edits, or none yet."""
        if self._stamp().last <= SMALL:
            return self.all()
        return self._known and self._known[1]

    def read_on(self, seconds: float = PIECE_SECONDS) -> bool:
        """Read for about so long; False when all words were read already."""
        stamp = self._stamp()
        if self._known and self._known[0].holds_for(stamp):
            return False
        if self._begun is None or not self._begun[0].holds_for(stamp):
            self._begun, self._last = (stamp, {}), ""
        if not self._read(self._begun[1], time.monotonic() + seconds):
            self._known, self._begun = (self._begun[0], _known(self._begun[1])), None
        return True

    def _read(self, counts: dict[str, int], until: float) -> bool:
        """Read on; true when there may be more."""
        with few_pages(self.connection):
            for term, number in self.connection.execute(_READ, (self._last,)):
                self._last = term
                if number and not term.isdigit():
                    counts[term] = number
                if time.monotonic() > until:
                    return True
        return False

    def _stamp(self) -> _Stamp:
        return _Stamp(
            self.connection.total_changes,
            self.connection.execute("pragma data_version").fetchone()[0],
            self.connection.execute("select coalesce(max(docid), 0) from search_doc").fetchone()[0],
        )


class _Stamp(NamedTuple):
    """When something was read: changes by this window, by others, and the number of the last card."""

    ours: int
    others: int
    last: int

    def holds_for(self, now: _Stamp) -> bool:
        return self == now or abs(self.last - now.last) * 100 < now.last - LARGE


def _known(counts: dict[str, int]) -> Known:
    for word in vocabulary():
        counts.setdefault(word, 0)
    known = Known(sorted(counts), counts)
    for term in known.terms:
        known.by_length[len(term)].append(term)
    return known


@lru_cache(maxsize=2)
def words_of(connection: Any) -> Words:
    """The words of the index behind this connection, shared by all who search there."""
    return Words(connection)


def corrections(known: Known, typed: Sequence[str]) -> list[tuple[str, str, list[str]]]:
    """Ways to read the words with their one unknown word mended: (as typed, mended, all words)."""
    strange = [
        (n, word)
        for n, word in enumerate(typed)
        if len(word) >= SHORTEST and not word.isdigit() and not known.begins(word)
    ]
    if len(strange) != 1:
        return []
    at, word = strange[0]
    return [(word, mended, [*typed[:at], mended, *typed[at + 1 :]]) for mended in known.near(word)]
