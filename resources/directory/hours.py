"""Opening hours: weekly spans, nth weekdays, closures, and what is open at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """Open from `opens` to `closes`, minutes after local midnight, 0-1440; closes <= opens runs past it.

    `weekday` 0 is Monday. `nth` empty means every week; (2, 4) means the 2nd and 4th such weekday of a
    month, -1 the last. `first` and `last` bound the days it holds for.
    """

    weekday: int
    opens: int
    closes: int
    nth: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Closure:
    """Closed from `first` to `last`, both days included (a holiday, a temporary closure)."""

    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True)
class Hours:
    """When a service answers. `always` is 24 hours every day; `text` is what the list said in words;
    `rules` keeps HSDS schedule rows that we cannot draw, for writing back."""

    spans: tuple[Span, ...] = ()
    closures: tuple[Closure, ...] = ()
    always: bool = False
    text: str = ""
    rules: tuple[str, ...] = ()
