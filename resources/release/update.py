"""A new version from a stick: beside the old one, checked before it is used, taken back by one command.

Nothing on the stick is run or unpacked before the releaser's signature and the file's hash were checked, and
what is run is the copy that was checked. The installers switch to a new version only after its self-check.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from resources import VERSION
from resources.engine import can_write
from resources.errors import ToolkitError
from resources.files import explained
from resources.release import portable
from resources.release.installation import WAIT, Installation, this_copy
from resources.release.stick import Release, find, number

WINDOW_LOCK = "window.lock"
ROOM = 5  # the package, unpacked, is about four times its size; its copy lies beside it for a moment
LONGEST = 1800
CODES = {
    2: "release.check_failed",
    4: "release.nothing_earlier",
    5: "release.close_window",
    6: "release.disk_full",
    7: "release.half_copied",
    8: "release.newer_there",
}
Run = Callable[[Sequence[str]], int]


@dataclass(frozen=True)
class Done:
    """What an update or a roll-back did. `window_open`: the old version is still on the screen."""

    version: str = ""
    folder: str = ""
    window_open: bool = False


def update(
    stick: Path, data: Path, here: Installation | None = None, version: str = VERSION, run: Run | None = None
) -> Done:
    """Bring the release on `stick` to this laptop; this version stays beside it.

    Raises ToolkitError, and then nothing has changed: `release.*` for a release that is older, the same, not
    signed, half copied, without room, without permission, or whose own check failed.
    """
    here, run = here or this_copy(), run or _run
    if here.kind == "source":
        raise ToolkitError("release.from_source")
    release = find(stick)
    if number(release.version) == number(version):
        raise ToolkitError("release.same", version=version)
    if number(release.version) < number(version):
        raise ToolkitError("release.older", held=version, stick=release.version)
    name = here.package(release.version)
    if here.by_administrator:
        raise ToolkitError("release.needs_administrator", package=f"msiexec /i {name}")
    _refuse_no_room(here, release.size(name) * ROOM)
    if here.kind == "portable":
        if window_is_open(data):
            raise ToolkitError("release.close_window")
        with _checked(here.base, release, name) as package:
            return Done(release.version, portable.place(package, here.program, data, run))
    with _checked(here.base, release, name) as package:
        _explain(run(here.installing(package)), name)
    return Done(release.version, window_open=window_is_open(data))


def roll_back(data: Path, here: Installation | None = None, run: Run | None = None) -> Done:
    """Put the version before this one in its place again; the data stay as they are.

    Raises ToolkitError `release.nothing_earlier`, `release.from_source`, `release.needs_administrator`.
    """
    here, run = here or this_copy(), run or _run
    if here.kind == "source":
        raise ToolkitError("release.from_source")
    if here.kind == "portable":
        raise portable.where_before(here.program)
    if here.by_administrator:  # it keeps one version only
        raise ToolkitError("release.nothing_earlier")
    if not can_write(here.base):
        raise ToolkitError("release.needs_administrator", package="porchlight rollback-program")
    _explain(run(here.going_back()), "")
    return Done(window_open=window_is_open(data))


def window_is_open(data: Path) -> bool:
    """True while a window works on these data: it holds the lock that desktop/single.py takes."""
    try:
        with (data / WINDOW_LOCK).open("r+b") as lock:
            if sys.platform == "win32":
                return False  # the window's handle lets nobody else write
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _refuse_no_room(here: Installation, needed: int) -> None:
    if not can_write(here.base):
        raise ToolkitError("release.needs_administrator", package="porchlight update")
    free = shutil.disk_usage(here.base).free
    if free < needed:
        raise ToolkitError("release.no_space", needed=_mb(needed), free=_mb(free))


@contextmanager
def _checked(base: Path, release: Release, name: str) -> Iterator[Path]:
    """A copy of the package that only we can write, gone afterwards."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=".update-", dir=base))
    except OSError as problem:
        raise explained(problem, base) from problem
    try:
        release.copy(name, folder / name)
        yield folder / name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def command_line(command: Sequence[str]) -> str:
    """For Windows: quoted as its programs expect, but for the folder that NSIS wants bare at the end."""
    quoted = [one for one in command if not one.startswith(WAIT)]
    return " ".join([subprocess.list2cmdline(quoted), *command[len(quoted) :]])


def _run(command: Sequence[str]) -> int:
    try:
        done = subprocess.run(
            command_line(command) if sys.platform == "win32" else command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise ToolkitError("release.installer_failed", code=type(problem).__name__) from problem
    return done.returncode


def _explain(code: int, name: str) -> None:
    if code in CODES:
        raise ToolkitError(CODES[code], file=name)
    if code:
        raise ToolkitError("release.installer_failed", code=code)


def _mb(size: int) -> int:
    return max(1, round(size / 1e6))
