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
        [sys.executable, "-m", "desktop", "--data", str(tmp_path / "home"), "--json", "self-check"],
        cwd=ROOT, env=bare, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert [step["name"] for step in report["steps"] if step["problem"]] == []
    assert done.returncode == 0 and report["passed"]
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
