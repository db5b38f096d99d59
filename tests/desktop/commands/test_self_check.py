"""The self-check passes here, and names what is damaged instead of passing anyway."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import self_check

ROOT = Path(__file__).parents[3]


def test_this_copy_passes_without_a_screen_and_leaves_no_data(tmp_path: Path) -> None:
    kept = ("PATH", "HOME", "LD_LIBRARY_PATH", "SYSTEMROOT")
    bare = {name: value for name, value in os.environ.items() if name in kept}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--data", str(tmp_path / "home"), "--json", "--self-check"],
        cwd=ROOT, env=bare, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert [step["name"] for step in report["steps"] if step["problem"]] == []
    assert done.returncode == 0 and report["passed"]
    assert {"PySide6.QtWidgets", "sqlcipher3", "uharfbuzz", "icu4py"} <= set(report["modules"])
    assert not {"ssl", "PySide6.QtNetwork", "http.client"} & set(report["modules"])
    assert not (tmp_path / "home").exists()


def test_a_damaged_font_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "A.ttf").write_bytes(b"not what was committed")
    (fonts / "sources.json").write_text(json.dumps([{"file": "A.ttf", "sha256": "0" * 64}]), encoding="utf-8")
    monkeypatch.setattr(self_check, "CONTENT", tmp_path)
    assert self_check._files() == "A.ttf"


def test_a_step_that_fails_is_named_by_its_kind_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(language: str) -> str:
        raise ZeroDivisionError("secret text")

    monkeypatch.setattr(self_check, "_sheet", broken)
    monkeypatch.setattr(self_check, "_window", lambda data: "")
    steps = {step.name: step.problem for step in self_check.run()}
    assert steps["sheet ar"] == "ZeroDivisionError"
    assert steps["directories"] == "" and steps["list and search"] == ""


def test_a_built_program_with_a_network_library_in_its_folder_does_not_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_internal").mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "Porchlight"))
    monkeypatch.setattr(self_check, "UNWANTED", ())
    monkeypatch.setattr(self_check, "ABSENT", ("no_such_module",))
    assert self_check._modules() == ""
    (tmp_path / "_internal" / "libQt6Network.so.6").touch()
    assert self_check._modules() == "libQt6Network.so.6"
    monkeypatch.setattr(self_check, "ABSENT", ("ssl",))
    assert self_check._modules() == "ssl, libQt6Network.so.6"


def test_a_damaged_file_of_a_built_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_internal").mkdir()
    good = {"Porchlight": b"program", "_internal/libA.so": b"library"}
    for name, content in good.items():
        (tmp_path / name).write_bytes(content)
    subprocess.run([sys.executable, ROOT / "packaging/tools/manifest.py", tmp_path], check=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "Porchlight"))
    assert self_check._files() == ""
    (tmp_path / "_internal" / "libA.so").write_bytes(b"librarz")
    assert self_check._files() == "_internal/libA.so"
    (tmp_path / "Porchlight").unlink()
    assert self_check._files() == "Porchlight, _internal/libA.so"


def test_a_paper_without_structure_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    from reports.engine import structure

    assert self_check._sheet("en") == ""
    monkeypatch.setattr(structure, "written", lambda *given: iter(()))
    assert self_check._sheet("en") == "nothing for a screen reader"
