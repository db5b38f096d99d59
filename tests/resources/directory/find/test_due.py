"""Only an answered call makes an entry fresh, and the call list starts with what waits longest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from resources.directory import due
from resources.directory.provider import Check, Provider

TODAY = date(2026, 11, 25)


def provider(name: str, need: str, *checks: tuple[int, str]) -> Provider:
    made = tuple(Check(f"c{ago}", TODAY - timedelta(days=ago), result) for ago, result in checks)
    return Provider(name, name, needs=frozenset({need}), checks=made)


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (provider("a", "shelter", (89, "answered")), "fresh"),
        (provider("a", "shelter", (90, "answered")), "due"),
        (provider("a", "hotline", (100, "answered")), "due"),
        (provider("a", "shelter", (180, "answered")), "stale"),
        (provider("a", "legal", (179, "answered")), "fresh"),
        (provider("a", "legal", (180, "answered")), "due"),
        (provider("a", "legal", (360, "answered")), "stale"),
        (provider("a", "legal"), "never"),
        (provider("a", "legal", (1, "wrong-number"), (30, "answered")), "stale"),
        (provider("a", "legal", (1, "closed")), "stale"),
        (provider("a", "legal", (1, "no-answer"), (30, "answered")), "fresh"),
        (provider("a", "legal", (8, "no-answer"), (30, "answered")), "due"),
        (provider("a", "legal", (8, "no-answer")), "stale"),
    ],
)
def test_the_clock_runs_by_kind_and_result(entry: Provider, state: str) -> None:
    assert due.state(entry, TODAY) == state


def test_an_agency_may_change_the_clock() -> None:
    policy = due.Policy(days=30, by_need={"legal": 10})
    assert due.clock(provider("a", "food", (5, "answered")), policy) == TODAY + timedelta(days=25)
    assert due.state(provider("a", "legal", (11, "answered")), TODAY, policy) == "due"
    assert due.clock(provider("a", "food")) is None


def test_what_an_agency_chose_holds_everywhere() -> None:
    shelter, pantry = provider("a", "shelter", (70, "answered")), provider("b", "food", (200, "answered"))
    try:
        due.keep_to(60, 365)
        assert (due.state(shelter, TODAY), due.state(pantry, TODAY)) == ("due", "fresh")
        assert [entry.provider.name for entry in due.list([shelter, pantry], TODAY)] == [shelter.name]
    finally:
        due.keep_to(due.URGENT_DAYS, due.CHECK_DAYS)
    assert (due.state(shelter, TODAY), due.state(pantry, TODAY)) == ("fresh", "due")
    assert due.soonest([shelter, pantry, provider("c", "food")])[0].id == "c"


def test_the_call_list_starts_with_what_waits_longest() -> None:
    entries = [
        provider("fresh", "food", (1, "answered")),
        provider("due", "food", (200, "answered")),
        provider("older", "food", (300, "answered")),
        provider("never food", "food"),
        provider("never shelter", "shelter"),
        provider("wrong", "food", (2, "wrong-number")),
        replace(provider("retired", "food"), status="defunct"),
        replace(provider("training", "food"), training=True),
    ]
    found = due.list(entries, TODAY)
    names = [entry.provider.name for entry in found]
    assert names == ["never shelter", "never food", "older", "due", "wrong"]
    assert found[0].due == TODAY and found[0].state == "never"
    assert found[2].due == TODAY - timedelta(days=120)


def test_clocks_that_are_wrong_make_no_negative_ages() -> None:
    future = provider("a", "legal", (-4000, "answered"))
    assert due.state(future, TODAY) == "due"
    assert due.state(future, date(1970, 1, 1)) == "due"
    assert [entry.due for entry in due.list([future], TODAY)] == [TODAY]
    assert due.state(future, date(2038, 1, 19)) == "fresh"
