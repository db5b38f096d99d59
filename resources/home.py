"""The directories of this laptop: the real one and the invented one, each with the national lines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from resources import policy
from resources.directory.store import Directory
from resources.paths import CONTENT
from resources.starter import hotlines, training_providers
from resources.words import load

REAL, TRAINING = "directory", "training"


def open_directory(
    data: Path, *, training: bool = False, who: str = "", today: Callable[[], date] = date.today
) -> Directory:
    """Open the real or the training directory below `data`, and bring the bundled lines up to date.

    Raises ToolkitError when the file is damaged, newer than this program, or cannot be opened.
    """
    directory = open_folder(data / (TRAINING if training else REAL), who=who, today=today)
    if not directory.read_only:
        closed, directory.edits_closed = directory.edits_closed, False
        _add_bundled(directory, training, today())
        directory.edits_closed = closed
    return directory


def open_folder(folder: Path, *, who: str = "", today: Callable[[], date] = date.today) -> Directory:
    """Open the directory in this folder: no stick changes the national lines (R20), and the agency's policy
    may leave editing to others. Raises ToolkitError."""
    national = frozenset(line.id for line in hotlines())
    directory = Directory.open(folder, who=who, today=today, own_only=national)
    directory.edits_closed = policy.current().reader and folder.name != TRAINING
    return directory


def _add_bundled(directory: Directory, training: bool, today: date) -> None:
    """Write bundled lines once per version of their file, so that what the agency changed stays changed."""
    version = hashlib.sha256((CONTENT / "hotlines.toml").read_bytes()).hexdigest()
    if directory.recall("bundled-lines") == version:
        return
    bundled = hotlines()
    if training and not directory.recall("training-filled"):
        bundled += training_providers(today)
        directory.remember("training-filled", "yes")
    label = load("en").say("directory.label.starter")
    retired = {provider.id for provider in directory.many([line.id for line in bundled]) if provider.retired}
    directory.apply([line for line in bundled if line.id not in retired], label=label, undoable=False)
    directory.remember("bundled-lines", version)
