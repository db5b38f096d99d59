"""Laptops of one agency with data folders of their own, a maker of content, and sticks between them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from reports.letters_check import problems as letters
from reports.recipe import problems as recipes
from resources import overlay
from resources.directory.store import Directory
from resources.editions import exchange, force, making, signers
from resources.editions.edition import Signed
from resources.editions.exchange import Looked
from resources.editions.shelf import Placed
from resources.home import open_directory
from resources.paths import CONTENT
from resources.updates import joining
from resources.updates.exchange import exchange as both_ways
from resources.updates.exchange import give
from resources.updates.medium import Folder
from resources.updates.trust import Trust

TODAY = date(2026, 11, 25)
CHECKS = (recipes, letters)


class Laptop:
    """One data folder. Its content is in force while something is done on it, as in a program of its own."""

    def __init__(self, data: Path) -> None:
        self.data, self.name = data, data.name
        self.here()
        self.directory: Directory = open_directory(data, who=self.name, today=lambda: TODAY)

    def here(self) -> Laptop:
        self.problems = force.use(self.data)
        return self

    def look(self, stick: Path) -> Looked:
        self.here()
        return exchange.look(self.directory, self.data, Folder(stick), CHECKS)

    def take(self, stick: Path, accepted: frozenset[str] | None = None) -> list[Placed]:
        """Take everything that a stick brings, and give what it lacks."""
        found = self.look(stick)
        assert not found.refusals, [refusal.sentence() for refusal in found.refusals]
        placed = [exchange.take(self.directory, self.data, one, accepted, CHECKS) for one in found.reviews]
        self.give(stick)
        return placed

    def give(self, stick: Path) -> int:
        return exchange.give(self.directory, self.data, Folder(stick))

    def pack(self, folder: Path, number: int = 0) -> Signed:
        self.here()
        return making.pack(self.directory, self.data, folder, CHECKS, number)


class Agency:
    """The desk made the agency and trusts the center's content; the car has joined."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk, self.car, self.center = (Laptop(folder / name) for name in ("desk", "car", "center"))

    def begin(self) -> None:
        Trust(self.desk.directory).create("Rosebud County", "Desk")
        stick = self.stick("first")
        medium = Folder(stick)
        give(self.desk.directory, stick)
        code = joining.ask(self.car.directory, medium, "Car").code
        joining.admit(self.desk.directory, medium, code)
        joining.ask(self.car.directory, medium, "Car", typed=code)
        signers.make_key(self.center.directory, "State Center")
        card = signers.write_card(self.center.directory, medium)
        signers.trust_signer(self.desk.directory, medium, "guidance", card.code)
        both_ways(self.car.directory, stick)

    def stick(self, name: str = "stick") -> Path:
        path = self.folder / name
        path.mkdir(exist_ok=True)
        return path

    def close(self) -> None:
        for laptop in (self.desk, self.car, self.center):
            laptop.directory.close()

    def brings(self, edition: Signed, name: str = "stick") -> Path:
        """A stick with one edition on it."""
        stick = self.stick(name)
        Folder(stick).write(edition.edition.name, edition.raw)
        return stick


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folders, made once."""
    made = Agency(tmp_path_factory.mktemp("begun"))
    made.begin()
    made.close()
    return made.folder


@pytest.fixture
def agency(begun: Path, tmp_path: Path) -> Iterator[Agency]:
    for name in ("desk", "car", "center"):
        shutil.copytree(begun / name, tmp_path / name)
    made = Agency(tmp_path)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def program_content() -> Iterator[None]:
    """Every test begins and ends with the content of the program."""
    overlay.lay(overlay.Layer())
    yield
    overlay.lay(overlay.Layer())


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """A maker's folder with these files; names of the program's files with what to replace in them."""

    def make(files: Mapping[str, str]) -> Path:
        made = tmp_path / "made"
        for name, text in files.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_text(text, encoding="utf-8")
        return made

    return make


def program(name: str, old: str = "", new: str = "") -> str:
    """A file of the program, with one thing in it changed."""
    text = (CONTENT / name).read_text(encoding="utf-8")
    assert old in text, f"{name} no longer says {old!r}"
    return text.replace(old, new, 1) if old else text
