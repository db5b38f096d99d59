"""Comparing before writing: what is new, changed, missing or ours, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from resources.directory.provider import Phone
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.exchange.changes import apply, compare
from resources.exchange.incoming import Incoming
from resources.exchange.reading import read_list
from resources.exchange.review import Changes

Write = Callable[..., Path]
FIRST = "id,name,phone,city\n1,Hope House,(406) 555-0142,Forsyth\n2,Legal Aid,(406) 555-0143,Billings\n"
SECOND = "id,name,phone,city\n1,Hope House,(406) 555-0199,Forsyth\n3,Food Bank,(406) 555-0144,Hardin\n"


@pytest.fixture
def take(directory: Directory, write: Write) -> Callable[..., Changes]:
    """Compares a list with the directory and, unless told not to, applies it."""

    def taken(text: str, *, write_it: bool = True, **options: Any) -> Changes:
        changes = compare(directory, read_list(write(text, "partners.csv")))
        if write_it:
            apply(directory, changes, **options)
        return changes

    return taken


def counts(changes: Changes) -> tuple[int, int, int, int]:
    return len(changes.new), len(changes.changed), len(changes.missing), changes.same


def test_comparing_writes_nothing(take: Callable[..., Changes], directory: Directory) -> None:
    before = directory.content_hash()
    assert counts(take(FIRST, write_it=False)) == (2, 0, 0, 0)
    assert directory.content_hash() == before


def test_the_same_list_a_second_time_changes_nothing(
    take: Callable[..., Changes], directory: Directory
) -> None:
    take(FIRST)
    before = directory.content_hash()
    changes = take(FIRST)
    assert counts(changes) == (0, 0, 0, 2)
    assert changes.empty
    assert directory.content_hash() == before


def test_a_later_list_says_what_is_new_changed_and_missing(take: Callable[..., Changes]) -> None:
    take(FIRST)
    changes = take(SECOND, write_it=False)
    assert counts(changes) == (1, 1, 1, 0)
    assert [one.name for one in changes.missing] == ["Legal Aid"]
    old_and_new = {(line.old, line.new) for line in changes.changed[0].phones}
    assert old_and_new == {("(406) 555-0142", ""), ("", "(406) 555-0199")}


def test_missing_entries_stay_unless_retiring_is_asked(
    take: Callable[..., Changes], directory: Directory
) -> None:
    take(FIRST)
    take(SECOND)
    assert {one.name for one in directory.all()} == {"Hope House", "Legal Aid", "Food Bank"}
    take(SECOND, retire_missing=True)
    assert {one.name for one in directory.all()} == {"Hope House", "Food Bank"}
    back = take(FIRST + "3,Food Bank,(406) 555-0144,Hardin\n")
    assert len(back.changed) == 2, "an entry the list itself had dropped comes back with it"
    assert directory.count() == 3


def test_an_import_is_undone_whole_and_can_be_taken_again(
    take: Callable[..., Changes], directory: Directory
) -> None:
    take(FIRST)
    before = directory.content_hash()
    take(SECOND)
    assert directory.undo() is not None
    assert directory.content_hash() == before
    assert counts(take(SECOND)) == (1, 1, 1, 0)
    assert {one.phones[0].number for one in directory.all()} >= {"+14065550199"}


def test_edits_made_here_stay_while_the_list_says_nothing_new(
    take: Callable[..., Changes], directory: Directory
) -> None:
    take(FIRST)
    hope = next(one for one in directory.all() if one.name == "Hope House")
    extra = Phone("", "+14065550150", label="night")
    directory.save(replace(hope, place=replace(hope.place, city="Rosebud"), phones=(*hope.phones, extra)))
    changes = take(FIRST)
    assert (counts(changes), changes.kept_here) == ((0, 0, 0, 2), 1)
    after = directory.get(hope.id)
    assert after.place.city == "Rosebud"
    assert len(after.phones) == 2
    take(FIRST.replace("Hope House", "Hope Home"))
    renamed = directory.get(hope.id)
    assert (renamed.name, renamed.place.city) == ("Hope Home", "Rosebud"), (
        "other fields still follow the list"
    )


def test_what_both_changed_is_shown_and_ours_until_chosen(
    take: Callable[..., Changes], directory: Directory
) -> None:
    take(FIRST)
    hope = next(one for one in directory.all() if one.name == "Hope House")
    directory.save(replace(hope, place=replace(hope.place, city="Rosebud")))
    changes = take(FIRST.replace("Forsyth", "Colstrip"))
    assert [line.new for change in changes.disputed for line in change.lines] == ["Colstrip"]
    assert directory.get(hope.id).place.city == "Rosebud"
    take(FIRST.replace("Forsyth", "Colstrip"), accept_disputed=[hope.id])
    assert directory.get(hope.id).place.city == "Colstrip"


def test_changed_numbers_can_be_refused_one_by_one(
    take: Callable[..., Changes], directory: Directory
) -> None:
    take(FIRST)
    take(SECOND.replace("Hope House", "Hope Home"), accept_phones=[])
    hope = next(one for one in directory.all() if one.name == "Hope Home")
    assert hope.phones[0].number == "+14065550142"


def test_retiring_more_than_half_of_a_list_is_refused(
    take: Callable[..., Changes], directory: Directory
) -> None:
    rows = "".join(f"{n},Place {n},(406) 555-01{n:02},Forsyth\n" for n in range(30))
    take("id,name,phone,city\n" + rows)
    with pytest.raises(ToolkitError) as refused:
        take(FIRST, retire_missing=True)
    assert refused.value.key == "exchange.too_many_missing"
    assert directory.count() == 30


def test_likely_doubles_are_proposed_only_with_something_new(
    take: Callable[..., Changes], directory: Directory, write: Write
) -> None:
    take(FIRST)
    other = write("name,phone,city\nHope House Shelter,406-555-0142,Forsyth\n", "other.csv")
    changes = compare(directory, read_list(other))
    assert len(changes.duplicates) == 1
    assert not compare(directory, read_list(write(FIRST, "partners.csv"))).duplicates


def test_columns_nobody_sees_are_kept_up_to_date_quietly(
    take: Callable[..., Changes], directory: Directory
) -> None:
    take("id,name,phone,Frobs\n1,Hope House,(406) 555-0142,old\n")
    changes = take("id,name,phone,Frobs\n1,Hope House,(406) 555-0142,new\n")
    assert (counts(changes), len(changes.quiet)) == ((0, 0, 0, 1), 1)
    assert directory.all()[0].kept["Frobs"] == "new"


def test_a_name_of_two_alphabets_is_pointed_out(take: Callable[..., Changes]) -> None:
    changes = take("name,phone\nHоpe House,(406) 555-0142\n", write_it=False)
    assert [p.key for p in changes.problems] == ["exchange.problem.mixed_alphabets"]


def test_imports_never_count_as_a_check(take: Callable[..., Changes], directory: Directory) -> None:
    take("name,phone,Date verified,Last confirmed\nHope House,(406) 555-0142,2026-01-01,2026-01-01\n")
    assert directory.all()[0].checks == ()


def test_entries_that_share_an_id_on_the_list_never_take_each_others_place(
    take: Callable[..., Changes], directory: Directory
) -> None:
    take(FIRST)
    kept = next(one for one in directory.all() if one.source_id == "1")
    twins = [replace(kept, id=identity, name=f"Twin {identity}") for identity in ("twin-1", "twin-2")]
    both = Incoming(source=kept.source, kind="flat", providers=(*twins, replace(kept, name="Renamed")))
    changes = compare(directory, both)
    assert [(change.old.id, change.new.name) for change in changes.changed] == [(kept.id, "Renamed")]
    assert [one.name for one in changes.new] == ["Twin twin-1", "Twin twin-2"]
    first_only = compare(directory, replace(both, providers=tuple(twins)))
    assert [change.new.name for change in first_only.changed] == ["Twin twin-1"]
    assert [one.name for one in first_only.new] == ["Twin twin-2"]


def test_changes_read_one_by_one_are_those_read_together(
    take: Callable[..., Changes], directory: Directory
) -> None:
    take(FIRST)
    changes = take(FIRST.replace("Forsyth", "Hardin").replace("0143", "0155"), write_it=False)
    assert [changes.changed[n] for n in range(len(changes.changed))] == list(changes.changed)
    assert list(changes.changed[0:2]) == list(changes.changed)
    assert changes.changed[-1] == list(changes.changed)[-1]
    assert sorted(changes.changed.with_phones() + changes.changed.only_phones()) == sorted(
        [one.old.id for one in changes.changed if one.phones]
        + [one.old.id for one in changes.changed if len(one.phones) == len(one.lines)]
    )
