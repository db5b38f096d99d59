"""A start loads only what it shows: libraries for paper, lists and signing wait until they are asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
LATER = (
    "html _strptime cryptography reportlab openpyxl pikepdf rapidfuzz pypdfium2 phonenumbers PIL"
    " sqlite_utils icu4py uharfbuzz sqlite3 multiprocessing email xml PySide6.QtPrintSupport"
    " reports resources.exchange resources.updates resources.release resources.guidance resources.seal"
    " resources.directory.search resources.directory.phones"
    " desktop.pages.find desktop.pages.sheet desktop.pages.guide desktop.commands"
)
SCRIPT = """
import builtins, gc, sys
from desktop.__main__ import main
code = main(sys.argv[1:])
print([name for name in {later!r}.split() if name in sys.modules], code)
print(builtins.__import__.__name__ != "__feature_import__", gc.isenabled())
"""


def test_the_window_opens_without_what_it_does_not_show(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("first_run_done = true\ntraining = true\n")
    for _ in range(2):  # the first start makes the directory, which takes more
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT.format(later=LATER), "--data", str(tmp_path), "--once"],
            cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
    assert done.stdout.splitlines() == ["usable", "[] 0", "True True"], done.stderr
