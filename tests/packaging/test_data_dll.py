"""The DLL of ICU's data that we write by hand: what Windows' loader reads in it is what was put in."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).parents[2] / "packaging" / "pyinstaller" / "data_dll.py"


@pytest.fixture
def data_dll() -> Any:
    spec = importlib.util.spec_from_file_location("data_dll", PATH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def loaded(library: bytes) -> tuple[bytes, int, int]:
    """Memory as the loader lays it out, the place of the export directory and its size."""
    head = struct.unpack_from("<I", library, 60)[0]
    assert library[:2] == b"MZ" and library[head : head + 4] == b"PE\0\0"
    machine, sections = struct.unpack_from("<HH", library, head + 4)
    assert (machine, sections) == (0x8664, 1)
    size = struct.unpack_from("<I", library, head + 24 + 56)[0]
    exported = struct.unpack_from("<II", library, head + 24 + 112)
    length, address, raw, at = struct.unpack_from("<IIII", library, head + 24 + 240 + 8)
    memory = bytearray(size)
    memory[address : address + length] = library[at : at + min(length, raw)]
    assert address + length <= size and len(library) == at + raw
    return bytes(memory), *exported


def text(memory: bytes, at: int) -> str:
    return memory[at : memory.index(b"\0", at)].decode("ascii")


@pytest.mark.parametrize("length", [1, 15, 16, 511, 4096, 70_001])
def test_the_symbol_leads_to_the_data(data_dll: Any, length: int) -> None:
    data = bytes(n * 7 % 251 for n in range(length))
    library = data_dll.write(data, "icudt78.dll", "icudt78_dat")
    memory, at, size = loaded(library)
    directory = struct.unpack_from("<IIIIIII", memory, at + 12)
    name, _, functions, names, addresses, name_table, ordinals = directory
    assert (functions, names) == (1, 1) and text(memory, name) == "icudt78.dll"
    assert text(memory, struct.unpack_from("<I", memory, name_table)[0]) == "icudt78_dat"
    place = struct.unpack_from("<I", memory, addresses)[0] + struct.unpack_from("<H", memory, ordinals)[0]
    assert memory[place : place + length] == data
    assert not at <= place < at + size  # inside the directory it would be a forwarded name
    assert library == data_dll.write(data, "icudt78.dll", "icudt78_dat")
