"""Foreign files are opened by a child process with limits: whatever they do there cannot reach the program.

The child is begun anew for each file (on every system, and in the built programs), may take 30 seconds and
512 MiB, and answers with bytes; nothing of it is unpickled here.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

MOST_MEMORY = 512 * 1024 * 1024
SECONDS = 30
_ITSELF = 64 * 1024 * 1024  # what Python needs where the limit counts all of a process
Work = Callable[[bytes, str], bytes]


class Confined(Exception):
    """The child had to be ended (`slow`), or ended without an answer."""

    def __init__(self, slow: bool) -> None:
        super().__init__("slow" if slow else "died")
        self.slow = slow


def ask(work: Work, data: bytes, about: str = "", seconds: float = SECONDS) -> bytes:
    """What `work`, a function of a module, makes of `data` in a child process; raises Confined."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    child = spawning.Process(target=serve, args=(theirs, work, seconds), name="confined", daemon=True)
    child.start()
    theirs.close()
    try:
        ours.send_bytes(about.encode("utf-8"))
        ours.send_bytes(data)
        if not ours.poll(seconds):
            raise Confined(slow=True)
        return ours.recv_bytes()
    except (EOFError, OSError) as problem:
        raise Confined(slow=False) from problem
    finally:
        ours.close()
        child.join(1)
        if child.is_alive():
            child.kill()
            child.join()
        child.close()


def serve(pipe: Connection, work: Work, seconds: float) -> None:
    """The child: limits first, then one question and one answer."""
    limit_memory()
    orphaned = threading.Timer(seconds + 5, os._exit, (1,))  # nobody may be left to end it
    orphaned.daemon = True
    orphaned.start()
    about = pipe.recv_bytes().decode("utf-8")
    pipe.send_bytes(work(pipe.recv_bytes(), about))
    pipe.close()


def limit_memory() -> None:
    """Allow this process 512 MiB more than it has now; macOS has no such limit."""
    if sys.platform == "win32":
        _limit_by_job()
    elif sys.platform == "linux":
        resource = importlib.import_module("resource")
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class _Extended(ctypes.Structure):
        _fields_ = [
            ("Basic", _Basic),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    def _limit_by_job() -> None:
        """Put this process into a job of its own that may have no more memory and no other process."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD,
        )  # fmt: skip
        job = kernel.CreateJobObjectW(None, None)
        limits = _Extended()
        limits.Basic.LimitFlags = 0x100 | 0x8  # memory of a process, number of processes
        limits.Basic.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = MOST_MEMORY + _ITSELF
        kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
