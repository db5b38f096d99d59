"""Where a content file lies: in the content that came with the program, or in what lies over it.

A signed edition (`resources/editions/`) never touches the program's folder. Whoever reads content asks
`over` for the file in force, `glob` for the files there are, and keeps what was read with `cached`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, update_wrapper
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Layer:
    """`files` maps files of the program to the ones in force, also such as the program lacks; `lines` holds
    the rows of national lines that a person kept as they were (None: left out), by key; `policy` is a policy
    that came along."""

    files: Mapping[Path, Path] = field(default_factory=dict)
    lines: Mapping[str, Any] = field(default_factory=dict)
    policy: Path | None = None
    stamp: int = 0


_PLAIN = Layer()
_tried: ContextVar[Layer | None] = ContextVar("tried", default=None)
_lock = threading.Lock()
_in_force = _PLAIN
_last = 0


def current() -> Layer:
    """What lies over the content now; on a thread that tries a layer out, that one."""
    return _tried.get() or _in_force


def stamp() -> int:
    """Changes with every layer, so that nothing read under one is used under another."""
    return current().stamp


def lay(layer: Layer) -> None:
    """Use this layer from now on, everywhere."""
    global _in_force
    _in_force = _numbered(layer)


@contextmanager
def trying(layer: Layer) -> Iterator[None]:
    """Use this layer on this thread only, to see whether it holds."""
    token = _tried.set(_numbered(layer))
    try:
        yield
    finally:
        _tried.reset(token)


def over(path: Path) -> Path:
    """The file in force for a file of the program."""
    return current().files.get(path, path)


def glob(folder: Path, pattern: str) -> list[Path]:
    """Files of the program below `folder`, and those that only the layer has, under the names they would
    have in the program; `over` leads to them. A pattern has one part for each step down."""
    found = set(folder.glob(pattern))
    depth = pattern.count("/") + 1
    for path in current().files:
        if folder in path.parents and len(path.relative_to(folder).parts) == depth and path.match(pattern):
            found.add(path)
    return sorted(found, key=lambda path: (path.parent, path.stem))


class Remembering(Generic[P, R]):
    """A reader of content that remembers what it gave, for each layer apart."""

    def __init__(self, read: Callable[P, R], maxsize: int) -> None:
        @lru_cache(maxsize=maxsize)
        def remembered(_stamp: int, *args: Any, **kwargs: Any) -> R:
            return read(*args, **kwargs)

        self._remembered: Callable[..., R] = remembered
        self.cache_clear = remembered.cache_clear
        update_wrapper(self, read)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        return self._remembered(stamp(), *args, **kwargs)


def cached(maxsize: int) -> Callable[[Callable[P, R]], Remembering[P, R]]:
    """Make a reader remember the last `maxsize` answers."""
    return lambda read: Remembering(read, maxsize)


def _numbered(layer: Layer) -> Layer:
    global _last
    if not layer.files and not layer.lines and layer.policy is None:
        return _PLAIN
    with _lock:
        _last += 1
        return Layer(layer.files, layer.lines, layer.policy, _last)
