"""Why something on a stick was not taken, in words a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from resources.words import Words, load


@dataclass(frozen=True)
class Refusal:
    """One thing that was not taken: whose, which file, and why (`why` names a sentence of updates.why)."""

    why: str
    device: str = ""
    file: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    name: str = ""  # what people call the device

    def sentence(self, words: Words | None = None) -> str:
        about = {"file": self.file, "device": self.name or self.device} | dict(self.data)
        return (words or load("en")).say(f"updates.why.{self.why}", **about)


class Refused(Exception):
    """Raised where the fault is found; the caller adds whose file it was, and goes on with the rest."""

    def __init__(self, why: str, **data: object) -> None:
        super().__init__(why)
        self.why, self.data = why, data

    def about(self, device: str, file: str, name: str = "") -> Refusal:
        return Refusal(self.why, device, file, self.data, name)
