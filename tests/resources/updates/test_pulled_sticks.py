"""A stick that fails, fills up or is pulled out while an exchange writes or reads, and a disk that does: the
state is that before or that after, and the next exchange finishes (threat model tests 44 to 47)."""

from __future__ import annotations

import errno
import itertools
import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from resources import files
from resources.directory.derived import NoIndex
from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.updates.exchange import exchange, give
from resources.updates.medium import Folder
from resources.updates.refusals import Refused
from resources.words import load
from tests.resources.directory.store.faults import failing
from tests.resources.directory.store.test_faults import NEEDS_SEAM, steps
from tests.resources.exchange.test_pulled_stick import pulled
from tests.resources.updates.sticks import Reader

Make = Callable[..., Provider]
CUTS = int(os.environ.get("PORCHLIGHT_CUTS", "8"))


class Trial:
    """A laptop with edits of its own and a stick with others; both are put back for each try."""

    def __init__(self, agency: Any, make: Make, swap: Any) -> None:
        a, b, c = (agency.laptop(name) for name in "abc")
        self.base = agency.stick("base")
        a.save(*(make(id=f"p{n}", name=f"Place {n}") for n in range(12)))
        swap(self.base, a, b, c)
        for one, field in ((a, "cost"), (c, "eligibility")):
            one.save(*(replace(one.get(f"p{n}"), **{field: f"{n} of {one.who}"}) for n in range(6)))
            give(one, self.base)
        b.save(replace(b.get("p3"), description="ours"), replace(b.get("p9"), description="ours"))
        self.before = b.content_hash()
        b.connection.close()
        self.kept = agency.folder / "kept"
        shutil.copytree(b.folder, self.kept)
        self.laptop, self.stick = b.folder, agency.stick("tried")
        self.after = ""
        self.put_back()
        with self.open() as b:
            self.after = self.go(b).content_hash()
        assert self.before != self.after

    def put_back(self) -> None:
        for target, of in ((self.laptop, self.kept), (self.stick, self.base)):
            shutil.rmtree(target)
            shutil.copytree(of, target)

    def open(self) -> Directory:
        return Directory.open(self.laptop, who="b", index=NoIndex())

    def go(self, laptop: Directory, stick: Path | Folder | None = None) -> Directory:
        exchange(laptop, stick or self.stick, phones=None, names_seen=True)
        return laptop

    def outcome(self) -> str:
        """What the person is told; "" when all went well."""
        try:
            with self.open() as laptop:
                self.go(laptop)
        except ToolkitError as problem:
            assert load("en").explain(problem).endswith(".")
            return problem.key
        return ""

    def judge(self, *states: str) -> None:
        """The directory is in one of these states, no file on the stick is half a file, and both end well."""
        with self.open() as laptop:
            assert laptop.content_hash() in (states or (self.before, self.after))
            laptop.rebuild()
            assert laptop.content_hash() in (states or (self.before, self.after))
            reader = Reader()
            assert all(reader.whole(path) for path in self.stick.glob("porchlight/*/*.seg"))
            assert self.go(laptop).content_hash() == self.after
            with laptop.reading() as log:
                held = log.vector()
            carried = reader.carried(self.stick)
            assert all(carried.get(device, 0) >= n for device, n in held.items())


@pytest.fixture
def trial(agency: Any, make_provider: Make, swap: Any) -> Trial:
    return Trial(agency, make_provider, swap)


@NEEDS_SEAM
@pytest.mark.parametrize(
    ("number", "key"), [(errno.ENOSPC, "core.disk_full"), (errno.EIO, "store.disk_error")]
)
def test_44_45_a_disk_that_refuses_any_write_leaves_the_state_before_or_after(
    trial: Trial, number: int, key: str
) -> None:
    refused = 0
    for at in steps():
        trial.put_back()
        with failing("pwrite", at, number) as faults:
            said = trial.outcome()
        if not faults.met:
            break
        assert said in ("", key, "store.disk_error")
        refused += bool(said)
        trial.judge()
    assert refused


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_44_a_stick_that_fails_at_any_flush_or_rename_is_said(
    trial: Trial, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, refused = os if call == "fsync" else Path, 0
    for at in itertools.count(1):
        trial.put_back()
        failure = Failing(getattr(owner, call), at)
        with monkeypatch.context() as broken:
            broken.setattr(owner, call, failure.method())
            said = trial.outcome()
        if failure.left > 0:
            break
        refused += bool(said)
        assert said in ("", "core.cannot_write")
        trial.judge(*(() if said else (trial.after,)))  # at the end it was a backup, which is tried again
    assert refused > 1


class Failing:
    """A call that works so many times, and then not once more."""

    def __init__(self, real: Callable[..., Any], at: int) -> None:
        self.real, self.left = real, at

    def method(self) -> Callable[..., Any]:
        """A plain function, so that it may stand for a method too."""

        def go(*given: Any) -> Any:
            self.left -= 1
            if self.left:
                return self.real(*given)
            raise OSError(errno.EIO, "no such device")

        return go


def test_45_a_full_stick_is_said_and_holds_all_once_there_is_room(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as broken:
        broken.setattr(files, "_write_part", full)
        assert trial.outcome() == "core.disk_full"
    trial.judge(trial.after)


def test_46_a_folder_that_cannot_be_written_or_is_not_there_is_said(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    trial.put_back()
    with monkeypatch.context() as closed:
        closed.setattr("resources.directory.access.can_write", lambda folder: False)
        assert trial.outcome() == "store.read_only"

    def locked(*_given: object) -> None:
        raise OSError(errno.EROFS, "read only")

    with monkeypatch.context() as closed:
        closed.setattr(files, "_write_part", locked)
        assert trial.outcome() == "core.no_permission"
    trial.judge()
    shutil.rmtree(trial.stick)
    assert trial.outcome() == "updates.no_folder"


def cuts(size: int) -> Iterator[int]:
    """Places spread over so many bytes, each somewhere in its stretch."""
    chance = random.Random(size)
    return (int((n + chance.random()) * size / CUTS) for n in range(CUTS))


def test_47_a_stick_pulled_at_any_byte_while_it_is_written_holds_no_half_file(
    trial: Trial, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    trial.put_back()
    with trial.open() as laptop:
        give(laptop, whole)
    size = sum(path.stat().st_size for path in whole.rglob("*") if path.is_file())
    for cut in cuts(size):
        trial.put_back()
        shutil.rmtree(trial.stick / "porchlight")
        with pulled(cut):
            assert trial.outcome() == "core.cannot_write"
        shutil.copytree(trial.base / "porchlight", trial.stick / "porchlight", dirs_exist_ok=True)
        trial.judge(trial.before)


class Going(Folder):
    """A stick that is gone after so many bytes were read; the last ones are short, or an error."""

    def __init__(self, folder: Path, after: int, short: bool) -> None:
        super().__init__(folder)
        self.left, self.short = after, short

    def head(self, name: str, size: int) -> bytes:
        data = super().head(name, size)
        self.left -= len(data)
        if self.left >= 0:
            return data
        if not self.short:
            raise Refused("unreadable")
        return data[: max(0, len(data) + self.left)]

    def write(self, name: str, data: bytes) -> None:
        if self.left < 0:
            raise ToolkitError("core.cannot_write", file=name)
        super().write(name, data)


@pytest.mark.parametrize("short", [False, True])
def test_47_a_stick_pulled_at_any_byte_while_it_is_read_brings_whole_segments_or_none(
    trial: Trial, short: bool
) -> None:
    size = sum(path.stat().st_size for path in trial.base.rglob("*") if path.is_file())
    for cut in cuts(size):
        trial.put_back()
        with trial.open() as laptop:
            old = {one.id: one for one in laptop.all()}
            stick = Going(trial.stick, cut, short)
            with pytest.raises(ToolkitError, match=r"core\.cannot_write"):
                trial.go(laptop, stick)
            now = {one.id: one for one in laptop.all()}
            for name, of in (("cost", "a"), ("eligibility", "c")):
                taken = {getattr(now[f"p{n}"], name) for n in range(6)}
                assert taken in (
                    {getattr(old[f"p{n}"], name) for n in range(6)},
                    {f"{n} of {of}" for n in range(6)},
                )
        with trial.open() as laptop:
            assert trial.go(laptop).content_hash() == trial.after
