"""Places are found without internet, the way people write them, and never decided for them."""

from __future__ import annotations

import time

import pytest

from resources.directory import places


@pytest.mark.parametrize(
    ("said", "label", "county"),
    [
        ("59301", "Miles City, MT 59301", "30017"),
        ("59301-1234", "Miles City, MT 59301", "30017"),
        ("Forsyth, MT", "Forsyth, MT", "30087"),
        ("forsyth mt", "Forsyth, MT", "30087"),
        ("Forsyth, Montana", "Forsyth, MT", "30087"),
        ("Lame Deer, MT 59043", "Lame Deer, MT", "30087"),
        ("Rosebud County, MT", "Rosebud County, MT", "30087"),
        ("rosebud county montana", "Rosebud County, MT", "30087"),
        ("Orleans Parish, LA", "Orleans Parish, LA", "22071"),
        ("Saint Louis County, MO", "St. Louis County, MO", "29189"),
        ("St. Louis, MO", "Saint Louis, MO", "29510"),
        ("Doña Ana County, NM", "Doña Ana County, NM", "35013"),
        ("Dona Ana, NM", "Dona Ana, NM", "35013"),
        ("Loving County, TX", "Loving County, TX", "48301"),
        ("Miles City", "Miles City, MT", "30017"),
        ("New York, NY", "New York, NY", "36061"),
        ("00601", "00601, Adjuntas Municipio, PR", "72001"),
    ],
)
def test_places_are_found_as_people_write_them(said: str, label: str, county: str) -> None:
    hit = places.find(said)
    assert hit is not None
    assert (hit.label, hit.county) == (label, county)


@pytest.mark.parametrize(
    "said", ["", "00000", "Forsyth", "Nowhere Atall, MT", "xx, yy", "'; drop table zip", "\x00", "5" * 5000]
)
def test_unclear_places_are_not_guessed(said: str) -> None:
    assert places.find(said) is None


def test_a_zip_names_every_county_it_touches() -> None:
    assert places.counties_of_zip("59301") == ("30017", "30033", "30075", "30087")
    assert places.counties_of_zip("99999") == ()
    assert places.counties_of_zip("Forsyth, MT") == ()
    assert places.counties_of_zip("06103")[0] == "09003"


def test_neighbors_share_a_border_both_ways() -> None:
    assert places.neighbours("30087") == (
        "30003", "30017", "30033", "30065", "30069", "30075", "30103", "30111",
    )  # fmt: skip
    for other in places.neighbours("30087"):
        assert "30087" in places.neighbours(other)
    assert places.neighbours("99999") == ()


def test_counties_have_their_full_names() -> None:
    assert places.county_name("30087") == "Rosebud County, MT"
    assert places.county_name("51760") == "Richmond city, VA"
    assert places.county_name("51159") == "Richmond County, VA"
    assert places.county_name("02013") == "Aleutians East Borough, AK"
    assert places.county_name("09110") == "Capitol Planning Region, CT"
    assert places.county_name("99999") == "99999"
    assert len(places.counties_of_state("MT")) == 56
    assert len([h for s in places.STATES for h in places.counties_of_state(s)]) >= 3231


def test_distances_are_miles_over_the_ground() -> None:
    miles_city, forsyth = places.find("Miles City, MT"), places.find("Forsyth, MT")
    assert miles_city and forsyth
    assert places.distance_miles(miles_city.point, forsyth.point) == pytest.approx(42.2, abs=0.5)
    assert places.distance_miles((40.7128, -74.0060), (34.0522, -118.2437)) == pytest.approx(2446, abs=3)
    assert places.distance_miles((1, 2), (1, 2)) == 0


def test_suggestions_come_while_typing() -> None:
    assert next(h.label for h in places.suggestions("fors", state="MT")) == "Forsyth, MT"
    assert "Rosebud County, MT" in [h.label for h in places.suggestions("rosebud")]
    assert [h.label for h in places.suggestions("miles city, m")] == ["Miles City, MT"]
    assert next(h.label for h in places.suggestions("593")) == "Miles City, MT 59301"
    assert places.suggestions("") == places.suggestions("%") == []
    assert len(places.suggestions("s", limit=5)) == 5


def test_the_file_is_small_and_quick() -> None:
    assert places.PLACES.stat().st_size <= 4 * 2**20
    places.find.cache_clear()
    places._database.cache_clear()
    start = time.process_time()
    assert places.find("59301")
    assert time.process_time() - start < 0.05
