"""The hub is a package of its own: the laptop's program holds nothing of it, its own wheel holds it all."""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path

from hub.words import FOLDER
from resources.check import words_problems

ROOT = Path(__file__).parents[2]


def test_the_laptops_program_holds_no_hub_and_no_driver() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == [
        "desktop",
        "resources",
        "reports",
    ]
    assert not [name for name in project["project"]["dependencies"] if "psycopg" in name]
    trim = runpy.run_path(str(ROOT / "packaging" / "pyinstaller" / "trim.py"))
    modules = trim["hidden_imports"](ROOT)
    assert "resources.updates.segments" in modules
    assert not [name for name in modules if name.split(".")[0] == "hub"]
    assert {"hub", "psycopg"} <= set(trim["EXCLUDED"]), "not by accident either"


def test_the_hubs_sentences_are_whole_and_one_version_is_said() -> None:
    assert words_problems(FOLDER) == []
    ours, main = (
        tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        for folder in (ROOT / "hub", ROOT)
    )
    assert ours["version"] == main["version"] and f"porchlight=={main['version']}" in ours["dependencies"]
    driver = next(name for name in ours["dependencies"] if "psycopg" in name)
    assert driver in main["optional-dependencies"]["test"]
