"""The outlines of counties fit together, and points in degrees fall into them."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.directory import coverage, shapes
from resources.paths import CONTENT


def inside(point: tuple[float, float], rings: tuple[shapes.Line, ...]) -> bool:
    found = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > point[1]) != (y2 > point[1]):
                found ^= point[0] < (x2 - x1) * (point[1] - y1) / (y2 - y1) + x1
    return found


@given(st.lists(st.tuples(st.integers(-90000, 90000), st.integers(-90000, 90000)), max_size=30))
def test_steps_written_as_letters_read_back(steps: list[tuple[int, int]]) -> None:
    assert shapes.steps_of(shapes.written(steps)) == [value for step in steps for value in step]


@pytest.mark.parametrize(("state", "least"), [("MT", 56), ("PA", 66), ("AK", 24), ("HI", 4), ("FL", 62)])
def test_the_middle_of_a_county_falls_into_its_outline(state: str, least: int) -> None:
    """All but islands and bays, where the middle of the people's homes may lie in the water."""
    found = coverage.counties(state)
    rings = shapes.outlines(one.county for one in found)
    assert sum(inside(shapes.at(*one.point), rings[one.county]) for one in found) >= least


def test_rings_are_closed_and_the_border_is_only_what_counties_do_not_share() -> None:
    fips = [one.county for one in coverage.counties("MT")]
    assert all(ring[0] == ring[-1] for rings in shapes.outlines(fips).values() for ring in rings)
    drawn = {point for rings in shapes.outlines(["30087"]).values() for ring in rings for point in ring}
    around = {point for line in shapes.border(fips) for point in line}
    assert not drawn & around  # Rosebud County lies inside the state
    assert {point for line in shapes.border(["30087"]) for point in line} == drawn


def test_credit_and_license_of_the_shapes_lie_beside_them() -> None:
    said = (CONTENT / "places" / "CREDITS.md").read_text(encoding="utf-8")
    assert "shapes.json" in said and "ISC" in said and "Michael Bostock" in said


@pytest.mark.parametrize("state", ["MT", "PA", "WA", "ME", "FL", "TX", "AK", "HI"])
def test_north_is_up_in_the_middle_of_each_state(state: str) -> None:
    own = coverage.counties(state)
    turned = shapes.upright(one.county for one in own)
    points = [point for line in turned.border(one.county for one in own) for point in line]
    middle_x = (min(x for x, _ in points) + max(x for x, _ in points)) / 2
    nearest = min(own, key=lambda one: abs(turned.at(*one.point)[0] - middle_x))
    (x, y), (north_x, north_y) = turned.at(*nearest.point), turned.at(nearest.lat + 0.5, nearest.lon)
    leaning = math.degrees(math.atan2(north_x - x, y - north_y))
    assert abs(leaning) < 1
    if state not in ("TX", "AK", "HI"):  # these lie in the middle of their cone
        plain = shapes.at(*nearest.point), shapes.at(nearest.lat + 0.5, nearest.lon)
        assert abs(math.degrees(math.atan2(plain[1][0] - plain[0][0], plain[0][1] - plain[1][1]))) > 4


def test_turning_keeps_every_length(state: str = "MT") -> None:
    fips = [one.county for one in coverage.counties(state)]
    turned = shapes.upright(fips)
    (flat,), (drawn,) = shapes.outlines(fips[:1])[fips[0]], turned.outlines(fips[:1])[fips[0]]
    assert math.dist(flat[0], flat[9]) == pytest.approx(math.dist(drawn[0], drawn[9]))
