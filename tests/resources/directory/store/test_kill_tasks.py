"""A kill in the middle of a long task - a step to a newer version, a whole list, a rebuild, a restore -
leaves the directory as it was before or as it is after, and the task can be done again (threat model
test 43)."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from resources.directory.provider import Provider
from resources.directory.store import Directory

ROOT = Path(__file__).parents[4]
OLD = ROOT / "tests" / "old_data" / "before-0.1.0"
KILLS = max(1, int(os.environ.get("PORCHLIGHT_KILLS", "15")) // 15)
START = """
import sys
from pathlib import Path
from resources.directory.provider import Provider
from resources.directory.store import Directory
folder = Path(sys.argv[1])
print(flush=True)
"""
TASKS = {
    "step": "Directory.open(folder).close()",
    "list": "with Directory.open(folder) as d:\n"
    "    d.apply([Provider(f'n{n}', f'New {n}', description='new ' * 40) for n in range(300)])",
    "rebuild": "with Directory.open(folder) as d:\n    d.rebuild()",
    "restore": "Directory.restore(folder)",
}


def run(task: str, folder: Path, kill_after: float | None) -> float:
    """Do a task in a process of its own, or kill it on the way; gives how many seconds it took."""
    command = [sys.executable, "-c", START + TASKS[task], str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    start = time.perf_counter()
    if kill_after is not None:
        time.sleep(kill_after)
        process.kill()
    _, said = process.communicate()
    assert kill_after is not None or process.returncode == 0, said.decode()
    return time.perf_counter() - start


def content(folder: Path) -> str:
    with Directory.open(folder) as directory:
        assert directory.connection.execute("pragma quick_check").fetchone()[0] == "ok"
        said = directory.content_hash()
        directory.rebuild()
        assert directory.content_hash() == said
    return said


@pytest.mark.parametrize("task", TASKS)
def test_a_killed_task_is_done_or_not_done(task: str, tmp_path: Path) -> None:
    whole, folder, chance = tmp_path / "whole", tmp_path / "data", random.Random(7)
    if task == "step":
        shutil.copytree(OLD, whole)
    else:
        with Directory.open(whole) as directory:
            directory.apply([Provider(f"p{n}", f"Place {n}", cost="x" * 200) for n in range(200)])
            directory.backup()
            directory.save(Provider("p7", "Renamed"))
    shutil.copytree(whole, folder)
    took = run(task, folder, None)
    after = content(folder)
    before = after if task == "step" else content(Path(shutil.copytree(whole, tmp_path / "before")))
    assert task in ("step", "rebuild") or before != after
    for _ in range(KILLS):
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        run(task, folder, chance.uniform(0, took))
        left = Path(shutil.copytree(folder, tmp_path / "left"))
        assert content(left) in (before, after)
        shutil.rmtree(left)
        run(task, folder, None)
        assert content(folder) == after
