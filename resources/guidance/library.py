"""The library: every guidance topic as one reader needs it, by role, with review dates and sources."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from resources import overlay
from resources.errors import ToolkitError
from resources.files import bad_line
from resources.guidance import agency as agencies
from resources.guidance import sources, topic
from resources.guidance.agency import Agency
from resources.guidance.pieces import MARKER
from resources.guidance.search import Index, TopicHit
from resources.guidance.sources import Source
from resources.guidance.topic import OWN, UNCONFIRMED, Topic
from resources.paths import CONTENT
from resources.words import Words
from resources.words import load as load_words

FOLDER = CONTENT / "guidance"
ROLES_FILE = "roles.toml"


@dataclass(frozen=True)
class Promise:
    """What one role can keep private, as Markdown lines with markers, and words to say it with."""

    keep: str
    say: str


class Library:
    """All topics that could be read. What could not be read is in `problems`; the rest works."""

    def __init__(
        self, found: list[Topic], known: dict[str, Source], promises: dict[str, Promise], agency: Agency
    ) -> None:
        self._topics = {t.id: t for t in sorted((*found, *agency.topics), key=lambda t: t.place)}
        self._sources = known
        self._promises = promises
        self._agency = agency
        self._index = Index(self._topics.values())
        self._today: Callable[[], date] = date.today
        self._words: Words = load_words("en")
        self.problems: tuple[ToolkitError, ...] = agency.problems

    @staticmethod
    def load(
        folder: Path = FOLDER,
        agency: Agency | None = None,
        today: date | Callable[[], date] = date.today,
        language: str = "en",
    ) -> Library:
        """Read all topics in `language` (English where there is none). Broken files end in `problems`."""
        problems: list[ToolkitError] = []
        found = list(_topics(folder, language, problems))
        known, promises = {}, {}
        try:
            known = sources.load(folder)
            promises = _promises(folder)
        except ToolkitError as problem:
            problems.append(problem)
        library = Library(found, known, promises, agency or Agency())
        library._today = today if callable(today) else lambda: today
        library._words = load_words(language)
        library.problems = (*problems, *library.problems)
        return library

    def topics(self) -> list[Topic]:
        """Every topic in the order of the table of contents."""
        return list(self._topics.values())

    def get(self, topic_id: str) -> Topic:
        """One topic. Raises KeyError for an unknown id."""
        return self._topics[topic_id]

    def sources(self) -> list[Source]:
        return list(self._sources.values())

    def source(self, tag: str) -> Source | None:
        return self._sources.get(tag)

    def promise(self, role: str) -> Promise | None:
        """What this role can keep private; None when the file is missing."""
        return self._promises.get(role)

    def expired(self) -> list[Topic]:
        """Topics whose review date has passed."""
        return [t for t in self._topics.values() if t.expired(self._today())]

    def search(self, text: str) -> list[TopicHit]:
        """Topics that hold the words typed so far, best first."""
        return self._index.find(text)

    def markdown(self, topic_id: str, role: str = "patrol", minor: bool = False) -> str:
        """The topic as CommonMark with GitHub tables, for one role, with or without minor mode."""
        found = self._topics[topic_id]
        lines = [text for _, text in self._shown(found, role, minor)]
        used = _Used(self._sources, self._words.say("guidance.to_be_confirmed"))
        body = re.sub(r"\n{3,}", "\n\n", MARKER.sub(used.mark, "\n".join(lines)).strip())
        if not body.startswith("# "):
            body = f"# {agencies.literal(found.title)}\n\n{body}"
        parts = [*self._warnings(found, minor), body, *self._ending(found, used)]
        return "\n\n".join(parts) + "\n"

    def _shown(self, found: Topic, role: str, minor: bool) -> topic.Lines:
        def shows(kind: str, names: list[str]) -> list[str] | bool:
            if kind == "role":
                return role in names
            if kind == "promise":
                return self._promise_lines(role)
            if kind == "agency":
                return self._agency_lines(names[0])
            return minor == (kind == "minor")

        return topic.unfold(found.lines, found.file, shows)

    def _promise_lines(self, role: str) -> list[str]:
        promise = self._promises.get(role)
        if promise is None:
            return [self._words.say("guidance.no_promise")]
        title = self._words.say("guidance.promise", role=self._words.say(f"guidance.role.{role}"))
        return ["", f"> **{title}** {promise.keep}", "", f"> {promise.say}", ""]

    def _agency_lines(self, slot: str) -> list[str]:
        """The agency's text, or a plain hint that nobody has filled it in."""
        known = slot in agencies.SLOTS
        name = self._words.say(f"guidance.slot.{slot}.name") if known else agencies.literal(slot)
        text = self._agency.filled(slot)
        if not text:
            fill = f"[{self._words.say('guidance.slot_fill')}](agency:{slot})" if known else ""
            return ["", f"{self._words.say('guidance.slot_empty', name=name)} {fill}", ""]
        lines = [agencies.literal(line) for line in text.split("\n") if line.strip()]
        lines.append(self._checked(slot))
        return ["", f"> **{self._words.say('guidance.slot_title', name=name)}** {lines[0]}  ",
                *(f"> {line}  " for line in lines[1:]), ""]  # fmt: skip

    def _checked(self, slot: str) -> str:
        """When somebody last confirmed what the agency filled in; a warning when that is long ago."""
        day = self._agency.checked.get(slot)
        if day is None:
            return self._words.say("guidance.slot_undated")
        if self._agency.old(slot, self._today()):
            return f"**{self._words.say('guidance.slot_old', date=_day(day))}**"
        return self._words.say("guidance.slot_checked", date=_day(day))

    def _warnings(self, found: Topic, minor: bool) -> list[str]:
        warnings = []
        if found.expired(self._today()) and found.review_by:
            warnings.append("> **" + self._words.say("guidance.expired", date=_day(found.review_by)) + "**")
        if found.local:
            warnings.append(f"> **{self._words.say('guidance.local')}**")
        if minor:
            warnings.append(f"> **{self._words.say('guidance.minor_on')}**")
        return warnings

    def _ending(self, found: Topic, used: _Used) -> list[str]:
        """The numbered sources, what the star means, and until when this page may be trusted."""
        lines = [f"{number}. {self._source_line(source)}" for number, source in used.listed()]
        parts = [f"## {self._words.say('guidance.sources')}\n\n" + "\n".join(lines)] if lines else []
        if used.own:
            parts.append("\\* " + self._words.say("guidance.own"))
        if found.reviewed_on and found.review_by:
            dates = {"reviewed": _day(found.reviewed_on), "until": _day(found.review_by)}
            parts.append(self._words.say("guidance.reviewed", **dates))
        return parts

    def _source_line(self, source: Source) -> str:
        read = self._words.say("guidance.source_read", date=source.read) if source.read else ""
        address = f" `{source.url}`" if source.url else ""
        return agencies.literal(source.line) + (f" ({read})" if read else "") + address


def _topics(folder: Path, language: str, problems: list[ToolkitError]) -> Iterator[Topic]:
    files = overlay.glob(folder, "*/*.md") if folder.is_dir() else []
    for place in sorted({path.parent for path in files}):
        path = place / f"{language}.md"
        if path not in files:
            path = place / "en.md"
        try:
            yield topic.read(path, place.name, f"guidance/{place.name}/{path.name}")
        except ToolkitError as problem:
            problems.append(problem)


def _promises(folder: Path) -> dict[str, Promise]:
    text = topic.decode(folder / ROLES_FILE, ROLES_FILE)
    try:
        return {role: Promise(row["keep"], row["say"]) for role, row in tomllib.loads(text).items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as problem:
        raise topic.broken(ROLES_FILE, bad_line(problem, text.encode()), "front_broken") from problem


class _Used:
    """The sources one topic used, numbered in the order in which the reader meets them."""

    def __init__(self, known: dict[str, Source], to_be_confirmed: str) -> None:
        self._known = known
        self._numbers: dict[str, int] = {}
        self._to_be_confirmed = to_be_confirmed
        self.own = False

    def mark(self, match: re.Match[str]) -> str:
        """What stands in the text for one marker: a number, a star, or a plain warning."""
        tag = match[1]
        if tag == UNCONFIRMED:
            return f" *({self._to_be_confirmed})*"
        if tag == OWN:
            self.own = True
            return "\u00a0[\\*](source:OWN)"
        number = self._numbers.setdefault(tag, len(self._numbers) + 1)
        return f"\u00a0[\\[{number}\\]](source:{tag})"  # not alone on the next line

    def listed(self) -> Iterator[tuple[int, Source]]:
        for tag, number in self._numbers.items():
            yield number, self._known.get(tag) or Source(tag, tag)


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
