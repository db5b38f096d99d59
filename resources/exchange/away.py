"""A list comes in beside the window: a process of its own reads it, compares it and writes the changes.

What it was asked last stands there: the list stays in that process, and the window gets what a person looks
at. Cancel is heard at once: reading and comparing end with their process, writing ends with nothing written.
"""

from __future__ import annotations

import atexit
import multiprocessing
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from resources.directory.shelf import EMPTY
from resources.errors import ToolkitError
from resources.exchange.incoming import Incoming
from resources.exchange.review import Changes

Progress = Callable[[int, int], object]
HEARD_WITHIN = 1.0  # seconds that reading and comparing get to stop by themselves
WRITTEN_WITHIN = 60.0
_LISTEN = 0.05
_PIECE = 1_000  # doubles, or entries of them: two milliseconds in which the window stands still


class Away:
    """The window's end. Each verb waits for its answer, so call it on a thread; `progress(done, of)` is also
    called when there is no news and may raise to cancel."""

    def __init__(self, folder: Path, who: str = "") -> None:
        self._folder, self._who = folder, who
        self._pipe: Connection | None = None
        self._process: Any = None

    def start(self) -> None:
        """Get the process going while the person is still looking for the file."""
        if self._pipe is not None:
            return
        spawning = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawning.Pipe()
        self._process = spawning.Process(target=serve, args=(theirs, self._folder, self._who), name="import")
        self._process.start()
        theirs.close()
        atexit.register(self.close)  # or leaving the program would wait for a process that waits for us

    def read(
        self, path: Path, sheet: str | None, mapping: Mapping[str, str | None], progress: Progress
    ) -> Incoming:
        """The list as a person checks its columns: without its rows and providers, which stay there."""
        read: Incoming = self._ask("read", (path, sheet, dict(mapping)), progress)
        return read

    def compare(self, progress: Progress) -> Changes:
        """What the list that was read last would change."""
        return _put_together(self._ask("compare", (), progress))

    def apply(
        self, phones: Collection[str], disputed: Collection[str], retire_missing: bool, progress: Progress
    ) -> str | Changes:
        """Write what was compared last; gives the batch, or, when the directory has changed meanwhile so
        that other changes would be written than were shown, those changes, and nothing is written."""
        given = (set(phones), set(disputed), retire_missing)
        answer: str | list[bytes] = self._ask("apply", given, progress, WRITTEN_WITHIN)
        return answer if isinstance(answer, str) else _put_together(answer)

    def close(self, *, wait: bool = False) -> None:
        """Hang up: the process stops what it does and ends by itself; `wait` until it has."""
        atexit.unregister(self.close)
        if self._pipe is not None and self._process is not None:
            self._pipe.close()
            if wait:
                self._process.join(WRITTEN_WITHIN)
        self._pipe = self._process = None

    def _ask(
        self, verb: str, given: tuple[Any, ...], progress: Progress, patience: float = HEARD_WITHIN
    ) -> Any:
        self.start()
        assert self._pipe is not None
        try:
            self._pipe.send((verb, given))
            while True:
                kind, news = self._pipe.recv() if self._pipe.poll(_LISTEN) else ("progress", (0, 0))
                if kind != "progress":
                    return _result(kind, news)
                try:
                    progress(*news)
                except BaseException:
                    late = self._stop(patience)
                    if verb == "apply" and late[0] == "done":
                        return late[1]
                    raise
        except (EOFError, OSError) as problem:
            self._end()
            raise ToolkitError("exchange.away_ended") from problem

    def _stop(self, patience: float) -> tuple[str, Any]:
        """Ask it to stop, and end it when it does not answer; gives the answer."""
        assert self._pipe is not None
        self._pipe.send(("stop", ()))
        while self._pipe.poll(patience):
            kind, news = self._pipe.recv()
            if kind != "progress":
                return kind, news
        self._end()
        return "stopped", None

    def _end(self) -> None:
        if self._process is not None:
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._pipe = self._process = None


def _result(kind: str, answer: Any) -> Any:
    if kind == "refused":
        raise ToolkitError(answer[0], **answer[1])
    if kind == "bug":
        raise RuntimeError(answer)
    return answer


def _taken_apart(changes: Changes) -> list[bytes]:
    """Changes in pieces. Made in one go at the other end, those of a long list would stop the window."""
    doubles, twins = iter(changes.duplicates), iter(changes.twins.items())
    pieces: list[object] = [replace(changes, new=EMPTY, duplicates=(), twins={}), changes.new]
    pieces += iter(lambda: tuple(islice(doubles, _PIECE)), ())
    pieces += iter(lambda: dict(islice(twins, _PIECE)), {})
    return [pickle.dumps(piece) for piece in pieces]


def _put_together(pieces: list[bytes]) -> Changes:
    """The same Changes again; between two pieces the window's thread gets its turn."""
    changes, new, *rest = (pickle.loads(piece) for piece in pieces)  # from our own process
    doubles = [pair for piece in rest if isinstance(piece, tuple) for pair in piece]
    twins = {key: twin for piece in rest if isinstance(piece, dict) for key, twin in piece.items()}
    whole: Changes = replace(changes, new=new, duplicates=tuple(doubles), twins=twins)
    return whole


class _Stop(Exception):
    """The window said stop."""


def serve(pipe: Connection, folder: Path, who: str) -> None:
    """The other end: answer until the window hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is the window's to answer
    work = _Work(folder, who)

    def tell(done: int, of: int) -> None:
        if pipe.poll():
            pipe.recv()
            raise _Stop
        pipe.send(("progress", (done, of)))

    with suppress(EOFError, OSError):
        while True:
            verb, given = pipe.recv()
            if verb != "stop":  # one that came too late
                pipe.send(_answer(work, verb, given, tell))
    work.close()


def _answer(work: _Work, verb: str, given: tuple[Any, ...], tell: Progress) -> tuple[str, Any]:
    try:
        answer = getattr(work, verb)(*given, tell)
        return "done", _taken_apart(answer) if isinstance(answer, Changes) else answer
    except _Stop:
        return "stopped", None
    except ToolkitError as problem:
        return "refused", (problem.key, {name: _sendable(value) for name, value in problem.data.items()})
    except (EOFError, OSError):
        raise
    except Exception as bug:  # the kind and the place of a bug, never what it held (R9)
        at = traceback.extract_tb(sys.exc_info()[2])[-1]
        return "bug", f"{type(bug).__name__} in {Path(at.filename).name}, line {at.lineno}"


def _sendable(value: object) -> object:
    return value if isinstance(value, str | int | float) else str(value)


class _Work:
    """What was read and compared last, and the directory it goes into."""

    def __init__(self, folder: Path, who: str) -> None:
        self._folder, self._who = folder, who
        self._opened: Any = None
        self._incoming: Incoming | None = None
        self._changes: Changes | None = None
        self._seen = -1  # how many operations there were when the changes were worked out

    @property
    def _directory(self) -> Any:
        from resources.editions import force
        from resources.home import open_folder

        if self._opened is None:
            force.use(self._folder.parent)  # a process of its own: the lines and the policy in force here too
            self._opened = open_folder(self._folder, who=self._who)
        return self._opened

    def read(
        self, path: Path, sheet: str | None, mapping: Mapping[str, str | None], progress: Progress
    ) -> Incoming:
        from resources.exchange.reading import read_to_check

        self._incoming = self._changes = None
        incoming = read_to_check(
            path, sheet=sheet, mapping=mapping, memory=self._directory, progress=progress
        )
        self._incoming = incoming
        named = tuple(replace(table, rows=(), problems=()) for table in incoming.tables[:1])
        return replace(incoming, tables=named, providers=(), problems=())

    def compare(self, progress: Progress) -> Changes:
        from resources.exchange.changes import compare

        assert self._incoming is not None
        self._seen = self._operations()
        self._changes = compare(self._directory, self._incoming, progress=progress)
        return self._changes

    def apply(
        self, phones: Collection[str], disputed: Collection[str], retire: bool, progress: Progress
    ) -> str | Changes:
        from resources.exchange.changes import apply

        assert self._changes is not None
        shown = self._changes
        if self._operations() != self._seen and self.compare(progress) != shown:
            return self._changes
        return apply(
            self._directory, self._changes, accept_phones=phones, accept_disputed=disputed,
            retire_missing=retire, progress=progress,
        )  # fmt: skip

    def _operations(self) -> int:
        with self._directory.reading() as log:
            return int(log.count())

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
