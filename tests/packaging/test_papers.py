"""What ships is listed whole, with licences and their texts; what is of unknown origin stops the build."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import packaging.requirements
import packaging.utils
import pytest

ROOT = Path(__file__).parents[2]
Tool = Callable[[str], ModuleType]
MOMENT = datetime(2026, 11, 25, tzinfo=UTC)


def made_of(tool: Tool, lock: str = "") -> list[Any]:
    """The parts of a program made of a file of reportlab, one of PySide6, one of Python and one of ours."""
    import reportlab
    from PySide6 import QtCore

    origins = [
        ["reportlab", reportlab.__file__],
        ["PySide6/QtCore.abi3.so", QtCore.__file__],
        ["os", os.__file__],
        ["desktop.app", str(ROOT / "desktop" / "app.py")],
    ]
    return list(tool("inventory").inventory(origins, lock))


def test_each_file_gets_its_part_with_version_licence_and_hash(tool: Tool) -> None:
    lock = f"reportlab==5.1.0 --hash=sha256:{'ab' * 32}\n"
    parts = {part.name: part for part in made_of(tool, lock)}
    paper = parts["reportlab"]
    assert paper.purl == f"pkg:pypi/reportlab@{paper.version}" and paper.sha256 == "ab" * 32
    assert paper.licence == "BSD-3-Clause" and paper.texts[0].is_file()
    assert parts["CPython"].licence == "PSF-2.0"
    assert "LGPL-3.0-only" in parts["PySide6_Essentials"].licence
    assert parts["Qt"].inside == "PySide6_Essentials" and parts["Qt"].version
    assert "desktop.app" not in [name for part in parts.values() for name in part.files]


def test_every_committed_font_is_listed_with_its_hash_and_licence(tool: Tool) -> None:
    fonts = {part.name: part for part in made_of(tool) if part.inside == "fonts"}
    files = {path.name: path for path in (ROOT / "resources/content/fonts").glob("*.ttf")}
    assert fonts.keys() == files.keys()
    for name, part in fonts.items():
        assert part.sha256 == hashlib.sha256(files[name].read_bytes()).hexdigest()
        assert part.licence == "OFL-1.1" and "Copyright" in part.texts[0].read_text(encoding="utf-8")


def test_a_file_of_unknown_origin_stops_the_build(tool: Tool, tmp_path: Path) -> None:
    stray = tmp_path / "libstray.so"
    stray.write_bytes(b"?")
    with pytest.raises(SystemExit, match=r"libstray\.so"):
        tool("inventory").inventory([["libstray.so", str(stray)]], "")


def test_the_document_is_cyclonedx_and_the_same_each_time(tool: Tool) -> None:
    sbom = tool("sbom")
    made = sbom.document(made_of(tool), "1.2.3", MOMENT)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert made["metadata"]["component"]["version"] == "1.2.3"
    assert made["metadata"]["timestamp"] == "2026-11-25T00:00:00Z"
    names = [one["bom-ref"] for one in made["components"]]
    assert len(set(names)) == len(names)
    known = {"porchlight", *names}
    for one in made["dependencies"]:
        assert one["ref"] in known and set(one["dependsOn"]) <= known
    assert all(one["licenses"] for one in made["components"])
    again = sbom.document(made_of(tool), "1.2.3", MOMENT)
    assert json.dumps(again) == json.dumps(made)
    assert sbom.document(made_of(tool), "1.2.4", MOMENT)["serialNumber"] != made["serialNumber"]


def test_the_notices_say_how_qt_may_be_replaced_and_hold_every_text(tool: Tool, tmp_path: Path) -> None:
    notices, parts = tool("notices"), made_of(tool)
    texts = notices.write(parts, tmp_path)
    assert notices.without_text(parts, texts) == []
    page = " ".join(notices.page(parts, texts).split())
    for said in ("LGPL-3.0.txt", "replace them by your own build", "Inter-Bold.ttf", "SIL Open Font License"):
        assert said in page
    named = {name for some in texts.values() for name in some}
    written = {path.name for path in tmp_path.iterdir()}
    assert named <= written
    assert {"LGPL-3.0.txt", "GPL-3.0.txt", "Qt-third-parties.txt", "Porchlight-LICENSE.txt"} <= written
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in (tmp_path / "LGPL-3.0.txt").read_text(encoding="utf-8")


def test_a_part_without_a_text_is_noticed(tool: Tool, tmp_path: Path) -> None:
    part = tool("inventory").Part("bare", "1", "MIT")
    notices = tool("notices")
    assert notices.without_text([part], notices.write([part], tmp_path)) == ["bare"]


LOCKS = [path for path in (ROOT / "packaging/locks").glob("*.txt") if re.fullmatch(r"\w+-cp\d+", path.stem)]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_what_a_release_is_built_from_is_pinned_and_is_what_the_project_asks_for(lock: Path) -> None:
    pinned = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            wanted, _, digest = line.partition(" --hash=sha256:")
            name, _, version = wanted.partition("==")
            assert len(digest) == 64
            pinned[packaging.utils.canonicalize_name(name)] = version
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    python = lock.stem.rpartition("cp")[2]
    here = {"python_version": f"{python[0]}.{python[1:]}"}
    for text in (*project["dependencies"], *project["optional-dependencies"]["package"]):
        asked = packaging.requirements.Requirement(text)
        if asked.marker is None or asked.marker.evaluate(here):
            assert asked.specifier.contains(pinned[packaging.utils.canonicalize_name(asked.name)])


def test_two_builds_are_compared_file_by_file(tool: Tool, tmp_path: Path) -> None:
    compare = tool("compare")
    for name in ("one", "other"):
        (tmp_path / name / "sub").mkdir(parents=True)
        (tmp_path / name / "sub" / "same").write_text("same")
        (tmp_path / name / "different").write_text(name)
        (tmp_path / name / f"only {name}").write_text("x")
    found = compare.differences(compare.listed(tmp_path / "one"), compare.listed(tmp_path / "other"))
    assert found == {
        "different": "differs",
        "only one": "only in the first",
        "only other": "only in the second",
    }


def test_the_pinned_list_leaves_the_project_out(tool: Tool) -> None:
    wheel = {"archive_info": {"hashes": {"sha256": "cd" * 32}}}
    report = {
        "install": [
            {"metadata": {"name": "Porchlight", "version": "1"}, "download_info": {"dir_info": {}}},
            {"metadata": {"name": "Pillow", "version": "13"}, "download_info": wheel},
        ]
    }
    assert tool("lock").lines(report) == [f"pillow==13 --hash=sha256:{'cd' * 32}"]
