"""Pin what a release is built from: every distribution with its version and the hash of its file.

BUILD-PYTHON packaging/tools/lock.py        run by the Python that builds, on the system it builds for

Writes packaging/locks/SYSTEM-cpXY.txt for `pip install --require-hashes`. Run it to take newer versions; the
difference is read by a person before it is committed.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAD = "# Written by packaging/tools/lock.py; {count} distributions for {name}.\n"


def name() -> str:
    """The lock of this Python on this system."""
    system = "windows" if sys.platform == "win32" else sys.platform
    return f"{system}-cp{sys.version_info[0]}{sys.version_info[1]}"


def path() -> Path:
    return ROOT / "packaging" / "locks" / f"{name()}.txt"


def lines(report: dict) -> list[str]:
    """A requirement with its hash for each distribution pip would install, the project itself left out."""
    found = []
    for one in report["install"]:
        if "dir_info" in one["download_info"]:
            continue
        about, digest = one["metadata"], one["download_info"]["archive_info"]["hashes"]["sha256"]
        found.append(f"{about['name'].lower()}=={about['version']} --hash=sha256:{digest}")
    return sorted(found)


def main() -> None:
    command = [
        sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet",
        "--disable-pip-version-check", "--only-binary", ":all:", "--report", "-", f"{ROOT}[package]",
    ]  # fmt: skip
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    pinned = lines(json.loads(said))
    path().parent.mkdir(exist_ok=True)
    path().write_text(
        HEAD.format(count=len(pinned), name=name()) + "\n".join(pinned) + "\n", encoding="utf-8"
    )
    print(path().relative_to(ROOT), len(pinned))


if __name__ == "__main__":
    main()
