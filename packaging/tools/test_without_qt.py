"""Run the tests of resources and reports in a virtual environment without PySide6.

python3 packaging/tools/test_without_qt.py        standard library only
"""

import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv-no-qt"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def main() -> int:
    """Install all but Qt, prove that it is absent, run the tests; returns pytest's exit code."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    without = [name for name in wanted if not name.startswith(("PySide6", "pytest-qt"))]
    venv.create(VENV, with_pip=True, clear=True)
    subprocess.run(
        [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", *without], check=True
    )
    absent = [PYTHON, "-c", "import importlib.util as u, sys; sys.exit(u.find_spec('PySide6') is not None)"]
    subprocess.run(absent, check=True)
    everywhere = ["-n", "auto", "--dist", "worksteal"]
    tests = [
        PYTHON,
        "-m",
        "pytest",
        "-q",
        *everywhere,
        "-p",
        "tests.house.without_qt",
        "tests/resources",
        "tests/reports",
    ]
    return subprocess.run(tests, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}).returncode


if __name__ == "__main__":
    sys.exit(main())
