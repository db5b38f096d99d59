"""A built program finds every method of a dataclass that its start needs, and the classes are the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "packaging" / "pyinstaller" / "methods.py"
STARTED = """
import builtins, sys
sys.path[:0] = [{tools!r}, {root!r}]
import methods
compiled, had = [], builtins.exec
def watched(text, *places):
    compiled.append(isinstance(text, str))
    had(text, *places)
methods.exec = watched
methods.take({folder!r})
import desktop.app, resources.home
from resources.directory.provider import Phone
one, same, other = (Phone(number) for number in ("555-0100", "555-0100", "555-0101"))
print(len(compiled), sum(compiled), one == same, one == other)
"""


def started(folder: Path) -> list[str]:
    code = STARTED.format(tools=str(TOOL.parent), root=str(ROOT), folder=str(folder))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_nothing_of_a_start_is_compiled_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(TOOL), str(tmp_path)], check=True)
    asked, compiled, *same = started(tmp_path)
    assert int(asked) > 30 and compiled == "0"
    assert same == ["True", "False"]


def test_a_damaged_file_makes_a_start_slower_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "methods.bin").write_bytes(b"\xe3\x00")
    assert started(tmp_path) == ["0", "0", "True", "False"]
