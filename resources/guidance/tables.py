"""What the guidance holds, counted: topics with grade, facts and sources; phrase packs with their status."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from resources.guidance import ispeak, readability
from resources.guidance.check import states_fact
from resources.guidance.library import Library
from resources.guidance.topic import OWN, UNCONFIRMED, Topic


@dataclass(frozen=True)
class TopicRow:
    """One topic. `facts` are lines that state something; `own` of them rest on our own judgment alone,
    `unconfirmed` carry "to be confirmed"; `sources` counts published ones; `review_by` is an ISO date."""

    topic: str
    words: int
    grade: float
    facts: int
    own: int
    unconfirmed: int
    sources: int
    review_by: str


@dataclass(frozen=True)
class PackRow:
    """One phrase pack: how many phrases, how many of them with a back-translation and when all were read
    back into English, how far checked."""

    language: str
    code: str
    phrases: int
    back: int
    back_on: str
    status: str
    by: str
    on: str


def topics(library: Library) -> list[TopicRow]:
    """One row per topic, in the order of the table of contents."""
    return [_topic(one) for one in library.topics()]


def _topic(one: Topic) -> TopicRow:
    facts = [set(piece.markers) for piece in one.pieces if states_fact(piece)]
    return TopicRow(
        topic=one.id,
        words=readability.count_words(one.pieces),
        grade=readability.grade(one.pieces),
        facts=len(facts),
        own=sum(markers == {OWN} for markers in facts),
        unconfirmed=sum(UNCONFIRMED in markers for markers in facts),
        sources=len(set(one.sources) - {OWN, UNCONFIRMED}),
        review_by=one.review_by.isoformat() if one.review_by else "",
    )


def packs(data: Path | None = None, folder: Path = ispeak.FOLDER) -> list[PackRow]:
    """One row per phrase pack, by language; a speaker's mark in `data` counts."""
    names = {one.code: one.english_name for one in ispeak.languages(folder)}
    rows = [_pack(code, names.get(code, code), data, folder) for code in ispeak.packs(folder)]
    return sorted(rows, key=lambda row: row.language)


def _pack(code: str, name: str, data: Path | None, folder: Path) -> PackRow:
    phrases = ispeak.phrases(code, folder)
    status = ispeak.status(code, data, folder)
    back = sum(bool(phrase.back) for phrase in phrases)
    record = ispeak.back_check(code, folder)
    read = record.on if record else ""
    return PackRow(name, code, len(phrases), back, read, status.state, status.by, status.on)
