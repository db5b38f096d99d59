"""The version is said in two places, for people and for packaging tools; they must agree."""

from __future__ import annotations

import tomllib
from pathlib import Path

from resources import VERSION

ROOT = Path(__file__).parents[2]


def test_program_and_package_have_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
