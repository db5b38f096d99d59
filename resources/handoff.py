"""The Handoff: choices for one printing. It lives in memory and dies with the sheet (R1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from resources.directory.provider import Provider

SURVIVOR, PARTNER, OFFICER = "survivor", "partner", "officer"


@dataclass(frozen=True)
class Handoff:
    """What one sheet will say. `answers` fills a recipe's own questions (key -> text), never stored."""

    recipe: str = "wallet_card"
    language: str = "en"
    paper: str = "letter"
    providers: tuple[Provider, ...] = ()
    plain_cover: bool = True
    note: str = ""
    minor: bool = False
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
