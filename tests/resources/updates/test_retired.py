"""An entry that one laptop takes out of use while another one edits it is not lost from sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from resources.directory.provider import Phone, Provider
from resources.directory.store import Directory
from resources.updates.exchange import exchange, give, preview
from resources.updates.holdings import arrivals
from resources.updates.rollback import take_back

Make = Callable[..., Provider]


@pytest.fixture
def pair(agency: Any, make_provider: Make, swap: Any) -> tuple[Directory, Directory]:
    """Two laptops that hold the same entry."""
    a, b = agency.laptop("a"), agency.laptop("b")
    a.save(make_provider())
    swap(agency.stick(), a, b)
    return a, b


def words(laptop: Directory) -> dict[str, set[tuple[str, str]]]:
    return {c.field: {(claim.value, claim.who) for claim in c.values} for c in laptop.conflicts()}


def test_retiring_against_an_edit_is_a_conflict_and_the_entry_stays_in_sight(
    pair: tuple[Directory, Directory], agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b = pair
    a.retire("asha")
    b.save(make_provider(phones=(Phone("p1", "+14065550199"),)))
    give(a, agency.stick())
    looked = preview(b, agency.stick())
    assert not looked.retired and [(d.said, set(d.values)) for d in looked.disputes] == [
        ("Status", {"in use", "out of use"})
    ]
    swap(agency.stick(), b, a)
    for laptop in pair:
        assert words(laptop) == {"status": {("active", "b"), ("defunct", "a")}}
        assert not laptop.get("asha").retired and laptop.get("asha").phones[0].number == "+14065550199"
        before = laptop.content_hash()
        laptop.rebuild()
        assert laptop.content_hash() == before and words(laptop)


@pytest.mark.parametrize("decided", ["defunct", "active"])
def test_a_person_decides_and_it_is_remembered(
    decided: str, pair: tuple[Directory, Directory], agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b = pair
    a.retire("asha")
    b.save(make_provider(cost="free"))
    swap(agency.stick(), a, b)
    b.resolve("asha", "status", decided)
    swap(agency.stick(), b, a)
    for laptop in pair:
        assert laptop.conflicts() == [] and laptop.get("asha").status == decided
        assert laptop.get("asha").cost == "free"


def test_a_call_is_no_edit_and_an_edit_of_what_is_known_to_be_retired_brings_nothing_back(
    pair: tuple[Directory, Directory], agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b = pair
    a.retire("asha")
    b.record_check("asha", "no-answer")
    swap(agency.stick(), a, b, a)
    assert b.conflicts() == [] and b.get("asha").retired and len(a.get("asha").checks) == 1
    b.save(replace(b.get("asha"), cost="free"))
    b.resolve("asha", "eligibility", "women")
    swap(agency.stick(), b, a)
    for laptop in pair:
        assert laptop.conflicts() == [] and laptop.get("asha").retired and laptop.get("asha").cost == "free"


def test_a_form_that_was_open_when_the_entry_was_retired_is_an_edit_nobody_had_seen(
    pair: tuple[Directory, Directory], agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b = pair
    seen = b.seen("asha")
    a.retire("asha")
    swap(agency.stick(), a, b)
    b.save(make_provider(cost="free"), seen=seen)
    assert not b.get("asha").retired and set(words(b)) == {"status"}


def test_a_retirement_decided_with_an_older_form_did_not_see_what_came_meanwhile(
    pair: tuple[Directory, Directory], agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b = pair
    seen = b.seen("asha")
    a.save(make_provider(cost="free"))
    swap(agency.stick(), a, b)
    b.save(make_provider(status="defunct"), seen=seen)
    assert not b.get("asha").retired and set(words(b)) == {"status"} and b.get("asha").cost == "free"


def test_an_entry_whose_making_was_taken_back_while_another_laptop_edited_it_keeps_its_name(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b = agency.laptop("a"), agency.laptop("b")
    a.save(make_provider())
    swap(agency.stick(), a, b)
    a.undo()
    assert a.count(retired=True) == 0
    b.save(make_provider(cost="free"))
    swap(agency.stick(), a, b, a)
    for laptop in (a, b):
        assert laptop.get("asha").name == "Asha Shelter" and laptop.get("asha").cost == "free"
        assert words(laptop) == {"status": {("active", "b"), ("removed", "a")}}
    a.resolve("asha", "status", "removed")
    swap(agency.stick(), a, b)
    assert a.count(retired=True) == b.count(retired=True) == 0 and b.conflicts() == []


def test_what_was_taken_back_can_be_entered_again_without_what_it_said_before(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b = agency.laptop("a"), agency.laptop("b")
    a.save(make_provider(cost="$5"))
    swap(agency.stick(), a, b)
    take_back(b, arrivals(b)[0].id)
    assert b.count(retired=True) == 0
    b.save(make_provider(name="Asha House"))
    assert b.get("asha") == make_provider(name="Asha House")
    assert b.undo() and b.count(retired=True) == 0
    assert b.undo() and b.get("asha") == make_provider(cost="$5")
    assert exchange(b, agency.stick()).refusals == ()
