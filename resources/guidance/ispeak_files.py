"""Reads the files of I Speak one by one, so that a broken one is named and the others still work."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from resources import overlay
from resources.errors import ToolkitError
from resources.files import bad_line

BACK_CHECK = ("by", "on", "found")
ANSWERS = ("yes", "no", "stop", "unsure")
_BLOCK = re.compile(r"^\[\[language\]\]", re.MULTILINE)
_TEXTS = ("code", "own_name", "english_name", "note", "keywords")
_FLAGS = ("rtl", "written", "relay", "signed")


def read_text(path: Path) -> str:
    data = b""
    try:
        data = overlay.over(path).read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise ToolkitError("ispeak.unreadable", file=path.name, line=bad_line(problem, data)) from problem


def read_table(path: Path, key: str = "ispeak.damaged") -> dict[str, Any]:
    """One TOML file. Raises ToolkitError `key` with the file and the line that is not understood."""
    return _table(read_text(path), path.name, 1, key)


def _table(text: str, file: str, first: int, key: str = "ispeak.damaged") -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line = first + bad_line(problem, text.encode()) - 1
        raise ToolkitError(key, file=file, line=line) from problem


@overlay.cached(maxsize=8)
def read_languages(path: Path) -> tuple[tuple[dict[str, Any], ...], tuple[ToolkitError, ...]]:
    """The rows that can be read, and what is wrong with the others."""
    try:
        text = read_text(path)
    except ToolkitError as problem:
        return (), (problem,)
    rows, problems = [], []
    starts = [match.start() for match in _BLOCK.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line = text[:start].count("\n") + 1
        try:
            rows.append(_language(_table(text[start:end], path.name, line), path.name, line))
        except ToolkitError as problem:
            problems.append(problem)
    return tuple(rows), tuple(problems)


def _language(table: dict[str, Any], file: str, line: int) -> dict[str, Any]:
    row = table["language"][0]

    def wrong(field: str) -> ToolkitError:
        return ToolkitError("ispeak.language_field", file=file, line=line, field=field)

    for field in ("code", "own_name", "english_name", "regions"):
        if not row.get(field):
            raise wrong(field)
    for field, value in row.items():
        texts = field in _TEXTS and isinstance(value, str)
        flag = field in _FLAGS and isinstance(value, bool)
        names = field == "regions" and isinstance(value, list) and all(isinstance(v, str) for v in value)
        if not (texts or flag or names):
            raise wrong(field)
    return {**row, "regions": tuple(row["regions"])}


@overlay.cached(maxsize=128)
def read_pack(path: Path) -> tuple[dict[str, Any], ToolkitError | None]:
    """One phrase pack; an empty one, and the reason, when it cannot be used."""
    try:
        text = read_text(path)
        pack = _table(text, path.name, 1)
        _check(pack, path.name, text)
    except ToolkitError as problem:
        return {}, problem
    return pack, None


def _line(text: str, field: str) -> int:
    """Where a field of a pack stands; `phrase 3` is the third block of the master list."""
    name, _, number = field.partition(" ")
    wanted = r"^\[\[phrase\]\]" if number else rf"^{re.escape(name)}\s*=|^\[{re.escape(name)}\]"
    found = list(re.finditer(wanted, text, re.MULTILINE))[int(number or 1) - 1 :]
    return text[: found[0].start()].count("\n") + 1 if found else 1


def _check(pack: dict[str, Any], file: str, text: str) -> None:
    """Raises ToolkitError for a pack whose parts are not what they should be."""

    def wrong(field: str) -> ToolkitError:
        return ToolkitError("ispeak.pack_field", file=file, line=_line(text, field), field=field)

    for answer in ANSWERS:
        if not isinstance(pack.get(answer), str) or not pack[answer].strip():
            raise wrong(answer)
    phrases = pack.get("phrase")
    if isinstance(phrases, dict) and file != "en.toml":
        rows = list(phrases.items())
        wanted: tuple[str, ...] = ("text",)
    elif isinstance(phrases, list) and file == "en.toml":
        rows = [(f"phrase {number}", row) for number, row in enumerate(phrases, start=1)]
        wanted = ("key", "group", "text")
    else:
        raise wrong("phrase")
    for name, row in rows:
        if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
            raise wrong(name)
        if any(not row.get(field, "").strip() for field in wanted):
            raise wrong(name)
    record = pack.get("back_check", dict.fromkeys(BACK_CHECK, "-"))
    if not isinstance(record, dict) or set(record) != set(BACK_CHECK):
        raise wrong("back_check")
    if not all(isinstance(value, str) and value.strip() for value in record.values()):
        raise wrong("back_check")
    status = pack.get("status", {})
    if not isinstance(status, dict) or set(status) - {"state", "by", "on"}:
        raise wrong("status")
