"""Search over all guidance as you type: beginnings of words, accents and capitals do not matter."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from resources.guidance.pieces import Piece, slug
from resources.guidance.topic import Topic

TITLE, KEYWORD, HEADING, BODY = 100, 60, 25, 4
MOST_WORDS, AROUND = 8, 70
SCORE = 1_000_000  # one number holds both: the score, and under it how early the section stands
_SMALL = frozenset(
    {"a", "an", "and", "are", "be", "can", "do", "for", "how", "i", "if", "in", "is", "it", "me", "my", "of"}
    | {"on", "or", "should", "the", "to", "what", "when", "with"}
)


@dataclass(frozen=True)
class TopicHit:
    """One topic found: the heading (and its anchor) nearest to the words, and a snippet around them."""

    topic_id: str
    title: str
    heading: str
    anchor: str
    snippet: str


@dataclass(frozen=True)
class _Section:
    topic: Topic
    heading: str
    text: str
    folded: str


def fold(text: str) -> str:
    """Lower case without accents, and as long as it was, so that places in both texts agree."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFD", c)[0].lower()[:1] or c for c in text)


def words_in(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text).replace("'", "").replace("’", ""))


class Index:
    """All topics, cut into sections and indexed by word; built once, asked at every key."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._sections: list[_Section] = []
        found: dict[str, dict[int, int]] = {}
        for place, topic in enumerate(topics):
            for heading, pieces in _sections(topic):
                number = len(self._sections)
                text = " ".join(piece.plain for piece in pieces)
                shown = text or topic.summary
                self._sections.append(_Section(topic, heading, shown, fold(shown)))
                parts = [(heading, HEADING), (text, BODY)]
                if not heading:
                    parts = [
                        (topic.title, TITLE),
                        (" ".join(topic.keywords), KEYWORD),
                        (topic.summary, HEADING),
                        (text, BODY),
                    ]
                for part, weight in parts:
                    for word in words_in(part):
                        hits = found.setdefault(word, {})
                        hits[place] = max(hits.get(place, 0), weight * SCORE - number)
        self._words = sorted(found)
        # per word: the topic, what a word that starts like this counts there, what the whole word counts
        self._hits = [
            [(place, best + weight * SCORE, best + 2 * weight * SCORE)
             for place, best in found[word].items() if (weight := -(-best // SCORE))]
            for word in self._words
        ]  # fmt: skip

    def find(self, text: str, limit: int = 30) -> list[TopicHit]:
        """Topics that hold every word (or, failing that, the most of them), best first."""
        typed = words_in(text[:200])
        asked = [word for word in typed if word not in _SMALL][:MOST_WORDS] or typed[:MOST_WORDS]
        if not asked:
            return []
        scores: dict[int, list[int]] = {}  # topic -> for each word found, score and section in one number
        for word in asked:
            for place, best in self._best(word).items():
                scores.setdefault(place, []).append(best)
        most = max((len(found) for found in scores.values()), default=0)
        ranked = sorted((found for found in scores.values() if len(found) == most), key=self._rank)
        return [self._hit(self._nearest(found), asked) for found in ranked[:limit]]

    def _nearest(self, found: list[int]) -> _Section:
        return self._sections[-max(found) % SCORE]

    def _rank(self, found: list[int]) -> tuple[int, tuple[int, int, str]]:
        return -sum(-(-best // SCORE) for best in found), self._nearest(found).topic.place

    def _best(self, word: str) -> dict[int, int]:
        """Topics that hold a word starting like this one, each with its best section; the whole word counts
        for more."""
        found: dict[int, int] = {}
        for start in {word, word[:-1] if len(word) > 4 and word.endswith("s") else word}:
            at = bisect_left(self._words, start)
            while at < len(self._words) and self._words[at].startswith(start):
                whole = self._words[at] == word
                for place, begun, full in self._hits[at]:
                    best = full if whole else begun
                    if best > found.get(place, 0):
                        found[place] = best
                at += 1
        return found

    def _hit(self, section: _Section, asked: list[str]) -> TopicHit:
        return TopicHit(
            topic_id=section.topic.id,
            title=section.topic.title,
            heading=section.heading,
            anchor=slug(section.heading),
            snippet=_snippet(section.text, section.folded, asked),
        )


def _sections(topic: Topic) -> list[tuple[str, list[Piece]]]:
    """The opening (no heading), then each heading with what stands under it."""
    found: list[tuple[str, list[Piece]]] = [("", [])]
    for piece in topic.pieces:
        if piece.kind == "heading":
            found.append((piece.plain, []))
        else:
            found[-1][1].append(piece)
    return found


def _snippet(text: str, folded: str, asked: list[str]) -> str:
    """The words around the first that was asked for, cut between words."""
    places = [at + 1 for word in asked if (at := f" {folded}".find(f" {word}")) >= 0]
    start = max(0, min(places, default=1) - 1 - AROUND // 2)
    if start:
        start = text.find(" ", start) + 1
    end = start + 2 * AROUND
    if end < len(text):
        end = text.rfind(" ", start, end)
        end = end if end > start else start + 2 * AROUND
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")
