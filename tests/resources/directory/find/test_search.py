"""Search answers what officers type, nearest first, says what it mended, and always knows a way on
(threat model test 40)."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from resources.directory import index, places, search, spelling
from resources.directory.hours import Hours, Span
from resources.directory.outward import outward
from resources.directory.provider import INTAKE_RULES, Check, Phone, Place, Provider
from tests.resources.directory.find.conftest import read_all_ahead

NIGHT = datetime(2026, 11, 25, 22, 30)
MILES_CITY = places.find("59301")
FORSYTH = places.find("Forsyth, MT")
IndexOf = Callable[[Iterable[Provider]], Any]


def names(connection: Any, text: str = "", **more: Any) -> list[str]:
    query = search.Query(text=text, moment=NIGHT, **more)
    return [found.name for found in search.find(connection, query).found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("prairie", "Prairie Harbor Shelter"),
        ("harb prai", "Prairie Harbor Shelter"),
        ("PRAIRIE HARBOR", "Prairie Harbor Shelter"),
        ("mens haven", "Yellowstone Men's Haven"),
        ("men's haven", "Yellowstone Men's Haven"),
        ("(406) 555-0142", "Prairie Harbor Shelter"),
        ("406555014", "Prairie Harbor Shelter"),
        ("+1 406 555 0142", "Prairie Harbor Shelter"),
        ("555-0142", "Prairie Harbor Shelter"),
        ("0142", "Prairie Harbor Shelter"),
        ("988", "988 Suicide & Crisis Lifeline"),
        ("rape kit", "Rosebud Forensic Nurse Program"),
        ("lame deer", "Sister Rivers Advocacy"),
        ("big horn", "Big Horn Child Advocacy Center"),
        ("mixteco", "Puentes Cultural Liaison"),
        ("shelter dog", "Prairie Harbor Shelter"),
        ("wage theft", "Ranch Hand Worker Center"),
    ],
)
def test_everyday_typing_finds_the_provider(training: Any, text: str, name: str) -> None:
    assert name in names(training, text, near=FORSYTH)[:2]


def test_each_letter_typed_keeps_the_provider_in_sight(training: Any) -> None:
    text = "cottonwood family"
    for end in range(1, len(text) + 1):
        assert "Cottonwood Family Refuge" in names(training, text[:end], near=MILES_CITY), text[:end]


def test_one_slip_is_forgiven_and_said(training: Any) -> None:
    for slip, word in (("shleter", "shelter"), ("cotonwood", "cottonwood"), ("intrepreter", "interpreter")):
        results = search.find(training, search.Query(text=slip))
        assert results.found and (results.misspelt, results.corrected) == (slip, word)
    results = search.find(training, search.Query(text="cottonwood"))
    assert results.found and results.corrected == results.misspelt == ""


def test_two_strange_words_are_not_mended(training: Any) -> None:
    results = search.find(training, search.Query(text="shleter qqqzzz"))
    assert not results.found and not results.corrected


NAUGHTY = [
    '"', '""', "St. Mary's", "a-z", "NEAR(", "NEAR(a b, 2)", "col:", "name:shelter", "*", "she*", "\x00",
    "a\x00b", "😀", "x" * 10_000, "a " * 5_000, "AND", "OR NOT", "' or 1=1 --", "\u202e", "^", "{name} : x",
    "½²①", "\ud800", "ﷺ", "ไทย", "हिन्दी", "e\u0301", "𝒜bc",
]  # fmt: skip


@pytest.mark.parametrize("text", NAUGHTY)
def test_no_text_ever_raises(training: Any, text: str) -> None:
    for near in (None, MILES_CITY):
        search.find(training, search.Query(text=text, near=near, needs=(text,), language=text, county=text))
        search.find(training, search.Query(text=text, near=near))


def test_the_naughty_strings_of_other_projects_never_raise(training: Any, sample_data: Path) -> None:
    path = sample_data / "20-peer-tests" / "naughty-strings.json"
    for text in json.loads(path.read_text(encoding="utf-8")):
        search.find(training, search.Query(text=str(text)))


@pytest.mark.parametrize("text", ['"', "*", "😀", "  - ", "("])
def test_signs_alone_are_not_wildcards(training: Any, text: str) -> None:
    assert names(training, text) == ([] if text.strip() else names(training))


def test_accents_are_forgiven_both_ways(index_of: IndexOf) -> None:
    connection = index_of([Provider("1", "Centro Peña"), Provider("2", "Casa Pena")])
    assert names(connection, "peña") == names(connection, "pena") == ["Casa Pena", "Centro Peña"]


def test_nearest_serving_come_first_then_by_phone_then_the_rest(training: Any) -> None:
    results = search.find(training, search.Query(near=MILES_CITY, limit=200, moment=NIGHT)).found
    here = {"MT", "US", *MILES_CITY.counties} if MILES_CITY else set()
    assert here
    groups = [found.remote for found in results if found.ring in ("county", "state", "national")]
    assert groups.index(True) > 0
    near = [found.miles for found in results if not found.remote and found.ring == "county"]
    assert near == sorted(near, key=lambda miles: miles or 0)


def test_stale_and_unconfirmed_providers_are_never_hidden(training: Any) -> None:
    shown = names(training, near=MILES_CITY, limit=200)
    assert "Yellowstone Men's Haven" in shown and "Puentes Cultural Liaison" in shown


def test_confidential_places_are_as_exact_as_their_county(index_of: IndexOf) -> None:
    place = Place("12 Hidden Lane", "Colstrip", "30087", "MT", "59323", 45.88, -106.62, confidential=True)
    connection = index_of(
        [Provider("1", "Quiet House", place=place, kept=MappingProxyType({"x": "keptword"}))]
    )
    found = search.find(connection, search.Query(near=FORSYTH)).found[0]
    county = places.county("30087")
    assert FORSYTH and county and found.confidential and found.about
    assert found.miles == places.distance_miles(FORSYTH.point, county.point)
    assert names(connection, "hidden lane") == names(connection, "keptword") == []


def test_streets_and_kept_values_are_nowhere_in_the_index(many: Any) -> None:
    many.execute("create virtual table if not exists temp.all_words using fts5vocab(main, search_fts, row)")
    words = {row[0] for row in many.execute("select term from temp.all_words")}
    cards = " ".join(str(value) for row in many.execute("select * from search_doc") for value in row).lower()
    assert "shelter" in words
    for secret in ("secretstreet", "keptsecret"):
        assert secret not in words and secret not in cards


def test_open_now_asks_the_clock(training: Any) -> None:
    legal = search.Query(text="open range", open_now=True, moment=datetime(2026, 11, 25, 9, 0))
    assert search.find(training, legal).found
    assert not search.find(training, replace(legal, moment=NIGHT)).found


def test_every_intake_rule_filters(index_of: IndexOf) -> None:
    providers = [
        Provider(f"{rule}-{yes}", f"{rule} {yes}", intake=MappingProxyType({rule: yes}))
        for rule in INTAKE_RULES
        for yes in (True, False)
    ]
    connection = index_of([*providers, Provider("unknown", "Unknown")])
    for rule in INTAKE_RULES:
        found = search.find(connection, search.Query(accepts=(rule,))).found
        assert [entry.provider_id for entry in found] == [f"{rule}-True"]


def test_no_match_names_the_filter_to_drop(training: Any) -> None:
    results = search.find(
        training,
        search.Query(text="shelter", near=MILES_CITY, language="zh", open_tonight=True, moment=NIGHT),
    )
    assert not results.found
    ways = {way.drop: way for way in results.fallback}
    assert "language" in ways and "open_tonight" not in ways
    assert ways["language"].value == "zh" and ways["language"].total == 6
    assert ways["language"].found[0].name == "Cottonwood Family Refuge"


def test_no_match_nearby_says_how_far_it_had_to_look(training: Any) -> None:
    glendive = places.find("59330")
    results = search.find(training, search.Query(needs=("child",), near=glendive, within=10))
    assert not results.found
    assert [(way.drop, way.value, way.ring) for way in results.fallback] == [("within", "10", "neighbors")]
    assert "Kids Corner Child Care" in [found.name for found in results.fallback[0].found]


def test_when_no_single_filter_helps_the_need_alone_does(training: Any) -> None:
    query = search.Query(needs=("child",), near=MILES_CITY, language="zh", accepts=("pets",), moment=NIGHT)
    results = search.find(training, query)
    assert [(way.drop, way.ring) for way in results.fallback] == [("all", "county")]
    assert results.fallback[0].found[0].name == "Cottonwood Family Refuge"


def test_the_last_resort_is_a_help_line(training: Any) -> None:
    results = search.find(training, search.Query(text="zzzqqqxxx", near=MILES_CITY))
    assert not results.found
    assert results.fallback[-1].drop == "hotline" and results.fallback[-1].found


def test_retired_providers_are_left_out_unless_asked_for(index_of: IndexOf) -> None:
    connection = index_of([Provider("1", "Old House", status="defunct"), Provider("2", "New House")])
    assert names(connection, "house") == ["New House"]
    assert names(connection, "house", include_retired=True) == ["New House", "Old House"]


def test_writing_again_replaces_and_removing_removes(index_of: IndexOf) -> None:
    connection = index_of([Provider("1", "First Name"), Provider("2", "Second Name")])
    index.write(connection, 1, Provider("1", "Zanzibar Lodge"))
    assert names(connection, "zanz") == ["Zanzibar Lodge"]
    assert names(connection, "first") == []
    index.remove(connection, 1)
    assert names(connection, "zanz") == []
    index.tidy(connection)
    connection.execute("insert into search_fts(search_fts) values('integrity-check')")
    assert names(connection) == ["Second Name"]


def test_new_words_can_be_mended_at_once(index_of: IndexOf) -> None:
    connection = index_of([Provider("1", "First Name")])
    assert search.find(connection, search.Query(text="zanzebar")).corrected == ""
    index.write(connection, 1, Provider("1", "Zanzibar Lodge"))
    assert search.find(connection, search.Query(text="zanzebar")).corrected == "zanzibar"


def test_a_misspelt_word_waits_for_no_words_to_be_read(
    index_of: IndexOf, many_providers: list[Provider], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelling, "SMALL", 0)
    monkeypatch.setattr(spelling, "LARGE", 1_000_000)
    connection, kept, slip = index_of(many_providers[:200]), search.Shortlists(), search.Query(text="hosptal")
    assert search.find(connection, slip, kept).unread and outward(connection, slip, kept) is None
    read_on = spelling.Words.read_on
    monkeypatch.setattr(spelling.Words, "read_on", lambda words, seconds=0.0: read_on(words, seconds))
    assert read_all_ahead(kept, connection) > 100  # word by word
    mended = search.find(connection, slip, kept)
    assert mended.corrected == "hospital" and not mended.unread
    assert mended == search.find(index_of(many_providers[:200]), slip)
    index.write(connection, 1, Provider("1", "Zanzibar Lodge"))
    assert search.find(connection, slip, kept).corrected == "hospital"  # from the words of before
    new = search.Query(text="zanzebar", ways_on=False)
    assert search.find(connection, new, kept).corrected == ""
    read_all_ahead(kept, connection)
    assert search.find(connection, new, kept).corrected == "zanzibar"


def test_a_found_line_carries_what_the_row_shows(index_of: IndexOf) -> None:
    check = Check("c", date(2026, 11, 1), "answered")
    later = Check("d", date(2026, 11, 20), "no-answer")
    provider = Provider(
        "1", "Hope", "Hope Inc", needs=frozenset({"food"}), phones=(Phone("p", "+14065550142", "7"),),
        place=Place(city="Forsyth", county="30087", state="MT"), hours=Hours((Span(0, 480, 1020),)),
        checks=(check, later), training=True,
    )  # fmt: skip
    found = search.find(index_of([provider]), search.Query(near=FORSYTH, moment=NIGHT)).found[0]
    assert (found.phone_shown, found.place_label) == ("(406) 555-0142 ext. 7", "Forsyth, MT")
    assert (found.confirmed_on, found.last_result) == (date(2026, 11, 1), "no-answer")
    assert (found.hours_text, found.open_now, found.needs) == ("Mon 8 am – 5 pm", False, ("food",))
    assert found.training and found.about and found.ring == "county"


def test_hours_survive_the_card() -> None:
    hours = Hours((Span(0, 480, 1020, (2, -1), date(2026, 1, 1), None),), text="ring", rules=('{"a": "b"}',))
    assert index.unpack_hours(index.pack_hours(hours)) == hours
    assert index.unpack_hours(index.pack_hours(Hours(always=True))) == Hours(always=True)
    assert index.unpack_hours(index.pack_hours(Hours())) == Hours()


def test_the_nearest_are_not_lost_in_a_crowd(many: Any, many_providers: list[Provider]) -> None:
    chance = random.Random(5)
    at_home = [p for p in many_providers if not p.retired and not p.remote and not p.place.confidential]
    for _ in range(25):
        home = chance.choice(at_home)
        near = places.county(home.place.county)
        assert near
        crowd = search.find(many, search.Query(near=near, limit=20))
        assert crowd.total is None and len(crowd.found) == 20
        local = [p for p in at_home if p.place.county == near.county]
        shown = {found.provider_id for found in crowd.found}
        assert len(local) >= 20 or {p.id for p in local} <= shown
