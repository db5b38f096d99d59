"""Every sentence Porchlight says, by key and language, with the status of its translation."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from resources import overlay
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

    @property
    def vouched(self) -> bool:
        """A person's name and a day stand behind it."""
        try:
            return bool(self.by.strip() and date.fromisoformat(self.on))
        except (ValueError, TypeError, AttributeError):
            return False


class Words:
    """Sentences of one language; a sentence it lacks is said in English.

    Each area is read when it is first asked for: a start needs five of thirty, and reading is slow.
    """

    def __init__(self, language: str, folder: Path) -> None:
        self.language = language
        self._folder, self._stamp = folder, overlay.stamp()
        self._files = {path.stem: path for path in overlay.glob(folder / language, "*.toml")}
        self._read: dict[str, Mapping[str, object]] = {}
        self._statuses: dict[str, Status] = {}
        self._damaged: dict[str, int] = {}

    @property
    def damaged(self) -> Mapping[str, int]:
        """Area -> the line at which its file cannot be read."""
        self.keys()
        return self._fresh()._damaged

    def has(self, key: str) -> bool:
        """True when this language itself has the sentence (no falling back to English)."""
        return self.sentence(key) is not None

    def keys(self) -> frozenset[str]:
        return frozenset(key for area in self._fresh()._files for key in self._area(area))

    def sentence(self, key: str) -> object:
        """The sentence as it stands in the file (a table when it has plural forms), for checks."""
        return self._area(key.partition(".")[0]).get(key)

    def status(self, area: str) -> Status:
        """Translation status of one area (the part of a key before its first dot)."""
        self._area(area)
        return self._fresh()._statuses.get(area, Status())

    def _fresh(self) -> Words:
        """These words as they are in force now: another edition may have come since they were read."""
        return self if self._stamp == overlay.stamp() else load(self.language, self._folder)

    def _area(self, area: str) -> Mapping[str, object]:
        """The sentences of one file; none when there is no such file or it cannot be read."""
        if self._stamp != overlay.stamp():
            return self._fresh()._area(area)
        if area not in self._read:
            here = area in self._files
            self._read[area] = {**self._below(area), **self._read_area(area)} if here else {}
        return self._read[area]

    def _read_area(self, area: str) -> Mapping[str, object]:
        data = b""
        try:
            data = overlay.over(self._files[area]).read_bytes()
            table = tomllib.loads(data.decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
            self._damaged[area] = bad_line(problem, data)
            return {}
        self._statuses[area] = Status(**table.pop("status", {}))
        return _flatten(area, table)

    def _below(self, area: str) -> Mapping[str, object]:
        """The program's own sentences of an area that an edition covers, for what it lacks."""
        path = self._files[area]
        if overlay.over(path) == path or not path.is_file():
            return {}
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
        table.pop("status", None)
        return _flatten(area, table)

    def say(self, key: str, **data: object) -> str:
        """The sentence, filled in. A table with `one` and `other` chooses by the number `n`.

        Raises KeyError for a key that English lacks too: that is a bug, and a test finds it. While an
        area's own file is damaged its keys stand in for its sentences, so that the rest stays of use.
        """
        sentence = self.sentence(key)
        if sentence is None:
            if self.language == "en" and key.partition(".")[0] in self._damaged:
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


@overlay.cached(maxsize=64)
def load(language: str, folder: Path = WORDS) -> Words:
    """The words of content/words/<language>/<area>.toml; a file that cannot be read is named in `damaged`."""
    return Words(language, folder)
