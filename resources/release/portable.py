"""A portable copy keeps its data beside it: the next version is unpacked beside it with a copy of them."""

from __future__ import annotations

import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from resources.errors import ToolkitError
from resources.files import explained
from resources.release.installation import PORTABLE

DATA = "data"
_BEFORE = "before = "
_LEFT = shutil.ignore_patterns("window.lock", "window.request")


def place(package: Path, program: Path, data: Path, run: Callable[[Sequence[str]], int]) -> str:
    """Unpack a checked archive beside `program`, check it, copy the data into it; gives the folder's name.

    The folder of this version and its data stay as they are: that is the way back.
    Raises ToolkitError `release.check_failed`, `release.folder_there`, or what the disk refuses.
    """
    part = package.parent / "unpacked"
    try:
        _unpack(package, part)
        unpacked = next(part.iterdir())
        target = program.parent / unpacked.name
        if target.exists():
            raise ToolkitError("release.folder_there", folder=target.name)
        if not _passes(unpacked, run):
            raise ToolkitError("release.check_failed")
        shutil.copytree(data, unpacked / DATA, dirs_exist_ok=True, ignore=_LEFT)
        with (unpacked / PORTABLE).open("a", encoding="utf-8") as mark:
            mark.write(f"{_BEFORE}{program.name}\n")
        unpacked.rename(target)
    except OSError as problem:
        raise explained(problem, package) from problem
    return target.name


def where_before(program: Path) -> ToolkitError:
    """The way back from a portable copy is the folder it came from; say which."""
    lines = (program / PORTABLE).read_text(encoding="utf-8").splitlines()
    names = [line.removeprefix(_BEFORE) for line in lines if line.startswith(_BEFORE)]
    if not names or not (program.parent / names[-1]).is_dir():
        return ToolkitError("release.nothing_earlier")
    return ToolkitError("release.portable_before", folder=names[-1])


def _unpack(package: Path, part: Path) -> None:
    """Its hash is signed, so it holds what the releaser put in; still nothing may land outside `part`."""
    filtered = package.suffix != ".zip" and hasattr(tarfile, "data_filter")  # Python 3.11.4 and later
    if filtered:
        shutil.unpack_archive(package, part, filter="data")
    else:
        shutil.unpack_archive(package, part)


def _passes(folder: Path, run: Callable[[Sequence[str]], int]) -> bool:
    name = "porchlight-cli.exe" if sys.platform == "win32" else "porchlight-cli"
    with tempfile.TemporaryDirectory() as empty:
        return run([os.fspath(folder / name), "--data", empty, "self-check"]) == 0
