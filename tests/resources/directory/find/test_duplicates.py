"""Duplicates of a real, labelled list are proposed rightly, and only proposed."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from resources.directory import duplicates
from resources.directory.fields import to_fields
from resources.directory.provider import Phone, Place, Provider


def labelled(path: Path) -> tuple[list[Provider], set[tuple[str, str]]]:
    """The Chicago sites of ten lists, and which of them truly are the same."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    providers, same = [], dict[str, list[str]]()
    for number, row in enumerate(rows):
        digits = re.sub(r"\D", "", row["Phone"])[-10:]
        phones = (
            (Phone("p", f"+1312{digits}" if len(digits) == 7 else f"+1{digits}"),) if len(digits) > 6 else ()
        )
        place = Place(street=row["Address"], postal_code=row["Zip"])
        providers.append(Provider(f"{number:04}", row["Site name"], place=place, phones=phones))
        same.setdefault(row["True Id"], []).append(f"{number:04}")
    return providers, {pair for ids in same.values() for pair in combinations(sorted(ids), 2)}


def test_precision_and_f1_on_the_labelled_list(sample_data: Path) -> None:
    providers, truth = labelled(sample_data / "09-early-childhood-labelled" / "sites.csv")
    assert len(providers) == 1598 and len(truth) == 3429
    found = {(pair.a, pair.b) for pair in duplicates.pairs(providers)}
    right = len(found & truth)
    precision, recall = right / len(found), right / len(truth)
    assert precision >= 0.95
    assert 2 * precision * recall / (precision + recall) >= 0.95


ONE = Provider(
    "a", "Hope House", phones=(Phone("p", "+14065550142"),), place=Place("12 Main Street", "Forsyth")
)


def test_reasons_say_what_agrees() -> None:
    other = Provider(
        "b", "The Hope House", phones=(Phone("q", "+14065550142"),), place=Place("12 Main St.", "Forsyth")
    )
    (pair,) = duplicates.pairs([ONE, other])
    assert (pair.a, pair.b) == ("a", "b")
    assert pair.score > 0.9
    assert pair.why == ("phone", "address", "name")


def test_not_the_same_is_remembered() -> None:
    other = Provider("b", "Hope House", phones=ONE.phones, place=ONE.place)
    assert duplicates.pairs([ONE, other])
    assert not duplicates.pairs([ONE, other], apart=frozenset({("a", "b")}))


def test_a_new_entry_is_compared_before_it_is_saved() -> None:
    other = Provider("b", "Hope House", phones=ONE.phones, place=ONE.place)
    far = Provider("c", "Quite Different Clinic", phones=(Phone("p", "+14065550199"),))
    assert [pair.b for pair in duplicates.like(ONE, [other, far, ONE])] == ["b"]


def test_same_name_in_another_town_is_not_the_same() -> None:
    billings = Place(city="Billings", confidential=True)
    there = Provider("b", "Hope House", phones=(Phone("p", "+14065550199"),), place=billings)
    assert not duplicates.pairs([ONE, there])


def test_two_services_of_one_house_are_two_entries() -> None:
    legal = Provider(
        "a", "Hope Legal", "Hope", phones=ONE.phones, place=ONE.place, needs=frozenset({"legal"})
    )
    food = Provider("b", "Hope Pantry", "Hope", phones=ONE.phones, place=ONE.place, needs=frozenset({"food"}))
    assert not duplicates.pairs([legal, food])


def test_services_that_one_organization_calls_by_different_names_are_no_doubles() -> None:
    """A list of 863 services proposed 2,400 pairs before."""
    same: dict[str, Any] = {"phones": ONE.phones, "place": ONE.place, "organization": "Hope Center"}
    aquatics, arts = Provider("a", "Aquatics", **same), Provider("b", "Arts and Humanities", **same)
    assert not duplicates.pairs([aquatics, arts])
    assert duplicates.pairs([aquatics, Provider("b", "Aquatics Program", **same)])


def test_traits_out_of_fields_are_those_of_the_provider(sample_data: Path) -> None:
    providers, _ = labelled(sample_data / "09-early-childhood-labelled" / "sites.csv")
    for one in [*providers[:200], replace(ONE, needs=frozenset({"food"}), organization="St. Mary's")]:
        assert duplicates.traits_in(one.id, to_fields(one)) == duplicates.traits(one)
    assert duplicates.traits_in("a", to_fields(replace(ONE, status="defunct"))) is None


def test_retired_entries_are_left_alone() -> None:
    assert not duplicates.pairs([ONE, Provider("b", "Hope House", phones=ONE.phones, status="defunct")])
