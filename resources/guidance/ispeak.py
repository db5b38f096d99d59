"""I Speak: languages to point at, and phrases to show, each with the status of its translation."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resources import overlay
from resources.errors import ToolkitError
from resources.files import write_whole
from resources.guidance.ispeak_files import ANSWERS, read_languages, read_pack, read_table
from resources.paths import CONTENT
from resources.words import Status, load

FOLDER = CONTENT / "ispeak"
REVIEWS = "ispeak-reviews.toml"
ENGLISH_ANSWERS = ("Yes", "No", "Stop", "I don't know")


@dataclass(frozen=True)
class SpeakLanguage:
    """One language. `code` is ISO 639 (with a script where needed); `relay` means: an interpreter into
    Spanish, then one into English; `written` False means that showing text does not help; `signed` that
    nobody can hear it, so that a telephone does not help."""

    code: str
    own_name: str
    english_name: str
    regions: tuple[str, ...]
    rtl: bool = False
    written: bool = True
    relay: bool = False
    signed: bool = False
    note: str = ""
    keywords: str = ""


@dataclass(frozen=True)
class Phrase:
    """One phrase: `text` for the person, `english` and `hint` for the officer, `back` the recorded
    back-translation: what `text` says word for word."""

    key: str
    group: str
    text: str
    english: str
    back: str = ""
    hint: str = ""


@dataclass(frozen=True)
class BackCheck:
    """The record of reading a pack back into English: by whom, when, and what that showed."""

    by: str
    on: str
    found: str


@overlay.cached(maxsize=8)
def languages(folder: Path = FOLDER) -> tuple[SpeakLanguage, ...]:
    """All languages that can be read, in the order of the file; English when none can."""
    rows, _ = read_languages(folder / "languages.toml")
    english = SpeakLanguage("en", "English", "English", ("Americas",))
    return tuple(SpeakLanguage(**row) for row in rows) or (english,)


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


def _pack(code: str, folder: Path) -> dict[str, Any]:
    return read_pack(folder / "phrases" / f"{code}.toml")[0]


def packs(folder: Path = FOLDER) -> list[str]:
    """Codes of the languages that have a phrase pack, readable or not."""
    return [path.stem for path in overlay.glob(folder / "phrases", "*.toml")]


def problem(code: str, folder: Path = FOLDER) -> ToolkitError | None:
    """Why the phrases of this language cannot be shown; None when they can, or when there are none."""
    return read_pack(folder / "phrases" / f"{code}.toml")[1] if code in packs(folder) else None


def phrases(code: str, folder: Path = FOLDER) -> list[Phrase]:
    """The phrases of one language in the master's order; empty when it has no pack that can be read."""
    texts = _pack(code, folder).get("phrase") if code in packs(folder) else None
    if not texts:
        return []
    master = _pack("en", folder).get("phrase", [])
    if isinstance(texts, list):
        return [Phrase(p["key"], p["group"], p["text"], p["text"], hint=p.get("hint", "")) for p in texts]
    if not master:  # the English file is broken: the back-translations tell the officer what is said
        return [
            Phrase(key, "rest", said["text"], said.get("back", key), said.get("back", ""))
            for key, said in texts.items()
        ]
    return [
        Phrase(p["key"], p["group"], said["text"], p["text"], said.get("back", ""), p.get("hint", ""))
        for p in master
        if (said := texts.get(p["key"]))
    ]


def back_check(code: str, folder: Path = FOLDER) -> BackCheck | None:
    """Who read this pack back into English; None where nobody has noted it."""
    record = _pack(code, folder).get("back_check") if code in packs(folder) else None
    return BackCheck(**record) if record else None


def yes_no(code: str, folder: Path = FOLDER) -> tuple[str, str]:
    """The words for yes and no; English where the language has no pack."""
    yes, no, *_ = answers(code, folder)
    return yes, no


def answers(code: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """Yes, no, stop, I do not know: the four answers a person can point at."""
    pack = (_pack(code, folder) if code in packs(folder) else {}) or _pack("en", folder)
    return tuple(pack.get(key, english) for key, english in zip(ANSWERS, ENGLISH_ANSWERS, strict=True))


def _fingerprint(code: str, folder: Path) -> str:
    path = overlay.over(folder / "phrases" / f"{code}.toml")
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def status(code: str, data: Path | None = None, folder: Path = FOLDER) -> Status:
    """How far this pack can be trusted. The agency's own review counts while the text is unchanged."""
    if code not in packs(folder):
        return Status("none")
    try:
        review = _reviews(data).get(code) if data else None
    except ToolkitError:
        review = None  # what cannot be read cannot vouch for a text
    if isinstance(review, dict) and review.get("text") == _fingerprint(code, folder):
        return Status("reviewed", str(review.get("by", "")), str(review.get("on", "")))
    return Status(**_pack(code, folder).get("status", {}))


def mark_reviewed(data: Path, code: str, by: str, on: str, folder: Path = FOLDER) -> None:
    """Record that `by`, a speaker, read this pack on the ISO date `on`; ToolkitError without a name."""
    if not by.strip():
        raise ToolkitError("ispeak.reviewer_missing")
    known = _reviews(data)
    known[code] = {"by": by.strip(), "on": on, "text": _fingerprint(code, folder)}
    _keep_reviews(data, known)


def forget_review(data: Path, code: str) -> None:
    """Take the agency's own mark off this pack; the pack's status of ours holds again."""
    known = _reviews(data)
    if known.pop(code, None):
        _keep_reviews(data, known)


def reviewed_here(data: Path, code: str) -> bool:
    """Whether the agency marked this pack, for any version of its text."""
    try:
        return code in _reviews(data)
    except ToolkitError:
        return False


def _reviews(data: Path) -> dict[str, Any]:
    path = data / REVIEWS
    return read_table(path, "ispeak.reviews_damaged") if path.exists() else {}


def _keep_reviews(data: Path, known: dict[str, Any]) -> None:
    lines = [
        f"[{name}]\n" + "".join(f"{k} = {_quoted(v)}\n" for k, v in row.items())
        for name, row in known.items()
    ]
    write_whole(data / REVIEWS, "\n".join(lines).encode())


def _quoted(text: str) -> str:
    kept = "".join(c for c in text if c.isprintable())
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'


def problems(folder: Path = FOLDER) -> list[str]:
    """What is broken or missing in languages and packs, one plain sentence each."""
    explain, say = load("en").explain, load("en").say
    found = [explain(one) for one in read_languages(folder / "languages.toml")[1]]
    found += [explain(one) for code in packs(folder) if (one := problem(code, folder))]
    known = {one.code for one in languages(folder)}
    wanted = [p["key"] for p in _pack("en", folder).get("phrase", [])]
    for code in packs(folder):
        file = f"ispeak/phrases/{code}.toml"
        if code not in known:
            found.append(say("ispeak.no_language", file=file, language=code))
        if code == "en" or problem(code, folder) or not wanted:
            continue
        texts = _pack(code, folder)["phrase"]
        said = status(code, folder=folder)
        if said.reviewed and not said.vouched:
            found.append(say("ispeak.no_reviewer", file=file))
        if back_check(code, folder) is None:
            found.append(say("ispeak.no_back_check", file=file))
        found += [say("ispeak.no_phrase", file=file, phrase=key) for key in wanted if key not in texts]
        found += [
            say("ispeak.no_back", file=file, phrase=key)
            for key, said in texts.items()
            if key in wanted and not said.get("back")
        ]
        found += [say("ispeak.unknown_phrase", file=file, phrase=key) for key in texts if key not in wanted]
    return found
