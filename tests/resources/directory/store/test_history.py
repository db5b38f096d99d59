"""History and conflicts say in words who changed what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from resources.directory.hours import Hours, Span
from resources.directory.provider import Phone, Provider
from resources.directory.store import Directory

Make = Callable[..., Provider]


def test_each_line_says_who_changed_which_field_from_what_to_what(
    directory: Directory, make_provider: Make
) -> None:
    directory.save(make_provider(phones=(Phone("p1", "+14065550142", label="Crisis line"),)))
    directory.who = "CD"
    directory.save(
        make_provider(
            phones=(Phone("p1", "+14065550142", "9"),),
            intake={"no_id": True},
            hours=Hours(tuple(Span(day, 540, 1020) for day in range(5))),
            remote=True,
        )
    )
    lines = {line.field: line for line in directory.history("asha") if line.who == "CD"}
    phone = lines["phones/p1"]
    assert (phone.old, phone.new) == ("(406) 555-0142 (Crisis line)", "(406) 555-0142 ext. 9")
    assert phone.said == "Phone" and phone.label == "Change of Asha Shelter"
    assert (lines["remote"].old, lines["remote"].new) == ("", "yes")
    assert lines["intake/no_id"].said == "Accepts: no id"
    assert lines["hours"].new and "[" not in lines["hours"].new
    assert phone.when.tzinfo is not None


def test_an_undo_is_part_of_the_history(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    directory.save(make_provider(cost="free"))
    directory.undo()
    last = directory.history("asha")[-1]
    assert (last.field, last.old, last.new) == ("cost", "free", "")
    assert last.label == "Undo: Change of Asha Shelter"


def test_history_of_an_unknown_provider_is_empty(directory: Directory) -> None:
    assert directory.history("nobody") == []


def test_a_conflict_names_both_values_and_stays_until_somebody_decides(
    directory: Directory, make_provider: Make
) -> None:
    directory.save(make_provider())
    form, seen = directory.get("asha"), directory.seen("asha")
    directory.save(replace(form, phones=(Phone("p1", "+14065550101"), *form.phones[1:])))
    directory.who = "CD"
    directory.save(replace(form, phones=(Phone("p1", "+14065550102"), *form.phones[1:])), seen=seen)
    (conflict,) = directory.conflicts()
    assert (conflict.provider_id, conflict.said) == ("asha", "Phone")
    assert [(claim.text, claim.who) for claim in conflict.values] == [
        ("(406) 555-0102", "CD"),
        ("(406) 555-0101", "AB"),
    ]
    directory.save(replace(directory.get("asha"), cost="free"))
    assert len(directory.conflicts()) == 1
    directory.resolve("asha", conflict.field, conflict.values[1].value)
    assert directory.conflicts() == [] and directory.get("asha").phones[0].number == "+14065550101"
