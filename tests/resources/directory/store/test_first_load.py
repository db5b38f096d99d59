"""The quick way in for entries that were not here, beside the general merge: both say the same."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from resources.directory import oplog
from resources.directory.fields import text
from resources.directory.optext import hash_of, proved
from resources.directory.provider import Place, Provider
from resources.directory.store import Directory
from tests.resources.updates.edits import Editor

ODD = 'he said ,"set":{"name":"x"},"who":"y"} \\ \u00e9 \u2028'


def opened(folder: Path, index: Any, own_only: frozenset[str] = frozenset()) -> Directory:
    return Directory.open(folder, who=folder.name, index=index, own_only=own_only)


def write_something(author: Directory, chance: random.Random) -> None:
    """A list, edits of parts of it, entries that begin as a secret or out of use, and odd labels."""
    editor = Editor(chance)
    for _ in range(6):
        known = author.all(retired=True)
        some = [editor.change(one) for one in chance.sample(known, min(len(known), 4))]
        for n in range(chance.randrange(12)):
            place = Place("12 Main Street", "Forsyth", latitude=46.25, confidential=chance.random() < 0.2)
            new = Provider(f"{chance.random()}", name=editor.unique("Nëw"), place=place)
            status = chance.choice(("active", "active", "defunct"))
            some.append(editor.change(replace(new, status=status, alert=ODD if n % 3 else "")))
        author.apply(some, [one.id for one in known if chance.random() < 0.1], label=chance.choice((ODD, "")))


def state(directory: Directory) -> list[Any]:
    tables = [
        directory.connection.execute(f"select {columns} order by 1, 2").fetchall()
        for columns in (
            "* from op",
            "* from batch",
            "* from dead",
            "* from conflict",
            "name, 0 from search_note",
        )
    ]
    with directory.reading() as log:
        entries = log.entries(one.id for one in directory.all(retired=True))
    return [directory.content_hash(), directory.all(retired=True), entries, *tables]


@pytest.mark.parametrize("seed", range(6))
def test_what_comes_the_quick_way_is_what_the_merge_makes_of_it(
    seed: int, tmp_path: Path, index: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    with opened(tmp_path / "author", index) as author:
        write_something(author, chance)
        rows = author.connection.execute("select body, hash from op order by n").fetchall()
        said = author.content_hash()
        own = frozenset(chance.sample([one.id for one in author.all()], 2) if seed % 2 else ())
        device = author.device
    for body, hashed in rows:
        assert proved(device, body)[1] == hashed == hash_of(json.loads(body), body)
        assert text(json.loads(body)) == body
    cuts = sorted(chance.sample(range(1, len(rows)), 3))
    parts = [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
    quick, slow = opened(tmp_path / "quick", index, own), opened(tmp_path / "slow", index, own)
    with quick, slow:
        for part in parts:
            assert quick.receive(device, [b for b, _ in part], hashes=[h for _, h in part])
        first = quick.connection.execute("select count(*) from alive where fields = ''").fetchone()[0]
        assert 0 < first < len(rows), "some came the quick way, and not all"
        monkeypatch.setattr(oplog._Arriving, "_is_first", lambda arriving, op: False)
        for part in parts:
            slow.receive(device, [body for body, _ in part])
        assert slow.connection.execute("select count(*) from alive where fields = ''").fetchone() == (0,)
        assert state(quick) == state(slow)
        assert own or quick.content_hash() == said
        before = state(quick)[:3]
        quick.rebuild()
        assert state(quick)[:3] == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body.replace('"clock":', '"clock": '),
        lambda body: body.replace('"n":1', '"n":1,"n":1'),
        lambda body: body.replace('"cost":"$1"', '"cost":"\\u00241"'),
        lambda body: body.replace('"cost":"$1"', '"cost":"$1","cost":"$1"'),
        lambda body: body.replace('"cost":"$1"', '"cost":NaN'),
        lambda body: body.replace('"set":', '"salt":5,"set":') if "salt" not in body else body[:-1],
        lambda body: '{"who":' + body[1:-1].split(',"who":')[1] + "," + body[1:].split(',"who":')[0] + "}",
    ],
)
def test_an_operation_in_another_spelling_is_not_proved(spoil: Any, directory: Directory) -> None:
    directory.save(Provider("a", name="Asha", cost="$1", place=Place("12 Main Street")))
    body = directory.connection.execute("select body from op").fetchone()[0]
    proved("d", body)
    assert spoil(body) != body
    with pytest.raises(ValueError):
        proved("d", spoil(body))


def test_a_street_without_a_salt_is_not_proved(directory: Directory) -> None:
    directory.save(Provider("a", name="Asha", place=Place("12 Main Street")))
    table = json.loads(directory.connection.execute("select body from op").fetchone()[0])
    table.pop("salt")
    with pytest.raises(ValueError):
        proved("d", text(table))
