"""The adapter tests of ServiceNet: what each folder says to expect, and what does not apply to us."""

from __future__ import annotations

from pathlib import Path

import pytest

from resources.directory import duplicates
from resources.directory.provider import Provider
from resources.exchange.hsds_files import csv_package
from resources.exchange.incoming import Incoming
from resources.exchange.reading import read_list

FOLDER = "12-servicenet-fixtures"
LONG = "k1yuLwM1yNMnXdqicmHgfkNGyhHmG5UjGySULXIxzk7d0an3poykas6PGGeSiBAgmQuXjMWK7jbyhB757UkbM0JHIos6dHEu50q"


@pytest.fixture
def read(sample_data: Path) -> dict[str, Incoming]:
    names = ("healthleads/complete", "healthleads/minimal", "healthleads/invalid_fields",
             "healthleads/bad_matches", "healthleads/conflicting/1", "laac/complete.json",
             "laac/minimal.json", "laac/invalid_fields.json", "laac/bad_matches.csv")  # fmt: skip
    return {name: read_list(sample_data / FOLDER / name) for name in names}


def only(incoming: Incoming) -> Provider:
    (one,) = incoming.providers
    return one


def test_complete_every_cell_arrives_and_what_is_not_shown_is_kept(read: dict[str, Incoming]) -> None:
    one = only(read["healthleads/complete"])
    assert (one.name, one.organization, one.email) == (
        "Service Name",
        "Organization Name",
        "service@email.com",
    )
    assert (one.description, one.how_to_reach, one.cost) == ("Service Description", "1. Call", "Service Fee")
    assert (one.documents, one.interpretation) == ("Required Document", "Interpretation Services")
    assert (one.place.street, one.place.city, one.place.state) == ("2332 Secret Street", "City", "CA")
    assert one.languages == {"en", "es", "pl", "de"} and len(one.hours.spans) == 5
    assert {"addresses.csv", "attributes.csv", "metadata.csv", "phones.csv", "services.wait_time"} <= set(
        one.kept
    )
    assert b"Room 500" in csv_package([one])["addresses.csv"]
    listed = only(read["laac/complete.json"])
    assert listed.name == "Patients Health - health.com" and "Contact Name" in listed.kept


def test_minimal_nothing_is_made_up(read: dict[str, Incoming]) -> None:
    one = only(read["healthleads/minimal"])
    assert (one.name, one.phones, one.place.street, one.hours.text) == ("Service Name", (), "", "")
    assert any("links lead to entries" in note for note in read["healthleads/minimal"].notes)
    assert only(read["laac/minimal.json"]).description == ""


def test_invalid_fields_what_is_too_long_is_named_and_left_out(read: dict[str, Incoming]) -> None:
    for name in ("healthleads/invalid_fields", "laac/invalid_fields.json"):
        found, one = read[name], only(read[name])
        assert any(problem.key.endswith("phone_too_long") for problem in found.problems)
        assert all(problem.line and problem.column for problem in found.problems)
        assert not any(LONG[:60] in text for text in (*(p.shown for p in one.phones), one.place.city))


def test_bad_matches_stay_apart_until_a_person_says_otherwise(read: dict[str, Incoming]) -> None:
    """ServiceNet's matcher must not join them by itself; nor do we: each is an entry, pairs are proposed."""
    libraries, lawyers = (
        read[f"{name}"].providers for name in ("healthleads/bad_matches", "laac/bad_matches.csv")
    )
    assert (len(libraries), len(lawyers)) == (6, 3)
    towns = {one.id: one.place.city for one in libraries}
    proposed = duplicates.pairs(libraries)
    assert proposed and all(towns[pair.a] == towns[pair.b] for pair in proposed), "never across two towns"
    assert not duplicates.pairs(lawyers)


def test_conflicting_is_half_a_pair_here(read: dict[str, Incoming]) -> None:
    """The sample has folder 1 of two. What both sides say differently is tested in test_changes.py
    (disputed); ServiceNet's table of conflicts between partners does not apply: we have one directory."""
    assert only(read["healthleads/conflicting/1"]).organization == "Health Organization"
