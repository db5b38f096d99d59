"""Opening hours on a paper that is carried for weeks: nothing that a closure makes untrue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from resources.directory.hours import Closure, Hours, Span
from resources.directory.provider import Provider
from resources.handoff import SURVIVOR

PAPER_DAYS = 60  # a card is carried at least so long
LONG = timedelta(days=7)
_UNSURE = Hours(text="?")  # the paper then says to call and ask


def coming(hours: Hours, today: date) -> tuple[Closure, ...]:
    """Closures that touch the days from today on in which the paper is used, the first one first."""
    last = today + timedelta(days=PAPER_DAYS)
    touching = (each for each in hours.closures if each.last >= today and each.first <= last)
    return tuple(sorted(touching, key=lambda each: (each.first, each.last)))


def on_paper(one: Provider, audience: str, today: date) -> Provider:
    """The provider with the hours that hold while the paper is used.

    A survivor who could stand before a closed door reads "call to ask when they are open" (closed now,
    closed for a week or more, hours about to change) or "call before you go" (a holiday). Others read
    the days, without the reason, which may hold anything.
    """
    closures = coming(one.hours, today)
    spans, sure = _spans(one.hours.spans, today)
    if audience == SURVIVOR and not (sure and one.status in ("active", "") and not _shut(closures, today)):
        return replace(one, hours=_UNSURE if _known(one.hours) else Hours())
    named = tuple(replace(each, reason="") for each in closures)
    return replace(one, hours=replace(one.hours, spans=spans, closures=named))


def _known(hours: Hours) -> bool:
    return bool(hours.always or hours.spans or hours.text)


def _shut(closures: tuple[Closure, ...], today: date) -> bool:
    return any(each.first <= today or each.last - each.first >= LONG - timedelta(1) for each in closures)


def _spans(spans: tuple[Span, ...], today: date) -> tuple[tuple[Span, ...], bool]:
    """Spans that hold on all these days, without their bounds; false when some begin or end meanwhile."""
    last = today + timedelta(days=PAPER_DAYS)
    near = [
        span for span in spans if (span.first or today) <= last and (span.last is None or span.last >= today)
    ]
    steady = [span for span in near if (span.first or today) <= today and (span.last or last) >= last]
    changing = len(steady) < len(near) or (bool(spans) and not near)
    return tuple(replace(span, first=None, last=None) for span in steady), not changing
