"""The days on which a repeated schedule row (RRULE fields of HSDS) takes place."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True)
class Rule:
    """A weekly or monthly repetition. `days` holds (nth, weekday), nth 0 for every such weekday."""

    monthly: bool
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    week_starts: int = 0
    start: date | None = None
    count: int | None = None
    first: date | None = None
    last: date | None = None

    def dates(self, first: date, last: date) -> list[date]:
        """Days of the rule from `first` to `last`, both included."""
        start = max(first, self.first) if self.first else first
        end = min(last, self.last) if self.last else last
        found = []
        for n, day in enumerate(self._days(start, end), 1):
            if self.count is not None and n > self.count:
                break
            if day >= start:
                found.append(day)
        return found

    def _days(self, start: date, end: date) -> Iterator[date]:
        """All days from the rule's own start, which a count or an interval needs, up to `end`."""
        begin = self.start or start
        step = self._weeks if not self.monthly else self._months
        for day in step(begin, end):
            if begin <= day <= end:
                yield day

    def _weeks(self, begin: date, end: date) -> Iterator[date]:
        week = begin - timedelta(days=(begin.weekday() - self.week_starts) % 7)
        wanted = {weekday for _, weekday in self.days} or {begin.weekday()}
        while week <= end:
            for n in range(7):
                if (week + timedelta(days=n)).weekday() in wanted:
                    yield week + timedelta(days=n)
            week += timedelta(days=7 * self.interval)

    def _months(self, begin: date, end: date) -> Iterator[date]:
        year, month = begin.year, begin.month
        while (year, month) <= (end.year, end.month):
            yield from sorted(self._in_month(year, month, begin))
            month += self.interval
            year, month = year + (month - 1) // 12, (month - 1) % 12 + 1

    def _in_month(self, year: int, month: int, begin: date) -> set[date]:
        length = calendar.monthrange(year, month)[1]
        days = [date(year, month, n) for n in range(1, length + 1)]
        numbers = {n if n > 0 else length + 1 + n for n in self.month_days}
        if not self.days:
            numbers = numbers or {begin.day}
            return {day for day in days if day.day in numbers}
        found = {day for day in days if any(falls_on(day, nth, weekday) for nth, weekday in self.days)}
        return {day for day in found if not numbers or day.day in numbers}


def falls_on(day: date, nth: int, weekday: int) -> bool:
    """True for that weekday; nth 0 is every one, 2 the second of its month, -1 the last."""
    if day.weekday() != weekday:
        return False
    if nth > 0:
        return (day.day - 1) // 7 + 1 == nth
    if nth < 0:
        length = calendar.monthrange(day.year, day.month)[1]
        return (length - day.day) // 7 + 1 == -nth
    return True


def read_days(text: str) -> tuple[tuple[int, int], ...] | None:
    """Read BYDAY ("MO,TU", " 2tu , -1FR "): pairs of nth and weekday; None when it cannot be read."""
    found = []
    for part in filter(None, (piece.strip().upper() for piece in re.split(r"[,;]", text))):
        match = _DAY.fullmatch(part.replace(" ", ""))
        if not match or abs(int(match[1] or 0)) > 5:
            return None
        found.append((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(found)
