"""Writes of the engine that fail on purpose: the Nth system call, as a full or dying disk answers it."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3._sqlite3 as engine

_POINTER = ctypes.c_void_p
_OWN = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, _POINTER, ctypes.c_size_t, ctypes.c_int64, use_errno=True
)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64, use_errno=True)
CALLS = {"pwrite": _OWN, "ftruncate": _TRUNCATE}
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER, _POINTER, ctypes.c_int, _POINTER)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int)
_IOERR_FSYNC = 10 | 4 << 8
_METHODS, _SYNC_AT = 19, 5  # pointers in sqlite3_io_methods (the first is its version), and which is xSync
_alive: list[object] = []  # a file that stays open keeps its methods


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, as far as the seam that SQLite keeps for its own tests."""

    _fields_ = [
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        *((f"before{n}", _POINTER) for n in range(3)),
        ("xOpen", _POINTER),
        *((f"between{n}", _POINTER) for n in range(12)),
        ("xSetSystemCall", ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_char_p, _POINTER)),
        ("xGetSystemCall", ctypes.CFUNCTYPE(_POINTER, _POINTER, ctypes.c_char_p)),
    ]


class Faults:
    """How often the call was made, and whether it failed as it should."""

    def __init__(self, at: int, forever: bool) -> None:
        self.calls = 0
        self.met = False
        self._at, self._forever = at, forever

    def now(self) -> bool:
        """Count one more call; true when it is to fail."""
        self.calls += 1
        fails = self.calls == self._at or (self._forever and self.calls > self._at)
        self.met = self.met or fails
        return fails


def _vfs() -> Any:
    library = ctypes.CDLL(engine.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    return library.sqlite3_vfs_find(None)


@contextmanager
def failing(call: str, at: int, errno: int, forever: bool = True) -> Iterator[Faults]:
    """From the `at`th call on (or only that one) `call` fails with `errno`; "fsync" as the engine says it."""
    faults, vfs = Faults(at, forever), _vfs()
    with _syncs_failing(vfs, faults.now) if call == "fsync" else _calls_failing(vfs, call, errno, faults.now):
        yield faults


@contextmanager
def _calls_failing(vfs: Any, call: str, errno: int, fails: Callable[[], bool]) -> Iterator[None]:
    name = call.encode()
    real_address = vfs.contents.xGetSystemCall(vfs, name)
    real = CALLS[call](real_address)

    def instead(*arguments: int) -> int:
        if fails():
            ctypes.set_errno(errno)
            return -1
        return int(real(*arguments))

    wrapped = CALLS[call](instead)
    assert vfs.contents.xSetSystemCall(vfs, name, ctypes.cast(wrapped, _POINTER)) == 0
    try:
        yield
    finally:
        assert vfs.contents.xSetSystemCall(vfs, name, real_address) == 0


@contextmanager
def _syncs_failing(vfs: Any, fails: Callable[[], bool]) -> Iterator[None]:
    """The seam does not hold fsync: every file that is opened meanwhile gets methods of its own."""
    address = vfs.contents.xOpen
    real, kept = _OPEN(address), dict[int, Any]()
    _alive.append(kept)

    def opened(asked: int, name: int, file: int, flags: int, given: int) -> int:
        code = int(real(asked, name, file, flags, given))
        methods = _POINTER.from_address(file)
        if code == 0 and methods.value:
            if methods.value not in kept:
                kept[methods.value] = _with_sync(methods.value, fails)
            methods.value = ctypes.addressof(kept[methods.value][0])
        return code

    wrapped = _OPEN(opened)
    vfs.contents.xOpen = ctypes.cast(wrapped, _POINTER)
    try:
        yield
    finally:
        vfs.contents.xOpen = address


def _with_sync(address: int, fails: Callable[[], bool]) -> tuple[Any, Any]:
    table = (_POINTER * _METHODS).from_buffer_copy((_POINTER * _METHODS).from_address(address))
    real = _SYNC(table[_SYNC_AT])
    wrapped = _SYNC(lambda file, flags: _IOERR_FSYNC if fails() else int(real(file, flags)))
    table[_SYNC_AT] = ctypes.cast(wrapped, _POINTER).value
    return table, wrapped
