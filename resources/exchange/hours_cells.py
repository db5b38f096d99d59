"""Hours of a row: words, days with times, seven day columns; what contradicts itself stays words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from resources.directory import opening
from resources.directory.hours import Hours
from resources.exchange.plain_text import given, line, plain

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIMES = re.compile(r"(?i)\d\s*(?:[ap]\.?m|:\d\d)|\d\s*-\s*\d|24|noon|midnight")


def read_hours(texts: Sequence[str], days: str, opens: str, closes: str, week: Mapping[str, str]) -> Hours:
    """Hours that the cells state without doubt; else their words, for a person to read."""
    said = [plain(given(text)) for text in texts if given(text)]
    days, opens, closes = (line(given(text)) for text in (days, opens, closes))
    if week:
        said.append(_week(week))
    if said and _TIMES.search(" ".join(said)):
        pass  # the columns for days and times only repeat, or contradict, the words
    elif days and _TIMES.search(days):
        said.append(
            days
        )  # the words are fuller than the two columns beside them, which often contradict them
    elif days or opens or closes:
        said.append(_days_and_times(days, opens, closes))
    return from_words("; ".join(dict.fromkeys(filter(None, said))))


def from_words(text: str) -> Hours:
    """Hours of one text, with the text kept."""
    if not text:
        return Hours()
    read = opening.read_text(_seven(text) or text)
    return Hours(read.spans, read.closures, read.always, text, read.rules) if read else Hours(text=text)


def _days_and_times(days: str, opens: str, closes: str) -> str:
    if re.fullmatch(r"(?i)24 ?(?:hours?|hrs?)", opens):
        return f"{days} {opens}".strip() if days else "24 hours"
    times = f"{opens}-{closes}" if opens and closes else opens or closes
    return f"{days} {times}".strip()


def _week(week: Mapping[str, str]) -> str:
    parts = []
    for day in DAYS:
        text = line(given(week.get(day, "")))
        if text and text.casefold() not in ("closed", "no", "-"):
            parts.append(f"{day[:3].capitalize()} {text}")
    return "; ".join(parts)


def _seven(text: str) -> str:
    """ "09:00AM-08:00PM, ..., CLOSED, CLOSED" is Monday to Sunday; anything else is not for this."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 7 or not all(
        re.fullmatch(r"(?i)closed|\d[\d:]*\s*[ap]m\s*-\s*\d[\d:]*\s*[ap]m", p) for p in parts
    ):
        return ""
    return _week(dict(zip(DAYS, parts, strict=True)))
