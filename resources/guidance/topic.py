"""One guidance topic: front matter, Markdown body, and the parts that show only to some readers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from resources import overlay
from resources.errors import ToolkitError
from resources.files import bad_line
from resources.guidance.pieces import Piece, split

ROLES = ("patrol", "detective", "police_advocate", "community_advocate", "ems")
GROUPS = ("now", "techniques", "understand", "help", "law", "after", "program", "agency")
OWN, UNCONFIRMED = "OWN", "M"
LAW_DAYS, PRACTICE_DAYS = 183, 366
MAX_BYTES = 200_000

Lines = list[tuple[int, str]]


@dataclass(frozen=True)
class Topic:
    """One page of guidance, with the dates between which it may be trusted.

    `law` marks facts that age fast (law, benefits, phone numbers); `minor` is "any" or "only";
    `lines` is the numbered body, fences included; `local` means the agency wrote it.
    """

    id: str
    title: str
    group: str
    summary: str
    lines: tuple[tuple[int, str], ...]
    order: int = 500
    reviewed_on: date | None = None
    review_by: date | None = None
    law: bool = False
    roles: tuple[str, ...] = ()
    minor: str = "any"
    keywords: tuple[str, ...] = ()
    local: bool = False
    file: str = ""
    pieces: tuple[Piece, ...] = ()
    sources: tuple[str, ...] = ()

    def expired(self, today: date) -> bool:
        """True when nobody has confirmed this page since its review date passed."""
        return self.review_by is not None and today > self.review_by

    @property
    def minor_only(self) -> bool:
        return self.minor == "only"

    @property
    def place(self) -> tuple[int, int, str]:
        """Where it stands in the table of contents."""
        return GROUPS.index(self.group), self.order, self.title


def broken(file: str, line: int, reason: str, **data: object) -> ToolkitError:
    """The error that names a file and its line; `reason` is a key under guidance.reason."""
    return ToolkitError(f"guidance.broken.{reason}", file=file, line=line, **data)


def decode(path: Path, file: str) -> str:
    """The text of a file. Raises ToolkitError when it is too long, not UTF-8, or cannot be read."""
    try:
        data = overlay.over(path).read_bytes()
    except OSError as problem:
        raise broken(file, 1, "unreadable") from problem
    if len(data) > MAX_BYTES:
        raise broken(file, 1, "too_long")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        raise broken(file, bad_line(problem, data), "not_utf8") from problem


def front_matter(text: str, file: str) -> tuple[dict[str, Any], Lines]:
    """The table between the `+++` lines (empty when there is none) and the numbered lines after it."""
    lines = list(enumerate(text.split("\n"), start=1))
    if lines[0][1].strip() != "+++":
        return {}, lines
    end = next((i for i, (_, line) in enumerate(lines[1:], start=1) if line.strip() == "+++"), None)
    if end is None:
        raise broken(file, 1, "front_open")
    front = "\n".join(line for _, line in lines[1:end])
    try:
        table = tomllib.loads(front)
    except tomllib.TOMLDecodeError as problem:
        raise broken(file, bad_line(problem, front.encode()) + 1, "front_broken") from problem
    return table, lines[end + 1 :]


def line_of(text: str, key: str) -> int:
    """The line of the front matter that sets `key`, for a message that a person can follow."""
    found = re.search(rf"^{re.escape(key)}\s*=", text, re.MULTILINE)
    return text[: found.start()].count("\n") + 1 if found else 1


def read(path: Path, topic_id: str, file: str) -> Topic:
    """One topic of the program. Raises ToolkitError `guidance.broken...` with file and line."""
    text = decode(path, file)
    table, lines = front_matter(text, file)

    def wrong(key: str) -> ToolkitError:
        return broken(file, line_of(text, key), "field", field=key)

    for key in ("title", "group", "summary"):
        if not isinstance(table.get(key), str) or not table[key].strip():
            raise wrong(key)
    if table["group"] not in GROUPS:
        raise wrong("group")
    pieces = tuple(split(unfold(lines, file)))
    return Topic(
        id=topic_id,
        title=table["title"],
        group=table["group"],
        summary=table["summary"],
        lines=tuple(lines),
        order=_whole(table, wrong),
        reviewed_on=day(table, "reviewed_on", wrong),
        review_by=day(table, "review_by", wrong),
        law=table.get("law") is True,
        roles=names(table, "roles", wrong),
        minor="only" if table.get("minor") == "only" else "any",
        keywords=names(table, "keywords", wrong),
        file=file,
        pieces=pieces,
        sources=_sources(pieces),
    )


def _sources(pieces: tuple[Piece, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for piece in pieces for tag in piece.markers))


def _whole(table: Mapping[str, Any], wrong: Callable[[str], ToolkitError]) -> int:
    if not isinstance(table.get("order", 500), int):
        raise wrong("order")
    return int(table.get("order", 500))


def day(table: Mapping[str, Any], key: str, wrong: Callable[[str], ToolkitError]) -> date | None:
    """A date of the front matter; `wrong` makes the error for one that is not a date."""
    value = table.get(key)
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as problem:
        raise wrong(key) from problem


def names(table: Mapping[str, Any], key: str, wrong: Callable[[str], ToolkitError]) -> tuple[str, ...]:
    """A list of texts of the front matter."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise wrong(key)
    return tuple(value)


def unfold(
    lines: Lines | tuple[tuple[int, str], ...],
    file: str,
    shows: Callable[[str, list[str]], list[str] | bool] = lambda kind, names: True,
) -> Lines:
    """The lines without their fences. `shows` answers for each fence: True or False keeps or drops what
    it holds; a list of lines takes its place. Raises ToolkitError for a fence that is not understood."""
    kept: Lines = []
    opened, keep = 0, True
    for number, text in lines:
        if not text.startswith(":::"):
            if keep:
                kept.append((number, text))
            continue
        kind, *names = text[3:].split() or [""]
        if not kind:
            if not opened:
                raise broken(file, number, "fence_shut")
            opened, keep = 0, True
            continue
        if opened:
            raise broken(file, number, "fence_nested")
        if not _understood(kind, names):
            raise broken(file, number, "fence_unknown")
        answer = shows(kind, names)
        opened, keep = number, answer is True
        if isinstance(answer, list):
            kept += [(number, line) for line in answer]
    if opened:
        raise broken(file, opened, "fence_open")
    return kept


def _understood(kind: str, names: list[str]) -> bool:
    if kind == "role":
        return bool(names) and all(name in ROLES for name in names)
    if kind == "agency":
        return len(names) == 1
    return kind in ("minor", "adult", "promise") and not names
