"""The directories of this laptop: the real one and the invented one, each with the national lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from resources import overlay, policy
from resources.directory.store import Directory
from resources.starter import LINES, hotlines, training_providers
from resources.words import load

REAL, TRAINING = "directory", "training"
_LINES, _GONE = "national-lines", "national-lines-gone"  # ids that ever were, and those an edition left out


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


def refresh_lines(directory: Directory, data: Path) -> None:
    """Bring the national lines of an open directory to the content in force, which has just changed."""
    closed, directory.edits_closed = directory.edits_closed, False
    try:
        _add_bundled(directory, directory.folder == data / TRAINING, directory.today())
    finally:
        directory.edits_closed = closed


def open_folder(folder: Path, *, who: str = "", today: Callable[[], date] = date.today) -> Directory:
    """Open the directory in this folder: no stick changes the national lines (R20), and the agency's policy
    may leave editing to others. Raises ToolkitError."""
    national = frozenset(line.id for line in hotlines())
    directory = Directory.open(folder, who=who, today=today, own_only=national)
    if known := directory.recall(_LINES):
        directory.keep_own(national | set(json.loads(known)))
    directory.edits_closed = policy.current().reader and folder.name != TRAINING
    return directory


def _add_bundled(directory: Directory, training: bool, today: date) -> None:
    """Write bundled lines once per version of their file, so that what the agency changed stays changed."""
    version = _version()
    if directory.recall("bundled-lines") == version:
        return
    lines = bundled = hotlines()
    if training and not directory.recall("training-filled"):
        bundled += training_providers(today)
        directory.remember("training-filled", "yes")
    label = load("en").say("directory.label.starter")
    ever, gone = (set(json.loads(directory.recall(key) or "[]")) for key in (_LINES, _GONE))
    now = {line.id for line in lines}
    directory.keep_own(ever | now)
    held = {provider.id: provider for provider in directory.many([*(ever | now)])}
    kept_out = {identity for identity, provider in held.items() if provider.retired} - gone
    vanished = [identity for identity in ever - now if identity in held and not held[identity].retired]
    wanted = [line for line in bundled if line.id not in kept_out]
    directory.apply(wanted, retire=vanished, label=label, undoable=False)
    directory.remember(_LINES, json.dumps(sorted(ever | now)))
    directory.remember(_GONE, json.dumps(sorted((gone - now) | set(vanished))))
    directory.remember("bundled-lines", version)


def _version() -> str:
    """Names the lines in force; without an edition over them it is the hash of the program's file."""
    found = hashlib.sha256(overlay.over(LINES).read_bytes())
    if kept := overlay.current().lines:
        found.update(json.dumps(dict(kept), sort_keys=True).encode())
    return found.hexdigest()
