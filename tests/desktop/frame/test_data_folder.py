"""A data folder that can only be read, and the lock of a killed program (threat model tests 46 and 48)."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile

from desktop import theme
from desktop.single import LOCK, SingleInstance
from desktop.window import Window
from resources.errors import ToolkitError

ROOT = Path(__file__).parents[3]
NO_RIGHTS = """
import ctypes, runpy, sys
for capability in (1, 2):  # even root obeys the permissions of files without these
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)
import os
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@pytest.fixture
def read_only(data: Path) -> Iterator[Path]:
    folders = [data, *(path for path in data.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    yield data
    for folder in folders:
        folder.chmod(stat.S_IRWXU)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    if os.geteuid() == 0:
        command = [sys.executable, "-c", NO_RIGHTS, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such permission there")
def test_a_folder_that_can_only_be_read_opens_and_finds(read_only: Path) -> None:
    before = sorted(path.name for path in read_only.rglob("*"))
    opened = run("-m", "desktop", "--data", str(read_only), "--once")
    assert opened.returncode == 0 and "usable" in opened.stdout, opened.stderr
    found = run("-m", "desktop", "--data", str(read_only), "--training", "find", "shelter")
    assert found.returncode == 0 and "Shelter" in found.stdout
    called = run("-m", "desktop", "--data", str(read_only), "--training", "undo")
    assert called.returncode == 1 and "cannot be changed here, only read" in called.stderr
    assert sorted(path.name for path in read_only.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such permission there")
def test_a_folder_that_cannot_be_made_is_said(read_only: Path) -> None:
    missing = run("-m", "desktop", "--data", str(read_only / "deep" / "data"), "find", "shelter")
    assert missing.returncode == 1 and "cannot be made or written" in missing.stderr
    assert "Traceback" not in missing.stderr


def test_display_modes_change_where_no_setting_can_be_kept(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise ToolkitError("core.no_permission", file="settings.toml")

    monkeypatch.setattr("resources.settings.write", refuse)
    with pytest.raises(ToolkitError):
        window.next_theme()
    assert theme.now.name == window.desk.settings.theme == "dark"


def test_a_lock_of_a_killed_program_stands_in_nobodys_way(qapp: object, tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from desktop.single import SingleInstance; app = QCoreApplication([]);"
        "held = SingleInstance(Path(sys.argv[1])); print(held.first, flush=True); time.sleep(60)"
    )
    held = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert held.stdout and held.stdout.readline().strip() == b"True"
    assert not SingleInstance(tmp_path).first
    held.kill()
    held.wait()
    held.stdout.close()
    assert (tmp_path / LOCK).exists()
    ours = SingleInstance(tmp_path)
    assert ours.first
    assert not QLockFile(str(tmp_path / LOCK)).tryLock(0)
    ours.release()
