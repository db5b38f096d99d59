"""Is a frozen folder for Windows whole?  check_bundle.py FOLDER        needs pefile; runs anywhere

Every library that a file asks for is in the folder or part of Windows 10, nothing that only stands in under
Wine is there, all of it is for 64 bits, and no path is too long for an installed copy.
"""

import re
import sys
from pathlib import Path

import pefile

SYSTEM = {
    "advapi32", "authz", "bcrypt", "bcryptprimitives", "comctl32", "comdlg32", "crypt32", "d3d9", "d3d11",
    "d3d12", "dnsapi", "dwmapi", "dwrite", "dxgi", "gdi32", "imm32", "iphlpapi", "kernel32", "mpr", "mscms",
    "msvcrt", "netapi32", "ntdll", "ole32", "oleaut32", "powrprof", "propsys", "psapi", "rpcrt4", "secur32",
    "setupapi", "shcore", "shell32", "shlwapi", "ucrtbase", "uiautomationcore", "user32", "userenv",
    "usp10", "uxtheme", "version", "winmm", "winspool.drv", "ws2_32", "wtsapi32", "icuuc", "icuin", "icu",
    "d2d1", "runtimeobject",
}  # fmt: skip
STAND_INS = {"icuuc.dll", "mscms.dll", "bcryptprimitives.dll"}
NETWORK = {"wininet.dll", "winhttp.dll", "qt6network.dll", "_ssl.pyd"}
X64 = 0x8664
# C:\Users\NAME-OF-TWENTY-CHARS\AppData\Local\Programs\Porchlight\app-10.10.10.part\ and Windows' limit
BEFORE, LONGEST = 85, 259


def asked(path: Path) -> tuple[int, set[str]]:
    """The kind of machine and the libraries that a program file asks for, by lower-case name."""
    pe = pefile.PE(str(path), fast_load=True)
    pe.parse_data_directories(directories=[1, 13])
    entries = [*getattr(pe, "DIRECTORY_ENTRY_IMPORT", []), *getattr(pe, "DIRECTORY_ENTRY_DELAY_IMPORT", [])]
    machine = pe.FILE_HEADER.Machine
    pe.close()
    return machine, {one.dll.decode("ascii").lower() for one in entries}


def problems(folder: Path) -> list[str]:
    """What is wrong with it, one sentence each."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    here = {path.name.lower() for path in files}
    found = [f"{name} is a stand-in for trying, not for people" for name in sorted(here & STAND_INS)]
    found += [f"{name} opens the network" for name in sorted(here & NETWORK)]
    for path in files:
        inner = path.relative_to(folder).as_posix()
        if len(inner) + BEFORE > LONGEST:
            found.append(f"{inner}: too long a path for an installed copy")
        if path.suffix.lower() not in (".exe", ".dll", ".pyd"):
            continue
        machine, names = asked(path)
        if machine != X64:
            found.append(f"{inner}: not for 64-bit Windows")
        for name in sorted(names - here):
            known = name.removesuffix(".dll") in SYSTEM or re.match(r"(api|ext)-ms-win-", name)
            if not known:
                found.append(f"{inner}: needs {name}, which is neither here nor part of Windows")
    return found


def main() -> int:
    folder = Path(sys.argv[1])
    found = problems(folder)
    for one in found:
        print("PROBLEM", one)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder.name}: {size / 1e6:.1f} MB, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
