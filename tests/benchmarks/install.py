"""What Porchlight costs a laptop: ratios to an empty PySide6 window frozen by the same spec, in the same run.

    python tests/benchmarks/install.py FROZEN WORK [ROUNDS]

FROZEN is the folder dist/Porchlight of a build, WORK a folder for the empty window (kept for the next run).
Run it with the Python of the build, which has PyInstaller. Starts are warm, alternated, on an own display.
A FROZEN for Windows is started by Wine; packaging/windows/measure.sh freezes the empty window for it first.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "packaging" / "pyinstaller" / "porchlight.spec"
LIMITS = {"installed size": 1.4, "launch to usable": 1.3, "launch, processor": 1.3, "peak memory": 1.5}


def build_empty(work: Path) -> Path:
    """The empty window, frozen by the spec of Porchlight."""
    folder = work / "dist" / "Empty"
    if not folder.exists():
        command = [sys.executable, "-m", "PyInstaller", str(SPEC), "--noconfirm", "--log-level", "ERROR"]
        places = ["--distpath", str(work / "dist"), "--workpath", str(work / "build")]
        empty = {"PORCHLIGHT_EMPTY": str(Path(__file__).with_name("empty_window.py"))}
        subprocess.run([*command, *places], check=True, env={**os.environ, **empty})
    return folder


def size(folder: Path) -> int:
    """Bytes of all files; a link counts nothing."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


def parts(folder: Path) -> Counter[str]:
    """Bytes of each library or folder of content; the program's file, which holds all modules, is one."""
    found: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            names = path.relative_to(folder).parts
            names = names[1:] if names[0] == "_internal" else names
            names = ("all modules",) if path.name == folder.name else names
            deep = 3 if names[0] == "resources" else 1
            name = "/".join(names[:deep]).replace("pillow.libs", "PIL").removesuffix(".libs")
            found[name] += path.stat().st_size
    return found


def start(command: list[str]) -> tuple[float, float, int]:
    """Seconds from starting the process to its word that it is usable, its processor time to the end (which
    other programs on the machine disturb less), and its peak memory in KiB."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    line = process.stdout.readline()
    took = time.perf_counter() - begun
    _, status, used = os.wait4(process.pid, 0)
    if line.strip() != b"usable" or status:
        raise SystemExit(f"{command[0]} did not become usable")
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss


@contextmanager
def own_display() -> Iterator[None]:
    """Xvfb on a number of its own; both programs draw on it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    os.environ["DISPLAY"] = f":{os.read(read, 10).decode().strip()}"
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    try:
        yield
    finally:
        server.terminate()
        server.wait()


def program(folder: Path, name: str) -> list[str]:
    """The command that starts a frozen program, whatever system it is for."""
    if (path := folder / f"{name}.exe").exists():
        return [os.environ["WINE"], str(path)]
    return [str(folder / name)]


def prepare(frozen: Path, data: Path) -> None:
    """A laptop that has been used before: its directories made, its first questions answered."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "settings.toml").write_text('place = "Rosebud County, MT"\nfirst_run_done = true\n')
    cli = [*program(frozen, "porchlight-cli"), "--data", str(data), "find", "shelter"]
    subprocess.run(cli, check=True, capture_output=True)


def main() -> None:
    frozen, work = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    empty, data = build_empty(work), work / "data"
    prepare(frozen, data)
    commands = {
        "empty": program(empty, "Empty"),
        "porchlight": [*program(frozen, "Porchlight"), "--data", str(data), "--size", "1366x768", "--once"],
    }
    found: dict[str, list[tuple[float, float, int]]] = {name: [] for name in commands}
    with own_display():
        for turn in range(rounds + 1):
            for name in sorted(commands, reverse=bool(turn % 2)):
                measured = start(commands[name])
                if turn:  # the first round warms the disk's cache
                    found[name].append(measured)
    times, busy, memory = (
        {name: statistics.median(run[part] for run in runs) for name, runs in found.items()}
        for part in range(3)
    )
    for name, more in (parts(frozen) - parts(empty)).most_common(16):
        print(f"{more / 1e6:8.1f} MB   {name}")
    report("installed size", size(frozen) / 1e6, size(empty) / 1e6, "MB")
    report("launch to usable", times["porchlight"] * 1000, times["empty"] * 1000, "ms")
    report("launch, processor", busy["porchlight"] * 1000, busy["empty"] * 1000, "ms")
    report("peak memory", memory["porchlight"] / 1024, memory["empty"] / 1024, "MiB")


def report(what: str, ours: float, base: float, unit: str) -> None:
    limit = LIMITS[what]
    word = "met" if ours / base <= limit else "MISSED"
    print(
        f"{what:<18}{ours:8.1f} {unit:<4} empty window {base:8.1f} {unit:<4}"
        f" ratio {ours / base:5.2f}  target {limit}  {word}"
    )


if __name__ == "__main__":
    main()
