"""ICU as it ships, cut down, ends lines and letters where the whole ICU does, in every language we print."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import icu4py
import pytest

ROOT = Path(__file__).parents[2]
WHEEL = Path(icu4py.__file__).parent
LIBRARIES = WHEEL.with_name("icu4py.libs")
BREAKS = """
import hashlib, random, re, sys
from pathlib import Path
from icu4py.breakers import CharacterBreaker, LineBreaker
words = Path("resources/content/words")
found = hashlib.sha256()
for folder in sorted(words.iterdir()):
    texts = [text for file in sorted(folder.glob("*.toml"))
             for text in re.findall(r'"(.+)"', file.read_text(encoding="utf-8"))]
    for text in random.Random(folder.name).sample(texts, min(200, len(texts))):
        for language in (folder.name, "en", "ja", "zh-Hant"):
            for breaker in (LineBreaker, CharacterBreaker):
                found.update("|".join(map(str, breaker(text, language))).encode())
print(found.hexdigest())
"""


@pytest.fixture
def cut_down(tmp_path: Path) -> Iterator[Path]:
    """A copy of icu4py with the data library that ships."""
    if not (LIBRARIES.is_dir() and all(map(shutil.which, ("as", "ld", "readelf")))):
        pytest.skip("needs the Linux wheel and binutils")
    sys.path.insert(0, str(ROOT / "packaging" / "pyinstaller"))
    try:
        import icu_data  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    shutil.copytree(WHEEL, tmp_path / "icu4py")
    shutil.copytree(LIBRARIES, tmp_path / "icu4py.libs")
    (library,) = (tmp_path / "icu4py.libs").glob("libicudata*")
    whole = library.stat().st_size
    shutil.copy(icu_data.trimmed(str(library), tmp_path / "made", icu_data.PAPER), library)
    assert library.stat().st_size < whole / 20
    yield tmp_path
    for name in ("icu_data", "data_dll"):
        sys.modules.pop(name, None)


def breaks(*first: str) -> str:
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(first)}
    command = [sys.executable, "-c", BREAKS]
    done = subprocess.run(
        command, cwd=ROOT, env=paths, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def test_lines_and_letters_end_where_they_did(cut_down: Path) -> None:
    assert breaks(str(cut_down)) == breaks()
