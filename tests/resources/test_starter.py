"""The starter set: national lines are sourced, training numbers cannot reach anyone."""

from __future__ import annotations

from datetime import date

from resources.starter import hotlines, training_providers

TODAY = date(2026, 11, 25)


def test_every_national_line_has_a_source_and_a_date() -> None:
    for line in hotlines():
        assert line.kept["source"]
        assert date.fromisoformat(line.kept["source_date"]) <= TODAY
        assert line.problems() == []
        assert not line.checks, "an import never counts as a check"


def test_training_numbers_are_reserved_for_fiction() -> None:
    for provider in training_providers(TODAY):
        assert provider.training
        for phone in provider.phones:
            assert phone.number[5:8] == "555" and 100 <= int(phone.number[8:]) <= 199


def test_training_covers_each_need_an_officer_filters_by() -> None:
    needs = set().union(*(p.needs for p in training_providers(TODAY)))
    assert {
        "shelter",
        "legal",
        "medical",
        "interpreter",
        "transport",
        "food",
        "id",
        "culture",
        "cac",
    } <= needs


def test_confidential_training_places_have_no_street_or_point() -> None:
    hidden = [p for p in training_providers(TODAY) if p.place.confidential]
    assert hidden
    assert all(not p.place.street and p.place.latitude is None for p in hidden)


def test_tip_lines_are_marked_as_enforcement() -> None:
    assert {line.source_id for line in hotlines() if line.enforcement} == {"hsi", "dol-oig"}


def test_ids_stay_the_same_from_run_to_run() -> None:
    assert [p.id for p in hotlines()] == [p.id for p in hotlines()]
