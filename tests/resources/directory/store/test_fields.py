"""Fields: nothing of a provider is lost on the way through them, and only what differs is an edit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from resources.directory.fields import changed, text, to_fields, to_provider, with_ids
from resources.directory.hours import Closure, Hours, Span
from resources.directory.provider import CHECK_RESULTS, INTAKE_RULES, Check, Phone, Place, Provider

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
codes = st.text("abcdefghijklmnopqrstuvwxyz_/0123456789", min_size=1, max_size=8)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
minutes = st.integers(0, 1440)
spans = st.builds(
    Span,
    st.integers(0, 6),
    minutes,
    minutes,
    st.lists(st.integers(-1, 5), max_size=2).map(tuple),
    st.none() | days,
    st.none() | days,
)
hours = st.builds(
    Hours,
    st.lists(spans, max_size=3).map(tuple),
    st.lists(st.builds(Closure, days, days, words), max_size=2).map(tuple),
    st.booleans(),
    words,
    st.lists(words, max_size=2).map(tuple),
)
degrees = st.none() | st.floats(-180, 180)
places = st.builds(Place, words, words, words, words, words, degrees, degrees, st.booleans())
phones = st.lists(
    st.builds(Phone, codes, words, words, words, st.sampled_from(["voice", "fax", "sms"]), words),
    max_size=4,
    unique_by=lambda phone: phone.id,
).map(tuple)
checks = st.lists(
    st.builds(Check, codes, days, st.sampled_from(CHECK_RESULTS), words, words),
    max_size=4,
    unique_by=lambda check: check.id,
).map(lambda found: tuple(sorted(found, key=lambda check: (check.on, check.id))))
code_sets = st.frozensets(codes, max_size=4)
providers = st.builds(
    Provider,
    id=st.just("one"),
    **dict.fromkeys(("name", "organization", "description", "alert", "website", "cost", "source_id"), words),
    **dict.fromkeys(("needs", "serves", "languages"), code_sets),
    **dict.fromkeys(("remote", "enforcement", "training"), st.booleans()),
    **dict.fromkeys(("minimum_age", "maximum_age"), st.none() | st.integers(0, 120)),
    phones=phones,
    place=places,
    hours=hours,
    checks=checks,
    status=st.sampled_from(["active", "defunct", ""]),
    intake=st.dictionaries(st.sampled_from(INTAKE_RULES), st.booleans()).map(MappingProxyType),
    kept=st.dictionaries(words, words, max_size=3).map(MappingProxyType),
)


@settings(max_examples=150, deadline=None)
@given(providers)
def test_a_provider_comes_back_from_its_fields_as_it_was(provider: Provider) -> None:
    carried = json.loads(text(to_fields(provider)))
    assert to_provider("one", carried) == provider


@settings(max_examples=100, deadline=None)
@given(providers, providers)
def test_a_difference_leads_from_one_provider_to_the_other(old: Provider, new: Provider) -> None:
    new = replace(new, checks=old.checks)
    edit = changed(to_fields(old), to_fields(new))
    assert to_provider("one", to_fields(old) | edit) == new


def test_checks_add_up_and_are_not_removed_by_a_save(make_provider: Callable[..., Provider]) -> None:
    called = make_provider(checks=(Check("c1", date(2026, 1, 2), "answered"),))
    assert changed(to_fields(called), to_fields(make_provider())) == {}


def test_a_place_that_becomes_confidential_says_outright_that_it_has_no_street(
    make_provider: Callable[..., Provider],
) -> None:
    old = make_provider()
    new = replace(old, place=replace(old.place, confidential=True))
    edit = changed(to_fields(old), to_fields(new))
    assert edit == {
        "place/confidential": True,
        "place/street": None,
        "place/latitude": None,
        "place/longitude": None,
    }


def test_phones_and_checks_without_an_id_or_with_one_twice_get_their_own() -> None:
    given_ = Provider(
        "x", phones=(Phone(""), Phone("a"), Phone("a")), checks=(Check("", date.today(), "closed"),)
    )
    found = with_ids(given_)
    assert len({phone.id for phone in found.phones} - {""}) == 3
    assert found.phones[1].id == "a" and found.checks[0].id


def test_a_field_of_a_later_version_is_left_aside() -> None:
    found = to_provider("x", {"name": "Asha", "mood": "good", "place/planet": "Earth", "wings/left": True})
    assert found == Provider("x", name="Asha")
