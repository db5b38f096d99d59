"""Which counties have no help within reach, and how sure that is."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from resources.directory import coverage, places
from resources.directory.coverage import COVERED, LIMITED, NONE, CountyReach, gather, survey
from resources.directory.provider import Check, Place, Provider

ROSEBUD, LINCOLN = "30087", "30053"
HERE = (46.266, -106.678)
FORSYTH = Place(city="Forsyth", county=ROSEBUD, state="MT", latitude=HERE[0], longitude=HERE[1])
SHELTER = Provider("s", name="Shelter", needs=frozenset({"shelter"}), place=FORSYTH)


def montana(
    *providers: Provider, needs: tuple[str, ...] = ("shelter",), miles: float = 60
) -> dict[str, CountyReach]:
    found = survey(gather(providers), coverage.counties("MT"), needs, miles)
    return {one.fips: one for one in found}


def said(found: dict[str, CountyReach], fips: str) -> tuple[str, str]:
    return found[fips].reaches[0].state, found[fips].reaches[0].why


def middle(fips: str) -> tuple[float, float]:
    hit = places.county(fips)
    assert hit is not None
    return hit.point


def test_every_county_of_the_state_is_in_the_list_once() -> None:
    found = survey(gather([]), coverage.counties("MT"), ["shelter"], 60)
    assert len(found) == len({one.fips for one in found}) == 56
    assert all(one.level == 3 and one.reaches[0].miles is None for one in found)


def test_within_the_distance_is_covered_and_the_rest_says_how_far_it_is() -> None:
    found = montana(SHELTER)
    assert said(found, ROSEBUD) == (COVERED, "")
    assert said(found, LINCOLN) == (NONE, "")
    assert found[LINCOLN].reaches[0].miles == pytest.approx(places.distance_miles(HERE, middle(LINCOLN)))
    assert said(montana(SHELTER, miles=600), LINCOLN) == (COVERED, "")


@pytest.mark.parametrize(
    ("provider", "why"),
    [
        (replace(SHELTER, checks=(Check("c", date(2026, 11, 1), "wrong-number"),)), "doubt"),
        (replace(SHELTER, status="temporarily closed"), "doubt"),
        (replace(SHELTER, serves=frozenset({"30017"})), "elsewhere"),
        (replace(SHELTER, remote=True, serves=frozenset({"MT"})), "phone"),
        (replace(SHELTER, place=Place(county=LINCOLN), serves=frozenset({ROSEBUD})), "far"),
    ],
)
def test_what_is_no_sure_help_on_the_spot_counts_as_limited_and_says_why(
    provider: Provider, why: str
) -> None:
    assert said(montana(provider), ROSEBUD) == (LIMITED, why)


def test_retired_entries_and_tip_lines_cover_nothing() -> None:
    gone = replace(SHELTER, status="defunct")
    tips = replace(SHELTER, id="t", enforcement=True)
    assert said(montana(gone, tips), ROSEBUD) == (NONE, "")


def test_a_national_help_line_hides_no_gap() -> None:
    line = Provider(
        "n", needs=frozenset({"hotline", "shelter"}), serves=frozenset({"US"}), remote=True, name="Line"
    )
    assert said(montana(line), ROSEBUD) == (NONE, "")
    assert said(montana(line, needs=("hotline",)), ROSEBUD) == (LIMITED, "phone")


def test_a_confidential_shelter_counts_from_the_middle_of_its_county_and_gets_no_exact_point() -> None:
    secret = replace(SHELTER, place=replace(FORSYTH, confidential=True, postal_code="59327"))
    (site,) = gather([secret]).sites
    assert site.point == middle(ROSEBUD) and not site.exact and site.confidential
    assert said(montana(secret, miles=5), ROSEBUD) == (COVERED, "")


def test_the_worst_county_comes_first() -> None:
    legal = Provider("l", name="Legal", needs=frozenset({"legal"}), place=FORSYTH)
    found = survey(gather([SHELTER, legal]), coverage.counties("MT"), ["shelter", "legal"], 60)
    levels = [one.level for one in found]
    assert levels == sorted(levels, reverse=True)
    assert found[0].fips == LINCOLN
    assert found[-1].level == 0


def test_help_across_the_state_line_counts_and_neighbor_states_can_be_shown() -> None:
    across = replace(SHELTER, place=Place(county="56033", state="WY", latitude=44.80, longitude=-106.96))
    assert said(montana(across), "30003") == (COVERED, "")
    assert coverage.neighbor_states("MT") == ["ID", "ND", "SD", "WY"]
    both = {one.state for one in coverage.counties("MT", with_neighbors=True)}
    assert both == {"MT", "ID", "ND", "SD", "WY"}


def test_each_state_gives_its_counties_once_and_territories_too() -> None:
    for state in ("CT", "AK", "PR", "GU", "DC"):
        found = coverage.counties(state)
        assert found and len({one.county for one in found}) == len(found)


def _plainly(providers: list[Provider], fips: str, miles: float) -> tuple[str, float | None]:
    """The same by looking at every provider: the oracle."""
    home = places.county(fips)
    assert home is not None
    state, nearest = NONE, None
    for one in providers:
        away = places.distance_miles((one.place.latitude or 0, one.place.longitude or 0), home.point)
        sure = one.status == "active"
        if sure:
            nearest = away if nearest is None else min(nearest, away)
        takes = not one.serves or bool(one.serves & {fips, home.state, "US"})
        if away <= miles and sure and takes:
            state = COVERED
        elif state == NONE and (away <= miles or one.serves & {fips, home.state, "US"}):
            state = LIMITED
    return state, nearest


@pytest.mark.parametrize("seed", range(6))
def test_the_quick_survey_says_what_looking_at_every_provider_says(seed: int) -> None:
    luck = random.Random(seed)
    fips = [one.county for one in coverage.counties("MT")]
    providers = [
        Provider(
            str(n),
            name=str(n),
            needs=frozenset({"shelter"}),
            place=Place(latitude=luck.uniform(44, 49.5), longitude=luck.uniform(-116, -104)),
            serves=frozenset(luck.sample(fips, luck.choice((0, 0, 2)))),
            status=luck.choice(("active", "active", "inactive")),
        )
        for n in range(luck.choice((1, 8, 40)))
    ]
    miles = luck.choice((15, 40, 120))
    for one in survey(gather(providers), coverage.counties("MT"), ["shelter"], miles):
        state, nearest = _plainly(providers, one.fips, miles)
        assert one.reaches[0].state == state
        assert one.reaches[0].miles == pytest.approx(nearest)
