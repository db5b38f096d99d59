"""Editions in the data folder: the one in force and the one before it for each role, switched at once.

    content/in-force.json       which editions are in force; replaced whole
    content/<role>-<digest>/    files of one edition as a person took them, written before the switch and
                                never changed; other numbers accepted of the same edition are other files
    content/held/               verified editions as they travel, for the next laptop

The folder of the program is never touched.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from resources.errors import ToolkitError
from resources.files import explained, write_whole

FOLDER, RECORD, HELD = "content", "in-force.json", "held"
ROLES = ("guidance", "agency")


@dataclass(frozen=True)
class Placed:
    """An edition whose files lie here. `files` are their hashes; `lines` are the rows of national lines that
    a person kept as they were."""

    role: str
    folder: str
    issuer: str
    key: str
    number: int
    made_on: str
    made_with: str
    base: str
    digest: str
    taken_on: str
    files: Mapping[str, str]
    lines: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """What is in force for a role and what was before; None is what came with the program."""

    now: Placed | None = None
    before: Placed | None = None


def read(data: Path) -> dict[str, Pair]:
    """What the record says for each role. Raises ToolkitError when it is damaged."""
    path = data / FOLDER / RECORD
    if not path.is_file():
        return {role: Pair() for role in ROLES}
    try:
        hashed, _, body = path.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != hashed:
            raise ValueError("changed")
        table = json.loads(body)
        return {role: Pair(*(_placed(table[role][turn]) for turn in ("now", "before"))) for role in ROLES}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise ToolkitError("content.record_damaged") from problem


def pair(data: Path, role: str) -> Pair:
    """The same for one role; nothing where the record is damaged."""
    try:
        return read(data)[role]
    except ToolkitError:
        return Pair()


def folder(data: Path, role: str) -> Path | None:
    """The files in force for a role, when there are some and none of them was changed."""
    now = pair(data, role).now
    return data / FOLDER / now.folder if now is not None and whole(data, now) else None


def whole(data: Path, placed: Placed) -> bool:
    """True when every file of it is there as it was written."""
    root = data / FOLDER / placed.folder
    try:
        return all(
            hashlib.sha256((root / name).read_bytes()).hexdigest() == hashed
            for name, hashed in placed.files.items()
        )
    except OSError:
        return False


def folder_of(role: str, hashes: Mapping[str, str]) -> str:
    """Where these very files lie."""
    return f"{role}-{hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()[:12]}"


def place(data: Path, placed: Placed, files: Mapping[str, bytes]) -> None:
    """Put an edition in force; the one that was stays beside it. Raises ToolkitError: all is as it was."""
    if not whole(data, placed):
        _write_files(data / FOLDER / placed.folder, files)
    known = _known(data)
    here = known[placed.role].now
    before = known[placed.role].before if here is None or here.digest == placed.digest else here
    _write(data, known | {placed.role: Pair(placed, before)})


def _write_files(root: Path, files: Mapping[str, bytes]) -> None:
    fresh = root.with_name(f"{root.name}.new")
    try:
        for old in (root, fresh):
            if old.exists():  # of a try that was cut short, or damaged since
                shutil.rmtree(old)
        for name, content in files.items():
            write_whole(fresh.joinpath(*PurePosixPath(name).parts), content)
        fresh.mkdir(parents=True, exist_ok=True)
        os.replace(fresh, root)  # noqa: PTH105
    except OSError as problem:
        raise explained(problem, root) from problem


def go_back(data: Path, role: str, *, program: bool = False) -> Pair:
    """Put the edition before in force, or what came with the program. Raises ToolkitError."""
    known = read(data)
    held = known[role]
    if held.now is None and (program or held.before is None):
        raise ToolkitError("content.nothing_before")
    wanted = None if program else held.before
    if wanted is not None and not whole(data, wanted):
        raise ToolkitError("content.before_damaged", issuer=wanted.issuer, number=wanted.number)
    made = Pair(wanted, held.now)
    _write(data, known | {role: made})
    return made


def keep(data: Path, name: str, raw: bytes) -> None:
    """Keep an edition as it travels, and no older ones of the same issuer."""
    path = data / FOLDER / HELD / PurePosixPath(name).name
    write_whole(path, raw)
    issuer = path.name.rpartition("-")[0]
    for other in path.parent.glob(f"{issuer}-*.edition"):
        if other.name < path.name:
            other.unlink(missing_ok=True)


def kept(data: Path) -> dict[str, bytes]:
    """The editions this laptop carries, by the names under which they travel."""
    found = {}
    for path in sorted((data / FOLDER / HELD).glob("*.edition")):
        found[f"content/{path.name}"] = path.read_bytes()
    return found


def _known(data: Path) -> dict[str, Pair]:
    try:
        return read(data)
    except ToolkitError:
        return {role: Pair() for role in ROLES}


def _write(data: Path, known: Mapping[str, Pair]) -> None:
    table = {
        role: {
            "now": asdict(held.now) if held.now else None,
            "before": asdict(held.before) if held.before else None,
        }
        for role, held in known.items()
    }
    body = json.dumps(table, ensure_ascii=False, sort_keys=True).encode()
    write_whole(data / FOLDER / RECORD, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
    used = {one.folder for held in known.values() for one in (held.now, held.before) if one}
    for old in (data / FOLDER).iterdir():
        if old.is_dir() and old.name != HELD and old.name not in used:
            shutil.rmtree(old, ignore_errors=True)


def _placed(table: dict[str, Any] | None) -> Placed | None:
    return None if table is None else Placed(**table)
