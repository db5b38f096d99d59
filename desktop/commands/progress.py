"""How far a long command is: one line on the terminal, written over and gone at the end."""

from __future__ import annotations

import sys
import time
from typing import Self

_AFTER, _EVERY = 0.2, 0.1  # seconds
_CLEAR = "\r\x1b[K"


class Telling:
    """One step of a command. Call it with how much is done; a script, which has no terminal, sees nothing."""

    def __init__(self, text: str) -> None:
        self._text, self._out = text, sys.stderr
        self._next = time.monotonic() + _AFTER
        self._told = False

    def __call__(self, done: int = 0, of: int = 0) -> None:
        now = time.monotonic()
        if now < self._next or not self._out.isatty():
            return
        share = f" {100 * done // of}%" if of else ""
        print(f"{_CLEAR}{self._text}{share}", end="", file=self._out, flush=True)
        self._next, self._told = now + _EVERY, True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ending: object) -> None:
        if self._told:
            print(_CLEAR, end="", file=self._out, flush=True)
