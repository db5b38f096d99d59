"""Writes of the engine that fail on purpose: the Nth system call, as a full or dying disk answers it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3._sqlite3 as engine

_POINTER = ctypes.c_void_p
_OWN = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, _POINTER, ctypes.c_size_t, ctypes.c_int64, use_errno=True
)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64, use_errno=True)
CALLS = {"pwrite": _OWN, "ftruncate": _TRUNCATE}


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, as far as the seam that SQLite keeps for its own tests."""

    _fields_ = [
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        *((f"before{n}", _POINTER) for n in range(16)),
        ("xSetSystemCall", ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_char_p, _POINTER)),
        ("xGetSystemCall", ctypes.CFUNCTYPE(_POINTER, _POINTER, ctypes.c_char_p)),
    ]


class Faults:
    """How often the call was made, and whether it failed as it should."""

    def __init__(self) -> None:
        self.calls = 0
        self.met = False


@contextmanager
def failing(call: str, at: int, errno: int, forever: bool = True) -> Iterator[Faults]:
    """From the `at`th call on (or only that one) `call` fails with `errno`."""
    library = ctypes.CDLL(engine.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None)
    name, faults = call.encode(), Faults()
    real_address = vfs.contents.xGetSystemCall(vfs, name)
    real = CALLS[call](real_address)

    def instead(*arguments: int) -> int:
        faults.calls += 1
        if faults.calls == at or (forever and faults.calls > at):
            faults.met = True
            ctypes.set_errno(errno)
            return -1
        return int(real(*arguments))

    wrapped = CALLS[call](instead)
    assert vfs.contents.xSetSystemCall(vfs, name, ctypes.cast(wrapped, _POINTER)) == 0
    try:
        yield faults
    finally:
        assert vfs.contents.xSetSystemCall(vfs, name, real_address) == 0
