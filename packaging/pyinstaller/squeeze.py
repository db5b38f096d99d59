"""Takes the holes out of Linux libraries: patchelf, which mends wheels, leaves up to 2 MB of zeros in a file.

The parts of the file are moved together, each still at its place within a page of 4096 bytes, which is all
that the loader asks for; what is loaded, and where, stays the same. Four megabytes in all.
"""

import struct
from pathlib import Path

PAGE = 0x1000
WORTH = 0x10000
_LOAD, _NO_BYTES = 1, 8
_HEAD = struct.Struct("<16sHHIQQQIHHHHHH")
_PROGRAM = struct.Struct("<IIQQQQQQ")
_SECTION = struct.Struct("<IIQQQQIIQQ")


def _rows(kind, data, at, count):
    return [list(kind.unpack_from(data, at + n * kind.size)) for n in range(count)]


def _pieces(spans):
    """Begin and end of each run of bytes that mean something; what overlaps is one run."""
    found = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if found and begin <= found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([begin, end])
    return found


def squeezed(data):
    """The same library (64 bits, x86) without holes; the very same bytes where that is not worth it."""
    if data[:6] != b"\x7fELF\x02\x01" or data[18:20] != b"\x3e\0":
        return data
    head = list(_HEAD.unpack_from(data))
    programs = _rows(_PROGRAM, data, head[5], head[10])
    sections = _rows(_SECTION, data, head[6], head[12])
    table = (head[6], head[6] + head[12] * _SECTION.size)
    loads = [(row[2], row[2] + row[5]) for row in programs if row[0] == _LOAD]
    kept = [(row[4], row[4] + row[5]) for row in sections if row[1] != _NO_BYTES]
    made, moved = b"", []
    for begin, end in _pieces([(0, _HEAD.size), table, *loads, *kept]):
        place = len(made) + (begin - len(made)) % PAGE
        moved.append((begin, place - begin))
        made += bytes(place - len(made)) + data[begin:end]
    if len(data) - len(made) < WORTH:
        return data

    def new(offset):
        return offset + [by for begin, by in moved if begin <= offset][-1]

    out = bytearray(made)
    for row in programs:
        row[2] = new(row[2])
        row[7] = PAGE if row[0] == _LOAD else row[7]
    for row in sections:
        row[4] = new(row[4])
    for n, row in enumerate(programs):
        _PROGRAM.pack_into(out, new(head[5]) + n * _PROGRAM.size, *row)
    for n, row in enumerate(sections):
        _SECTION.pack_into(out, new(head[6]) + n * _SECTION.size, *row)
    head[5], head[6] = new(head[5]), new(head[6])
    _HEAD.pack_into(out, 0, *head)
    return bytes(out)


def folder(root):
    """Squeeze every library below `root`."""
    for path in sorted(Path(root).rglob("*.so*")):
        if not path.is_symlink() and path.is_file():
            data = path.read_bytes()
            if (smaller := squeezed(data)) != data:
                path.write_bytes(smaller)
