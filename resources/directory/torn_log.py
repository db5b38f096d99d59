"""After an accident: whether the log beside the directory held changes that nobody can read any more.

SQLite reads such a log up to its first damaged piece and leaves out what comes after it, without a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from resources.engine import Connection

_HEADER, _FRAME, _PAGE = 32, 24, 4096


@dataclass(frozen=True)
class Log:
    """What a log says of itself: `salts` tell it from older ones in the same file, `whole` is the number of
    the last page that ends a change."""

    salts: tuple[bytes, bytes]
    whole: int


def left_log(path: Path) -> Log | None:
    """The log that an accident left beside the file, read before anybody opens it."""
    try:
        with path.with_name(path.name + "-wal").open("rb") as log:
            salts, whole, number = _salts(log.read(_HEADER)[16:24]), 0, 0
            while len(head := log.read(_FRAME)) == _FRAME:
                number += 1
                ends_change = head[4:8] != bytes(4)
                ours = any(one == other for one, other in zip(salts, _salts(head[8:16]), strict=True))
                whole = number if ends_change and ours else whole  # a flipped bit spoils one salt at most
                log.seek(_PAGE, 1)
    except OSError:
        return None
    return Log(salts, whole) if whole else None


def _salts(eight: bytes) -> tuple[bytes, bytes]:
    return eight[:4], eight[4:]


def changes_lost(path: Path, before: Log | None, connection: Connection) -> bool:
    """True when the engine read less of the log than there was, and not because another window writes."""
    if before is None:
        return False
    read = connection.execute("pragma wal_checkpoint(passive)").fetchone()[1]
    now = left_log(path)
    return now is not None and now.salts == before.salts and read < before.whole
