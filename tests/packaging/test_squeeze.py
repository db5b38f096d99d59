"""Libraries without their holes: smaller, and still what the loader loads."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).parents[2] / "packaging" / "pyinstaller" / "squeeze.py"
SOURCE = """
.globl answer
.type answer, @function
.text
answer:
    movq number@GOTPCREL(%rip), %rax
    movl (%rax), %eax
    ret
.globl number
.type number, @object
.size number, 4
.data
number: .long 42
.section .note.GNU-stack,"",@progbits
"""


@pytest.fixture
def squeeze() -> Any:
    spec = importlib.util.spec_from_file_location("squeeze", PATH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with pages of 2 MB, as wheels have them."""
    if not (sys.platform == "linux" and shutil.which("as") and shutil.which("ld")):
        pytest.skip("needs binutils")
    (tmp_path / "a.s").write_text(SOURCE)
    subprocess.run(["as", "-o", "a.o", "a.s"], cwd=tmp_path, check=True)
    made = ["ld", "-shared", "-z", "max-page-size=0x200000", "-z", "noseparate-code", "-o", "holed.so", "a.o"]
    subprocess.run(made, cwd=tmp_path, check=True)
    return tmp_path / "holed.so"


def test_the_holes_go_and_the_library_still_answers(squeeze: Any, library: Path) -> None:
    before = library.read_bytes()
    squeeze.folder(library.parent)
    after = library.read_bytes()
    assert len(after) < len(before) - squeeze.WORTH
    assert ctypes.CDLL(str(library)).answer() == 42
    assert squeeze.squeezed(after) == after


def test_other_files_are_left_alone(squeeze: Any) -> None:
    windows, arm = b"MZ" + bytes(300_000), b"\x7fELF\x02\x01" + bytes(12) + b"\xb7\0" + bytes(300_000)
    assert (squeeze.squeezed(windows), squeeze.squeezed(arm)) == (windows, arm)
