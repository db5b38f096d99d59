#!/usr/bin/env python3
"""Porchlight from a fresh clone, with the standard library only.

    python3 run.py                  install what is needed and open the window    (Windows: py run.py)
    python3 run.py COMMAND ...      the same, then a command line job: import, find, sheet ...
    python3 run.py test [ARGS]      install the test tools too, then run every check

A folder `wheelhouse` beside this file is used instead of the package index, for machines without a network.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = Path(os.environ.get("PORCHLIGHT_VENV", ROOT / ".venv"))
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

# what the Qt wheels load from the system, and the Debian package that has it
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libcups.so.2": "libcups2",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
}
CHECKS = [
    ["-m", "ruff", "check", "."],
    ["-m", "mypy"],
    ["-c", "import sys; from importlinter.cli import lint_imports_command as go; sys.exit(go())"],
]


def missing_packages(window: bool) -> list:
    """Debian packages whose libraries this machine lacks; empty on other systems."""
    if not sys.platform.startswith("linux"):
        return []
    missing = []
    for library, package in {**LIBRARIES, **(WINDOW_LIBRARIES if window else {})}.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    return missing


def prepare_system(window: bool) -> None:
    """Install missing system libraries as root, else say the one command that does."""
    missing = missing_packages(window)
    if not missing:
        return
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit(
            "Some system libraries are missing. Install them, then run this again:\n\n"
            f"    sudo {' '.join(command)}\n"
        )
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    apt(command)


def apt(command: list) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=True, env=quiet, stdout=subprocess.DEVNULL)


def prepare_postgres() -> None:
    """The hub's tests start a PostgreSQL of their own; where root cannot install one they are skipped."""
    there = shutil.which("pg_ctl") or list(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if there or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    apt([*install, "postgresql-common"])
    with Path("/etc/postgresql-common/createcluster.conf").open("a") as settings:
        settings.write("create_main_cluster = false\n")  # the programs, and no service of the machine
    apt([*install, "postgresql"])


def prepare_python(extra: str) -> None:
    """Make the virtual environment and install the project into it, unless that is done already."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    mark = VENV / f".installed{extra}"
    for done in (mark, VENV / ".installed[test]"):  # the test tools come on top of all the rest
        if done.exists() and done.read_text() == wanted:
            return
    if not PYTHON.exists():
        print(f"Setting up Porchlight in {VENV.name} (once; about a minute) ...", flush=True)
        venv.create(VENV, with_pip=True, clear=not PYTHON.exists())
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    if (ROOT / "wheelhouse").is_dir():
        command += ["--no-index", "--find-links", str(ROOT / "wheelhouse")]
    subprocess.run([*command, "-e", f"{ROOT}{extra}"], check=True)
    mark.write_text(wanted)


def run_tests(arguments: list) -> int:
    """Style, types, import contracts, then the tests; knowledge and paper are tested without Qt first."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    pytest = [str(PYTHON), "-m", "pytest", "-q"]
    if arguments:
        return subprocess.run([*pytest, *arguments], cwd=ROOT, env=environment).returncode
    steps = [[str(PYTHON), *check] for check in CHECKS]
    pytest += ["-n", "auto", "--dist", "worksteal"]  # every core, the slow tests spread over them
    steps.append(
        [*pytest, "-p", "no:pytest-qt", "-p", "tests.house.without_qt", "tests/resources", "tests/reports"]
    )
    steps.append([*pytest, "tests/desktop", "tests/house", "tests/hub", "tests/packaging"])
    failed = 0
    for step in steps:
        print("\n$ python", " ".join(step[1:]), flush=True)
        failed += subprocess.run(step, cwd=ROOT, env=environment).returncode != 0
    print("\nEverything passed." if not failed else f"\n{failed} of {len(steps)} steps failed.", flush=True)
    return int(failed > 0)


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit(f"Porchlight needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    arguments = sys.argv[1:]
    testing = arguments[:1] == ["test"]
    window = not arguments or arguments[0].startswith("-")
    prepare_system(window=window and os.environ.get("QT_QPA_PLATFORM") != "offscreen")
    prepare_python("[test]" if testing else "")
    if testing:
        prepare_postgres()
        sys.exit(run_tests(arguments[1:]))
    sys.exit(subprocess.run([str(PYTHON), "-m", "desktop", *arguments]).returncode)


if __name__ == "__main__":
    main()
