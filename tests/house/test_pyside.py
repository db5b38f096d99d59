"""PySide6 6.12.0 drops a reference to None per void call on Python 3.11 and aborts; ours must not."""

from __future__ import annotations

import subprocess
import sys

REPEATED_CALLS = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(["porchlight"])
label = QLabel()
for n in range(20000):
    label.setText(str(n))
print("alive")
"""


def test_qt_survives_twenty_thousand_calls() -> None:
    done = subprocess.run(
        [sys.executable, "-c", REPEATED_CALLS],
        capture_output=True,
        text=True,
        timeout=120,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "alive"
