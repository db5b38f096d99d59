"""A directory of its own with a few invented entries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.window import Window
from resources.directory.provider import Phone, Place, Provider


def provider(n: int, **changes: object) -> Provider:
    """An invented entry in Rosebud County."""
    values: dict[str, object] = {
        "name": f"Prairie House {n:03}",
        "phones": (Phone("p1", f"+1406555{100 + n % 100:04}"),),
        "needs": frozenset({"food"}),
        "place": Place(city="Forsyth", county="30087", state="MT", latitude=46.266, longitude=-106.678),
        "training": True,
    }
    return Provider(f"made-{n:03}", **{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def made(window: Window) -> Callable[..., list[Provider]]:
    """Put so many entries into the open directory; gives them as they are kept."""

    def put(count: int, **changes: object) -> list[Provider]:
        found = [provider(n, **changes) for n in range(count)]
        window.desk.directory.apply(found, label="made")
        window.desk.directory_changed()
        return found

    return put
