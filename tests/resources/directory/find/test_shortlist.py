"""Matching letters in memory answers as the full-text index does, and forgets when anything is written."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from resources.directory import candidates, index, places, search, shortlist
from resources.directory.provider import Provider
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
    assert met > 100


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
    spoken = next(n for n, provider in enumerate(providers, 1) if "en" in provider.languages)
    index.write(connection, spoken, replace(providers[spoken - 1], name="Zebra House"))
    assert [found.name for found in search.find(connection, query, kept).found] == ["Zebra House"]
    index.remove(connection, spoken)
    assert not search.find(connection, query, kept).found


def test_another_directory_is_never_answered_from_this_one(
    index_of: Callable[..., Any], many_providers: list[Provider]
) -> None:
    kept = search.Shortlists()
    query = search.Query(language="en", limit=500, moment=NOON, ways_on=False)
    for some in (many_providers[:60], many_providers[60:120]):
        names = {provider.name for provider in some if "en" in provider.languages and not provider.retired}
        assert {found.name for found in search.find(index_of(some), query, kept).found} == names
