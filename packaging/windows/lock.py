"""Write the two lock files of the Windows build: each wheel for win_amd64 and CPython 3.11 with its SHA-256.

    python3 packaging/windows/lock.py        needs pip 23.1 or newer and a package index; run it to renew them

locks/windows-cp311.txt goes into the program or builds it; windows-cp311-tests.txt is what tests need on top.
packaging/tools/lock.py does the same for the Python that runs it; here Python is for another system.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# asked for on Windows only, which pip cannot know here: it reads the conditions of this machine
ON_WINDOWS = {"build": ["pefile", "pywin32-ctypes", "pip"], "test": ["colorama"]}
# run elsewhere: they look at the source, which is the same; outloud brings numpy, which Wine 8 cannot load,
# and judges papers, which are the same bytes
NOT_ON_WINDOWS = ("ruff", "mypy", "import-linter", "types-", "outloud")


def resolved(requirements: list[str]) -> dict[str, str]:
    """Each pinned wheel of the closure, as "name==version" -> SHA-256."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "-q", "--dry-run", "--report", str(report)]
        target = ["--target", folder, "--platform", "win_amd64", "--python-version", "3.11"]
        wheels = ["--implementation", "cp", "--only-binary=:all:", "--disable-pip-version-check"]
        subprocess.run([*command, *target, *wheels, *requirements], check=True)
        found = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {
        f"{one['metadata']['name'].lower().replace('_', '-')}=={one['metadata']['version']}": one[
            "download_info"
        ]["archive_info"]["hashes"]["sha256"]
        for one in found
    }


def write(name: str, pins: dict[str, str]) -> None:
    lines = [f"{pin} --hash=sha256:{digest}\n" for pin, digest in sorted(pins.items())]
    head = f"# Written by packaging/windows/lock.py; {len(pins)} distributions for {name}.\n"
    (ROOT / "packaging" / "locks" / f"{name}.txt").write_text(head + "".join(lines), encoding="ascii")
    print(name, len(pins))


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    build = [*project["dependencies"], *extras["package"], *ON_WINDOWS["build"]]
    test = [one for one in extras["test"] if not one.startswith(NOT_ON_WINDOWS)]
    pins = resolved(build)
    write("windows-cp311", pins)
    both = resolved([*pins, *test, *ON_WINDOWS["test"]])
    write("windows-cp311-tests", {pin: digest for pin, digest in both.items() if pin not in pins})


if __name__ == "__main__":
    main()
