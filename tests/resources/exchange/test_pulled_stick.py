"""A stick pulled out while a list is written or read: the target is absent or whole, the directory as it was
(threat model test 47)."""

from __future__ import annotations

import errno
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from resources import files
from resources.directory.provider import Phone, Place, Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.exchange.changes import compare
from resources.exchange.export import FORMATS, write_list
from resources.exchange.reading import read_list

CUTS = 12


@pytest.fixture
def directory(directory: Directory) -> Directory:
    directory.apply([
        Provider(
            f"p{n}",
            f"Harbor House {n}",
            "Harbor Inc",
            phones=(Phone("a", f"+140655501{n:02}"),),
            place=Place("12 Main Street", "Forsyth", "30087", "MT", "59327"),
        )
        for n in range(30)
    ])  # fmt: skip
    return directory


@contextmanager
def pulled(after: int) -> Iterator[None]:
    """After this many bytes the stick is gone: nothing more can be written to it."""
    left, real = [after], files._write_part

    def write(part: Path, data: bytes, mode: int) -> None:
        real(part, data[: max(0, left[0])], mode)
        left[0] -= len(data)
        if left[0] < 0:
            raise OSError(errno.EIO, "no such device")

    with pytest.MonkeyPatch.context() as stick:
        stick.setattr(files, "_write_part", write)
        yield


def all_below(target: Path) -> dict[str, bytes]:
    if target.is_file():
        return {target.name: target.read_bytes()}
    return {path.name: path.read_bytes() for path in target.rglob("*") if path.is_file()}


def cuts(size: int) -> Iterator[int]:
    chance = random.Random(size)
    yield from (0, 1, size - 1, *(chance.randrange(size) for _ in range(CUTS)))


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize("format", FORMATS)
def test_a_stick_pulled_while_writing_leaves_the_old_list_or_none(
    directory: Directory, tmp_path: Path, format: str, older: bool
) -> None:
    suffix = "" if format == "hsds-csv" else ".out"
    whole = tmp_path / f"whole{suffix}"
    write_list(directory, whole, format)
    size, said = sum(map(len, all_below(whole).values())), directory.content_hash()
    for n, cut in enumerate(cuts(size)):
        target = tmp_path / f"stick{n}{suffix}"
        if older:
            write_list(directory, target, format)
        before = all_below(target)
        with pulled(cut), pytest.raises(ToolkitError, match=r"core\.cannot_write"):
            write_list(directory, target, format)
        assert all_below(target) == before
        write_list(directory, target, format)
        assert all_below(target).keys() == (before or all_below(target)).keys()
    assert directory.content_hash() == said


@pytest.mark.parametrize(("format", "suffix"), [("csv", ".csv"), ("xlsx", ".xlsx"), ("hsds-json", ".json")])
def test_a_list_that_breaks_off_is_refused_or_its_last_row_is_named(
    directory: Directory, tmp_path: Path, format: str, suffix: str
) -> None:
    whole = tmp_path / f"whole{suffix}"
    write_list(directory, whole, format)
    data, said, read = whole.read_bytes(), directory.content_hash(), 0
    numbers = {one.phones[0].number for one in directory.all()}
    for cut in cuts(len(data)):
        path = tmp_path / f"cut{suffix}"
        path.write_bytes(data[:cut])
        try:
            incoming = read_list(path, memory=directory)
        except ToolkitError:
            continue
        read += 1
        assert format == "csv"
        assert {phone.number for one in incoming.providers for phone in one.phones} <= numbers | {""}
        changes = compare(directory, incoming)
        assert len(changes.changed) <= 1  # the row that broke off
    assert directory.content_hash() == said
    assert bool(read) == (format == "csv")


def test_a_stick_that_goes_while_reading_is_said(
    directory: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.csv"
    write_list(directory, path, "csv")
    before = path.read_bytes()

    def gone(_path: Path) -> bytes:
        raise OSError(errno.EIO, "no such device")

    with monkeypatch.context() as pulled:
        pulled.setattr(Path, "read_bytes", gone)
        with pytest.raises(ToolkitError) as refused:
            read_list(path)
    assert refused.value.key == "core.cannot_read" and path.read_bytes() == before
