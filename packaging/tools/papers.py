"""What must lie beside a program: the licences of its parts in the folder, and the list of parts (SBOM).

BUILD-PYTHON packaging/tools/papers.py BUILD FOLDER OUT.json    after PyInstaller, with SOURCE_DATE_EPOCH

BUILD holds PyInstaller's work folder; FOLDER/licences/ is written, and OUT.json as CycloneDX.
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import inventory
import notices
import sbom


def main() -> None:
    build, folder, out = map(Path, sys.argv[1:])
    parts, version = inventory.read(build)
    texts = notices.write(parts, folder / "licences")
    if missing := notices.without_text(parts, texts):
        raise SystemExit("no licence text for: " + ", ".join(missing))
    (folder / "licences" / notices.PAGE).write_text(notices.page(parts, texts), encoding="utf-8")
    moment = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    document = json.dumps(sbom.document(parts, version, moment), indent=1, ensure_ascii=False)
    out.write_text(document + "\n", encoding="utf-8")
    count = len(list((folder / "licences").iterdir())) - 1
    print(f"{len(parts)} parts, {count} licence texts, {out.name}")


if __name__ == "__main__":
    main()
