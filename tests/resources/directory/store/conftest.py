"""Fixtures of the store's tests: providers, a directory in a throw-away folder, an index that only notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from resources.directory.provider import Phone, Place, Provider
from resources.directory.store import Directory
from resources.engine import Connection

TODAY = date(2026, 11, 25)


class NotingIndex:
    """Keeps what it is told in a table of the same file, so that a rolled-back change shows."""

    def create(self, connection: Connection) -> None:
        connection.execute("create table if not exists search_note(docid integer primary key, name text)")

    def write_many(self, connection: Connection, entries: Iterable[tuple[int, Provider]]) -> None:
        for docid, provider in entries:
            connection.execute("insert or replace into search_note values (?,?)", (docid, provider.name))

    def hurry(self, connection: Connection) -> None: ...
    def hurried(self, connection: Connection) -> bool:
        return False

    def tidy(self, connection: Connection) -> None: ...

    def remove(self, connection: Connection, docid: int) -> None:
        connection.execute("delete from search_note where docid = ?", (docid,))


@pytest.fixture
def index() -> NotingIndex:
    return NotingIndex()


@pytest.fixture
def make_provider() -> Callable[..., Provider]:
    def make(**changes: Any) -> Provider:
        values: dict[str, Any] = {
            "id": "asha",
            "name": "Asha Shelter",
            "phones": (Phone("p1", "+14065550142", label="Crisis line"), Phone("p2", "+14065550143", "12")),
            "needs": frozenset({"shelter", "food"}),
            "languages": frozenset({"en", "es"}),
            "place": Place("12 Main Street", "Forsyth", "30087", "MT", "59327", 46.26, -106.68),
        }
        return Provider(**(values | changes))

    return make


@pytest.fixture
def directory(tmp_path: Path, index: NotingIndex) -> Iterator[Directory]:
    with Directory.open(tmp_path / "data", who="AB", today=lambda: TODAY, index=index) as opened:
        yield opened


@pytest.fixture
def reopen(tmp_path: Path, index: NotingIndex) -> Callable[..., Directory]:
    """Open the directory of the `directory` fixture (again)."""

    def open_again(**options: Any) -> Directory:
        return Directory.open(tmp_path / "data", **({"who": "AB", "index": index} | options))

    return open_again
