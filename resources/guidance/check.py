"""Checks of guidance, in plain sentences: sources, links, dates, reading grade, length, agency slots."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from resources import overlay
from resources.editions import shelf
from resources.guidance import agency, ispeak, readability, sources, topic
from resources.guidance.library import FOLDER, Library
from resources.guidance.pieces import LINK, Piece, plain, slug
from resources.guidance.topic import OWN, ROLES, UNCONFIRMED, Topic
from resources.paths import CONTENT
from resources.words import load

POINTER_WORDS = 7  # "You can print these as a page: [...]" points elsewhere and states nothing
FEWEST_TO_JUDGE = 5  # the grade of a line shorter than this says nothing
HARDEST, FEWEST_WORDS, MOST_WORDS = 8.0, 250, 700
_PHONE = re.compile(r"\b(?:1-)?\d{3}-\d{3}-\d{4}\b|\b988\b")
_MARKUP = re.compile(r"<[A-Za-z/!]|!\[|&[a-z]+;|&#")


def say(key: str, **data: object) -> str:
    return load("en").say(key, **data)


def problems(folder: Path = FOLDER, content: Path = CONTENT, today: date | None = None) -> list[str]:
    """Everything that a person should mend in the guidance, one sentence each."""
    library = Library.load(folder)
    found = [load("en").explain(problem) for problem in library.problems]
    topics = {t.id: t for t in library.topics()}
    tags = {source.tag for source in library.sources()}
    links = _Links(topics, content)
    for one in topics.values():
        text = topic.decode(folder / one.file.removeprefix("guidance/"), one.file)
        found += [*_dates(one, text, today or date.today()), *_reading(one)]
        found += [*_length(one), *_facts(one, tags), *_slots(one)]
        found += [sentence for piece in one.pieces for sentence in links.problems(one, piece)]
    return [*found, *_roles_and_sources(library, folder)]


def agency_problems(data: Path, today: date | None = None, content: Path = CONTENT) -> list[str]:
    """The same for what one agency wrote into its data folder: its own pages, and facts grown old.

    An agency's own page needs neither sources nor dates; it must be readable and lead nowhere but here.
    """
    own = agency.Agency.load(data)
    day = today or date.today()
    found = [load("en").explain(problem) for problem in own.problems]
    links = _Links({t.id: t for t in (*Library.load(content / "guidance").topics(), *own.topics)}, content)
    for one in own.topics:
        if one.expired(day) and one.review_by:
            place = data if (data / one.file).is_file() else shelf.folder(data, "agency") or data
            line = topic.line_of(topic.decode(place / one.file, one.file), "review_by")
            late = one.review_by.isoformat()
            found.append(say("guidance.check.stale", file=one.file, line=line, date=late))
        found += [*_reading(one), *_slots(one)]
        found += [sentence for piece in one.pieces for sentence in links.problems(one, piece)]
    for slot in own.values:
        if own.old(slot, day):
            name = say(f"guidance.slot.{slot}.name")
            found.append(say("guidance.check.slot_old", name=name, date=own.checked[slot].isoformat()))
    return found


def _roles_and_sources(library: Library, folder: Path) -> Iterator[str]:
    used = {tag for one in library.topics() for tag in one.sources}
    for role in ROLES:
        if promise := library.promise(role):
            text = promise.keep + promise.say
            used |= set(Piece("paragraph", text, 1).markers)
        else:
            yield say("guidance.check.no_role", role=role)
    for source in library.sources():
        line = sources.line_of(folder, source.tag)
        if source.tag not in used:
            yield say("guidance.check.unused_source", tag=source.tag, line=line)
        if not source.title or not (source.url or source.publisher):
            yield say("guidance.check.source_incomplete", tag=source.tag, line=line)


def states_fact(piece: Piece) -> bool:
    """True for a piece that must say where it comes from: not a heading, a lead-in or a bare link."""
    if piece.kind in ("heading", "head"):
        return False
    text = piece.text.strip()
    points_elsewhere = (
        bool(LINK.search(text)) and len(re.findall(r"\w+", LINK.sub("", text))) <= POINTER_WORDS
    )
    return not text.endswith(":") and not points_elsewhere


def _facts(one: Topic, tags: set[str]) -> Iterator[str]:
    for piece in one.pieces:
        if states_fact(piece) and not piece.markers:
            start = piece.plain[:50]
            yield say("guidance.check.no_source", file=one.file, line=piece.line, start=start)
        for tag in piece.markers:
            if tag not in tags and tag not in (OWN, UNCONFIRMED):
                yield say("guidance.check.unknown_source", file=one.file, line=piece.line, tag=tag)


def _dates(one: Topic, text: str, today: date) -> Iterator[str]:
    if one.reviewed_on is None or one.review_by is None:
        yield say("guidance.check.no_dates", file=one.file)
        return
    where = {"file": one.file, "line": topic.line_of(text, "review_by")}
    days = (one.review_by - one.reviewed_on).days
    most = topic.LAW_DAYS if one.law else topic.PRACTICE_DAYS
    if days <= 0:
        yield say("guidance.check.dates_order", **where)
    elif days > most:
        yield say("guidance.check.too_far", n=6 if one.law else 12, **where)
    if one.expired(today):
        yield say("guidance.check.stale", date=one.review_by.isoformat(), **where)
    if not one.law:
        for piece in one.pieces:
            if _PHONE.search(piece.text):
                yield say("guidance.check.phone_not_law", file=one.file, line=piece.line)


def _reading(one: Topic) -> Iterator[str]:
    grade = readability.grade(one.pieces)
    if grade > HARDEST:
        long_enough = [piece for piece in one.pieces if len(piece.plain.split()) >= FEWEST_TO_JUDGE]
        worst = max(long_enough or one.pieces, key=lambda piece: readability.grade([piece]))
        where = {"file": one.file, "line": worst.line, "start": worst.plain[:50]}
        yield say("guidance.check.too_hard", grade=grade, limit=f"{HARDEST:g}", **where)


def _length(one: Topic) -> Iterator[str]:
    words = readability.count_words(one.pieces)
    if not FEWEST_WORDS <= words <= MOST_WORDS:
        yield say("guidance.check.length", file=one.file, words=words, least=FEWEST_WORDS, most=MOST_WORDS)


def _slots(one: Topic) -> Iterator[str]:
    for number, text in one.lines:
        words = text.split()
        if words[:1] == [":::agency"] and words[1:] and words[1] not in agency.SLOTS:
            yield say("guidance.check.no_slot", file=one.file, line=number, target=words[1])


class _Links:
    """Checks where links lead. A kind of target that is not there yet at all is not checked."""

    def __init__(self, topics: dict[str, Topic], content: Path) -> None:
        self._anchors = {
            name: {slug(p.text) for p in one.pieces if p.kind == "heading"} for name, one in topics.items()
        }
        needs = content / "needs.toml"
        rows = tomllib.loads(needs.read_text(encoding="utf-8"))["need"] if needs.exists() else []
        self._needs = {row["code"] for row in rows}
        self._recipes = {path.stem for path in overlay.glob(content / "sheets", "*.toml")}
        spoken = content / "ispeak"
        self._languages = {one.code for one in ispeak.languages(spoken)} if spoken.is_dir() else set()

    def problems(self, one: Topic, piece: Piece) -> Iterator[str]:
        where = {"file": one.file, "line": piece.line}
        if _MARKUP.search(piece.text):
            yield say("guidance.check.markup", **where)
        for _, link in LINK.findall(piece.text):
            scheme, _, target = link.partition(":")
            if scheme == "topic":
                yield from self._topic(one, target, where)
            elif scheme == "find" and target.startswith("need="):
                code = target.removeprefix("need=")
                if self._needs and code not in self._needs:
                    yield say("guidance.check.no_need", target=code, **where)
            elif scheme == "sheet":
                if self._recipes and target not in self._recipes:
                    yield say("guidance.check.no_recipe", target=target, **where)
            elif scheme == "speak":
                if target and self._languages and target not in self._languages:
                    yield say("guidance.check.no_language", target=target, **where)
            else:
                yield say("guidance.check.foreign_link", target=plain(link), **where)

    def _topic(self, one: Topic, target: str, where: dict[str, object]) -> Iterator[str]:
        name, _, anchor = target.partition("#")
        name = name or one.id
        if name not in self._anchors:
            yield say("guidance.check.no_topic", target=name, **where)
        elif anchor and anchor not in self._anchors[name]:
            yield say("guidance.check.no_anchor", topic=name, anchor=anchor, **where)
