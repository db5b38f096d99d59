"""Long commands say how far they are on a terminal, and Ctrl+C leaves nothing half done."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest

from desktop.commands import progress
from desktop.commands.main import main
from resources.directory.store import Directory


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "county.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["id", "name", "city"], *([n, f"House {n}", "Forsyth"] for n in range(1_200))]
        )
    return path


@pytest.mark.parametrize("step", ["Reading", "Comparing", "Writing"])
def test_ctrl_c_is_one_sentence_and_nothing_is_half_done(
    step: str, listed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = listed.parent / "home"
    told = progress.Telling.__call__

    def press(self: progress.Telling, done: int = 0, of: int = 0) -> None:
        if self._text.startswith(step) and done:
            raise KeyboardInterrupt
        told(self, done, of)

    monkeypatch.setattr(progress.Telling, "__call__", press)
    assert main(["--data", str(home), "import", str(listed), "--apply"]) == 1
    said = capsys.readouterr()
    assert said.err.splitlines() == ["Stopped, with nothing half done. Run the command again to do it."]
    with Directory.open(home / "directory") as directory:
        assert not [one for one in directory.all() if one.source == "county"]
        assert directory.undo_label() is None


def test_a_terminal_sees_how_far_it_is_and_a_script_does_not(
    listed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_AFTER", 0)
    monkeypatch.setattr(progress, "_EVERY", 0)
    home = ["--data", str(listed.parent / "home")]
    terminal = Terminal()
    with monkeypatch.context() as there:
        there.setattr(sys, "stderr", terminal)
        assert main([*home, "import", str(listed), "--apply"]) == 0
        assert main([*home, "export", str(listed.parent / "out.csv"), "--format", "csv"]) == 0
    shown = terminal.getvalue()
    for part in (
        "Reading county.csv… 41%",
        "Comparing with the directory…",
        "Writing the changes… 41%",
        "Working…",
    ):
        assert part in shown
    assert shown.endswith("\r\x1b[K"), "the line is gone at the end"
    capsys.readouterr()
    assert main([*home, "import", str(listed)]) == 0
    assert not capsys.readouterr().err
