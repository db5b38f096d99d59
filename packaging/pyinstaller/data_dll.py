"""A Windows DLL that holds nothing but data under one exported name, as ICU's data library does.

Written by hand, the same bytes for the same data: there is no code in it, nothing to link or relocate.
"""

import struct

_ALIGN_FILE, _ALIGN_MEMORY, _HEADERS = 0x200, 0x1000, 0x400
_BASE = 0x180000000
_READ_ONLY_DATA = 0x40000040
_DLL, _X64, _PE32_PLUS = 0x2022, 0x8664, 0x20B
_RANDOM_BASE_NO_EXECUTE = 0x160


def _up(size: int, step: int) -> int:
    return -(-size // step) * step


def _export(at: int, file_name: str, symbol: str) -> bytes:
    """The export directory for one symbol, whose data stand at the start of the section."""
    tables, text = at + 40, at + 40 + 4 + 4 + 2
    names = file_name.encode("ascii") + b"\0", symbol.encode("ascii") + b"\0"
    directory = struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, text, 1, 1, 1, tables, tables + 4, tables + 8)
    return directory + struct.pack("<IIH", _ALIGN_MEMORY, text + len(names[0]), 0) + b"".join(names)


def write(data: bytes, file_name: str, symbol: str) -> bytes:
    """The whole DLL; `file_name` is the name it gives itself."""
    section = data + bytes(-len(data) % 16)
    at = _ALIGN_MEMORY + len(section)
    export = _export(at, file_name, symbol)
    section += export
    raw = _up(len(section), _ALIGN_FILE)
    image = _ALIGN_MEMORY + _up(len(section), _ALIGN_MEMORY)
    dos = b"MZ" + bytes(58) + struct.pack("<I", 64)
    head = struct.pack("<4sHHIIIHH", b"PE\0\0", _X64, 1, 0, 0, 0, 240, _DLL)
    optional = struct.pack("<HBBIIIII", _PE32_PLUS, 14, 0, 0, raw, 0, 0, 0)
    optional += struct.pack("<QIIHHHHHHI", _BASE, _ALIGN_MEMORY, _ALIGN_FILE, 6, 0, 0, 0, 6, 0, 0)
    optional += struct.pack("<IIIHH", image, _HEADERS, 0, 2, _RANDOM_BASE_NO_EXECUTE)
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    optional += struct.pack("<II", at, len(export)) + bytes(15 * 8)
    table = struct.pack("<8sIIII", b".rdata", len(section), _ALIGN_MEMORY, raw, _HEADERS)
    table += bytes(12) + struct.pack("<I", _READ_ONLY_DATA)
    start = dos + head + optional + table
    return start + bytes(_HEADERS - len(start)) + section + bytes(raw - len(section))


def read(library: bytes, symbol_start: bytes) -> tuple[str, bytes]:
    """The first exported symbol that starts so, and what follows it in its section. Needs pefile."""
    import pefile

    pe = pefile.PE(data=library)
    found = next(one for one in pe.DIRECTORY_ENTRY_EXPORT.symbols if one.name.startswith(symbol_start))
    section = pe.get_section_by_rva(found.address)
    begin = found.address - section.VirtualAddress
    return found.name.decode("ascii"), section.get_data()[begin : section.Misc_VirtualSize]
