"""The agency's own voice: facts it fills in once, and its own topics, kept apart from our content."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from resources.editions import shelf
from resources.errors import ToolkitError
from resources.files import bad_line, write_whole
from resources.guidance import topic as topics
from resources.guidance.pieces import split
from resources.guidance.topic import Topic

FILE, DAMAGED, FOLDER = "agency.toml", "agency-damaged.toml", "topics"
SLOTS = (
    "confidentiality",
    "advocate",
    "supervisor",
    "interpreter",
    "juvenile",
    "child_welfare",
    "prosecutor",
    "tribal",
    "safe_harbor",
    "vacatur",
    "compensation",
    "state_law",
)
LONGEST, MOST_TOPICS = 4_000, 200
CHECKED = "checked"  # the table of days on which somebody confirmed a text
OLD_DAYS = topics.LAW_DAYS  # numbers and state law age as fast as our own law pages
_OURS = re.compile(r"\s*(?:topic|find|sheet|speak|source):[A-Za-z0-9_=&.,#-]*\)")


@dataclass(frozen=True)
class Agency:
    """What one agency added: a text per slot and the day it was confirmed, its own topics, and what could
    not be read."""

    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    checked: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    topics: tuple[Topic, ...] = ()
    problems: tuple[ToolkitError, ...] = ()

    @staticmethod
    def load(data: Path) -> Agency:
        """Read the data folder, and what the agency sent with an edition: of two texts for a slot the one
        that was confirmed last is shown. A file that is broken is named in `problems`; the rest works."""
        problems: list[ToolkitError] = []
        values, days = _slots(data, problems)
        pages = {path.name: path for path in sorted((data / FOLDER).glob("*.md"))[:MOST_TOPICS]}
        if (carried := shelf.folder(data, "agency")) is not None:
            theirs, their_days = _slots(carried, problems)
            for slot in theirs:
                if slot not in values or their_days.get(slot, date.min) >= days.get(slot, date.min):
                    values[slot], days[slot] = theirs[slot], their_days.get(slot, date.min)
            pages |= {path.name: path for path in (carried / FOLDER).glob("*.md")}
        found = []
        for _, path in sorted(pages.items()):
            try:
                found.append(_local_topic(path))
            except ToolkitError as problem:
                problems.append(problem)
        known = MappingProxyType({slot: day for slot, day in days.items() if day > date.min})
        return Agency(MappingProxyType(values), known, tuple(found), tuple(problems))

    def filled(self, slot: str) -> str:
        return self.values.get(slot, "")

    def old(self, slot: str, today: date) -> bool:
        """True when this text was confirmed so long ago, or in a future so odd, that it needs a call."""
        day = self.checked.get(slot)
        return day is not None and not 0 <= (today - day).days <= OLD_DAYS


def save(data: Path, values: Mapping[str, str], today: date, confirmed: Collection[str] = ()) -> None:
    """Keep the slots that are filled in. Texts that changed, and those in `confirmed`, were checked `today`;
    the others keep their day. Raises ToolkitError when the file cannot be written."""
    before = Agency.load(data)
    if any(problem.data.get("file") == FILE for problem in before.problems):
        with suppress(OSError):  # what a person wrote is kept beside, also when we cannot read it
            write_whole(data / DAMAGED, (data / FILE).read_bytes())
    kept = {slot: text for slot in SLOTS if (text := clean(values.get(slot, "")))}
    days = {
        slot: today if slot in confirmed or text != before.filled(slot) else before.checked.get(slot)
        for slot, text in kept.items()
    }
    write_whole(data / FILE, written(kept, days))


def written(values: Mapping[str, str], days: Mapping[str, date | None]) -> bytes:
    """Slots and the days on which they were confirmed, as a file."""
    lines = [
        f"{slot} = {json.dumps(text, ensure_ascii=False)}\n"  # a JSON string of clean text is a TOML string
        for slot, text in values.items()
    ]
    lines += [f"\n[{CHECKED}]\n", *(f'{slot} = "{day.isoformat()}"\n' for slot, day in days.items() if day)]
    return "".join(lines).encode()


def clean(text: str) -> str:
    """Text without control and direction characters, no longer than a slot may be."""
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return kept.strip()[:LONGEST].strip()


def _slots(folder: Path, problems: list[ToolkitError]) -> tuple[dict[str, str], dict[str, date]]:
    """The texts that one folder holds, and the day on which each was confirmed."""
    return _filled(_table(folder / FILE, problems))


def texts(raw: bytes) -> tuple[dict[str, str], dict[str, date]]:
    """The same from the bytes of a file; nothing from one that cannot be read."""
    try:
        return _filled(tomllib.loads(raw.decode("utf-8-sig")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}, {}


def _filled(table: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, date]]:
    values = {slot: clean(str(table[slot])) for slot in SLOTS if table.get(slot)}
    return values, _days(table.get(CHECKED), values)


def _table(path: Path, problems: list[ToolkitError]) -> dict[str, Any]:
    """The file as it is; empty when there is none or it cannot be read."""
    if not path.exists():
        return {}
    text = ""
    try:
        text = topics.decode(path, path.name)
        return tomllib.loads(text)
    except ToolkitError as problem:
        problems.append(problem)
    except tomllib.TOMLDecodeError as problem:
        line = bad_line(problem, text.encode())
        problems.append(topics.broken(path.name, line, "agency_broken"))
    return {}


def _days(table: object, values: Collection[str]) -> dict[str, date]:
    """The day each text was confirmed; a day that is not one counts as unknown."""
    found = {}
    for slot, value in table.items() if isinstance(table, dict) else ():
        with suppress(ValueError):
            if slot in values:
                found[slot] = date.fromisoformat(str(value))
    return found


def _local_topic(path: Path) -> Topic:
    """A page the agency wrote. Front matter may be left out: the first heading is then the title."""
    file = f"{FOLDER}/{path.name}"
    text = topics.decode(path, file)
    table, lines = topics.front_matter(text, file)
    lines = [(number, harmless(line)) for number, line in lines]
    pieces = tuple(split(topics.unfold(lines, file)))
    heading = next((piece.plain for piece in pieces if piece.kind == "heading"), "")
    title = clean(str(table.get("title") or heading or path.stem.replace("-", " ")))
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.casefold()).strip("-") or "topic"

    def wrong(key: str) -> ToolkitError:
        return topics.broken(file, topics.line_of(text, key), "field", field=key)

    return Topic(
        id=f"agency-{stem}",
        title=title,
        group="agency",
        summary=clean(str(table.get("summary", ""))),
        lines=tuple(lines),
        reviewed_on=topics.day(table, "reviewed_on", wrong),
        review_by=topics.day(table, "review_by", wrong),
        keywords=topics.names(table, "keywords", wrong),
        local=True,
        file=file,
        pieces=pieces,
    )


def harmless(line: str) -> str:
    """One line of foreign Markdown that can load nothing: no markup of another kind, no picture, no link
    but to our own pages. What is taken out of force is still there to read."""
    kept = "".join(c for c in line if c == "\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    kept = kept.replace("<", "\\<").replace("![", "!\\[").replace("]:", "]\\:").replace("][", "]\\[")
    kept = kept.replace("://", "\\://").replace("www.", "www\\.").replace("@", "\\@")
    parts = kept.split("](")
    joined = parts[0]
    for part in parts[1:]:
        joined += ("](" if _OURS.match(part) else "]\\(") + part
    return joined


def literal(text: str) -> str:
    """A slot's text with every sign that Markdown would read put out of force."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~&:@=$^])", r"\\\1", text)
