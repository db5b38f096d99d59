"""What makes two MSIs of one commit the same bytes: names by rule, a given time, a code by content."""

from __future__ import annotations

import importlib.util
import struct
import uuid
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).parents[2] / "packaging" / "windows" / "msi.py"
NAMES = ("Porchlight.exe", "_internal/a b & c.dll", "_internal/Qt/z.dll", "_internal/Qt/A.dll")


@pytest.fixture
def msi() -> Any:
    spec = importlib.util.spec_from_file_location("msi", PATH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(folder: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_every_file_is_a_part_of_its_own_and_its_names_follow_from_its_path(tmp_path: Path, msi: Any) -> None:
    one = msi.files(program(tmp_path / "one", NAMES))
    assert one == msi.files(program(tmp_path / "elsewhere" / "two", NAMES[::-1]))
    tree = ElementTree.fromstring(one)
    wix = "{http://schemas.microsoft.com/wix/2006/wi}"
    parts = tree.findall(f".//{wix}Component")
    assert {file.get("Source") for file in tree.iter(f"{wix}File")} == set(NAMES)
    assert len({part.get("Guid") for part in parts}) == len({part.get("Id") for part in parts}) == len(NAMES)
    assert {part.get("Id") for part in parts} == {one.get("Id") for one in tree.iter(f"{wix}ComponentRef")}
    assert [one.get("Name") for one in tree.iter(f"{wix}Directory")] == ["_internal", "Qt"]


def made(now: int, code: str, payload: bytes = b"cabinet") -> bytearray:
    """The part of a file that matters: a summary with package code and two times, between other bytes."""
    values = {9: struct.pack("<II", 30, 39) + code.encode() + b"\0\0"}
    values |= {kind: struct.pack("<IQ", 64, now) for kind in (12, 13)}
    listed, content, at = b"", b"", 8 + 8 * len(values)
    for kind, value in values.items():
        listed += struct.pack("<II", kind, at + len(content))
        content += value
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 2, bytes(16), 1)
    fmtid = uuid.UUID("f29f85e0-4ff9-1068-ab91-08002b27b3d9").bytes_le + struct.pack("<I", 48)
    section = struct.pack("<II", at + len(content), len(values)) + listed + content
    return bytearray(b"before!!" + head + fmtid + section + payload)


@pytest.fixture
def settled(msi: Any) -> Callable[..., bytes]:
    def settle(*given: Any, at: int = 1_700_000_000) -> bytes:
        content = made(*given)
        assert msi.settle(content, at)
        return bytes(content)

    return settle


def test_time_and_package_code_no_longer_depend_on_the_run(settled: Callable[..., bytes]) -> None:
    one, other = f"{{{uuid.UUID(int=1)}}}".upper(), f"{{{uuid.UUID(int=2)}}}".upper()
    first = settled(5, one)
    assert first == settled(7, other) and len(first) == len(made(5, one))
    assert struct.pack("<IQ", 64, 133_444_736_000_000_000) in first  # 14 November 2023, 22:13:20
    assert one.encode() not in first and first.endswith(b"cabinet") and first.startswith(b"before!!")
    assert len({first, settled(5, one, b"another"), settled(5, one, at=1)}) == 3


def test_the_package_code_is_another_one_for_other_content(settled: Callable[..., bytes]) -> None:
    at = made(5, "C" * 38).index(b"C" * 38)
    codes = {settled(5, "C" * 38, payload)[at : at + 38] for payload in (b"one", b"two")}
    assert len(codes) == 2
    assert all(uuid.UUID(code.decode()).version == 5 and code == code.upper() for code in codes)


def test_a_file_without_such_a_summary_is_refused(msi: Any) -> None:
    content = bytearray(b"no package at all" * 9)
    assert not msi.settle(content, 0) and content == b"no package at all" * 9
