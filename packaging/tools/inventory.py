"""What a frozen folder is made of: each part with its version, licence, licence texts and hash.

The spec of PyInstaller writes down where each file came from; here every one of them gets its part, and a
file of unknown origin stops the build. Run by the Python of the build: it asks its own distributions.
"""

import importlib.metadata as metadata
import json
import os
import platform
import re
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import native

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "content" / "fonts"
TEXT = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*(/.*)?$", re.IGNORECASE)
ELSEWHERE = re.compile(r"^(LICENSE|COPYING)")


@dataclass
class Part:
    """One thing that ships. `inside` names the part whose files contain it; `purl` is its package URL."""

    name: str
    version: str = ""
    licence: str = ""
    kind: str = "library"
    purl: str = ""
    sha256: str = ""
    inside: str = ""
    texts: list[Path] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def inventory(origins: list[list[str]], lock: str) -> list[Part]:
    """All parts, by name. Raises SystemExit naming the files that belong to none."""
    owners, hashes = _owners(), _hashes(lock)
    parts: dict[str, Part] = {}
    strays = []
    for target, source in origins:
        if (part := _part_of(source, owners)) is None:
            strays += [] if _ours(source) else [f"{target} ({source})"]
            continue
        known = parts.setdefault(part.name.lower(), part)
        known.files.append(target)
        known.sha256 = hashes.get(_plain(part.name), "")
    if strays:
        raise SystemExit("of unknown origin: " + ", ".join(strays[:10]))
    whole = [*parts.values(), *native.inside(parts, Part), *fonts(), *native.data(ROOT, Part)]
    return sorted(whole, key=lambda part: (part.kind, part.name.lower()))


def _ours(source: str) -> bool:
    return (
        not source
        or Path(source).resolve().is_relative_to(ROOT)
        or source == os.environ.get("PORCHLIGHT_RELEASE_PUB")
    )


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _hashes(lock: str) -> dict[str, str]:
    """Distribution -> SHA-256 of the file it was installed from."""
    found = re.findall(r"^([\w.\-]+)==\S+ --hash=sha256:(\w+)", lock, re.MULTILINE)
    return {_plain(name): digest for name, digest in found}


def _owners() -> dict[str, metadata.Distribution]:
    """Installed file -> the distribution that brought it."""
    return {
        os.path.normpath(one.locate_file(file)): one
        for one in metadata.distributions()
        for file in one.files or ()
    }


def _part_of(source: str, owners: dict[str, metadata.Distribution]) -> Part | None:
    if (owner := owners.get(os.path.normpath(source)) or owners.get(os.path.realpath(source))) is not None:
        return distribution(owner)
    if _ours(source):
        return None
    real = os.path.realpath(source)
    if re.search(r"(vcruntime|msvcp|ucrtbase)\w*\.dll$", real, re.IGNORECASE):
        # CPython's text for Windows has Microsoft's conditions for it
        terms = "Microsoft redistributable terms"
        return Part("Microsoft Visual C++ runtime", "14", terms, texts=_cpython().texts)
    if source in ("-", "built-in") or _in_python(real):
        return _cpython()
    return _system(real)


def _in_python(real: str) -> bool:
    """True for a file of CPython itself; a system's Python shares its folders with other packages."""
    homes = {Path(os.__file__).resolve().parent, Path(sys.base_prefix).resolve()} - {Path("/usr")}
    name = Path(real).name
    return any(Path(real).is_relative_to(home) for home in homes) or name.startswith(
        ("libpython3", "base_library")
    )


@cache
def distribution(one: metadata.Distribution) -> Part:
    """A distribution of the package index."""
    texts = [
        Path(one.locate_file(file))
        for file in one.files or ()
        if ".dist-info/" in str(file) and TEXT.search(str(file))
    ]
    return Part(
        one.name, one.version, _licence(one), purl=f"pkg:pypi/{_plain(one.name)}@{one.version}",
        texts=sorted(path for path in texts if path.is_file()),
    )  # fmt: skip


def _licence(one: metadata.Distribution) -> str:
    """What its metadata say; a long text in the old field is no name."""
    if known := native.LICENCES.get(_plain(one.name)):
        return known
    said = one.metadata
    classes = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or () if c.startswith("License")]
    old = (said.get("License") or "").strip()
    return said.get("License-Expression") or (
        old if 0 < len(old) < 60 and "\n" not in old else " AND ".join(classes)
    )


@cache
def _cpython() -> Part:
    version = platform.python_version()
    texts = [
        path
        for path in (Path(os.__file__).with_name("LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt"))
        if path.is_file()
    ]
    return Part("CPython", version, "PSF-2.0", purl=f"pkg:generic/cpython@{version}", texts=texts[:1])


@cache
def _system(real: str) -> Part | None:
    """A library of the Debian system the build ran on; its licence text is the package's own."""
    if sys.platform != "linux":
        return None
    for path in (real, real.removeprefix("/usr")):
        said = subprocess.run(
            ["dpkg-query", "--search", path], capture_output=True, text=True, check=False
        ).stdout
        if said:
            break
    else:
        return None
    package = said.split(":")[0]
    asked = ["dpkg-query", "--show", "--showformat", "${Version}", package]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split("\n")[0]
    text = Path("/usr/share/doc", package, "copyright")
    names = (
        re.findall(
            r"^License:[ \t]*(\S.*)$", text.read_text(encoding="utf-8", errors="replace"), re.MULTILINE
        )
        if text.is_file()
        else []
    )
    licence = " AND ".join(dict.fromkeys(names)) or "see its text"
    return Part(
        package,
        version,
        licence,
        purl=f"pkg:deb/debian/{package}@{version}",
        texts=[text] if text.is_file() else [],
    )


def fonts() -> list[Part]:
    """The font files, with the package each was cut from and its hash as committed."""
    rows = json.loads((FONTS / "sources.json").read_text(encoding="utf-8"))
    found = []
    for row in rows:
        family = row["file"].split("-")[0]
        text = next(FONTS.glob(f"LICENSE-{'NotoSans' if family.startswith('NotoSans') else family}.txt"))
        found.append(Part(row["file"], row["version"], "OFL-1.1", "file", sha256=row["sha256"], texts=[text],
                          inside="fonts", files=[f"resources/content/fonts/{row['file']}"]))  # fmt: skip
    return found


def read(build: Path) -> tuple[list[Part], str]:
    """The parts of the build in this folder, and the version of Porchlight."""
    import lock

    origins = json.loads((build / "pyinstaller" / "porchlight" / "origins.json").read_text(encoding="utf-8"))
    version = re.search(
        r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    return inventory(origins, lock.path().read_text(encoding="utf-8")), version[1]
