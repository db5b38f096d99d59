"""What single cells say: addresses, people, ages, languages, dates, hours, areas."""
# ruff: noqa: E501  (one case a line reads best, however long)

from __future__ import annotations

from datetime import date

import pytest

from resources.exchange import cells, place_cells
from resources.exchange.hours_cells import read_hours
from resources.exchange.identity import source_name
from resources.exchange.people import read_people
from resources.exchange.place_cells import Address
from resources.exchange.plain_text import given, line, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3119 Spring Garden St, Philadelphia, PA 19104", "3119 Spring Garden St|Philadelphia|PA|19104"),
        ("1110 Spruce St Philadelphia, PA 19107", "1110 Spruce St|Philadelphia|PA|19107"),
        ("718 Arch Street Suite 300N Philadelphia, PA 1", "718 Arch Street Suite 300N Philadelphia, PA 1|||"),
        ("718 Arch St Suite 300N Philadelphia, PA 19106", "718 Arch St Suite 300N|Philadelphia|PA|19106"),
        ("245 South 8th Street, Philadelphia, PA, 19107", "245 South 8th Street|Philadelphia|PA|19107"),
        ("140 N Lansdowne Ave, Lansdowne, PA", "140 N Lansdowne Ave|Lansdowne|PA|"),
        ("2300 Clayton Rd #520\nConcord, CA 94520\nUnited States", "2300 Clayton Rd #520|Concord|CA|94520"),
        ("2400 S. Dixie Highway, Suite #104, Miami, FL 33133", "2400 S. Dixie Highway, Suite #104|Miami|FL|33133"),
        ("State: FL", "||FL|"),
        ("Forsyth, Montana", "|Forsyth|MT|"),
        ("16th & Ben Franklin Parkway", "16th & Ben Franklin Parkway|||"),
        ("224 N. Central", "224 N. Central|||"),
        ("", "|||"),
    ],
)  # fmt: skip
def test_one_cell_addresses(text: str, expected: str) -> None:
    assert place_cells.read_address(text) == Address(*expected.split("|"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Women, Men, Families", {"women": True, "men": True, "families": True}),
        ("Men", {"men": True, "women": False}),
        ("Women, Women with Children", {"women": True, "families": True, "men": False}),
        ("Children", {"minors": True}),
        ("Men only, no pets", {"men": True, "women": False, "pets": False}),
        ("Everyone", {"men": True, "women": True, "families": True}),
        ("Veterans", {}),
        ("", {}),
    ],
)
def test_people_served(text: str, expected: dict[str, bool]) -> None:
    assert read_people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("18-24", (18, 24)), ("18+", (18, None)), ("under 18", (None, 17)), ("12 and over", (12, None)),
     ("all", (None, None))],
)  # fmt: skip
def test_ages(text: str, expected: tuple[int | None, int | None]) -> None:
    assert cells.ages(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2145", "02145"), ("15201.0", "15201"), ("82001-4917", "82001-4917"), ("820014917", "82001-4917"),
     ("ABC 1234", "ABC 1234")],
)  # fmt: skip
def test_zip_codes_are_text(text: str, expected: str) -> None:
    assert cells.postal_code(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-75.1883,39.9635", (39.9635, -75.1883)), ("39.9635, -75.1883", (39.9635, -75.1883)),
        ("Geolocation is 42.108547, -87.974705", (42.108547, -87.974705)), ("0,0", None), ("here", None),
        ("30.7, -180.1", None),
    ],
)  # fmt: skip
def test_points_in_one_cell(text: str, expected: tuple[float, float] | None) -> None:
    assert cells.point(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-09", date(2024, 3, 9)), ("1/24/70", date(1970, 1, 24)),
        ("January 20, 1970", date(1970, 1, 20)),
        ("13/27/2014", None), ("2024-13-01", None), ("soon", None),
    ],
)  # fmt: skip
def test_dates(text: str, expected: date | None) -> None:
    assert cells.read_date(text) == expected


def test_languages_are_codes_and_unknown_ones_are_noticed() -> None:
    assert cells.languages("English, Spanish / Español") == (frozenset({"en", "es"}), True)
    codes, all_known = cells.languages("English; Elvish")
    assert (codes, all_known) == (frozenset({"en"}), False)


def test_areas_served_are_codes_and_the_rest_is_kept() -> None:
    codes, unclear = place_cells.served("Rosebud County, MT; Broward County; the valley", "FL")
    assert codes == frozenset({"30087", "12011"})
    assert unclear == ("the valley",)
    assert place_cells.served("Statewide", "MT")[0] == frozenset({"MT"})
    assert place_cells.served("Montana", "")[0] == frozenset({"MT"})
    assert place_cells.county_code("Philadelphia", "PA") == "42101"
    assert place_cells.county_code("Lee", "") == "", "eleven states have one"


def test_hours_that_contradict_stay_words() -> None:
    sure = read_hours([], "Mon-Fri", "8:00 AM", "5:00 PM", {})
    assert (len(sure.spans), sure.text) == (5, "Mon-Fri 8:00 AM-5:00 PM")
    words = read_hours([], "Tues-Sat: 10-6pm, groups vary", "10PM", "6PM", {})
    assert (words.spans, words.text) == ((), "Tues-Sat: 10-6pm, groups vary")
    assert read_hours([], "", "24 hours", "", {}).always
    week = read_hours([], "", "", "", {"monday": "9am-5pm", "tuesday": "closed", "friday": "9am-1pm"})
    assert [(span.weekday, span.closes) for span in week.spans] == [(0, 1020), (4, 780)]


def test_text_is_plain() -> None:
    assert plain("<p>One &amp;amp; two</p><script>alert(1)</script><ul><li>a</li></ul>") == "One & two\n\na"
    assert plain("a < b and c > d") == "a < b and c > d"
    assert plain("a\u202eb\u200dc\x07") == "ab\u200dc"
    assert line("a\n b") == "a b"
    assert (given("N/A"), given("Nashua")) == ("", "Nashua")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("eo_wy_2020-07", "eo_wy"), ("Providers 3-2-24 (1)", "Providers"), ("list final", "list"),
     ("2024", "2024"),
     ("County 2026 export", "County"), ("rapper", "rapper")],
)  # fmt: skip
def test_a_list_keeps_its_name_when_its_file_is_dated(name: str, expected: str) -> None:
    assert source_name(name) == expected
