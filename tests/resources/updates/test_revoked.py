"""A lost laptop: what it said before stays, and nothing it says later is believed, however the stick came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.updates.exchange import exchange, give
from resources.updates.holdings import arrivals
from resources.updates.rollback import take_back
from resources.updates.trust import Trust

Make = Callable[..., Provider]


@pytest.fixture
def lost(agency: Any, make_provider: Make, swap: Any) -> tuple[Directory, ...]:
    """`b` is lost after all three agreed; whoever found it writes on: the stick "later" has that too."""
    a, b, c = (agency.laptop(name) for name in "abc")
    b.save(make_provider(cost="free"))
    swap(agency.stick(), a, b, c, a)
    Trust(a).revoke(b.device)
    b.save(replace(b.get("asha"), cost="$500"))
    give(b, agency.stick("later"))
    return a, b, c


@pytest.mark.parametrize("roster", ["before", "on the same stick"])
def test_what_a_lost_laptop_says_later_is_refused_and_what_it_said_stays(
    roster: str, lost: tuple[Directory, ...], agency: Any
) -> None:
    a, _, c = lost
    give(a, agency.stick("roster" if roster == "before" else "later"))
    if roster == "before":
        exchange(c, agency.stick("roster"))
    done = exchange(c, agency.stick("later"), phones=None)
    assert [refusal.why for refusal in done.refusals] == ["revoked"]
    assert "was revoked after its change 1" in done.refusals[0].sentence()
    for laptop in (a, c):
        assert laptop.get("asha").cost == "free"


def test_what_was_taken_before_the_roster_came_can_be_taken_back_and_is_not_carried_on(
    lost: tuple[Directory, ...], agency: Any, swap: Any
) -> None:
    a, b, c = lost
    exchange(c, agency.stick("later"), phones=None)
    assert c.get("asha").cost == "$500", "nobody has told this laptop yet"
    give(a, agency.stick("roster"))
    exchange(c, agency.stick("roster"))
    b.save(replace(b.get("asha"), cost="$900"))
    give(b, agency.stick("later"))
    done = exchange(c, agency.stick("later"), phones=None)
    assert [refusal.why for refusal in done.refusals] == ["revoked"] and c.get("asha").cost == "$500"
    clean = agency.stick("clean")
    give(c, clean)
    assert not exchange(a, clean, phones=None).refusals
    take_back(c, next(one.id for one in arrivals(c) if one.source == "later"))
    swap(clean, c, a)
    assert a.get("asha").cost == c.get("asha").cost == "free" and not a.conflicts()
