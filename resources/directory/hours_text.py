"""Hours written in words ("Mon-Fri 9-5", "24 hours"); what is not certain is not read."""

from __future__ import annotations

import re
from itertools import pairwise

from resources.directory.hours import Hours, Span
from resources.directory.letters import fold

_DAYS = (
    ("monday", "mondays", "mon", "mo", "m"),
    ("tuesday", "tuesdays", "tues", "tue", "tu", "t"),
    ("wednesday", "wednesdays", "weds", "wed", "we", "w"),
    ("thursday", "thursdays", "thurs", "thur", "thu", "th"),
    ("friday", "fridays", "fri", "fr", "f"),
    ("saturday", "saturdays", "sat", "sa"),
    ("sunday", "sundays", "sun", "su"),
)
_DAY_OF = {name: n for n, names in enumerate(_DAYS) for name in names}
_NTH_OF = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4}
_NTH_OF |= {"last": -1, "5th": 5, "fifth": 5}
_EACH_DAY = r"(?:[ ,/]*(?:a|per|each|every)? ?(?:day|daily))?"
_ALL_WEEK = r"(?:[ ,/]*(?:7|seven) days(?: (?:a|per|each) week)?)?"
_ALWAYS = re.compile(
    rf"(?:open |available )?(?:24/7(?:/365)?|24 ?(?:hrs?|hours?){_EACH_DAY}{_ALL_WEEK}|24[ -]hours?"
    r"|around the clock|always open)\.?"
)
_NAME = "|".join(sorted(_DAY_OF, key=len, reverse=True))
_TIME = r"(?:\d{1,2}(?::\d\d)? ?(?:am|pm|a|p)?|noon|midnight)"
_RANGE = re.compile(rf"({_TIME}) ?(?:-|to|until|till) ?({_TIME})(?![\w:])")
_ORDINAL = rf"(?:{'|'.join(_NTH_OF)})"
_DAY_LIST = rf"(?:{_NAME}|daily|every ?day|7 days a week|seven days a week|weekdays|weekends)"
_JOIN = r" ?(?:-|to|through|thru|,|/|&|and|, and| ) ?"
_WHEN = re.compile(
    rf"(?:(?:(?:every )?(?P<nth>{_ORDINAL}(?:{_JOIN}{_ORDINAL})*) )?"
    rf"(?P<days>{_DAY_LIST}(?:{_JOIN}{_DAY_LIST})*)(?: of (?:the|each|every) month)?[:,]?"
    rf"(?: from| at)? ?)?(?P<times>{_RANGE.pattern}(?: ?(?:,|and|&|/) ?{_RANGE.pattern})*)"
)
_AFTER = re.compile(rf"(?P<times>{_RANGE.pattern})[, ]+(?:on )?(?P<days>{_DAY_LIST}(?:{_JOIN}{_DAY_LIST})*)")


def read_text(text: str) -> Hours | None:
    """Hours that the words state without doubt, with the words kept; None when any part is unclear."""
    said = _plain(text)
    if not said:
        return None
    if _ALWAYS.fullmatch(said):
        return Hours(always=True, text=text.strip())
    spans: list[Span] = []
    days_before: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    for part in filter(None, (piece.strip(" ,.") for piece in re.split(r"[;|\n]", said))):
        read = _parts(part, days_before)
        if read is None:
            return None
        for nth, days, times in read:
            spans += [Span(day, *time, nth=nth) for day in days for time in times]
            days_before = (nth, days)
    ordered = sorted(set(spans), key=lambda s: (s.weekday, s.nth, s.opens))
    if not ordered or len(ordered) != len(spans) or _overlap(ordered):
        return None
    return Hours(spans=tuple(ordered), text=text.strip())


def _plain(text: str) -> str:
    said = fold(text)
    said = re.sub(r"\b([ap])\s?\.\s?m\b\.?", r"\1m", said)
    said = re.sub(r"[‐-―−~]", "-", said)
    said = re.sub(r"(\d)\s*([ap]m?)\b", r"\1\2", said)
    said = re.sub(r"(?<=[a-z])\.(?=[\s,:\-]|$)", "", said)
    said = re.sub(r"\s*-\s*", "-", said)
    said = re.sub(r"\(([^()]*)\)", lambda m: m[1] if _RANGE.fullmatch(m[1].strip()) else m[0], said)
    said = re.sub(r"[^\S\n]+", " ", said)
    return re.sub(r"^(?:hours|open|office hours|hours of operation)[: ]+(?=[a-z\d])", "", said).strip(" .,")


_Read = tuple[tuple[int, ...], tuple[int, ...], list[tuple[int, int]]]


def _parts(part: str, before: tuple[tuple[int, ...], tuple[int, ...]] | None) -> list[_Read] | None:
    """The days and times of one stretch; every sign of it must be understood."""
    if match := _AFTER.fullmatch(part):
        days, times = _days(match["days"]), _times(match["times"])
        return [((), days, times)] if days and times else None
    found: list[_Read] = []
    end = 0
    for match in _WHEN.finditer(part):
        if part[end : match.start()].strip(" ,&/") not in ("", "and"):
            return None
        end = match.end()
        if match["days"]:
            named = _days(match["days"])
            nth = _nths(match["nth"]) if match["nth"] else ()
            if named is None or (match["nth"] and (not nth or len(named) != 1)):
                return None
            before = (nth, named)
        times = _times(match["times"])
        if before is None or times is None:
            return None
        found.append((*before, times))
    return found if found and not part[end:].strip(" ,.") else None


def _nths(text: str) -> tuple[int, ...]:
    return tuple(sorted({_NTH_OF[word] for word in re.findall(_ORDINAL, text)}))


def _days(text: str) -> tuple[int, ...] | None:
    """The weekdays of "mon-fri", "tue, thu & sat", "daily"."""
    signs = re.findall(rf"(?:{_DAY_LIST})(?![a-z])|-|\bto\b|\bthrough\b|\bthru\b", text)
    found: list[int] = []
    through = False
    for sign in signs:
        if sign in ("-", "to", "through", "thru"):
            through = True
            continue
        days = _named(sign)
        if through:
            if not found or len(days) != 1:
                return None
            start = found[-1]
            found += [(start + n) % 7 for n in range(1, (days[0] - start) % 7 + 1)]
            through = False
        else:
            found += days
    return tuple(sorted(found)) if found and len(set(found)) == len(found) and not through else None


def _named(word: str) -> list[int]:
    if word in _DAY_OF:
        return [_DAY_OF[word]]
    return {"weekdays": [0, 1, 2, 3, 4], "weekends": [5, 6]}.get(word, list(range(7)))


def _times(text: str) -> list[tuple[int, int]] | None:
    found = []
    for opens, closes in _RANGE.findall(text):
        span = _span(opens, closes)
        if span is None:
            return None
        found.append(span)
    return found or None


def _span(opens: str, closes: str) -> tuple[int, int] | None:
    """Minutes of "9" and "5pm". Without am or pm only a usual working day (9-5, 8:30-4:30) is certain."""
    start, start_half = _clock(opens)
    end, end_half = _clock(closes)
    if start is None or end is None:
        return None
    if start_half and end_half:
        return (start, end or 1440) if start != end else None
    if end_half and not start_half:
        return _half_left_out(start, end)
    if start_half and not end_half:
        return (start, end + 720) if 60 <= end <= start < 720 else None
    if not start_half and not end_half and 420 <= start < 720 and 60 <= end <= 420:
        return start, end + 720
    return None


def _half_left_out(start: int, end: int) -> tuple[int, int] | None:
    """ "10-6pm" and "1-3pm" have one reading; "8-9pm" may begin in the morning, so it has none."""
    if not 0 < start < 780 or end == 0:
        return None
    if start >= 720:
        return (start, end) if start < end else None
    if start + 720 >= end:
        return (start, end) if start < end else None
    return (start + 720, end) if start < 360 else None


def _clock(text: str) -> tuple[int | None, bool]:
    """Minutes after midnight, and whether it says which half of the day."""
    if text in ("noon", "midnight"):
        return (720 if text == "noon" else 0), True
    match = re.fullmatch(r"(\d{1,2})(?::(\d\d))? ?([ap])?m?", text)
    if not match:
        return None, False
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if minute > 59 or hour > 24 or (half and not 1 <= hour <= 12) or (hour == 24 and minute):
        return None, False
    if half:
        return (hour % 12 + (12 if half == "p" else 0)) * 60 + minute, True
    certain = hour > 12 or (len(match[1]) == 2 and match[1][0] == "0") or hour == 0
    return hour % 24 * 60 + minute, certain


def _overlap(spans: list[Span]) -> bool:
    return any(a.weekday == b.weekday and a.nth == b.nth and b.opens < a.closes for a, b in pairwise(spans))
