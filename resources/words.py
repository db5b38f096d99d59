"""Every sentence Porchlight says, by key and language, with the status of its translation."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from resources.errors import ToolkitError
from resources.files import bad_line

WORDS = Path(__file__).parent / "content" / "words"


@dataclass(frozen=True)
class Status:
    """How far a translation can be trusted: draft, machine, or reviewed by a named person on a date."""

    state: str = "draft"
    by: str = ""
    on: str = ""

    @property
    def reviewed(self) -> bool:
        return self.state == "reviewed"


class Words:
    """Sentences of one language; a sentence it lacks is said in English."""

    def __init__(
        self,
        language: str,
        sentences: Mapping[str, object],
        statuses: Mapping[str, Status],
        damaged: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self.language = language
        self.damaged = damaged  # area -> the line at which its file cannot be read
        self._sentences = sentences
        self._statuses = statuses

    def has(self, key: str) -> bool:
        """True when this language itself has the sentence (no falling back to English)."""
        return key in self._sentences

    def keys(self) -> frozenset[str]:
        return frozenset(self._sentences)

    def sentence(self, key: str) -> object:
        """The sentence as it stands in the file (a table when it has plural forms), for checks."""
        return self._sentences.get(key)

    def status(self, area: str) -> Status:
        """Translation status of one area (the part of a key before its first dot)."""
        return self._statuses.get(area, Status())

    def say(self, key: str, **data: object) -> str:
        """The sentence, filled in. A table with `one` and `other` chooses by the number `n`.

        Raises KeyError for a key that English lacks too: that is a bug, and a test finds it. While an
        area's own file is damaged its keys stand in for its sentences, so that the rest stays of use.
        """
        sentence = self._sentences.get(key)
        if sentence is None:
            if self.language == "en" and key.partition(".")[0] in self.damaged:
                return key
            if self.language == "en":
                raise KeyError(key)
            return load("en").say(key, **data)
        if isinstance(sentence, dict):
            sentence = sentence["one" if data.get("n") == 1 and "one" in sentence else "other"]
        return str(sentence).format(**data) if data else str(sentence)

    def explain(self, error: ToolkitError) -> str:
        """The sentence for a ToolkitError."""
        return self.say(error.key, **error.data)


def _flatten(area: str, table: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in table.items():
        key = f"{area}.{name}"
        if isinstance(value, dict) and "other" not in value:
            found.update(_flatten(key, value))
        else:
            found[key] = value
    return found


@lru_cache(maxsize=64)
def load(language: str, folder: Path = WORDS) -> Words:
    """Read content/words/<language>/<area>.toml; a file that cannot be read is named in `damaged`."""
    sentences: dict[str, object] = {}
    statuses: dict[str, Status] = {}
    damaged: dict[str, int] = {}
    for path in sorted((folder / language).glob("*.toml")):
        data = b""
        try:
            data = path.read_bytes()
            table = tomllib.loads(data.decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
            damaged[path.stem] = bad_line(problem, data)
            continue
        statuses[path.stem] = Status(**table.pop("status", {}))
        sentences.update(_flatten(path.stem, table))
    return Words(language, sentences, statuses, damaged)
