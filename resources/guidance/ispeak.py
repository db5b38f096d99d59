"""I Speak: languages to point at, and phrases to show, each with the status of its translation."""

from __future__ import annotations

import hashlib
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from resources.errors import ToolkitError
from resources.files import write_whole
from resources.paths import CONTENT
from resources.words import Status

FOLDER = CONTENT / "ispeak"
REVIEWS = "ispeak-reviews.toml"


@dataclass(frozen=True)
class SpeakLanguage:
    """One language. `code` is ISO 639 (with a script where needed); `relay` means: an interpreter into
    Spanish, then one into English; `written` False means that showing text does not help."""

    code: str
    own_name: str
    english_name: str
    regions: tuple[str, ...]
    rtl: bool = False
    written: bool = True
    relay: bool = False
    note: str = ""
    keywords: str = ""


@dataclass(frozen=True)
class Phrase:
    """One phrase: `text` for the person, `english` and `hint` for the officer, `back` the recorded
    back-translation of `text`, made apart from the English."""

    key: str
    group: str
    text: str
    english: str
    back: str = ""
    hint: str = ""


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ToolkitError("ispeak.damaged", file=path.name, reason=str(problem)) from problem


@lru_cache(maxsize=8)
def languages(folder: Path = FOLDER) -> tuple[SpeakLanguage, ...]:
    """All languages, in the order of the file. Raises ToolkitError when the file cannot be read."""
    rows = _read(folder / "languages.toml")["language"]
    return tuple(SpeakLanguage(**{**row, "regions": tuple(row["regions"])}) for row in rows)


def fold(text: str) -> str:
    """Lower case without accents, apostrophes and glottal marks: what a hurried officer types."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum() or c.isspace())


def find(text: str, folder: Path = FOLDER) -> list[SpeakLanguage]:
    """Languages whose own or English name, country or other keyword holds every word of `text`."""
    words = fold(text).split()
    found = []
    for language in languages(folder):
        hay = fold(" ".join((language.own_name, language.english_name, language.keywords, *language.regions)))
        if all(word in hay for word in words):
            found.append(language)
    return sorted(found, key=lambda one: not fold(one.english_name).startswith(fold(text)))


@lru_cache(maxsize=64)
def _pack(code: str, folder: Path) -> dict[str, Any]:
    return _read(folder / "phrases" / f"{code}.toml")


def packs(folder: Path = FOLDER) -> list[str]:
    """Codes of the languages that have a phrase pack."""
    return sorted(path.stem for path in (folder / "phrases").glob("*.toml"))


def phrases(code: str, folder: Path = FOLDER) -> list[Phrase]:
    """The phrases of one language in the master's order; empty when it has no pack."""
    if code not in packs(folder):
        return []
    master = _pack("en", folder)["phrase"]
    if code == "en":
        return [Phrase(p["key"], p["group"], p["text"], p["text"], hint=p.get("hint", "")) for p in master]
    texts = _pack(code, folder)["phrase"]
    return [
        Phrase(p["key"], p["group"], said["text"], p["text"], said.get("back", ""), p.get("hint", ""))
        for p in master
        if (said := texts.get(p["key"]))
    ]


def yes_no(code: str, folder: Path = FOLDER) -> tuple[str, str]:
    """The words for yes and no; English where the language has no pack."""
    pack = _pack(code if code in packs(folder) else "en", folder)
    return pack["yes"], pack["no"]


def answers(code: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """Yes, no, stop, I do not know: the four answers a person can point at."""
    pack = _pack(code if code in packs(folder) else "en", folder)
    return tuple(pack[key] for key in ("yes", "no", "stop", "unsure"))


def _fingerprint(code: str, folder: Path) -> str:
    return hashlib.sha256((folder / "phrases" / f"{code}.toml").read_bytes()).hexdigest()[:16]


def status(code: str, data: Path | None = None, folder: Path = FOLDER) -> Status:
    """How far this pack can be trusted. The agency's own review counts while the text is unchanged."""
    if code not in packs(folder):
        return Status("none")
    path = data / REVIEWS if data else None
    review = _read(path).get(code, {}) if path and path.exists() else {}
    if review.get("text") == _fingerprint(code, folder):
        return Status("reviewed", review["by"], review["on"])
    return Status(**_pack(code, folder).get("status", {}))


def mark_reviewed(data: Path, code: str, by: str, on: str, folder: Path = FOLDER) -> None:
    """Record that `by`, a speaker, read this pack on the ISO date `on`; ToolkitError without a name."""
    if not by.strip():
        raise ToolkitError("ispeak.reviewer_missing")
    path = data / REVIEWS
    known = _read(path) if path.exists() else {}
    known[code] = {"by": by.strip(), "on": on, "text": _fingerprint(code, folder)}
    lines = [
        f"[{name}]\n" + "".join(f"{k} = {_quoted(v)}\n" for k, v in row.items())
        for name, row in known.items()
    ]
    write_whole(path, "\n".join(lines).encode())


def _quoted(text: str) -> str:
    kept = "".join(c for c in text if c.isprintable())
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'


def problems(folder: Path = FOLDER) -> list[str]:
    """What is missing in the packs, one plain sentence each."""
    found = []
    wanted = [p["key"] for p in _pack("en", folder)["phrase"]]
    for code in packs(folder):
        if code == "en":
            continue
        texts = _pack(code, folder)["phrase"]
        for key in wanted:
            if not texts.get(key, {}).get("text"):
                found.append(f"ispeak/phrases/{code}.toml lacks the phrase {key}.")
            elif not texts[key].get("back"):
                found.append(f"ispeak/phrases/{code}.toml has no back-translation for {key}.")
        found += [
            f"ispeak/phrases/{code}.toml has an unknown phrase {key}." for key in texts if key not in wanted
        ]
    return found
