"""The sources that guidance names: who published what, when, and where it can be read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from resources.files import bad_line
from resources.guidance import topic as topics

FILE = "sources.toml"


@dataclass(frozen=True)
class Source:
    """One source. `published` may be empty; `read` is the day the page was read for this text."""

    tag: str
    title: str
    publisher: str = ""
    published: str = ""
    read: str = ""
    url: str = ""

    @property
    def line(self) -> str:
        """One line for the end of a topic: publisher, title, and the date when it is known."""
        return ", ".join(part for part in (self.publisher, self.title, self.published) if part)


def load(folder: Path) -> dict[str, Source]:
    """Every source by its tag. Raises ToolkitError with the line for a file that cannot be read."""
    text = topics.decode(folder / FILE, FILE)
    try:
        table = tomllib.loads(text)
        return {tag: Source(tag, **{k: str(v) for k, v in row.items()}) for tag, row in table.items()}
    except (tomllib.TOMLDecodeError, AttributeError, TypeError) as problem:
        raise topics.broken(FILE, bad_line(problem, text.encode()), "front_broken") from problem


def line_of(folder: Path, tag: str) -> int:
    """Where a source starts in its file, for a message that a person can follow."""
    text = topics.decode(folder / FILE, FILE)
    found = re.search(rf"^\[\"?{re.escape(tag)}\"?\]", text, re.MULTILINE)
    return text[: found.start()].count("\n") + 1 if found else 1
