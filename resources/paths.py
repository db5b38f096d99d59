"""Where Porchlight keeps its files: beside the program when portable, else in the user's own folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

CONTENT = Path(__file__).parent / "content"


def data_folder(given: Path | None = None) -> Path:
    """The folder for this person's data: the one given, PORCHLIGHT_DATA, `data` beside a portable
    program, or the user's own data folder (not roaming, so that nothing is copied to a server)."""
    if given is not None:
        return given
    if named := os.environ.get("PORCHLIGHT_DATA"):
        return Path(named)
    program = Path(sys.executable).parent
    if getattr(sys, "frozen", False) and (program / "portable.txt").exists():
        return program / "data"
    from platformdirs import user_data_path  # those who only read our content need not load it

    return user_data_path("Porchlight", appauthor=False, roaming=False)
