"""The directories of this laptop: the real one and the invented one, each with the national lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from resources.directory.store import Directory
from resources.starter import hotlines, training_providers

REAL, TRAINING = "directory", "training"
STARTER_LABEL = "starter"


def open_directory(
    data: Path, *, training: bool = False, who: str = "", today: Callable[[], date] = date.today
) -> Directory:
    """Open the real or the training directory below `data`, and bring the bundled lines up to date.

    Raises ToolkitError when the file is damaged, newer than this program, or cannot be opened.
    """
    directory = Directory.open(data / (TRAINING if training else REAL), who=who, today=today)
    bundled = hotlines()
    if training and not directory.recall("training-filled"):
        bundled += training_providers(today())
    known = {provider.id: provider for provider in directory.many([line.id for line in bundled])}
    fresh = [line for line in bundled if _differs(line, known.get(line.id))]
    if fresh and not directory.read_only:
        directory.apply(fresh, label=STARTER_LABEL)
    if training and not directory.read_only:
        directory.remember("training-filled", "yes")
    return directory


def _differs(line: object, known: object) -> bool:
    """True when the bundled line says something new; calls and a retired line are the agency's own."""
    if known is None:
        return True
    return replace(line, checks=(), status="") != replace(known, checks=(), status="")  # type: ignore[type-var]
