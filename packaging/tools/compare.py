"""Two builds of one commit: the same files with the same bytes?

python3 packaging/tools/compare.py FOLDER FOLDER [--except PATTERN=REASON]...      standard library only

Exit code 1 when something differs that no exception names.
"""

import argparse
import fnmatch
import hashlib
import sys
from pathlib import Path


def listed(folder: Path) -> dict[str, str]:
    """File below `folder` -> its SHA-256; a link counts as what it points to."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def differences(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """File -> what is different about it."""
    found = {}
    for name in sorted(one.keys() | other.keys()):
        if name not in other:
            found[name] = "only in the first"
        elif name not in one:
            found[name] = "only in the second"
        elif one[name] != other[name]:
            found[name] = "differs"
    return found


def main() -> int:
    """Print every difference, named exceptions with their reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("--except", dest="exceptions", action="append", default=[], metavar="PATTERN=REASON")
    given = parser.parse_args()
    exceptions = dict(text.partition("=")[::2] for text in given.exceptions)
    one, other = listed(given.one), listed(given.other)
    wrong = 0
    for name, what in differences(one, other).items():
        reason = next((why for pattern, why in exceptions.items() if fnmatch.fnmatch(name, pattern)), "")
        wrong += not reason
        print(f"{'named' if reason else 'WRONG':<6} {name}: {what}{f' ({reason})' if reason else ''}")
    same = sum(one[name] == other.get(name) for name in one)
    print(f"{len(one)} and {len(other)} files, {same} the same, {wrong} unexplained differences")
    return 1 if wrong or not one else 0


if __name__ == "__main__":
    sys.exit(main())
