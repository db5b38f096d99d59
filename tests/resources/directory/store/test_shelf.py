"""Many providers in little room come back as they went in."""

from __future__ import annotations

import pickle

import pytest

from resources.directory.provider import Phone, Place, Provider
from resources.directory.shelf import Shelf


def some(many: int, first: int = 0) -> list[Provider]:
    return [
        Provider(
            f"p{n:04}",
            f"House {n}\nof \ud800 \u2028",
            phones=(Phone("a1", "+14065550142"),),
            place=Place(city="Forsyth"),
        )
        for n in range(first, first + many)
    ]


def test_providers_come_back_in_order_and_whole() -> None:
    providers = some(450)
    shelf = Shelf.of(providers)
    assert list(shelf) == providers
    assert len(shelf) == 450


@pytest.mark.parametrize("place", [0, 199, 200, 449, -1, -450])
def test_one_provider_is_found_by_its_place(place: int) -> None:
    assert Shelf.of(some(450))[place] == some(450)[place]


@pytest.mark.parametrize("place", [450, -451])
def test_a_place_beyond_the_end_is_an_error(place: int) -> None:
    with pytest.raises(IndexError):
        Shelf.of(some(450))[place]


@pytest.mark.parametrize("part", [slice(190, 210), slice(-3, None), slice(5, 2), slice(0, 450, 7)])
def test_a_part_is_what_a_list_would_give(part: slice) -> None:
    assert Shelf.of(some(450))[part] == tuple(some(450)[part])


def test_of_several_with_one_id_the_last_stays_in_its_place() -> None:
    twins = [*some(3), Provider("p0001", "Later")]
    assert [one.name for one in Shelf.of(twins)][-1] == "Later"
    assert [one.id for one in Shelf.of(twins)] == ["p0000", "p0002", "p0001"]


def test_two_shelves_make_one_only_without_common_ids() -> None:
    both = Shelf.of(some(250)) + Shelf.of(some(250, first=250))
    assert list(both) == some(500)
    assert both[300] == some(500)[300]
    with pytest.raises(ValueError, match="both"):
        both + Shelf.of(some(1))


def test_a_shelf_goes_to_another_process_as_it_is() -> None:
    shelf = Shelf.of(some(450))
    assert list(pickle.loads(pickle.dumps(shelf))) == list(shelf)
