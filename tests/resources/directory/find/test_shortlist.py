"""Matching letters in memory answers as the full-text index does, and forgets when anything is written."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from resources.directory import bitmaps, candidates, index, matching, places, search, shortlist
from resources.directory.provider import Provider
from tests.resources.directory.find.conftest import read_all_ahead
from tests.resources.directory.find.test_search_oracle import _question

NOON = datetime(2026, 11, 25, 12)


@pytest.mark.parametrize("seed", range(4))
def test_every_key_finds_what_the_index_finds(many: Any, many_providers: list[Provider], seed: int) -> None:
    chance, kept, met = random.Random(seed), search.Shortlists(), 0
    for _ in range(15):
        query = replace(
            _question(chance, chance.choice(many_providers), NOON), limit=50, accepts=("men",), ways_on=False
        )
        for end in range(len(query.text) + 1):
            asked = replace(query, text=query.text[:end])
            results = search.find(many, asked, kept)
            assert results == search.find(many, asked), asked
            met += len(results.found)
            if end % 3:
                read_all_ahead(kept, many)
    assert met > 100


@pytest.mark.parametrize("seed", range(4))
def test_filters_read_ahead_let_through_what_the_index_lets_through(
    many: Any, many_providers: list[Provider], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same, with pieces smaller than the directory, filters that change and few shortlists kept."""
    for name, value in (("FEW", 400), ("KEPT", 3)):
        monkeypatch.setattr(shortlist, name, value)
    for name, value in (("PIECE", 300), ("KEPT", 12)):
        monkeypatch.setattr(bitmaps, name, value)
    chance, kept, read = random.Random(seed), search.Shortlists(), 0
    for _ in range(60):
        moment = NOON + timedelta(hours=chance.randrange(3))
        query = _question(chance, chance.choice(many_providers), moment)
        query = replace(query, text=chance.choice(("", "s", query.text)), limit=50, ways_on=False)
        for _ in range(2):
            assert search.find(many, query, kept) == search.find(many, query), query
            source = candidates.Source(many, query, [], search._open_at(query, moment), shortlists=kept)
            if source.facets and source._narrowed().filters:
                ids = source._narrowed().ids(many, kept._bitmaps)
                assert ids is None or ids == source._matching(source._expression("", ""), 401)
                read += ids is not None
            read_all_ahead(kept, many)
    assert read > 30


class Failing:
    """A connection whose next question fails: another window writes, or the stick was pulled."""

    def __init__(self, connection: Any, question: str) -> None:
        self._connection, self._question = connection, question

    def execute(self, sql: str, given: tuple[object, ...] = ()) -> Any:
        if sql.startswith(self._question):
            self._question = "none"
            raise OSError
        return self._connection.execute(sql, given)


def test_a_piece_that_could_not_be_read_is_read_again(many: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bitmaps, "PIECE", 300)
    failing, spoken = Failing(many, "select json_group_array"), bitmaps.Filter("len")
    filters = bitmaps.Bitmaps()
    assert filters.passing((spoken,)) is None
    with pytest.raises(OSError):
        filters.read_on(failing)
    while filters.read_on(failing):
        pass
    counted = "select count(*) from search_fts where search_fts match 'facets : len'"
    (number,) = many.execute(counted).fetchone()
    assert (filters.passing((spoken,)) or "").count("1") == number > 300
    few = shortlist.Shortlist(Failing(many, "select docid"), list(range(1, 400)))
    with pytest.raises(OSError):
        few.read_on()
    every = matching.understood(matching.typed_words("e"))
    assert few.matching(every) == shortlist.Shortlist(many, few.ids).matching(every) != []


def test_a_place_with_too_much_around_it_is_asked_of_the_index(
    many: Any, many_providers: list[Provider], monkeypatch: pytest.MonkeyPatch
) -> None:
    near = places.county(many_providers[0].place.county)
    query = search.Query(near=near, within=200, language="es", open_now=True, moment=NOON)
    kept = search.Shortlists()
    search.find(many, query, kept)
    read_all_ahead(kept, many)
    narrowed = candidates.Source(many, query, [], NOON, shortlists=kept)._narrowed()
    assert narrowed.ids(many, kept._bitmaps)
    monkeypatch.setattr(shortlist, "AROUND", 3)
    assert narrowed.ids(many, kept._bitmaps) is None


def test_more_than_a_shortlist_holds_is_asked_of_the_index(
    many: Any, many_providers: list[Provider], monkeypatch: pytest.MonkeyPatch
) -> None:
    near = places.county(many_providers[0].place.county)
    query = search.Query("s", near=near, language="en", moment=NOON)
    monkeypatch.setattr(shortlist, "FEW", 100)
    kept = search.Shortlists()
    assert candidates.Source(many, query, ["s"], shortlists=kept)._few is None
    assert search.find(many, query, kept) == search.find(many, query)


def test_too_many_for_one_look_are_taken_from_the_nearest_outward(
    many: Any, many_providers: list[Provider]
) -> None:
    for provider in many_providers[:20]:
        near = places.county(provider.place.county)
        query = search.Query("s", near=near, language="es", limit=5, moment=NOON)
        results = search._answer(many, query, ["s"], 20, search.Shortlists())
        assert results == search._answer(many, query, ["s"], 20)
        assert len(results.found) == 5 and results.total is None


def test_a_change_is_seen_by_the_next_key(
    index_of: Callable[..., Any], many_providers: list[Provider]
) -> None:
    providers = many_providers[:50]
    connection, kept = index_of(providers), search.Shortlists()
    query = search.Query("zebra", language="en", moment=NOON, ways_on=False)
    assert not search.find(connection, query, kept).found
    read_all_ahead(kept, connection)
    spoken = next(n for n, provider in enumerate(providers, 1) if "en" in provider.languages)
    index.write(connection, spoken, replace(providers[spoken - 1], name="Zebra House"))
    assert [found.name for found in search.find(connection, query, kept).found] == ["Zebra House"]
    read_all_ahead(kept, connection)
    index.write(connection, spoken, replace(providers[spoken - 1], name="Zebra House", status="defunct"))
    assert not search.find(connection, query, kept).found
    index.write(connection, spoken, replace(providers[spoken - 1], name="Zebra House"))
    assert search.find(connection, query, kept).found
    read_all_ahead(kept, connection)
    index.remove(connection, spoken)
    assert not search.find(connection, query, kept).found
    new = replace(providers[spoken - 1], name="Zebra Home")
    index.write(connection, 70_000, new)
    assert [found.name for found in search.find(connection, query, kept).found] == ["Zebra Home"]


def test_another_directory_is_never_answered_from_this_one(
    index_of: Callable[..., Any], many_providers: list[Provider]
) -> None:
    kept = search.Shortlists()
    query = search.Query(language="en", limit=500, moment=NOON, ways_on=False)
    for some in (many_providers[:60], many_providers[60:120]):
        names = {provider.name for provider in some if "en" in provider.languages and not provider.retired}
        connection = index_of(some)
        for _ in range(2):
            assert {found.name for found in search.find(connection, query, kept).found} == names
            read_all_ahead(kept, connection)
