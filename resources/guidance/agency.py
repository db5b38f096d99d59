"""The agency's own voice: facts it fills in once, and its own topics, kept apart from our content."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from resources.errors import ToolkitError
from resources.files import write_whole
from resources.guidance import topic as topics
from resources.guidance.pieces import split
from resources.guidance.topic import Topic

FILE, FOLDER = "agency.toml", "topics"
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
)
LONGEST, MOST_TOPICS = 4_000, 200
_OURS = re.compile(r"\s*(?:topic|find|sheet|speak|source):[A-Za-z0-9_=&.,#-]*\)")


@dataclass(frozen=True)
class Agency:
    """What one agency added: a text per slot, its own topics, and what could not be read."""

    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    topics: tuple[Topic, ...] = ()
    problems: tuple[ToolkitError, ...] = ()

    @staticmethod
    def load(data: Path) -> Agency:
        """Read the data folder. A file that is broken is named in `problems`; the rest works."""
        problems: list[ToolkitError] = []
        values = _values(data / FILE, problems)
        found = []
        for path in sorted((data / FOLDER).glob("*.md"))[:MOST_TOPICS]:
            try:
                found.append(_local_topic(path))
            except ToolkitError as problem:
                problems.append(problem)
        return Agency(MappingProxyType(values), tuple(found), tuple(problems))

    def filled(self, slot: str) -> str:
        return self.values.get(slot, "")


def save(data: Path, values: Mapping[str, str]) -> None:
    """Keep the slots that are filled in. Raises ToolkitError when the file cannot be written."""
    kept = {slot: clean(values.get(slot, "")) for slot in SLOTS}
    lines = [
        f"{slot} = {json.dumps(text, ensure_ascii=False)}\n"  # a JSON string of clean text is a TOML string
        for slot, text in kept.items()
        if text
    ]
    write_whole(data / FILE, "".join(lines).encode())


def clean(text: str) -> str:
    """Text without control and direction characters, no longer than a slot may be."""
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return kept.strip()[:LONGEST].strip()


def _values(path: Path, problems: list[ToolkitError]) -> dict[str, str]:
    if not path.exists():
        return {}
    text = ""
    try:
        text = topics.decode(path, path.name)
        table = tomllib.loads(text)
    except ToolkitError as problem:
        problems.append(problem)
        return {}
    except tomllib.TOMLDecodeError as problem:
        line = topics.toml_line(problem, text.rstrip().count("\n") + 1)
        problems.append(topics.broken(path.name, line, "agency_broken"))
        return {}
    return {slot: clean(str(table[slot])) for slot in SLOTS if table.get(slot)}


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
