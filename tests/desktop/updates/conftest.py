"""Another laptop beside the window's, both of the same agency, and a stick between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import sticks
from desktop.pages.updates import UpdatesPage
from desktop.window import Window
from resources.directory.provider import Phone, Place, Provider
from resources.directory.store import Directory
from resources.updates import joining
from resources.updates.exchange import exchange, give
from resources.updates.medium import Folder
from resources.updates.trust import Trust
from tests.desktop.conftest import TODAY


def provider(n: int, **changes: object) -> Provider:
    """An invented entry in Rosebud County."""
    values: dict[str, object] = {
        "name": f"Prairie House {n:03}",
        "phones": (Phone("p1", f"+1406555{100 + n:04}"),),
        "needs": frozenset({"food"}),
        "place": Place(city="Forsyth", county="30087", state="MT"),
        "training": True,
    }
    return Provider(f"made-{n:03}", **{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def no_sticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is plugged into this machine is not looked at."""
    monkeypatch.setattr(sticks, "sticks", list)


@pytest.fixture
def page(window: Window) -> UpdatesPage:
    window.go("updates")
    made = window.page("updates")
    assert isinstance(made, UpdatesPage)
    return made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "KINGSTON"
    path.mkdir()
    return path


@pytest.fixture
def car(tmp_path: Path) -> Iterator[Directory]:
    """A laptop that belongs to no agency yet."""
    with Directory.open(tmp_path / "car", who="K. Lee", today=lambda: TODAY) as made:
        yield made


@pytest.fixture
def joined(page: UpdatesPage, car: Directory, stick: Path) -> UpdatesPage:
    """The page of the first laptop; the car has joined and holds all it holds."""
    desk = page.desk
    desk.directory.save(*(provider(n) for n in range(6)))
    Trust(desk.directory).create("Rosebud County Sheriff", "Front desk")
    give(desk.directory, stick)
    code = joining.ask(car, Folder(stick), "Car 2").code
    joining.admit(desk.directory, Folder(stick), code)
    joining.ask(car, Folder(stick), "Car 2", typed=code)
    exchange(car, stick)
    page.refresh()
    return page
