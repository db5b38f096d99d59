"""Two states of one content file side by side: what a person reads before the new one is used."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from resources.errors import ToolkitError
from resources.guidance import ispeak
from resources.guidance.agency import SLOTS
from resources.guidance.pieces import plain
from resources.words import Status, load

MOST_SHOWN = 400  # signs of one text
_NUMBER = re.compile(
    r"(?<![\w.])(?:(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\+1\d{10}|911|988|711|211|\d{6})(?![\w])"
)
_SIGNS = re.compile(r"^\s*(?:#+ |> |[-*] (?:\[[ x]\] )?|\d+\. )")  # what makes a heading, a list, a tick box
_KINDS = (
    ("guidance/sources", "sources"), ("guidance/roles", "roles"), ("guidance/", "page"),
    ("words/", "words"), ("sheets/", "sheet"), ("ispeak/phrases/", "phrases"), ("ispeak/", "languages"),
    ("hotlines", "lines"), ("agency", "slots"), ("topics/", "own_page"), ("policy", "policy"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One thing that differs: `said` names it where it has a name."""

    said: str
    old: str
    new: str


@dataclass(frozen=True)
class Difference:
    """One file: what kind, what people call it, the status of a translation, and what differs line by line.
    `fresh` is True for a file that is not here yet."""

    file: str
    kind: str
    title: str
    status: str
    vouched: bool
    fresh: bool
    lines: tuple[Line, ...]


def difference(name: str, old: bytes, new: bytes) -> Difference | None:
    """What differs between two states of a file; None when nothing does."""
    if old == new:
        return None
    kind = next(kind for start, kind in _KINDS if name.startswith(start))
    compare = {"lines": _of_lines, "slots": _of_slots}.get(kind, _of_tables)
    lines = tuple((compare if name.endswith(".toml") else _of_pages)(old, new))
    if not lines and kind == "lines":
        return None  # nothing but numbers, and those are shown one by one
    said, vouched = status(name, new)
    return Difference(name, kind, title(name, new or old), said, vouched, not old, lines)


def title(name: str, data: bytes) -> str:
    """What people call this file."""
    say = load("en").say
    parts = name.removesuffix(".toml").split("/")
    if name.startswith("words/"):
        return say("content.title.words", language=_language(parts[1]), area=say(f"content.area.{parts[2]}"))
    if name.startswith("ispeak/phrases/"):
        return _language(parts[2])
    if name.startswith("sheets/"):
        key = str(table(data).get("title", ""))
        return load("en").say(key) if load("en").has(key) else parts[-1].replace("_", " ")
    if name.endswith(".md"):
        return _page_title(name, data)
    return say(f"content.title.{parts[-1]}")


def status(name: str, data: bytes) -> tuple[str, bool]:
    """How far words can be trusted, as a sentence, and whether a named person vouches for them; nothing for
    what has no status."""
    if not name.startswith(("words/", "ispeak/phrases/")):
        return "", False
    said, found = load("en").say, table(data).get("status", {})
    try:
        known = Status(**found)
    except TypeError:
        known = Status()
    if known.reviewed and known.vouched:
        return said("content.vouched.reviewed", by=known.by, on=known.on), True
    return said("content.vouched.machine" if known.state == "machine" else "content.vouched.draft"), False


def numbers(data: bytes) -> set[str]:
    """The telephone numbers in a text, digits only, as ours."""
    text = data.decode("utf-8-sig", "replace")
    said = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)
    found = {re.sub(r"\D", "", match[0]) for match in _NUMBER.finditer(said)}
    return {number[1:] if len(number) == 11 and number.startswith("1") else number for number in found}


def table(data: bytes) -> dict[str, Any]:
    """A TOML file; empty when it cannot be read."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}


def _of_tables(old: bytes, new: bytes) -> Iterator[Line]:
    before, after = dict(_flat(table(old))), dict(_flat(table(new)))
    for key in (*before, *(key for key in after if key not in before)):
        if before.get(key) != after.get(key) and not key.startswith("status."):
            yield Line(key, _short(before.get(key, "")), _short(after.get(key, "")))


def _of_lines(old: bytes, new: bytes) -> Iterator[Line]:
    """What is said of national lines; their numbers are shown one by one elsewhere."""
    before, after = ({row["key"]: row for row in table(data).get("line", [])} for data in (old, new))
    for key in (*before, *(key for key in after if key not in before)):
        was, will = before.get(key, {}), after.get(key, {})
        for field in (*was, *(field for field in will if field not in was)):
            if field not in ("key", "phones") and was.get(field) != will.get(field):
                said = f"{(will or was)['name']}: {field.replace('_', ' ')}"
                yield Line(said, *(_short(_text(row.get(field, ""))) for row in (was, will)))


def _of_slots(old: bytes, new: bytes) -> Iterator[Line]:
    """The agency's texts, each under its name; one that the new file does not hold stays as it is here."""
    before, after = table(old), table(new)
    for slot in SLOTS:
        was, will = str(before.get(slot, "")), str(after.get(slot, ""))
        if will and was != will:
            yield Line(load("en").say(f"guidance.slot.{slot}.name"), _short(was), _short(will))


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _flat(value: object, start: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a table by the way to it; rows of a list by their own key where they have one."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(inner, f"{start}.{name}" if start else str(name))
    elif isinstance(value, list) and any(isinstance(row, Mapping) for row in value):
        for place, row in enumerate(value, 1):
            named = row.get("key") or row.get("code") or place if isinstance(row, Mapping) else place
            yield from _flat(row, f"{start}.{named}" if start else str(named))
    else:
        yield start, _text(value)


def _of_pages(old: bytes, new: bytes) -> Iterator[Line]:
    before, after = (_lines(data) for data in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, first, last, other, end in matcher.get_opcodes():
        if what == "equal":
            continue
        gone, come = before[first:last], after[other:end]
        for place in range(max(len(gone), len(come))):
            pair = (some[place] if place < len(some) else "" for some in (gone, come))
            yield Line("", *map(_short, pair))


def _lines(data: bytes) -> list[str]:
    """The lines of a page as a reader sees them."""
    said = data.decode("utf-8-sig", "replace").splitlines()
    shown = (_SIGNS.sub("", plain(line)).strip() for line in said)
    return [text for text in shown if text not in ("", "+++", ":::")]


def _page_title(name: str, data: bytes) -> str:
    said = data.decode("utf-8-sig", "replace")
    found = re.search(r'^title\s*=\s*"(.*)"|^#\s+(.+)$', said, re.MULTILINE)
    called = (found[1] or found[2]) if found else name.split("/")[1]
    code = name.rpartition("/")[2].removesuffix(".md")
    if name.startswith("topics/") or code == "en":
        return called
    return load("en").say("content.title.words", language=_language(code), area=called)


def _language(code: str) -> str:
    try:
        known = {one.code: one.english_name for one in ispeak.languages()}
    except ToolkitError:
        known = {}
    spoken = {"zh": "zh-Hans"}.get(code, code)
    return known.get(spoken, known.get(code, code)).split("(")[0].strip()


def _short(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
