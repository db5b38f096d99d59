"""PySide's helper modules, compiled for the build, do what those in its zip do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import shiboken6

TOOL = Path(__file__).parents[2] / "packaging" / "pyinstaller" / "qt_support.py"
ASKED = """
import sys
from PySide6.QtCore import QPoint, QSize, Qt, QObject
for wrong in (lambda: QPoint("a"), lambda: QSize(1, 2, 3, 4), lambda: QObject().setObjectName(7)):
    try:
        wrong()
    except TypeError as problem:
        print(problem)
from shibokensupport.signature import get_signature
print(get_signature(QSize.scaled), QSize.scaled.__doc__, Qt.AlignmentFlag.AlignLeft, sep="\\n")
loader = sys.modules["shibokensupport.signature.loader"]
print("from", loader.__file__, file=sys.stderr)
"""


def said(*first: str) -> tuple[str, str]:
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(first)}
    done = subprocess.run(
        [sys.executable, "-c", ASKED], capture_output=True, text=True, env=paths, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def test_errors_and_signatures_read_as_before(tmp_path: Path) -> None:
    shutil.copytree(Path(shiboken6.__file__).parent, tmp_path / "shiboken6")
    before, of_zip = said(str(tmp_path))
    subprocess.run([sys.executable, str(TOOL), str(tmp_path / "shiboken6" / "files.dir")], check=True)
    after, compiled = said(str(tmp_path))
    assert before == after and "QPoint" in after
    assert "files.dir" in compiled and "files.dir" not in of_zip
