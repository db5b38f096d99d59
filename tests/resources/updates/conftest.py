"""Laptops of one agency, each with its own directory, and sticks between them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from resources.directory.derived import NoIndex
from resources.directory.provider import Phone, Place, Provider
from resources.directory.store import Directory
from resources.updates import joining
from resources.updates.exchange import Exchange, exchange, give
from resources.updates.medium import Folder
from resources.updates.trust import Trust

TODAY = date(2026, 11, 25)
logging.raiseExceptions = True


class Agency:
    """Opens laptops; the first one makes the agency, the others join it with a stick."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.laptops: list[Directory] = []

    def laptop(self, name: str, *, join: bool = True, **options: Any) -> Directory:
        given = {"who": name, "today": lambda: TODAY, "index": NoIndex()} | options
        opened = Directory.open(self.folder / name, **given)
        opened.connection.execute("pragma synchronous = off")
        self.laptops.append(opened)
        if join and len(self.laptops) == 1:
            Trust(opened).create("Rosebud County", name)
        elif join:
            self.join(opened, name)
        return opened

    def join(self, laptop: Directory, name: str) -> None:
        stick = self.stick(f"joining {name}")
        medium = Folder(stick)
        give(self.laptops[0], stick)
        code = joining.ask(laptop, medium, name).code
        joining.admit(self.laptops[0], medium, code)
        joining.ask(laptop, medium, name, typed=code)
        exchange(laptop, stick)

    def stick(self, name: str = "stick") -> Path:
        path = self.folder / name
        path.mkdir(exist_ok=True)
        return path

    def close(self) -> None:
        for laptop in self.laptops:
            laptop.connection.close()


@pytest.fixture
def agency(tmp_path: Path) -> Iterator[Agency]:
    made = Agency(tmp_path)
    yield made
    made.close()


@pytest.fixture
def make_provider() -> Callable[..., Provider]:
    def make(**changes: Any) -> Provider:
        provider = Provider(
            id="asha",
            name="Asha Shelter",
            phones=(Phone("p1", "+14065550142", label="Crisis line"),),
            needs=frozenset({"shelter"}),
            place=Place("12 Main Street", "Forsyth", "30087", "MT", "59327", 46.26, -106.68),
        )
        return replace(provider, **changes)

    return make


@pytest.fixture
def swap() -> Callable[..., list[Exchange]]:
    """Exchange a stick with each laptop in turn, accepting everything."""

    def go(stick: Path, *laptops: Directory) -> list[Exchange]:
        return [
            exchange(laptop, stick, phones=None, confirm_retire=True, names_seen=True) for laptop in laptops
        ]

    return go
