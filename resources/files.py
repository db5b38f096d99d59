"""Writing files so that a reader sees the old or the new content, never a mixture."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from resources.errors import ToolkitError


def write_whole(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write `data` beside `path`, flush it to the disk, then put it in place (threat model R17).

    A `private` file can be read by its owner only, from its first byte on.
    Raises ToolkitError `core.disk_full`, `core.no_permission` or `core.cannot_write`; the old file stays.
    """
    write_together({path: data}, private=private)


def write_together(files: Mapping[Path, bytes], *, private: bool = False) -> None:
    """Write files that belong together: all are on the disk before the first is put in place."""
    parts = {path: path.with_name(path.name + ".part") for path in files}
    path = next(iter(files))
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_part(parts[path], data, 0o600 if private else 0o666)
        for path, part in parts.items():
            part.replace(path)
    except OSError as problem:
        for part in parts.values():
            with contextlib.suppress(OSError):  # the stick may be gone; the first problem is the one to tell
                part.unlink()
        raise explained(problem, path) from problem


def _write_part(part: Path, data: bytes, mode: int) -> None:
    with contextlib.suppress(OSError):
        part.unlink()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(part, flags, mode), "wb") as out:  # noqa: PTH123
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def explained(problem: OSError, path: Path, otherwise: str = "core.cannot_write") -> ToolkitError:
    """The sentence for an operating system error about a file; `otherwise` for one without a better word."""
    kinds = {
        errno.ENOSPC: "core.disk_full",
        errno.EDQUOT: "core.disk_full",
        errno.EACCES: "core.no_permission",
        errno.EPERM: "core.no_permission",
        errno.EROFS: "core.no_permission",
        errno.ENOENT: "core.not_found",
    }
    return ToolkitError(kinds.get(problem.errno or 0, otherwise), file=path.name)


def bad_line(problem: Exception, data: bytes) -> int:
    """The line at which `data` stops being UTF-8 text or TOML; its last one when only its end is missing;
    1 for a problem that says nothing about lines."""
    if isinstance(problem, UnicodeDecodeError):
        return data[: problem.start].count(b"\n") + 1
    if where := re.search(r"line (\d+)", str(problem)):
        return int(where[1])
    return data.rstrip().count(b"\n") + 1 if isinstance(problem, tomllib.TOMLDecodeError) else 1
