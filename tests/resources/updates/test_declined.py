"""Declining an update of a field on which laptops disagree: the dispute stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from resources.directory.oplog import OpLog
from resources.directory.provider import Phone, Provider
from resources.directory.store import Directory
from resources.updates import holdings, rollback
from resources.updates.exchange import Decision, complete, give, preview

Make = Callable[..., Provider]
DECLINE = Decision(phones=None, declined=frozenset({"asha"}))


def said(laptop: Directory, field: str = "cost") -> list[tuple[str, str, Any]]:
    return [(c.text, c.who, c.when) for one in laptop.conflicts() if one.field == field for c in one.values]


@pytest.fixture
def disputed(agency: Any, make_provider: Make, swap: Any) -> tuple[Directory, ...]:
    """`a` says $5 and `b` $9; `b` holds both, `c` neither. The stick "old" is as before, "new" has all."""
    a, b, c = (agency.laptop(name) for name in "abc")
    old, new = agency.stick("old"), agency.stick("new")
    a.save(make_provider())
    swap(old, a, b, c)
    a.save(make_provider(cost="$5"))
    give(a, agency.stick("of a"))
    b.save(make_provider(cost="$9"))
    swap(new, a, b)
    assert [(text, who) for text, who, _ in said(b)] == [("$9", "b"), ("$5", "a")]
    return a, b, c


@pytest.mark.parametrize("knew", ["new", "of a", "old"])
def test_a_dispute_stays_as_it_was_whatever_the_author_of_what_is_declined_knew_of_it(
    knew: str, disputed: tuple[Directory, ...], agency: Any, swap: Any
) -> None:
    a, b, c = disputed
    before, shown = said(b), b.get("asha")
    swap(agency.stick(knew), c)
    c.save(replace(c.get("asha"), cost="$20"))
    give(c, agency.stick("new"))
    taken = complete(b, agency.stick("new"), preview(b, agency.stick("new")), DECLINE).taken
    assert taken.kept == 1 and said(b) == before and b.get("asha") == shown
    swap(agency.stick("new"), a, c)
    for laptop in (a, c):
        assert said(laptop) == before and laptop.get("asha") == shown
    assert any(line.new == "$20" for line in a.history("asha")), "what was declined is in the history"
    b.rebuild()
    assert said(b) == before


def test_a_decision_that_is_declined_leaves_the_dispute_open_though_it_shows_the_same(
    disputed: tuple[Directory, ...], agency: Any, swap: Any
) -> None:
    _, b, c = disputed
    before = said(b)
    swap(agency.stick("new"), c)
    c.resolve("asha", "cost", "$9")
    give(c, agency.stick("new"))
    complete(b, agency.stick("new"), preview(b, agency.stick("new")), DECLINE)
    assert said(b) == before
    b.resolve("asha", "cost", "$5")
    assert not b.conflicts() and b.get("asha").cost == "$5", "a person decides it later"


def test_a_refused_number_decides_no_dispute_about_it(agency: Any, make_provider: Make, swap: Any) -> None:
    a, b, c, stick = *(agency.laptop(name) for name in "abc"), agency.stick()
    a.save(make_provider())
    swap(stick, a, b, c)
    for laptop, number in ((a, "+14065550161"), (b, "+14065550162")):
        laptop.save(make_provider(phones=(Phone("p1", number),)))
    swap(stick, a, b, c)
    before, shown = said(b, "phones/p1"), b.get("asha").phones
    assert len(before) == 2
    c.save(make_provider(phones=(Phone("p1", "+14065550163"),), cost="free"))
    give(c, stick)
    complete(b, stick, preview(b, stick), Decision())
    assert said(b, "phones/p1") == before and b.get("asha").phones == shown
    assert b.get("asha").cost == "free", "all else is taken"


def test_a_declined_word_on_whether_an_entry_is_in_use_leaves_that_open(
    agency: Any, make_provider: Make, swap: Any, tmp_path: Path
) -> None:
    a, b, c, stick = *(agency.laptop(name) for name in "abc"), agency.stick()
    a.save(make_provider())
    swap(stick, a, b, c)
    a.retire("asha")
    b.save(make_provider(cost="free"))
    swap(stick, a, b, c)
    before = {text for text, *_ in said(b, "status")}
    assert before == {"in use", "out of use"} and not b.get("asha").retired
    c.retire("asha")
    give(c, stick)
    complete(b, stick, preview(b, stick), DECLINE)
    assert {text for text, *_ in said(b, "status")} == before and not b.get("asha").retired


def test_an_entry_stays_out_of_use_when_a_secret_is_all_that_is_declined(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    """The secret itself cannot be declined, and nobody who retired the entry had seen it."""
    a, b = agency.laptop("a"), agency.laptop("b")
    stick = agency.stick("one")
    a.save(make_provider())
    swap(stick, a, b)
    b.retire("asha")
    a.save(replace(a.get("asha"), place=replace(a.get("asha").place, confidential=True)))
    give(a, stick)
    complete(b, stick, preview(b, stick), DECLINE)
    (left,) = b.many(["asha"])
    assert left.retired and left.place.confidential and not left.place.street


def test_what_a_declined_take_back_gave_back_stays_away(agency: Any, make_provider: Make, swap: Any) -> None:
    """The entry was gone, is written anew, and goes again: with all that had stood before it was gone."""
    a, b, c = (agency.laptop(name) for name in "abc")
    stick = agency.stick("one")
    a.save(make_provider())
    swap(stick, a, c)
    rollback.take_back(c, holdings.arrivals(c)[0].id)
    swap(stick, c, b)
    b.save(make_provider(name="Asha House", needs=frozenset()))
    before = b.get("asha")
    swap(stick, b, c)
    rollback.take_back(c, holdings.arrivals(c)[0].id)
    give(c, stick)
    complete(b, stick, preview(b, stick), DECLINE)
    assert b.get("asha") == before


def test_of_claims_whose_clocks_are_equal_the_same_is_shown_afterwards(
    agency: Any, make_provider: Make, swap: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names decide between them; ours comes before the others, and what we say again has our name."""
    ours, other, second, first = sorted((agency.laptop(n) for n in "abcd"), key=lambda one: one.device)
    stick = agency.stick("all")
    ours.save(make_provider())
    swap(stick, ours, other, second, first)
    same = ours.connection.execute("select max(clock) from op").fetchone()[0] + (1 << 40)
    monkeypatch.setattr(OpLog, "clock", lambda _, after: max(same, after + 1))
    for laptop, cost in ((first, "$9"), (second, "$5"), (other, "$20")):
        laptop.save(replace(laptop.get("asha"), cost=cost))
    swap(stick, first, second, ours)
    before = said(ours)
    assert ours.get("asha").cost == "$9" and len(before) == 2
    give(other, agency.stick("other"))
    complete(ours, agency.stick("other"), preview(ours, agency.stick("other")), DECLINE)
    assert ours.get("asha").cost == "$9" and said(ours) == before
