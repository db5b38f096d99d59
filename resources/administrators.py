"""Whether a file can be written by administrators only, so that it may decide for everybody on a laptop."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

# SYSTEM, the group Administrators, and Windows' own installer
ADMINISTRATORS = (
    "S-1-5-18",
    "S-1-5-32-544",
    "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
)


def only_administrators_write(file: Path) -> bool:
    """True when an administrator owns the file and its folder and, on Linux, nobody else may write them."""
    for place in (file, file.parent):
        try:
            if not (_owner_on_windows(place) in ADMINISTRATORS if sys.platform == "win32" else _roots(place)):
                return False
        except OSError:
            return False
    return True


def _roots(place: Path) -> bool:
    about = place.stat()
    return about.st_uid == 0 and not stat.S_IMODE(about.st_mode) & (stat.S_IWGRP | stat.S_IWOTH)


def _owner_on_windows(place: Path) -> str:
    """The owner's security identifier as text."""
    if sys.platform != "win32":
        raise OSError
    import ctypes
    from ctypes import wintypes

    advapi, kernel = ctypes.WinDLL("advapi32"), ctypes.WinDLL("kernel32")
    kernel.LocalFree.argtypes = [ctypes.c_void_p]
    owner, descriptor, text = ctypes.c_void_p(), ctypes.c_void_p(), wintypes.LPWSTR()
    of_file, owner_only = 1, 1
    failed = advapi.GetNamedSecurityInfoW(
        wintypes.LPCWSTR(str(place)),
        of_file,
        owner_only,
        ctypes.byref(owner),
        None,
        None,
        None,
        ctypes.byref(descriptor),
    )
    if failed:
        raise OSError(failed, "no owner")
    try:
        if not advapi.ConvertSidToStringSidW(owner, ctypes.byref(text)):
            raise OSError("no owner")
        said = text.value or ""
        kernel.LocalFree(ctypes.cast(text, ctypes.c_void_p))
        return said
    finally:
        kernel.LocalFree(descriptor)
