"""The engine is a library of its own: lifted out as its README says, its examples run without the program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from resources.paths import CONTENT
from tests.reports.engine.samples import letters, pages_of

ROOT = Path(__file__).parents[3]
README = ROOT / "reports" / "engine" / "README.md"
ALONE = """
import sys
ours = {name.split(".")[0] for name in sys.modules} & {"resources", "desktop"}
assert not ours, ours
"""


def examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def lifted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that somebody else has after following the README, and what its examples made."""
    folder = tmp_path_factory.mktemp("elsewhere")
    first, second, around = examples()
    shutil.copytree(ROOT / "reports" / "engine", folder / "reports" / "engine")
    (folder / "reports" / "__init__.py").touch()  # an installed Porchlight must not stand in for it
    shutil.copy(ROOT / "reports" / "blocks.py", folder / "reports")
    (folder / "reports" / "engine" / "around.py").write_text(around, encoding="utf-8")
    (folder / "fonts").mkdir()
    for family in ("NotoSans", "NotoSansThai", "IBMPlexSansArabic"):
        for path in (CONTENT / "fonts").glob(f"{family}-*.ttf"):
            shutil.copy(path, folder / "fonts")
    for number, example in enumerate((first, second)):
        script = folder / f"example{number}.py"
        script.write_text(example + ALONE, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": "", "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, script.name], cwd=folder, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    return folder


def test_the_first_example_makes_tagged_paper(lifted: Path, faults: Callable[[bytes], list[str]]) -> None:
    pdf = (lifted / "paper.pdf").read_bytes()
    assert faults(pdf) == []
    assert "(406) 555-0104" in pages_of(pdf)[0]
    assert "Page 1 of 1" in pages_of(pdf)[0]


def test_the_second_example_stands_in_a_stock_frame(
    lifted: Path, faults: Callable[[bytes], list[str]]
) -> None:
    pdf = (lifted / "greeting.pdf").read_bytes()
    assert faults(pdf) == []
    assert letters(pages_of(pdf)[0]) == letters("กรุณาเก็บเอกสารนี้ไว้ในที่ปลอดภัย")


def test_its_table_names_every_file() -> None:
    text = README.read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+\.py)`", text.split("## Where to read")[1].split("## Lifting")[0]))
    assert named == {path.name for path in README.parent.glob("*.py")} - {"__init__.py"}
