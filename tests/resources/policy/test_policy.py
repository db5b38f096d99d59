"""A policy holds what it says, names what is wrong by its line, and believes nobody new while it is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from resources import administrators, policy
from resources.directory import backup
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.home import open_directory
from resources.policy import Policy
from resources.release.signature import trusted_keys
from resources.settings import Settings, write
from resources.words import load

Put = Callable[[str], Policy]
KEY = "ab" * 32
RELEASER = "RWSzFyIwqNPcePsJc02VAfl1y8bLzxfCCgZWAnRNIgjr/p+uwvG2yFjk"
WHOLE = f"""\
# the sheriff's laptops
county = "Rosebud County, MT"
roles = ["patrol", "detective"]
access = "reader"

[retention]
backups = 3
backup_days = 90

[calls]
urgent_days = 45
check_days = 120

[trust]
agency = "{KEY}"
releasers = ["{RELEASER}"]

[[trust.issuer]]
name = "Custer County"
key = "{KEY.upper()}"
"""


def said(found: Policy) -> list[str]:
    return [load("en").explain(problem) for problem in found.problems]


def test_without_a_file_people_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "path", lambda: tmp_path / "none" / "policy.toml")
    assert policy.current() == Policy() and not policy.current().fixed
    settings = Settings(place="Forsyth, MT", role="ems")
    assert policy.current().over(settings) == settings


def test_everything_is_read(put: Put) -> None:
    found = put(WHOLE)
    assert found.problems == () and not found.closed
    assert (found.county, found.roles, found.reader) == ("Rosebud County, MT", ("patrol", "detective"), True)
    assert (found.backups, found.backup_days, found.agency) == (3, 90, KEY)
    assert (found.urgent_days, found.check_days) == (45, 120)
    assert {"urgent_days", "check_days"} <= found.fixed
    ours = found.over(Settings(urgent_days=90, check_days=365))
    assert (ours.urgent_days, ours.check_days) == (45, 120)
    assert found.issuers == (("Custer County", KEY),) and found.releasers == (RELEASER,)


def test_a_changed_file_is_read_anew(put: Put) -> None:
    assert put('county = "Rosebud County, MT"\n').county == "Rosebud County, MT"
    assert put('county = "Custer County, MT"\n').county == "Custer County, MT"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('county = "Rosebud County, MT"\nroles = [', 2, "not understood"),
        ('\n\ncounty = "Nowhere County, MT"', 3, "Nowhere County, MT"),
        ('county = "Forsyth, MT"', 1, "Rosebud County, MT"),
        ("county = 7", 1, "text in quotes"),
        ('\nroles = ["patrol", "sheriff"]', 2, "sheriff"),
        ("roles = []", 1, "list such as"),
        ('access = "admin"', 1, "admin"),
        ("[retention]\nbackups = 0", 2, "from 1 to 100"),
        ("[retention]\n\nbackup_days = true", 3, "whole number"),
        ("[retention]\ndrafts = 1", 2, "no setting drafts"),
        ('count = "x"', 1, "county, roles, access"),
        ("retention = 5", 1, "[retention]"),
        ('[trust]\nagency = "abc"', 2, "64 hexadecimal"),
        ('[trust]\nreleasers = ["abc"]', 2, "minisign"),
        (f'[[trust.issuer]]\nname = "A"\nkey = "{KEY}"\n\n[[trust.issuer]]\nname = "B"\nkey = "x"', 7, "64"),
        (f'[[trust.issuer]]\nname = "A"\nkey = "{KEY}"\nkind = "x"', 1, "two lines"),
        (f'[[trust.issuer]]\nname = ""\nkey = "{KEY}"', 2, "two lines"),
        ("[trust]\nissuer = 5", 2, "[[trust.issuer]]"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(put: Put, text: str, line: int, words: str) -> None:
    found = put(text + "\n")
    [sentence] = said(found)
    assert f"policy.toml, line {line}:" in sentence and words in sentence
    trust = (
        "trust" in text or "not understood" in sentence or "no setting" in sentence or "part of" in sentence
    )
    assert found.closed is trust
    assert (found.issuers == ()) is trust


def test_what_is_right_beside_what_is_wrong_holds(put: Put) -> None:
    found = put('county = "Rosebud County, MT"\nroles = ["sheriff"]\n[retention]\nbackups = 3\n')
    assert (found.county, found.roles, found.backups, len(found.problems)) == ("Rosebud County, MT", (), 3, 1)
    assert not found.closed


@pytest.mark.parametrize("raw", [b'county = "\xff\xfe"', b"x" * (policy.MOST_BYTES + 1), b"\0"])
def test_a_file_that_is_no_text_believes_nobody(raw: bytes, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_bytes(raw)
    found = policy.read(file)
    assert found.closed and len(said(found)) == 1 and str(file) in said(found)[0]


@pytest.mark.skipif(sys.platform == "win32", reason="owners are another thing there")
def test_a_file_that_others_may_write_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('county = "Rosebud County, MT"\n')
    modes = {file: 0o100644, tmp_path: 0o40755}
    owner = {file: 0, tmp_path: 0}

    def stat(place: Path) -> os.stat_result:
        return os.stat_result((modes[place], 0, 0, 0, owner[place], 0, 0, 0, 0, 0))

    monkeypatch.setattr(administrators.Path, "stat", stat)
    assert administrators.only_administrators_write(file)
    loose = ((file, 0o100666, 0), (file, 0o100664, 0), (tmp_path, 0o40777, 0), (file, 0o100644, 1000))
    for place, mode, person in loose:
        modes.update({file: 0o100644, tmp_path: 0o40755} | {place: mode})
        owner[place] = person
        assert not administrators.only_administrators_write(file)
        owner[place] = 0
    monkeypatch.undo()
    monkeypatch.setattr(policy, "path", lambda: file)
    monkeypatch.setattr(policy, "only_administrators_write", lambda path: False)
    policy._cached.cache_clear()
    found = policy.current()
    assert found.closed and not found.county and "administrator" in said(found)[0]


@pytest.mark.skipif(sys.platform != "win32", reason="Windows tells owners by numbers of its own")
def test_windows_tells_who_owns_a_file(tmp_path: Path) -> None:
    assert administrators._owner_on_windows(tmp_path).startswith("S-1-")
    with pytest.raises(OSError):
        administrators._owner_on_windows(tmp_path / "none")


def test_settings_follow_the_policy_and_cannot_be_changed(put: Put, tmp_path: Path) -> None:
    write(tmp_path, Settings(place="Miles City, MT", role="ems", theme="night"))
    put('county = "Rosebud County, MT"\nroles = ["detective"]\n')
    assert policy.settings(tmp_path) == Settings(place="Rosebud County, MT", role="detective", theme="night")
    fixed = policy.current()
    assert fixed.fixed == {"place", "role"}
    wanted = {"place": "Miles City, MT", "role": "ems", "theme": "day"}
    assert fixed.allowed(wanted) == {"theme": "day"}
    several = put('roles = ["patrol", "detective"]\n')
    assert several.fixed == frozenset() and several.over(Settings(role="ems")).role == "patrol"
    assert several.allowed({"role": "detective"}) and not several.allowed({"role": "ems"})


def test_a_reader_may_not_edit_but_updates_come_in(put: Put, tmp_path: Path) -> None:
    with open_directory(tmp_path) as directory:
        [line, *_] = directory.all()
        ops, key = directory.count(), directory.public_key
    put('access = "reader"\n')
    with open_directory(tmp_path) as directory:
        assert not directory.may_edit and not directory.read_only
        before = directory.content_hash()
        deeds: list[Callable[[], Any]] = [
            lambda: directory.save(line),
            lambda: directory.apply([line]),
            lambda: directory.retire(line.id),
            lambda: directory.record_check(line.id, "answered"),
            lambda: directory.undo(),
        ]
        for deed in deeds:
            with pytest.raises(ToolkitError, match=r"policy\.reader"):
                deed()
        assert directory.content_hash() == before
        assert directory.receive("d" + "0" * 12, [], key) == 0 and directory.count() == ops
    with open_directory(tmp_path, training=True) as practice:
        assert practice.may_edit


def test_backups_are_kept_as_the_policy_says(put: Put, tmp_path: Path) -> None:
    with Directory.open(tmp_path) as directory:
        directory.remember("a", "b")
        for _ in range(5):
            directory.backup()
        put("[retention]\nbackups = 2\n")
        directory.backup()
        assert len(directory.backups()) == 2
    put("[retention]\nbackup_days = 30\n")
    now = datetime.now()
    old = f"{now - timedelta(days=31):%Y%m%dT%H%M%S%f}"
    (tmp_path / "backups" / f"directory-{old}.db").write_bytes(b"old")
    aside = tmp_path / f"directory-aside-{old}.db"
    aside.write_bytes(b"put aside by a restore")
    os.utime(aside, ((now - timedelta(days=31)).timestamp(),) * 2)
    backup.expire(tmp_path, now)
    assert len(backup.backups(tmp_path)) == 2 and not aside.exists()
    backup.expire(tmp_path, now + timedelta(days=400))
    assert len(backup.backups(tmp_path)) == 1  # the newest always stays


def test_releasers_of_the_policy_are_believed_beside_our_own(put: Put, tmp_path: Path) -> None:
    put(f'[trust]\nreleasers = ["{RELEASER}"]\n')
    assert [key.text for key in trusted_keys(tmp_path)] == [RELEASER]
    put(f'[trust]\nreleasers = ["{RELEASER}"]\nagency = "x"\n')
    assert trusted_keys(tmp_path) == []
