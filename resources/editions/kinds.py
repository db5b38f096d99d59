"""What an edition may hold: files of these names only, so that nothing on a stick leads out of its folder."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from resources.paths import CONTENT

GUIDANCE, AGENCY = "guidance", "agency"
MOST_FILES = 2_000
MOST_BYTES = 20 << 20  # R21
MOST_FILE = 1 << 20
SPOKEN_AREAS = ("paper", "paper_partner", "paper_engine", "needs", "guidance", "practice")
_SLUG, _CODE = r"[a-z0-9]+(?:[-_][a-z0-9]+){0,9}", r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?"
_NAMES = {
    GUIDANCE: re.compile(
        rf"guidance/{_SLUG}/{_CODE}\.md|guidance/(?:sources|roles)\.toml"
        rf"|words/{_CODE}/(?:{'|'.join(SPOKEN_AREAS)})\.toml|sheets/{_SLUG}\.toml"
        rf"|ispeak/languages\.toml|ispeak/phrases/{_CODE}\.toml|hotlines\.toml"
    ),
    AGENCY: re.compile(rf"agency\.toml|policy\.toml|topics/{_SLUG}\.md"),
}
_CLOSED = ("sheets/giveaway.toml",)  # words that would give a person away: they come with the program
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def fits(role: str, name: object) -> bool:
    """True for the name of a file that an edition of this role may hold."""
    if not isinstance(name, str) or role not in _NAMES or len(name) > 120 or name in _CLOSED:
        return False
    stems = [part.partition(".")[0] for part in name.split("/")]
    return bool(_NAMES[role].fullmatch(name)) and not any(_DEVICES.fullmatch(stem) for stem in stems)


def role_of(name: str) -> str:
    """The role whose editions hold such a file; empty for a file that none may hold."""
    return next((role for role in _NAMES if fits(role, name)), "")


def of_program() -> list[str]:
    """The files of the program that an edition of guidance may replace."""
    files = (path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*") if path.is_file())
    return sorted(name for name in files if fits(GUIDANCE, name))


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Names the content that came with the program: the same only when every such file is the same."""
    found = hashlib.sha256()
    for name in of_program():
        found.update(f"{name}\0{hashlib.sha256((CONTENT / name).read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()
