"""Values on paper: numbers, times, places and dates that keep their order and never break in any language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from resources.directory import phones
from resources.directory.hours import Closure, Hours, Span
from resources.directory.provider import Phone, Place
from resources.words import Words

_FIRST, _LAST, _STAY, _JOIN = "\u2066", "\u2069", "\u00a0", "\u2060"
_DIRECTIONS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_COMMAS = {"ar": "، ", "fa": "، ", "ps": "، ", "ur": "، ", "zh": "、", "zh-Hant": "、", "ja": "、"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ps", "ur", "he"})


def isolate(text: str) -> str:
    """The text kept left to right, whatever the sentence around it (U+2066..2069)."""
    return f"{_FIRST}{text}{_LAST}" if text else ""


def foreign(text: str, language: str) -> str:
    """A name or note in Latin letters on right-to-left paper, so that its full stop stays at its end."""
    if language not in RIGHT_TO_LEFT or any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text):
        return text
    return isolate(text)


def clean(text: str) -> str:
    """Typed or imported text without control and direction signs, which could turn words around (R22)."""
    return "".join(
        sign
        for sign in text
        if sign == "\n" or (unicodedata.category(sign) not in ("Cc", "Cs") and sign not in _DIRECTIONS)
    )


def keep(text: str) -> str:
    """The same without a place to break a line."""
    return isolate(text.replace(" ", _STAY))


def bare(text: str) -> str:
    """A value as it was stored: without isolates, joiners and no-break spaces."""
    return text.replace(_FIRST, "").replace(_LAST, "").replace(_JOIN, "").replace(_STAY, " ")


def phone(one: Phone, words: Words) -> str:
    """A number as it is dialled, or the text as it came when nobody has made sense of it yet."""
    number = keep(phones.show(one.number) if one.number else one.shown)
    if one.extension and number:
        return words.say("paper.extension", number=number, extension=isolate(one.extension))
    return number


def listed(items: Iterable[str], language: str) -> str:
    """Items with the comma of the language between them."""
    return _COMMAS.get(language, ", ").join(items)


def clock(minute: int, words: Words) -> str:
    """A time of day the way readers of this language write it in the United States."""
    hour, minutes = divmod(minute % 1440, 60)
    if words.say("paper.clock") == "24":
        return f"{24 if minute == 1440 else hour}:{minutes:02}"
    shown = f"{hour % 12 or 12}:{minutes:02}" if minutes else f"{hour % 12 or 12}"
    return f"{shown} {'am' if hour < 12 else 'pm'}"


def hours(when: Hours, words: Words, *, own_text: bool = False) -> str:
    """Opening hours in one line with their closures; nothing when nobody knows them.

    `own_text` allows what the list said, and dates, which only partner and office words can say.
    """
    said = _hours(when, words, own_text=own_text)
    if not own_text:
        return f"{said} · {words.say('paper.call_first')}" if when.closures and said else said
    return " · ".join(filter(None, (said, *(_closed(one, words) for one in when.closures))))


def _closed(one: Closure, words: Words) -> str:
    if one.first == one.last:
        return words.say("paper_partner.closed_on", date=day(one.first, words))
    return words.say("paper_partner.closed_days", first=day(one.first, words), last=day(one.last, words))


def _hours(when: Hours, words: Words, *, own_text: bool) -> str:
    plain = [span for span in when.spans if not (span.nth or span.first or span.last)]
    if when.always or _all_day(plain):
        return words.say("paper.open_always")
    if plain:
        return words.say("paper.open", hours=_week(plain, words))
    if own_text and when.text:
        return words.say("paper.open", hours=isolate(when.text))
    return words.say("paper.ask_hours") if when.spans or when.text else ""


def _all_day(spans: list[Span]) -> bool:
    return {s.weekday for s in spans if s.opens == 0 and s.closes in (0, 1440)} == set(range(7))


def _week(spans: list[Span], words: Words) -> str:
    """Days that share their times stand together: "Mon–Fri 8 am–6 pm, Sat 9 am–12 pm"."""
    times: dict[int, str] = {}
    for day in range(7):
        ranges = sorted((s.opens, s.closes) for s in spans if s.weekday == day)
        if ranges:
            shown = (f"{clock(first, words)}–{clock(last, words)}" for first, last in ranges)
            times[day] = listed((keep(one) for one in shown), words.language)
    parts = []
    for text in dict.fromkeys(times.values()):
        days = [day for day, said in times.items() if said == text]
        parts.append(f"{_days(days, words)}{_STAY}{text}")
    return listed(parts, words.language)


def _days(days: list[int], words: Words) -> str:
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    named = [words.say(f"paper.day.{_DAYS[day]}") for day in range(7)]
    shown = []
    for run in runs:
        if len(run) > 2:
            shown.append(f"{named[run[0]]}–{_JOIN}{named[run[-1]]}")
        else:
            shown += [named[day] for day in run]
    return listed(shown, words.language)


def place(where: Place) -> str:
    """Street, town, state and ZIP in postal order; nothing for a place that must stay unknown."""
    if where.confidential:
        return ""
    last = " ".join(part for part in (where.state, where.postal_code) if part)
    return isolate(", ".join(part for part in (where.street, where.city, last) if part))


def day(on: date, words: Words) -> str:
    """A date in words, for partner and office paper (English and Spanish have the month names)."""
    month = words.say(f"paper_partner.month.{on.month:02}")
    return words.say("paper_partner.date", month=month, day=on.day, year=on.year).replace(" ", _STAY)


def read_day(text: str) -> date | None:
    """A date somebody typed: 2026-12-24, 12/24/2026 or 12/24/26; None when it is none of them."""
    said = text.strip()
    parts = said.split("/")
    if len(parts) == 3:
        year = parts[2] if len(parts[2]) == 4 else f"20{parts[2]:0>2}"
        said = f"{year}-{parts[0]:0>2}-{parts[1]:0>2}"
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def typed_day(on: date) -> str:
    """A date as it is typed, which `read_day` reads again: 12/24/2026."""
    return f"{on:%m/%d/%Y}"
