"""Text that wants to be SQL, a backup with a trigger, flipped bits: kept as text, refused, noticed
(threat model tests 41, 42 and 49)."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from resources.directory import backup, index, keys, listing, search
from resources.directory.hours import Closure, Hours, Span
from resources.directory.provider import Check, Phone, Place, Provider
from resources.directory.store import Directory
from resources.engine import open_file
from resources.errors import ToolkitError

Make = Callable[..., Provider]
NASTY = "x'; drop table op; -- \" ) \0 %s {0} \\ ?1 :a"
FLIPS = int(os.environ.get("PORCHLIGHT_FLIPS", "60"))


def schema(directory: Directory) -> list[Any]:
    return directory.connection.execute("select type, name, sql from sqlite_master order by name").fetchall()


def full_of(text: str) -> Provider:
    """A provider with this text wherever a text can stand."""
    made = Provider(
        text,
        phones=(Phone(text, "", text, text, text, text),),
        needs=frozenset({text}),
        languages=frozenset({text}),
        serves=frozenset({text}),
        intake={text: True},
        kept={text: text},
        place=Place(text, text, text, text, text, 46.0, -106.0),
        hours=Hours((Span(0, 1, 2),), (Closure(date(2026, 1, 1), date(2026, 1, 2), text),), text=text),
        checks=(Check(text, date(2026, 1, 1), text, text, text),),
    )
    plain = {f.name: text for f in fields(Provider) if f.type == "str" and f.name != "id"}
    return replace(made, **plain)


@pytest.fixture
def searchable(tmp_path: Path) -> Any:
    with Directory.open(tmp_path / "real", who=NASTY) as opened:
        yield opened


def test_sql_in_every_field_and_every_filter_is_only_text(searchable: Directory, make_provider: Make) -> None:
    directory, nasty = searchable, full_of(NASTY)
    before, bystander = schema(directory), make_provider()
    directory.save(nasty, bystander)
    assert directory.get(NASTY) == nasty
    query = search.Query(
        NASTY, (NASTY,), language=NASTY, accepts=(NASTY,), county=NASTY, include_retired=True
    )
    for asked in (query, search.Query(NASTY), search.Query(NASTY, include_retired=True)):
        with directory.reading():
            search.find(directory.connection, asked)
    assert listing.ids(directory, listing.ALL, NASTY) in ([], [NASTY])
    assert directory.source_map(NASTY) == {NASTY: NASTY} and directory.history(NASTY)
    directory.set_fields({NASTY: {"name": NASTY + NASTY}}, NASTY)
    directory.remember(NASTY, NASTY)
    assert directory.recall(NASTY) == NASTY and directory.undo() == NASTY
    directory.rebuild()
    assert directory.get(NASTY) == nasty and directory.get("asha") == bystander
    assert schema(directory) == before


@pytest.mark.parametrize(
    "change",
    [
        "create trigger t after insert on op begin delete from op; end",
        "create view provider_view as select * from op",
        "pragma application_id = 7",
        "drop table op",
    ],
)
def test_a_backup_that_is_no_directory_of_ours_is_not_put_back(
    directory: Directory, make_provider: Make, change: str
) -> None:
    directory.save(make_provider())
    folder, made = directory.folder, directory.backup()
    directory.close()
    key = keys.device_key(folder, create=False)
    with closing(open_file(made, key)) as connection:
        connection.execute(change)
        connection.execute("pragma journal_mode = delete")
    before = (folder / "directory.db").read_bytes()
    for chosen in (made, None):
        with pytest.raises(ToolkitError, match=r"store\.(backup_unreadable|no_backup)"):
            Directory.restore(folder, chosen)
    assert (folder / "directory.db").read_bytes() == before


def test_a_flipped_bit_in_a_backup_keeps_it_from_being_put_back(
    directory: Directory, make_provider: Make
) -> None:
    directory.apply([make_provider(id=f"p{n}", cost="x" * 200) for n in range(99)])
    made, key, chance = directory.backup(), keys.device_key(directory.folder, create=False), random.Random(5)
    whole = made.read_bytes()
    for _ in range(FLIPS):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        made.write_bytes(spoilt)
        with pytest.raises(ToolkitError, match=r"store\.backup_unreadable"):
            backup.verify(made, key)


def test_damage_met_while_searching_is_said_and_no_result_is_wrong(
    tmp_path: Path, make_provider: Make
) -> None:
    folder = tmp_path / "real"
    with Directory.open(folder) as directory:
        directory.apply([make_provider(id=f"p{n}", name=f"Harbor {n}", cost="x" * 300) for n in range(200)])
        directory.backup()
        index.tidy(directory.connection)
    path, chance, met = folder / "directory.db", random.Random(6), 0
    whole = path.read_bytes()
    for _ in range(FLIPS // 2):
        spoilt = bytearray(whole)
        for _ in range(8):
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        path.write_bytes(spoilt)
        for rest in folder.glob("*-wal"):
            rest.unlink()
        try:
            with Directory.open(folder) as directory, directory.reading():
                found = search.find(directory.connection, search.Query("harbor", limit=500)).found
                assert {hit.phone_shown for hit in found} == {"(406) 555-0142"}
        except ToolkitError as problem:
            met += 1
            assert problem.key == "store.damaged_restore"
    assert met
    shutil.rmtree(folder)
