"""What no list of distributions shows: libraries inside wheels, and data, with licence and version."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

# where the metadata of a distribution say too little
LICENCES = {
    "pyside6-essentials": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "shiboken6": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0 AND CC-BY-4.0",
    "reportlab": "BSD-3-Clause",
    "sqlcipher3": "Zlib",
    "uharfbuzz": "Apache-2.0",
    "sqlite-fts4": "Apache-2.0",
    "defusedxml": "PSF-2.0",
    "click-default-group": "Unlicense",
    "pyinstaller-hooks-contrib": "Apache-2.0 AND GPL-2.0-or-later",
}


def _qt() -> str:
    import importlib.metadata

    return importlib.metadata.version("PySide6_Essentials")


def _sqlite(pragma: str) -> str:
    import sqlcipher3.dbapi2 as engine

    held = engine.connect(":memory:")
    found = engine.sqlite_version if not pragma else held.execute(pragma).fetchone()[0].split()[0]
    held.close()
    return found


def _harfbuzz() -> str:
    import uharfbuzz

    return uharfbuzz.version_string()


def _icu() -> str:
    from icu4py import _version

    return _version.icu_version


def _pdfium() -> str:
    from pypdfium2.version import PDFIUM_INFO

    return str(PDFIUM_INFO.version)


def _qpdf() -> str:
    import pikepdf

    return pikepdf.__libqpdf_version__


def _unknown() -> str:
    return ""


# name, licence, the distribution that contains it, its version
INSIDE: list[tuple[str, str, str, Callable[[], str]]] = [
    ("Qt", "LGPL-3.0-only", "pyside6_essentials", _qt),
    ("FreeType in Qt", "FTL", "pyside6_essentials", _unknown),
    ("HarfBuzz in Qt", "MIT", "pyside6_essentials", _unknown),
    ("libpng in Qt", "libpng-2.0", "pyside6_essentials", _unknown),
    ("libjpeg-turbo in Qt", "IJG AND BSD-3-Clause", "pyside6_essentials", _unknown),
    ("zlib in Qt", "Zlib", "pyside6_essentials", _unknown),
    ("PCRE2 in Qt", "BSD-3-Clause", "pyside6_essentials", _unknown),
    ("double-conversion in Qt", "BSD-3-Clause", "pyside6_essentials", _unknown),
    ("md4c in Qt", "MIT", "pyside6_essentials", _unknown),
    ("ICU in Qt", "Unicode-3.0", "pyside6_essentials", _unknown),
    ("SQLite", "blessing", "sqlcipher3", lambda: _sqlite("")),
    ("SQLCipher", "BSD-3-Clause", "sqlcipher3", lambda: _sqlite("pragma cipher_version")),
    ("OpenSSL in SQLCipher", "Apache-2.0", "sqlcipher3", _unknown),
    ("HarfBuzz", "MIT", "uharfbuzz", _harfbuzz),
    ("ICU", "Unicode-3.0", "icu4py", _icu),
    ("PDFium", "BSD-3-Clause AND Apache-2.0", "pypdfium2", _pdfium),
    ("qpdf", "Apache-2.0", "pikepdf", _qpdf),
]
# libraries that a wheel brings as files of their own (folder *.libs): name in the file -> name, licence
BROUGHT = {
    "jpeg": ("libjpeg-turbo", "IJG AND BSD-3-Clause"),
    "tiff": ("libtiff", "libtiff"),
    "openjp2": ("OpenJPEG", "BSD-2-Clause"),
    "lcms2": ("Little CMS 2", "MIT"),
    "lzma": ("liblzma", "0BSD"),
    "zstd": ("zstd", "BSD-3-Clause"),
    "xcb": ("libxcb", "MIT"),
    "Xau": ("libXau", "MIT"),
}


def inside(parts: dict[str, Any], part: Any) -> list[Any]:
    """The parts inside the distributions that ship: by the table, and as their makers list them (PEP 770)."""
    found = [
        part(name, version(), licence, inside=parts[owner].name)
        for name, licence, owner, version in INSIDE
        if owner in parts
    ]
    for owner in parts.values():
        listed = _listed(owner)
        found += _brought(owner, listed, part)
        if owner.name == "cryptography":
            found += [
                part(name, version, licence, inside=owner.name)
                for name, (version, licence) in sorted(listed.items())
            ]
    return found


def _listed(owner: Any) -> dict[str, tuple[str, str]]:
    """Name -> version and licence, from the lists that the maker of a wheel put into it."""
    found: dict[str, tuple[str, str]] = {}
    folders = {path.parent.parent for path in owner.texts if path.parent.name == "licenses"}
    for file in sorted(file for folder in folders for file in (folder / "sboms").glob("*.json")):
        for one in json.loads(file.read_text(encoding="utf-8")).get("components", []):
            if one["name"] == owner.name:
                continue
            named = [x.get("expression") or x["license"].get("id", "") for x in one.get("licenses", [])]
            found[one["name"]] = (one.get("version") or "", " AND ".join(named) or "Apache-2.0")
    return found


def _brought(owner: Any, listed: dict[str, tuple[str, str]], part: Any) -> list[Any]:
    found = []
    for target in owner.files:
        match = re.search(r"\.libs[/\\]lib([A-Za-z]+\d?)-[0-9a-f]{8}\.", target)
        if match is None or match[1] not in BROUGHT:
            continue
        name, licence = BROUGHT[match[1]]
        near = next((said for key, said in listed.items() if name.lower() in key.lower()), ("", ""))
        found.append(part(f"{name} in {owner.name}", near[0], licence, inside=owner.name, files=[target]))
    return found


def data(root: Path, part: Any) -> list[Any]:
    """Data of others that ships: places and shapes."""
    credits = root / "resources" / "content" / "places" / "CREDITS.md"
    return [
        part("GeoNames postal codes of the United States", "2026", "CC-BY-4.0", "data", texts=[credits]),
        part("us-atlas", "3.0.1", "ISC", "data", purl="pkg:npm/us-atlas@3.0.1", texts=[credits]),
        part("US Census Bureau tables and shapes", "2021", "public domain", "data", texts=[credits]),
    ]
