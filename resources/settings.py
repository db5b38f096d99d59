"""The settings of this laptop: read with types, kept in one small file that names nobody."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from resources.files import write_whole

FILE = "settings.toml"
THEMES = ("day", "dark", "night")
TEXT_SIZES = (100, 115, 130, 150)
URGENT_DAYS, CHECK_DAYS = (30, 60, 90, 180), (90, 180, 365)
ROLES = ("patrol", "detective", "police_advocate", "community_advocate", "ems")


@dataclass(frozen=True)
class Settings:
    """Choices that outlive the program. `place` is a ZIP code, "Town, ST" or "County, ST" that
    resources.directory.places knows; there is no free text here (threat model, "Where data lingers").
    `urgent_days`: how long a call to a shelter or a crisis line holds; `check_days`: to everyone else."""

    place: str = ""
    theme: str = "day"
    text_size: int = 100
    training: bool = False
    first_run_done: bool = False
    role: str = "patrol"
    urgent_days: int = 90
    check_days: int = 180

    def changed(self, **values: object) -> Settings:
        """The same with other values; a value that is not allowed is left as it was."""
        allowed: dict[str, Any] = {name: value for name, value in values.items() if _fits(name, value)}
        return Settings(**{**asdict(self), **allowed})


def _fits(name: str, value: object) -> bool:
    if name in ("training", "first_run_done"):
        return isinstance(value, bool)
    if name == "place":
        return isinstance(value, str) and len(value) <= 80
    allowed: dict[str, tuple[object, ...]] = {
        "theme": THEMES, "text_size": TEXT_SIZES, "role": ROLES, "urgent_days": URGENT_DAYS,
        "check_days": CHECK_DAYS,
    }  # fmt: skip
    return value in allowed.get(name, ()) and not isinstance(value, bool)


def read(data: Path) -> Settings:
    """The settings in the data folder; a missing or damaged file gives the defaults, value by value."""
    try:
        table = tomllib.loads((data / FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Settings()
    return Settings().changed(**table)


def write(data: Path, settings: Settings) -> None:
    """Keep them. Raises ToolkitError when the disk refuses."""
    lines = [f"{field.name} = {json.dumps(getattr(settings, field.name))}" for field in fields(settings)]
    write_whole(data / FILE, ("\n".join(lines) + "\n").encode())
