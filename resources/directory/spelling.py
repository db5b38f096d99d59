"""Forgiving one misspelt word: the nearest word that the directory knows."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from resources.directory.synonyms import understand, vocabulary

SHORTEST, TWO_FROM, MOST = 4, 7, 4
LARGE = 20_000  # above this many providers an edit or two does not make the words be read again
_READ = "select term, sum(doc) from temp.search_words where col <> 'facets' group by term"


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


_known: dict[int, tuple[tuple[int, ...], Known]] = {}


def known_words(connection: Any) -> Known:
    """The words of the index behind this connection; read again only after something was written."""
    stamp = (
        connection.total_changes,
        connection.execute("pragma data_version").fetchone()[0],
        connection.execute("select coalesce(max(docid), 0) from search_doc").fetchone()[0],
    )
    kept = _known.get(id(connection))
    if kept and (kept[0] == stamp or abs(kept[0][2] - stamp[2]) * 100 < stamp[2] - LARGE):
        return kept[1]
    connection.execute(
        "create virtual table if not exists temp.search_words using fts5vocab(main, search_fts, col)"
    )
    counts = {term: number for term, number in connection.execute(_READ) if not term.isdigit()}
    for word in vocabulary():
        counts.setdefault(word, 0)
    known = Known(sorted(counts), counts)
    for term in known.terms:
        known.by_length[len(term)].append(term)
    if len(_known) > 3:
        _known.clear()
    _known[id(connection)] = (stamp, known)
    return known


def corrections(connection: Any, typed: Sequence[str]) -> list[tuple[str, str, list[str]]]:
    """Ways to read the words with their one unknown word mended: (as typed, mended, all words)."""
    known = known_words(connection)
    strange = [
        (n, word)
        for n, word in enumerate(typed)
        if len(word) >= SHORTEST and not word.isdigit() and not known.begins(word)
    ]
    if len(strange) != 1:
        return []
    at, word = strange[0]
    return [(word, mended, [*typed[:at], mended, *typed[at + 1 :]]) for mended in known.near(word)]
