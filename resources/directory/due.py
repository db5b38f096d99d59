"""The check clock: when each provider should be called again, and the call list."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType

from resources.directory.provider import Provider

FRESH, DUE, STALE, NEVER = "fresh", "due", "stale", "never"
URGENT = ("shelter", "hotline")  # people stand at their door at night
URGENT_DAYS, CHECK_DAYS = 90, 180
_SOONER = MappingProxyType(dict.fromkeys(URGENT, URGENT_DAYS))


@dataclass(frozen=True)
class Policy:
    """Days between calls: the shortest of a provider's needs, else `days`; `retry_days` after a call that
    nobody answered. An agency may change all of it."""

    days: int = CHECK_DAYS
    by_need: Mapping[str, int] = field(default_factory=lambda: _SOONER)
    retry_days: int = 7


_in_force = [Policy()]


def keep_to(urgent_days: int, check_days: int) -> None:
    """From now on shelters and crisis lines, and all others, are due after so many days."""
    _in_force[0] = Policy(check_days, MappingProxyType(dict.fromkeys(URGENT, urgent_days)))


def rules() -> Policy:
    """What the agency chose; it holds wherever no other policy is handed over."""
    return _in_force[0]


@dataclass(frozen=True)
class Entry:
    """One line of the call list."""

    provider: Provider
    due: date
    state: str


def interval(provider: Provider, policy: Policy | None = None) -> int:
    """Days that a check of this provider lasts."""
    return lasts(provider.needs, policy)


def lasts(needs: Iterable[str], policy: Policy | None = None) -> int:
    """Days that a check of a provider of these needs lasts."""
    held = policy or rules()
    return min((held.by_need[need] for need in needs if need in held.by_need), default=held.days)


def clock(provider: Provider, policy: Policy | None = None) -> date | None:
    """The day the next call is due; None when nobody ever called, which is due at once.

    Only an answered call starts the clock anew. After a call that found nobody the next one is due within
    days; a wrong number or a closed service is due at once, because someone must find the right number.
    """
    held = policy or rules()
    last, confirmed = provider.last_check, provider.confirmed_on
    if last is None:
        return None
    again = timedelta(days=interval(provider, held))
    if last.result == "answered":
        return last.on + again
    if last.result == "no-answer":
        soon = last.on + timedelta(days=held.retry_days)
        return min(soon, confirmed + again) if confirmed else soon
    return last.on


def _ahead(day: date, today: date) -> bool:
    """A check of the day after tomorrow was dated by a wrong clock: it proves nothing."""
    return day > today + timedelta(days=1)


def state(provider: Provider, today: date, policy: Policy | None = None) -> str:
    """`fresh`, `due` (the date has come), `stale` (overdue by as long again, or the last call found a wrong
    number or a closed service), or `never` (nobody has called yet)."""
    day = clock(provider, policy)
    last = provider.last_check
    if day is None or last is None:
        return NEVER
    if last.result in ("wrong-number", "closed"):
        return STALE
    if _ahead(last.on, today):
        return DUE
    if today < day:
        return FRESH
    since = provider.confirmed_on
    if since is None or (today - since).days >= 2 * interval(provider, policy):
        return STALE
    return DUE


def soonest(providers: Iterable[Provider], policy: Policy | None = None) -> builtins.list[Provider]:
    """All of these in the order of the call list, those not due yet at the end."""
    return sorted(providers, key=lambda one: (clock(one, policy) or date.min, *_order(one, policy)))


def _order(provider: Provider, policy: Policy | None) -> tuple[int, str]:
    return interval(provider, policy), provider.name.casefold()


def waits_since(provider: Provider, today: date, policy: Policy | None = None) -> date | None:
    """The day from which a call has been due (`date.min`: nobody ever called); None when none is due."""
    if provider.retired or provider.training:
        return None
    day, last = clock(provider, policy), provider.last_check
    if day is None or last is None:
        return date.min
    if _ahead(last.on, today):
        return today
    return day if day <= today else None


def list(providers: Iterable[Provider], today: date, policy: Policy | None = None) -> builtins.list[Entry]:
    """The call list: everything due by `today`, what is due longest first; never called ones lead, shelters
    and hotlines before others. Retired and training entries are not called."""
    found = []
    for provider in providers:
        day = waits_since(provider, today, policy)
        if day is not None:
            found.append(Entry(provider, day, state(provider, today, policy)))
    found.sort(key=lambda entry: (entry.due, *_order(entry.provider, policy)))
    return [replace(entry, due=today) if entry.due == date.min else entry for entry in found]
