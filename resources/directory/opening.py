"""Opening hours at work: open at a moment, the days of a window, and hours said in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from resources.directory.hours import Hours, Span
from resources.directory.recurrence import falls_on
from resources.directory.schedules import ALL_DAY, from_hsds, kept_rule, to_hsds
from resources.words import Words

__all__ = ["dates", "from_hsds", "in_words", "is_open", "read_text", "to_hsds", "tonight"]

TONIGHT = 23 * 60
MORNING = 5 * 60


def is_open(hours: Hours, moment: datetime) -> bool | None:
    """True or false when the hours tell; None when they do not (no hours, expired, a rule we cannot read).

    `moment` is the clock on the provider's wall; a time zone it may carry is not used, so nothing
    shifts when daylight saving begins or ends.
    """
    today, minute = moment.date(), moment.hour * 60 + moment.minute
    yesterday = today - timedelta(days=1)
    if hours.always:
        return not _closed(hours, today)
    for day, offset in ((today, 0), (yesterday, 1440)):
        if not _closed(hours, day):
            if any(_covers(span.opens, span.closes, minute + offset) for span in _spans_on(hours, day)):
                return True
            if any(_covers(*times, minute + offset) for times in _rule_times_on(hours, day)):
                return True
    return None if _unsure(hours, today) else False


def read_text(text: str) -> Hours | None:
    """Hours that the words state without doubt ("Mon-Fri 9-5"); None when any part is unclear."""
    from resources.directory import hours_text  # its patterns take longer to prepare than a search

    return hours_text.read_text(text)


def tonight(moment: datetime) -> datetime:
    """The moment that "open tonight" asks about: 11 pm of this day, or now when it is before 5 am."""
    if moment.hour * 60 + moment.minute < MORNING:
        return moment
    return moment.replace(hour=TONIGHT // 60, minute=0, second=0, microsecond=0)


def dates(hours: Hours, first: date, last: date) -> list[date]:
    """Days from `first` to `last` on which the service opens."""
    found = set()
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if not _closed(hours, day) and (hours.always or any(_spans_on(hours, day))):
            found.add(day)
    for text in hours.rules:
        rule, _ = kept_rule(text)
        if rule:
            found |= {day for day in rule.dates(first, last) if not _closed(hours, day)}
    return sorted(found)


def _closed(hours: Hours, day: date) -> bool:
    return any(closure.first <= day <= closure.last for closure in hours.closures)


def _spans_on(hours: Hours, day: date) -> Iterable[Span]:
    return (
        span
        for span in hours.spans
        if span.weekday == day.weekday()
        and (span.first is None or span.first <= day)
        and (span.last is None or day <= span.last)
        and (not span.nth or any(falls_on(day, nth, span.weekday) for nth in span.nth))
    )


def _rule_times_on(hours: Hours, day: date) -> Iterable[tuple[int, int]]:
    for text in hours.rules:
        rule, times = kept_rule(text)
        if rule and times and rule.dates(day, day):
            yield times


def _covers(opens: int, closes: int, minute: int) -> bool:
    return opens <= minute < (closes if closes > opens else closes + 1440)


def _unsure(hours: Hours, today: date) -> bool:
    if any(None in kept_rule(text) for text in hours.rules):
        return True
    lasts = [span.last for span in hours.spans]
    lasts += [rule.last for text in hours.rules if (rule := kept_rule(text)[0])]
    return not any(last is None or last >= today for last in lasts)


def in_words(hours: Hours, words: Words, today: date | None = None) -> str:
    """Hours for a person: "Mon–Fri 8 am – 6 pm", "24 hours", or what the list said in words.

    With `today`, spans that ended are left out, and when none is left it says "Hours not confirmed".
    """
    if hours.always or _every_day(hours.spans):
        return words.say("find.hours.always")
    spans = [s for s in hours.spans if today is None or s.last is None or s.last >= today]
    if spans:
        by_days: dict[str, list[str]] = {}
        for days, times in _grouped(spans, words):
            by_days.setdefault(days, []).append(times)
        said = [f"{days} {', '.join(times)}".strip() for days, times in by_days.items()]
        return "; ".join(said + [words.say("find.hours.more")] * bool(hours.rules))
    if hours.text:
        return hours.text
    return words.say("find.hours.not_confirmed") if hours.spans or hours.rules else ""


def _every_day(spans: tuple[Span, ...]) -> bool:
    full = {s.weekday for s in spans if (s.opens, s.closes) == ALL_DAY and not (s.nth or s.first or s.last)}
    return len(full) == 7


def _grouped(spans: list[Span], words: Words) -> list[tuple[str, str]]:
    """Pairs of days and times; days with the same times stand together."""
    groups: dict[tuple[object, ...], list[Span]] = {}
    for span in sorted(spans, key=lambda s: (s.weekday, s.opens)):
        groups.setdefault((span.opens, span.closes, span.nth, span.last), []).append(span)
    return [(_days(group, words), _times(group[0], words)) for group in groups.values()]


def _days(group: list[Span], words: Words) -> str:
    names = [words.say(f"find.hours.day.d{n}") for n in range(7)]
    weekdays = sorted({span.weekday for span in group})
    if group[0].nth:
        nths = words.say("find.hours.and").join(words.say(f"find.hours.nth.{_nth(n)}") for n in group[0].nth)
        days = ", ".join(names[n] for n in weekdays)
        said = words.say("find.hours.nth_days", nth=nths, days=days)
    elif len(weekdays) == 7:
        said = words.say("find.hours.every_day")
    else:
        said = ", ".join(_run(run, names) for run in _runs(weekdays))
    if group[0].last:
        said = words.say("find.hours.until", days=said, date=group[0].last.isoformat())
    return said


def _nth(number: int) -> str:
    return f"n{number}" if number > 0 else f"last{-number}"


def _runs(weekdays: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in weekdays:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _run(run: list[int], names: list[str]) -> str:
    if len(run) > 2:
        return f"{names[run[0]]}–{names[run[-1]]}"
    return ", ".join(names[n] for n in run)


def _times(span: Span, words: Words) -> str:
    if (span.opens, span.closes) == ALL_DAY:
        return words.say("find.hours.all_day")
    return f"{_clock(span.opens, words)} – {_clock(span.closes, words)}"


def _clock(minute: int, words: Words) -> str:
    minute %= 1440
    if minute == 0:
        return words.say("find.hours.midnight")
    if minute == 720:
        return words.say("find.hours.noon")
    hour, rest = minute // 60, minute % 60
    shown = f"{(hour - 1) % 12 + 1}" + (f":{rest:02}" if rest else "")
    if words.has("find.hours.clock24"):
        return f"{hour}:{rest:02}"
    return words.say("find.hours.am" if hour < 12 else "find.hours.pm", time=shown)
