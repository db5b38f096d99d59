"""Without the filters, from the working county outwards: who there is when nothing matches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from resources.directory import places
from resources.directory.outward import outward
from resources.directory.provider import Phone, Place, Provider
from resources.directory.search import Query, find
from resources.starter import HOTLINE_ID

HOME = places.find("Rosebud County, MT")


def shelter(name: str, place: Place, **more: Any) -> Provider:
    phones = (Phone("p1", "+14065550100"),)
    return Provider(name, name=name, phones=phones, needs=frozenset({"shelter"}), place=place, **more)


@pytest.fixture
def listed(index_of: Callable[[Iterable[Provider]], Any]) -> Any:
    forsyth = {"latitude": 46.266, "longitude": -106.678, "state": "MT"}
    return index_of(
        [
            shelter("In the county", Place(county="30087", **forsyth)),
            shelter("County not named", Place(city="Forsyth", **forsyth)),
            shelter("Far in the state", Place(state="MT", latitude=48.2, longitude=-114.3, county="30029")),
            shelter("National line", Place(), remote=True, serves=frozenset({"US"})),
            shelter("In Florida", Place(state="FL", latitude=27.9, longitude=-82.4, county="12057")),
        ]
    )


def test_every_ring_is_named_from_the_county_outwards(listed: Any) -> None:
    asked = Query(needs=("shelter",), near=HOME, accepts=("pets",))
    assert find(listed, asked).found == []
    around = outward(listed, asked)
    assert around is not None
    rings = {step.ring: [found.name for found in step.found] for step in around.steps}
    assert list(rings) == ["county", "neighbors", "state", "national", "far"]
    assert rings["neighbors"] == ["County not named"]  # a mile away, though its list names no county
    assert [found.name for found in around.first()] == [name for names in rings.values() for name in names]
    assert around.query.accepts == () and around.query.needs == ("shelter",)


def test_words_stay_when_a_filter_stood_in_the_way_and_go_when_they_did(listed: Any) -> None:
    filtered = outward(listed, Query("florida", needs=("shelter",), near=HOME, language="ar"))
    assert filtered is not None and filtered.query.text == "florida"
    assert [step.ring for step in filtered.steps] == ["far"]
    wordless = outward(listed, Query("xylophone", needs=("shelter",), near=HOME))
    assert wordless is not None and wordless.query.text == "" and len(wordless.steps) == 5


def test_without_a_place_there_is_one_step_and_with_nobody_there_is_none(listed: Any) -> None:
    around = outward(listed, Query(needs=("shelter",), accepts=("pets",)))
    assert around is not None and [(step.ring, len(step.found)) for step in around.steps] == [("", 5)]
    assert outward(listed, Query(needs=("legal",), near=HOME, accepts=("pets",))) is None
    assert outward(listed, Query("xylophone", near=HOME)) is None


def test_of_national_lines_alike_the_trafficking_hotline_comes_first(training: Any) -> None:
    found = find(training, Query(needs=("hotline",), near=HOME)).found
    assert found[0].provider_id == HOTLINE_ID and found[1].name < found[0].name
    assert find(training, Query(needs=("mental",), near=HOME)).found[0].provider_id != HOTLINE_ID
