"""What the frozen program leaves out, and why that is safe.

Left out: modules an offline program never uses (network, TLS, build tools), Qt plug-ins of parts that are not
used, and on Linux each shared library that only those parts needed, worked out from the ELF headers.
"""

import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

EXCLUDED = [
    "tkinter", "turtle", "idlelib", "ensurepip", "venv", "doctest", "pdb", "pydoc", "curses", "xmlrpc",
    "readline",
    "pip", "setuptools", "wheel", "pytest", "numpy", "pandas", "IPython", "matplotlib", "lxml", "fontTools",
    # where a number is and who carries it, in all languages: 5 MB that nothing here asks
    "phonenumbers.geodata", "phonenumbers.carrierdata", "phonenumbers.tzdata", "phonenumbers.geocoder",
    "phonenumbers.carrier", "phonenumbers.timezone", "tzdata",
    "sqlite_utils.cli", "rl_renderPM", "rlPyCairo", "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick",
    "PySide6.QtQuickWidgets", "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtOpenGL", "PySide6.QtDBus",
    "PySide6.QtOpenGLWidgets", "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtUiTools", "PySide6.QtConcurrent",
    # no TLS: it cannot open a connection; hashlib falls back to CPython's own SHA-2 and SHA-3
    "ssl", "_ssl", "_hashlib",
    "asyncio", "ftplib", "imaplib", "poplib", "smtplib", "socketserver", "http", "urllib.request",
    "hub", "psycopg",  # for desk machines only (docs/decisions/0013)
    # paper takes ReportLab's canvas alone; a logo is a PNG or a JPEG
    "reportlab.graphics", "reportlab.platypus", "reportlab.lib.testutils", "reportlab.lib.rparsexml",
    "charset_normalizer", "unittest",
    *(f"PIL.{kind}ImagePlugin" for kind in (
        "Avif", "Blp", "Bufr", "Cur", "Dcx", "Dds", "Eps", "Fits", "Fli", "Fpx", "Ftex", "Gbr", "Grib",
        "Hdf5", "Icns", "Ico", "Im", "Imt", "Iptc", "McIdas", "Mic", "Mpeg", "Msp", "Palm", "Pcd", "Pcx",
        "Pdf", "Pixar", "Psd", "Qoi", "Sgi", "Spider", "Sun", "Tga", "WebP", "Wmf", "Xbm", "Xpm", "XVThumb",
    )),
]  # fmt: skip

LANGUAGES = ("en", "es")
DROPPED = [re.compile(pattern, re.IGNORECASE) for pattern in (
    r"PySide6/(Qt/)?plugins/(networkinformation|tls|qmltooling|sqldrivers|generic|designer|"
    r"egldeviceintegrations|wayland-graphics-integration-server)/",
    r"PySide6/(Qt/)?plugins/platformthemes/libqgtk3\.",
    r"PySide6/(Qt/)?plugins/platforms/libq(eglfs|linuxfb|minimal|minimalegl|vnc|vkkhrdisplay)\.",
    r"PySide6/plugins/platforms/q(direct2d|minimal)\.dll$",
    r"PySide6/(Qt/)?plugins/platforminputcontexts/.*virtualkeyboard",
    r"PySide6/(Qt/)?plugins/imageformats/(lib)?q(tiff|tga|wbmp|webp|icns|pdf|gif)\.",
    r"PySide6/(Qt/)?(qml|metatypes|libexec|resources)/",
    r"PySide6/(opengl32sw|Qt6(Qml\w*|Quick\w*|OpenGL|VirtualKeyboard|Network))\.dll$",
    r"PIL/_(avif|webp|imagingtk|imagingmath)\.",
    r"pillow\.libs/lib(avif|webp|sharpyuv)",
    r"rapidfuzz/.*_avx2\.",  # the plain twin of each is there and fast enough for a county's list
    r"(^|/)libcups\.so",  # the system's own, where printing is set up
    r"\.dist-info/(RECORD|INSTALLER|WHEEL|REQUESTED|direct_url\.json)$",
)]  # fmt: skip
PINNED = re.compile(
    r"(pdfium|python3\d*\.dll|vcruntime|msvcp|libpython3|Qt6(Core|Gui|Widgets|Svg|PrintSupport)|libq(xcb|offscreen|wayland))"
)


def hidden_imports(root):
    """Every module of ours: pages and commands are imported when first used."""
    found = []
    for folder in ("desktop", "reports", "resources"):
        for path in (root / folder).rglob("*.py"):
            parts = path.relative_to(root).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def _kept(target):
    name = target.replace("\\", "/")
    language = re.search(r"translations/(\w+?)_([a-z]{2,3})(_[A-Z]{2})?\.qm$", name)
    if language and (language[1] != "qtbase" or language[2] not in LANGUAGES):
        return False
    return not any(pattern.search(name) for pattern in DROPPED)


def _linked(path):
    out = subprocess.run(["readelf", "-d", path], capture_output=True, text=True, check=False).stdout
    return set(re.findall(r"\(NEEDED\).*\[(.+?)\]", out))


def _reachable(binaries):
    """Keep a plain shared library only when a kept module, plug-in or library is linked to it."""
    names = {PurePosixPath(target).name: source for target, source, kind in binaries if kind == "BINARY"}
    plain = {n for n in names if not re.search(r"\.(abi3|cpython-\S+)\.so$", n)}
    plain -= {PurePosixPath(target).name for target, _, _ in binaries if "/plugins/" in target}
    waiting = [
        s for target, s, _ in binaries if PurePosixPath(target).name not in plain or PINNED.search(target)
    ]
    kept, seen = set(), set()
    while waiting:
        source = waiting.pop()
        if source in seen:
            continue
        seen.add(source)
        for name in _linked(source) & names.keys() - kept:
            kept.add(name)
            waiting.append(names[name])
    return [
        entry
        for entry in binaries
        if PurePosixPath(entry[0]).name not in plain - kept or PINNED.search(entry[0]) or entry[2] != "BINARY"
    ]


def trim(binaries, datas):
    """Both lists without what the program does not use."""
    binaries = [entry for entry in binaries if _kept(entry[0])]
    datas = [entry for entry in datas if _kept(entry[0])]
    if sys.platform == "win32":
        return binaries, datas
    binaries = _reachable(binaries)
    names = {Path(entry[0]).name for entry in binaries}

    def whole(entries):
        return [entry for entry in entries if entry[2] != "SYMLINK" or Path(entry[1]).name in names]

    return whole(binaries), whole(datas)
