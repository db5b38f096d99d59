"""Be unkind to the directory for long: kills, flipped bits, every write failing in turn (threat model 43-49).

    python tests/fuzz/store.py [KILLS] [FLIPS]        (500 kills and 1,000 flips unless told otherwise)

Runs the tests of the store with larger numbers. Minutes, not seconds.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

STORE = Path(__file__).parents[1] / "resources" / "directory" / "store"
TESTS = ("test_kill.py", "test_kill_tasks.py", "test_opening_files.py", "test_hostile.py", "test_faults.py")

if __name__ == "__main__":
    kills, flips = (*sys.argv[1:3], *("500", "1000")[len(sys.argv[1:3]) :])
    os.environ |= {"PORCHLIGHT_KILLS": kills, "PORCHLIGHT_FLIPS": flips, "PORCHLIGHT_EVERY_WRITE": "yes"}
    sys.exit(pytest.main(["-q", *(str(STORE / name) for name in TESTS)]))
