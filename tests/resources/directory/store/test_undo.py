"""Undo takes back whole changes, across restarts, and never what somebody did since."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from resources.directory.batch import Batch
from resources.directory.oplog import OpLog
from resources.directory.provider import Phone, Provider
from resources.directory.store import Directory

Make = Callable[..., Provider]


def test_undo_walks_back_through_restarts(
    directory: Directory, make_provider: Make, reopen: Callable[..., Directory]
) -> None:
    empty = directory.content_hash()
    directory.save(make_provider())
    one = directory.content_hash()
    directory.save(make_provider(phones=(Phone("p1", "+14065550199"),), cost="free"))
    directory.close()
    with reopen() as again:
        assert again.undo_label() == again.undo() == "Change of Asha Shelter"
        assert again.content_hash() == one
    with reopen() as again:
        assert again.undo() is not None and again.content_hash() == empty
        assert again.undo() is None and again.undo_label() is None


def test_random_changes_are_taken_back_one_by_one(directory: Directory, make_provider: Make) -> None:
    chance = random.Random(7)
    hashes = [directory.content_hash()]
    for step in range(40):
        some = [
            make_provider(
                id=f"p{chance.randrange(6)}",
                name=f"Name {chance.randrange(3)}",
                cost=chance.choice(["", "free", "$5"]),
                languages=frozenset(chance.sample(["en", "es", "vi"], 2)),
                status=chance.choice(["active", "defunct"]),
            )
            for _ in range(chance.choice([1, 1, 4]))
        ]
        if directory.apply(some, label=str(step)):
            hashes.append(directory.content_hash())
    while len(hashes) > 1:
        hashes.pop()
        assert directory.undo() is not None
        assert directory.content_hash() == hashes[-1]
    assert directory.undo() is None and directory.count(retired=True) == 0


def test_an_import_is_taken_back_without_what_was_changed_since(
    directory: Directory, make_provider: Make
) -> None:
    directory.save(make_provider(cost="$5", alert="Old"))
    batch = [make_provider(cost="free", alert="New"), make_provider(id="b"), make_provider(id="c")]
    directory.apply(batch, label="County list")
    merged = _by_another(directory, "b", cost="from another laptop")
    assert merged == 1
    _by_another(directory, "asha", alert="from another laptop")
    label = directory.undo()
    assert label == "County list (2 values stay, because they were changed since)"
    assert directory.get("asha").cost == "$5" and directory.get("asha").alert == "from another laptop"
    assert directory.get("b").cost == "from another laptop" and directory.get("b").name == "Asha Shelter"
    with pytest.raises(KeyError):
        directory.get("c")
    assert directory.conflicts() == []


def test_undo_moves_on_when_everything_was_changed_since(
    directory: Directory, make_provider: Make, reopen: Callable[..., Directory]
) -> None:
    directory.save(make_provider())
    directory.save(make_provider(cost="free"))
    _by_another(directory, "asha", cost="$9")
    assert directory.undo() == "Change of Asha Shelter (1 value stays, because it was changed since)"
    directory.rebuild()
    directory.close()
    with reopen() as again:
        assert again.undo_label() == "Change of Asha Shelter" and again.get("asha").cost == "$9"


def test_a_change_of_another_laptop_is_not_ours_to_undo(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    directory.undo()
    _by_another(directory, "z", name="Theirs")
    assert directory.undo_label() is None and directory.get("z").name == "Theirs"


def test_a_retired_entry_comes_back_by_undo(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    directory.retire("asha")
    assert directory.undo() == "Retired: Asha Shelter"
    assert directory.get("asha") == make_provider()


def test_what_came_with_the_program_is_not_undone(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    directory.apply([make_provider(id="line", name="988")], undoable=False)
    directory.rebuild()
    assert directory.undo() == "Change of Asha Shelter" and directory.undo() is None
    assert directory.get("line").name == "988" and len(directory.history("line")) > 0


def _by_another(directory: Directory, identity: str, **changes: str) -> int:
    """Another laptop that has seen everything here changes one entry, and we merge it."""
    connection = directory.connection
    connection.execute("savepoint other")
    entry = directory._log.entries([identity]).get(identity)
    batch = Batch(OpLog(connection, "other", now=lambda: 1_900_000_000), "by another", "CD")
    batch.add(identity, changes, entry)
    batch.finish()
    rows = connection.execute("select body from op where device = 'other' order by n").fetchall()
    connection.execute("rollback to other")
    connection.execute("release other")
    return directory.receive("other", [body for (body,) in rows])
