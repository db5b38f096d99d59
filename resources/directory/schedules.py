"""HSDS schedule rows in and out: what can be drawn as weekly hours, and rules kept for writing back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import lru_cache

from resources.directory.hours import Closure, Hours, Span
from resources.directory.recurrence import WEEKDAYS, Rule, read_days

ALL_DAY = (0, 1440)
_TIME = re.compile(
    r"^\s*(?:\d{4}-\d\d-\d\d[T ])?(\d{1,2})(?:[:.](\d\d))?(?::\d\d(?:\.\d+)?)?\s*([ap])?\.?(?:m\.?)?\s*"
    r"(?:Z|[+-]\d\d:?\d\d)?\s*$",
    re.IGNORECASE | re.ASCII,
)
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOSED = "closed"
_LINKS = frozenset(
    {"id", "service_id", "location_id", "service_at_location_id", "timezone", "attending_type", "description"}
)
_SHAPE = ("interval", "count", "bymonthday", "byweekno", "byyearday")


def read_time(value: object) -> int | None:
    """Minutes after midnight of "09:00", "9:00Z", "17:00:00-06:00" or "10PM"; None when unclear."""
    if isinstance(value, time | datetime):
        return value.hour * 60 + value.minute
    match = _TIME.match(str(value or ""))
    if not match or (match[2] is None and match[3] is None):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return hour * 60 + minute


def read_date(value: object) -> date | None:
    """The day of an ISO date or date and time, or None."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    try:
        return date.fromisoformat(text[:10]) if len(text) >= 10 else datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        return None


def from_hsds(rows: Iterable[Mapping[str, object]]) -> Hours:
    """Hours of schedule rows (HSDS 1.x weekdays and holidays, 2.x and 3.x RRULE fields).

    Rows that cannot be drawn as weekly or nth-weekday spans are kept in `rules` and still answer
    `opening.is_open`; words in `description` become the text.
    """
    spans: list[Span] = []
    closures: list[Closure] = []
    rules: list[str] = []
    texts: list[str] = []
    for row in rows:
        given = {key: _text(value) for key, value in row.items() if _text(value)}
        if text := given.get("description", ""):
            texts.append(text)
        if closure := _closure(given):
            closures.append(closure)
        elif drawn := _spans(given):
            spans += drawn
        elif given.keys() - _LINKS:
            kept = {key: value for key, value in given.items() if key not in ("id", "description")}
            rules.append(json.dumps(kept, sort_keys=True, ensure_ascii=False))
    ordered = sorted(dict.fromkeys(spans), key=_order)
    always = _every_day(ordered)
    return Hours(
        spans=() if always else tuple(ordered),
        closures=tuple(closures),
        always=always,
        text="; ".join(dict.fromkeys(texts)),
        rules=tuple(rules),
    )


def _text(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def _order(span: Span) -> tuple[int, int, int, tuple[int, ...], date, date]:
    return (
        span.weekday,
        span.opens,
        span.closes,
        span.nth,
        span.first or date.min,
        span.last or date.max,
    )


def _every_day(spans: list[Span]) -> bool:
    return len(spans) == 7 and all(span == Span(n, *ALL_DAY) for n, span in enumerate(spans))


def _closure(row: Mapping[str, str]) -> Closure | None:
    if row.get("notes") == _CLOSED and "opens_at" not in row:
        first, last = read_date(row.get("valid_from")), read_date(row.get("valid_to"))
    elif row.get("closed", "").lower() in ("true", "t", "yes", "1"):
        first, last = read_date(row.get("start_date")), read_date(row.get("end_date"))
    else:
        return None
    return Closure(first, last or first, row.get("description", "")) if first else None


def _times(row: Mapping[str, str]) -> tuple[int, int] | None:
    """Opening and closing minute; some exports put them where the dates belong (hsds.md, folder 05)."""
    opens, closes = read_time(row.get("opens_at")), read_time(row.get("closes_at"))
    if opens is None and closes is None:
        opens, closes = read_time(row.get("valid_from")), read_time(row.get("valid_to"))
    if opens is None or closes is None:
        return None
    if opens == 0 and closes in (0, 1439, 1440):
        return ALL_DAY
    return opens % 1440, closes or 1440


def _spans(row: Mapping[str, str]) -> list[Span]:
    """The spans of a row, or none when it is not weekly and not an nth weekday of each month."""
    times, rule = _times(row), rule_of(row)
    if times is None or rule is None or rule.count or rule.month_days or rule.interval != 1:
        return []
    days = rule.days
    if not days:
        if rule.start is None or rule.monthly:
            return []
        days = ((0, rule.start.weekday()),)
    by_weekday: dict[int, list[int]] = {}
    for nth, weekday in days:
        by_weekday.setdefault(weekday, []).append(nth)
    first = max((day for day in (rule.start, rule.first) if day), default=None)
    return [
        Span(weekday, *times, nth=() if 0 in nths else tuple(sorted(nths)), first=first, last=rule.last)
        for weekday, nths in by_weekday.items()
    ]


def rule_of(row: Mapping[str, str]) -> Rule | None:
    """The repetition of a row; None when its days cannot be worked out."""
    days = _old_weekday(row["weekday"]) if "weekday" in row else read_days(row.get("byday", ""))
    frequency = row.get("freq", "WEEKLY").upper()
    numbers = {key: _numbers(row.get(key, "")) for key in _SHAPE}
    unreadable = days is None or None in numbers.values() or numbers["byweekno"] or numbers["byyearday"]
    if days is None or unreadable or frequency not in ("WEEKLY", "MONTHLY", "DAILY"):
        return None
    if frequency == "DAILY":
        if row.get("interval", "1") != "1":
            return None
        days = days or tuple((0, n) for n in range(7))
    ends = [d for d in (read_date(row.get("until")), read_date(row.get("valid_to"))) if d]
    interval, count = numbers["interval"], numbers["count"]
    starts = read_date(row.get("dtstart"))
    if not days and not starts and not numbers["bymonthday"]:
        return None
    if starts is None and (count or (interval and interval[0] != 1)):
        return None
    week_starts = row.get("wkst", "MO").upper()
    return Rule(
        monthly=frequency == "MONTHLY",
        interval=interval[0] if interval else 1,
        days=days,
        month_days=numbers["bymonthday"] or (),
        week_starts=WEEKDAYS.index(week_starts) if week_starts in WEEKDAYS else 0,
        start=starts,
        count=count[0] if count else None,
        first=read_date(row.get("valid_from")),
        last=min(ends, default=None),
    )


def _numbers(text: str) -> tuple[int, ...] | None:
    try:
        return tuple(int(float(part)) for part in text.split(",") if part.strip())
    except ValueError:
        return None


def _old_weekday(text: str) -> tuple[tuple[int, int], ...] | None:
    """HSDS 1.x: 1 is Monday, or a name in full or short."""
    said = text.strip().lower()
    if re.fullmatch(r"[1-7](?:\.0)?", said):
        return ((0, int(said[0]) - 1),)
    met = [n for n, name in enumerate(_NAMES) if len(said) >= 2 and name.startswith(said.rstrip("s."))]
    return ((0, met[0]),) if len(met) == 1 else None


@lru_cache(maxsize=1024)
def kept_rule(text: str) -> tuple[Rule | None, tuple[int, int] | None]:
    """The repetition and times of a row kept in Hours.rules; None for what cannot be worked out."""
    row: dict[str, str] = json.loads(text)
    return rule_of(row), _times(row)


def to_hsds(hours: Hours) -> list[dict[str, str]]:
    """Schedule rows (HSDS 3) that `from_hsds` reads back to the same hours; ids are the writer's task."""
    spans = tuple(Span(n, *ALL_DAY) for n in range(7)) if hours.always else hours.spans
    groups: dict[tuple[object, ...], list[Span]] = {}
    for span in spans:
        key = (bool(span.nth), span.opens, span.closes, span.first, span.last)
        groups.setdefault(key, []).append(span)
    rows = [_row(group) for group in groups.values()]
    for closure in hours.closures:
        row = {"valid_from": closure.first.isoformat(), "valid_to": closure.last.isoformat()}
        row |= {"notes": _CLOSED, "description": closure.reason}
        rows.append({key: value for key, value in row.items() if value})
    rows += [dict(json.loads(rule)) for rule in hours.rules]
    reasons = {closure.reason for closure in hours.closures}
    if text := "; ".join(part for part in hours.text.split("; ") if part and part not in reasons):
        rows.append({"description": text})
    return rows


def _row(group: list[Span]) -> dict[str, str]:
    span = group[0]
    days = [f"{nth or ''}{WEEKDAYS[s.weekday]}" for s in group for nth in (s.nth or (0,))]
    opens, closes = (0, 1439) if (span.opens, span.closes) == ALL_DAY else (span.opens, span.closes)
    row = {"freq": "MONTHLY" if span.nth else "WEEKLY", "byday": ",".join(days)}
    row |= {"opens_at": _clock(opens), "closes_at": _clock(closes % 1440)}
    if span.first:
        row["valid_from"] = span.first.isoformat()
    if span.last:
        row["valid_to"] = span.last.isoformat()
    return row


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
