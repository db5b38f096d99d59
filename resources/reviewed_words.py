"""The agency's own readers: which languages of the sheets a speaker has read, kept beside the directory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from resources import overlay
from resources.errors import ToolkitError
from resources.files import write_whole
from resources.guidance.ispeak_files import read_table
from resources.words import WORDS

FILE = "paper-reviews.toml"
AREAS = ("paper", "paper_partner")


def mark(data: Path, language: str, by: str, on: str, folder: Path = WORDS) -> None:
    """Record that `by`, a speaker, read the sentences of this language on the ISO date `on`.

    Raises ToolkitError without a name, for a language that has no sheets, and when it cannot be written.
    """
    if not by.strip():
        raise ToolkitError("ispeak.reviewer_missing")
    if language == "en" or not overlay.over(folder / language / "paper.toml").is_file():
        raise ToolkitError("paper_desk.no_translation", language=language)
    row = {"by": _clean(by), "on": on, "text": _fingerprint(language, folder)}
    _write(data, {**_read(data), language: row})


def forget(data: Path, language: str) -> None:
    """Take the mark off again."""
    known = _read(data)
    if known.pop(language, None) is not None:
        _write(data, known)


def marks(data: Path, folder: Path = WORDS) -> dict[str, str]:
    """`reviewed.<language>` -> who and when, as sheet.make takes them. A mark falls off when the text
    changes, and what cannot be read vouches for nothing."""
    try:
        known = _read(data)
    except ToolkitError:
        return {}
    return {
        f"reviewed.{language}": f"{row.get('by', '')}, {row.get('on', '')}"
        for language, row in known.items()
        if isinstance(row, dict) and row.get("text") == _fingerprint(language, folder)
    }


def _fingerprint(language: str, folder: Path) -> str:
    found = hashlib.sha256()
    for area in AREAS:
        path = overlay.over(folder / language / f"{area}.toml")
        found.update(path.read_bytes() if path.is_file() else b"")
    return found.hexdigest()[:16]


def _read(data: Path) -> dict[str, Any]:
    path = data / FILE
    return read_table(path, "paper_desk.reviews_damaged") if path.exists() else {}


def _write(data: Path, known: Mapping[str, Mapping[str, str]]) -> None:
    lines = [
        f"[{language}]\n"
        + "".join(f"{key} = {json.dumps(said, ensure_ascii=False)}\n" for key, said in row.items())
        for language, row in known.items()
    ]
    write_whole(data / FILE, "\n".join(lines).encode())


def _clean(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable()).strip()
