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
        for topic in topics:
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
                        hits[number] = max(hits.get(number, 0), weight)
        self._words = sorted(found)
        self._hits = [found[word] for word in self._words]

    def find(self, text: str, limit: int = 30) -> list[TopicHit]:
        """Topics that hold every word (or, failing that, the most of them), best first."""
        typed = words_in(text[:200])
        asked = [word for word in typed if word not in _SMALL][:MOST_WORDS] or typed[:MOST_WORDS]
        if not asked:
            return []
        scores: dict[str, dict[int, tuple[int, int]]] = {}  # topic -> word number -> (score, section)
        for place, word in enumerate(asked):
            for number, score in self._scores(word).items():
                best = scores.setdefault(self._sections[number].topic.id, {})
                best[place] = max(best.get(place, (0, 0)), (score, -number))
        most = max((len(best) for best in scores.values()), default=0)
        ranked = sorted((best for best in scores.values() if len(best) == most), key=self._rank)
        return [self._hit(self._nearest(best), asked) for best in ranked[:limit]]

    def _nearest(self, best: dict[int, tuple[int, int]]) -> _Section:
        return self._sections[-max(best.values())[1]]

    def _rank(self, best: dict[int, tuple[int, int]]) -> tuple[int, tuple[int, int, str]]:
        return -sum(score for score, _ in best.values()), self._nearest(best).topic.place

    def _scores(self, word: str) -> dict[int, int]:
        """Sections that hold a word starting like this one; the whole word counts for more."""
        found: dict[int, int] = {}
        for start in {word, word[:-1] if len(word) > 4 and word.endswith("s") else word}:
            at = bisect_left(self._words, start)
            while at < len(self._words) and self._words[at].startswith(start):
                bonus = 3 if self._words[at] == word else 2
                for number, weight in self._hits[at].items():
                    found[number] = max(found.get(number, 0), weight * bonus)
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
