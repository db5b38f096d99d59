"""Small guidance folders to break on purpose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

FRONT = """+++
title = "{title}"
group = "now"
summary = "A summary."
reviewed_on = "2026-11-25"
review_by = "2027-05-20"
+++

"""
ROLES = "".join(
    f'[{role}]\nkeep = "Keep {role}.[^BRO]"\nsay = "Say {role}.[^OWN]"\n'
    for role in ("patrol", "detective", "police_advocate", "community_advocate", "ems")
)
SOURCES = '[BRO]\ntitle = "A brochure"\npublisher = "A hospital"\nurl = "example.org"\n'

WriteTopic = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A guidance folder with sources and roles, and no topic yet."""
    place = tmp_path / "guidance"
    place.mkdir()
    (place / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (place / "roles.toml").write_text(ROLES, encoding="utf-8")
    return place


@pytest.fixture
def write_topic(folder: Path) -> WriteTopic:
    """Writes one topic; `front` may be given whole to break it."""

    def write(name: str, body: str, front: str | None = None, title: str = "") -> Path:
        path = folder / name / "en.md"
        path.parent.mkdir(exist_ok=True)
        head = FRONT.format(title=title or name) if front is None else front
        path.write_text(head + body, encoding="utf-8")
        return path

    return write
