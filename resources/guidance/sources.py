"""The sources that guidance names: who published what, when, and where it can be read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

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
        raise topics.broken(FILE, topics.toml_line(problem, 1), "front_broken") from problem
