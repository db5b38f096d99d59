"""Take from an unpacked CPython for Windows only what its makers signed:  check_runtime.py FROM TO

Programs and libraries carry a signature of the Python Software Foundation or Microsoft; the modules of the
standard library are listed with their hashes in a catalogue that the foundation signed. Certificates are
followed up to their roots, at the time that a time-stamp proves. A module that the catalogue forgot (in
3.11.9 xml/__init__.py) must have the text of this machine's own. Needs osslsigncode; asks no network.
"""

import hashlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

PUBLIC_ROOTS = Path("/etc/ssl/certs/ca-certificates.crt")
# Microsoft signs with roots of its own, which Debian does not carry but Wine does; known by their thumbprints
MICROSOFT = {
    "3b1efd3a66ea28b16697394703a72ca340a05bd5",  # Root Certificate Authority 2010
    "8f43288ad272f3103b6fb1428485ea3014c0bcfe",  # Root Certificate Authority 2011
}
WINE = ("/usr/lib/x86_64-linux-gnu/wine", "/opt/wine-stable/lib64/wine", "/usr/lib/wine")
SIGNERS = ("CN=Python Software Foundation", "CN=Microsoft ")
CATALOGUE = Path("DLLs/python_lib.cat")
LEFT = {"test", "idlelib", "tkinter", "turtledemo", "lib2to3", "ensurepip", "site-packages", "__pycache__"}
TK = ("tcl", "tk", "_tkinter")


def microsoft_roots() -> list[bytes]:
    """The two certificates, out of Wine's own crypt32.dll."""
    found = {}
    for library in (p for folder in WINE for p in Path(folder).rglob("crypt32.dll")):
        data, at = library.read_bytes(), -1
        while (at := data.find(b"\x30\x82", at + 1)) >= 0:
            one = data[at : at + 4 + int.from_bytes(data[at + 2 : at + 4], "big")]
            if (print_ := hashlib.sha1(one).hexdigest()) in MICROSOFT:
                found[print_] = one
    if found.keys() != MICROSOFT:
        sys.exit("Microsoft's root certificates were not found in Wine's crypt32.dll.")
    return list(found.values())


def roots(folder: Path) -> Path:
    """One file with all certificates at which a chain may end."""
    target = folder / "roots.pem"
    text = PUBLIC_ROOTS.read_bytes()
    for one in microsoft_roots():
        command = ["openssl", "x509", "-inform", "DER"]
        text += b"\n" + subprocess.run(command, input=one, capture_output=True, check=True).stdout
    target.write_bytes(text)
    return target


def signed(path: Path, believed: Path) -> bool:
    """True when the file is as one of SIGNERS signed it, by a chain and a time-stamp that end at a root."""
    command = ["osslsigncode", "verify", "-ignore-crl", "-CAfile", believed, "-TSA-CAfile", believed]
    done = subprocess.run([*command, "-in", path], capture_output=True, text=True, errors="replace")
    signer = done.stdout.partition("Subject:")[2].partition("\n")[0]
    return done.returncode == 0 and any(name in signer for name in SIGNERS)


def known(path: Path, base: Path, listed: bytes) -> bool:
    """True for a module that is empty, in the signed catalogue, or the same on this machine."""
    data = path.read_bytes()
    if not data or hashlib.sha1(data).digest() in listed or hashlib.sha256(data).digest() in listed:
        return True
    own = Path(sysconfig.get_path("stdlib"), path.relative_to(base / "Lib"))
    return own.is_file() and own.read_bytes().splitlines() == data.splitlines()


def wanted(path: Path, base: Path) -> bool:
    inner = path.relative_to(base)
    if LEFT & set(inner.parts) or path.name.startswith(TK):
        return False
    if inner.parts[0] == "Lib":
        return path.suffix == ".py"
    return len(inner.parts) == 1 or inner.parts[0] == "DLLs"


def main() -> None:
    base, target = Path(sys.argv[1]), Path(sys.argv[2])
    files = [path for path in sorted(base.rglob("*")) if path.is_file() and wanted(path, base)]
    native = [path for path in files if path.suffix in (".exe", ".dll", ".pyd")]
    modules = [path for path in files if path.suffix == ".py"]
    with tempfile.TemporaryDirectory() as folder:
        believed = roots(Path(folder))
        wrong = [p for p in [base / CATALOGUE, *native] if not signed(p, believed)]
    listed = (base / CATALOGUE).read_bytes()
    wrong += [path for path in modules if not known(path, base, listed)]
    if wrong:
        sys.exit("not signed by its makers: " + ", ".join(str(p.relative_to(base)) for p in wrong))
    for path in [*native, *modules, base / "LICENSE.txt"]:
        copy = target / path.relative_to(base)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    print(f"signed by their makers: {len(native)} programs and libraries, {len(modules)} modules")


if __name__ == "__main__":
    main()
