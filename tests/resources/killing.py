"""Kill a program without warning at some moment, and let a trial do so again and again."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parents[2]


class Trial(Protocol):
    """What can be killed many times, and counts what it met."""

    happened: Counter[str]

    def once(self) -> None: ...


def run(module: str, *given: object, doing: str = "", kill_after: float = 0) -> dict[str, float]:
    """Let a module's child run, or kill it so long after it said what it does; gives how long each took."""
    command = [sys.executable, "-m", module, "--child", *map(str, given)]
    took, said, start = dict[str, float](), "", 0.0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if said:
                took[said] = time.monotonic() - start
            said, start = line.strip(), time.monotonic()
            if said == doing:
                time.sleep(kill_after)
                process.kill()
    assert doing or process.returncode == 0
    return took


def main(child: Callable[..., object], begin: Callable[[Path, int], Trial], promise: str) -> None:
    """What a module of kills does: be the child, or kill it [KILLS] times from [SEED] and tell."""
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:])
        return
    kills, seed = (*map(int, sys.argv[1:3]), *(100, 0)[len(sys.argv[1:3]) :])
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    try:
        trial = begin(folder, seed)
        for _ in range(kills):
            trial.once()
    finally:
        shutil.rmtree(folder)
    said = ", ".join(f"{n} {what}" for what, n in trial.happened.items())
    print(f"{kills} kills: {said}; {promise}")
