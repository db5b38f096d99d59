"""A long update is taken in whole parts, also when it is cut short, and the search index ends in order."""

from __future__ import annotations

from typing import Any

import pytest

from resources.directory import index
from resources.directory.derived import Derived
from resources.directory.matching import Query
from resources.directory.provider import Provider
from resources.directory.search import find
from resources.directory.store import Directory
from resources.updates import exchange
from resources.updates.exchange import Decision, accept, give, preview
from resources.updates.export import close_log
from resources.updates.lookalikes import look_alikes, skeletons
from resources.updates.segments import Segment

ENTRIES, TOGETHER, PART = 300, 20, 60
ALL = Decision(phones=None, confirm_retire=True)


class Pulled(Exception):
    """Somebody stopped it here."""


@pytest.fixture
def laptops(agency: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """One whose list lies in many segments on a stick, and one that is to take it; both can be searched."""
    monkeypatch.setattr(exchange, "AT_ONCE", PART)
    a, b, stick = agency.laptop("a", index=None), agency.laptop("b", index=None), agency.stick()
    a.apply([Provider(f"p{n:03}", name=f"Harbor {n:03}", cost=f"${n}") for n in range(ENTRIES)])
    close_log(a, TOGETHER)
    give(a, stick)
    return a, b, stick


def found(directory: Directory, typed: str) -> list[str]:
    return [card.provider_id for card in find(directory.connection, Query(typed)).found]


def test_a_long_list_that_is_cut_short_is_there_in_whole_parts_and_goes_on_later(laptops: Any) -> None:
    a, b, stick = laptops
    looked = preview(b, stick)
    assert len(looked.new) == ENTRIES and len(looked.incoming.segments) == ENTRIES / TOGETHER
    with pytest.raises(Pulled):
        accept(b, looked, ALL, progress=pull_at(10))
    assert b.count() == 180, "three whole parts, and nothing of the fourth"
    assert not index.hurried(b.connection) and b.rebuild() is None
    again = preview(b, stick)
    assert len(again.new) == ENTRIES - 180
    accept(b, again, ALL)
    assert a.content_hash() == b.content_hash()
    assert found(b, "harbor 299") == ["p299"] and not index.hurried(b.connection)


def test_an_index_that_nobody_put_in_order_is_so_after_the_next_start(
    laptops: Any, monkeypatch: pytest.MonkeyPatch, agency: Any
) -> None:
    _, b, stick = laptops
    monkeypatch.setattr(Derived, "finish", lambda derived: None)  # as if it had been killed before
    accept(b, preview(b, stick), ALL)
    monkeypatch.undo()
    assert index.hurried(b.connection)
    b.connection.close()
    with Directory.open(b.folder) as again:
        assert not index.hurried(again.connection) and found(again, "harbor 150") == ["p150"]


def test_new_entries_are_read_where_they_lie(laptops: Any) -> None:
    a, b, stick = laptops
    new = preview(b, stick).new
    assert list(new) == a.all() and new[:2] == tuple(a.many(["p000", "p001"])) and new[-1] == a.get("p299")
    assert [(i, fields["cost"]) for i, fields in new.of(("p123", "q"))] == [("p123", "$123")]


def test_a_segment_is_unpacked_once_for_all_the_entries_looked_at(
    laptops: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, b, stick = laptops
    looked, unpacked, bodies = preview(b, stick), list[int](), Segment.bodies

    def counted(segment: Segment, after: int = 0) -> list[str]:
        unpacked.append(segment.header.first)
        return bodies(segment, after)

    monkeypatch.setattr(Segment, "bodies", counted)
    for look in (lambda: list(looked.new), lambda: looked.spoken_of(frozenset(looked.new.ids()))):
        unpacked.clear()
        assert len(look()) == ENTRIES and len(unpacked) == ENTRIES / TOGETHER
    unpacked.clear()
    assert len(looked.new[:TOGETHER]) == TOGETHER and len(unpacked) == 1


def test_the_same_name_a_thousand_times_is_no_work_and_no_look_alike() -> None:
    names = {f"n{n}": "Human Services" for n in range(5_000)} | {"odd": "Human Servlces"}
    looked = look_alikes(names, ["Human Services"] * 5_000)
    assert len(looked) == 5_001 and {one.like for one in looked} == {"Human Services", "Human Servlces"}
    assert look_alikes({"n": "Human services"}, ["Human Services"] * 5_000) == []
    assert [one.like for one in look_alikes({"n": "988 Line"}, (), ["988 Line"])] == ["988 Line"]


def test_many_names_at_once_have_the_form_of_each() -> None:
    names = ["Asha\nHouse", "", "Clínic", "clinic", "D ínn", "O'Brien & Sons_1", "Аsha House", "ﬁne"]
    assert skeletons(names) == [form for name in names for form in skeletons([name])]
    assert skeletons(["Asha\nHouse"]) == skeletons(["asha house"]) and skeletons([]) == []


def pull_at(segment: int) -> Any:
    def progress(done: int, _: int) -> None:
        if done == segment:
            raise Pulled

    return progress
