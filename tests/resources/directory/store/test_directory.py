"""What Directory promises to those who read and change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from resources.directory.provider import Check, Phone, Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError

Make = Callable[..., Provider]


def many(make: Make, count: int) -> list[Provider]:
    return [make(id=f"p{n:05d}", name=f"Place {n}", source="list", source_id=str(n)) for n in range(count)]


def notes(directory: Directory) -> list[str]:
    rows = directory.connection.execute("select name from search_note order by name")
    return [name for (name,) in rows]


def ops(directory: Directory) -> int:
    return int(directory.connection.execute("select count(*) from op").fetchone()[0])


def test_a_saved_provider_is_there_after_a_restart(
    directory: Directory, make_provider: Make, reopen: Callable[..., Directory]
) -> None:
    directory.save(make_provider())
    directory.close()
    with reopen() as again:
        assert again.get("asha") == make_provider()
        assert again.count() == 1 and again.all() == [make_provider()]


def test_an_unknown_provider_is_a_key_error(directory: Directory) -> None:
    with pytest.raises(KeyError):
        directory.get("nobody")
    with pytest.raises(KeyError):
        directory.record_check("nobody", "answered")
    assert directory.many(["nobody"]) == []


def test_only_fields_that_differ_are_written(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    directory.save(make_provider())
    assert ops(directory) == 1
    directory.save(make_provider(cost="free"))
    body = directory.connection.execute("select body from op where n = 2").fetchone()[0]
    assert '"set":{"cost":"free"}' in body and ops(directory) == 2


def test_many_come_back_in_the_order_asked_for(directory: Directory, make_provider: Make) -> None:
    directory.apply(many(make_provider, 3))
    assert [p.id for p in directory.many(["p00002", "x", "p00000"])] == ["p00002", "p00000"]


def test_a_list_is_one_batch_and_an_id_twice_is_one_entry(directory: Directory, make_provider: Make) -> None:
    first = directory.apply([make_provider(cost="$5"), make_provider(cost="free")], label="List")
    assert first and directory.count() == 1 and directory.get("asha").cost == "free"
    assert directory.apply([make_provider(cost="free")]) == ""
    assert directory.undo_label() == "List"


def test_apply_retires_what_it_is_told_to(directory: Directory, make_provider: Make) -> None:
    directory.apply(many(make_provider, 3))
    directory.apply([make_provider()], retire=["p00001", "nobody"])
    assert directory.count() == 3 and directory.count(retired=True) == 4
    assert directory.get("p00001").retired
    directory.bring_back("p00001")
    assert directory.count() == 4


def test_progress_is_told_and_cancelling_leaves_nothing(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    before, told = directory.content_hash(), list[tuple[int, int]]()

    def cancel(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 1000:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        directory.apply(many(make_provider, 1200), progress=cancel)
    assert told == [(500, 1200), (1000, 1200)]
    assert directory.content_hash() == before and notes(directory) == ["Asha Shelter"] and ops(directory) == 1
    directory.save(make_provider(cost="free"))
    assert directory.get("asha").cost == "free"


def test_a_search_index_that_fails_takes_the_change_with_it(
    directory: Directory, make_provider: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory.save(make_provider())

    def fail(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(type(directory._derived.index), "write_many", fail)
    with pytest.raises(RuntimeError):
        directory.save(make_provider(name="Changed"))
    assert directory.get("asha").name == "Asha Shelter" and ops(directory) == 1


def test_the_index_follows_each_change(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    directory.save(make_provider(name="Asha House"))
    assert notes(directory) == ["Asha House"]
    directory.undo()
    directory.undo()
    assert notes(directory) == []


def test_a_check_call_is_kept_with_who_and_when(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    directory.record_check("asha", "wrong-number", note="a dentist")
    directory.record_check("asha", "answered", by="CD")
    found = directory.get("asha")
    assert [(c.result, c.by, c.note, c.on) for c in found.checks] == [
        ("wrong-number", "AB", "a dentist", date(2026, 11, 25)),
        ("answered", "CD", "", date(2026, 11, 25)),
    ]
    assert found.last_check and found.last_check.result == "answered"
    directory.save(make_provider())
    assert len(directory.get("asha").checks) == 2
    with pytest.raises(ValueError):
        directory.record_check("asha", "maybe")


def test_tables_can_be_asked_in_sql(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider(checks=(Check("c", date(2026, 1, 2), "answered", "AB"),)))
    ask = directory.connection.execute
    assert ask("select name, county, confirmed_on from provider").fetchall() == [
        ("Asha Shelter", "30087", "2026-01-02")
    ]
    assert ask("select number, extension from phone order by position").fetchall() == [
        ("+14065550142", ""),
        ("+14065550143", "12"),
    ]
    assert {code for (code,) in ask("select code from provider_need")} == {"shelter", "food"}
    assert ask("select result, by from provider_check").fetchall() == [("answered", "AB")]


def test_the_ids_of_a_list_are_known(directory: Directory, make_provider: Make) -> None:
    directory.apply([*many(make_provider, 2), make_provider()])
    assert directory.source_map("list") == {"0": "p00000", "1": "p00001"}


def test_a_setting_is_remembered_and_is_no_change_of_a_provider(
    directory: Directory, reopen: Callable[..., Directory]
) -> None:
    directory.remember("columns", "{}")
    directory.close()
    with reopen() as again:
        assert again.recall("columns") == "{}" and again.recall("other") is None
        assert again.undo_label() is None


def test_listeners_hear_of_changes_once_they_are_kept(directory: Directory, make_provider: Make) -> None:
    heard = list[int]()
    directory.on_change.append(lambda: heard.append(directory.count()))
    directory.save(make_provider())
    directory.save(make_provider())
    directory.undo()
    assert heard == [1, 0]


def test_a_rebuild_gives_the_same_tables(directory: Directory, make_provider: Make) -> None:
    directory.apply(many(make_provider, 30))
    directory.save(make_provider(), make_provider(id="p00003", name="Renamed"))
    directory.retire("p00004")
    directory.undo()
    state = directory.content_hash(), directory.all(retired=True), notes(directory), directory.undo_label()
    for table in ("provider", "phone", "provider_need", "alive", "conflict", "search_note"):
        directory.connection.execute(f"delete from {table}")
    directory.rebuild()
    assert state == (
        directory.content_hash(), directory.all(retired=True), notes(directory), directory.undo_label()
    )  # fmt: skip


def test_tables_that_do_not_match_the_log_are_made_again_at_the_start(
    directory: Directory, make_provider: Make, reopen: Callable[..., Directory]
) -> None:
    directory.apply(many(make_provider, 3))
    directory.connection.execute("delete from provider where id = 'p00001'")
    directory.close()
    with reopen() as again:
        assert again.count() == 3 and len(notes(again)) == 3


def test_saving_a_form_that_is_out_of_date_hides_nothing(directory: Directory, make_provider: Make) -> None:
    directory.save(make_provider())
    form, seen = directory.get("asha"), directory.seen("asha")
    directory.save(make_provider(cost="free", name="Renamed"))
    directory.save(replace(form, name="Mine", alert="Ring twice"), seen=seen)
    found = directory.get("asha")
    assert (found.cost, found.alert) == ("free", "Ring twice")
    (conflict,) = directory.conflicts()
    assert conflict.field == "name" and {claim.value for claim in conflict.values} == {"Renamed", "Mine"}
    directory.resolve("asha", "name", "Renamed")
    assert directory.conflicts() == [] and directory.get("asha").name == "Renamed"


def test_text_that_looks_like_sql_is_only_text(directory: Directory, make_provider: Make) -> None:
    nasty = "'; drop table op; -- \" \0 %s {0}"
    directory.save(
        make_provider(name=nasty, source=nasty, source_id=nasty, phones=(Phone(nasty, shown=nasty),))
    )
    assert directory.get("asha").name == nasty and directory.source_map(nasty) == {nasty: "asha"}


def test_equal_content_has_equal_hash_however_it_came_about(
    directory: Directory, make_provider: Make, tmp_path: Any, index: Any
) -> None:
    directory.save(make_provider(name="Old"))
    directory.save(make_provider())
    with Directory.open(tmp_path / "other", index=index) as other:
        other.apply([make_provider()])
        assert other.content_hash() == directory.content_hash()
        other.save(make_provider(cost="free"))
        assert other.content_hash() != directory.content_hash()


def test_a_reader_for_another_thread_sees_what_is_kept_and_writes_nothing(
    directory: Directory, make_provider: Make
) -> None:
    directory.save(make_provider())
    reader = directory.reader()
    assert reader.execute("select name from provider").fetchall() == [("Asha Shelter",)]
    with pytest.raises(Exception, match="readonly"):
        reader.execute("delete from op")
    reader.close()


def test_a_second_writer_is_told_to_wait(
    directory: Directory,
    make_provider: Make,
    reopen: Callable[..., Directory],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("resources.engine.WAIT_SECONDS", 0.1)
    with reopen() as second:
        directory.connection.execute("begin immediate")
        with pytest.raises(ToolkitError) as refused:
            second.save(make_provider())
        directory.connection.execute("rollback")
        assert refused.value.key == "store.busy"
        second.save(make_provider())
        directory.save(make_provider(cost="free"))
    assert directory.get("asha").cost == "free" and ops(directory) == 2


def test_the_search_index_is_used_unless_another_is_given(tmp_path: Any, make_provider: Make) -> None:
    from resources.directory import search

    with Directory.open(tmp_path / "real") as directory:
        directory.apply([make_provider(), make_provider(id="b", name="Borrowed Hope")])
        directory.rebuild()
        directory.save(make_provider(name="Renamed Harbor"))
        for words, ids in (("harbor", ["asha"]), ("borrowed", ["b"]), ("shelter", ["asha", "b"])):
            found = search.find(directory.connection, search.Query(text=words))
            assert sorted(hit.provider_id for hit in found.found) == ids
        directory.undo()
        directory.undo()
        assert search.find(directory.connection, search.Query(text="hope")).found == []


def test_a_list_leaves_the_search_index_in_one_piece(tmp_path: Any, make_provider: Make) -> None:
    with Directory.open(tmp_path / "real") as directory:
        pieces = "select count(distinct segid) from search_fts_idx"
        for first in (0, 150):
            directory.apply([make_provider(id=f"p{n}") for n in range(first, first + 150)])
            assert directory.connection.execute(pieces).fetchone()[0] == 1
        directory.save(make_provider(id="p7", name="Renamed"))
        assert directory.connection.execute(pieces).fetchone()[0] == 2
        for n in range(40):
            directory.save(make_provider(id=f"p{n}", name=f"Renamed {n}"))
        assert directory.connection.execute(pieces).fetchone()[0] < 20, "edits are merged again"


def test_a_list_that_is_given_up_leaves_the_search_index_as_it_was(
    tmp_path: Any, make_provider: Make
) -> None:
    with Directory.open(tmp_path / "real") as directory:
        merging = "select k, v from search_fts_config order by k"
        directory.apply([make_provider(id=f"p{n}") for n in range(150)])
        before = directory.connection.execute(merging).fetchall()

        def stop(done: int, of: int) -> None:
            if done >= 500:
                assert dict(directory.connection.execute(merging).fetchall())["automerge"] == 0
                raise InterruptedError

        with pytest.raises(InterruptedError):
            directory.apply([make_provider(id=f"new{n}") for n in range(900)], progress=stop)
        assert directory.connection.execute(merging).fetchall() == before
