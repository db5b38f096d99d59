"""Write manifest.json into a frozen folder: the SHA-256 of each file, which the self-check compares.

python3 packaging/tools/manifest.py FOLDER        standard library only
"""

import hashlib
import json
import sys
from pathlib import Path


def manifest(folder: Path) -> dict:
    """File name below `folder` (with forward slashes) -> SHA-256 in hex; links and the manifest left out."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name != "manifest.json"
    }


if __name__ == "__main__":
    target = Path(sys.argv[1])
    text = json.dumps(manifest(target), indent=0, sort_keys=True)
    (target / "manifest.json").write_text(text, encoding="utf-8")
