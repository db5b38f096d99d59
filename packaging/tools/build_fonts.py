"""Build resources/content/fonts/ again: fetch the font packages, cut the subsets, note where each came from.

    python packaging/tools/build_fonts.py [--out FOLDER] [--cache FOLDER]

Needs npm, pip and fonttools. The same packages give the same bytes, so a second run changes nothing.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "resources" / "content" / "fonts"
REGULAR, BOLD = ("Regular", "400Regular"), ("Bold", "700Bold")
MEDIUM, SEMIBOLD = ("Medium", "500Medium"), ("SemiBold", "600SemiBold")

LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2B0, 0x370), *range(0x1E00, 0x1F00)]
SIGNS = [
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C1),
    0x2116,
    0x2122,
    *range(0x2190, 0x2194),
    0x2212,
    0x25CC,
]
GREEK_CYRILLIC = [*range(0x370, 0x530)]
ETHIOPIC = [*range(0x20, 0x7F), 0xA0, *range(0x1200, 0x1380), *range(0x2010, 0x2028)]
CJK_SIGNS = [*range(0x3000, 0x3040), *range(0xFF00, 0xFFF0)]
CJK_FEATURES = ["kern", "liga", "locl", "ccmp", "halt", "palt", "mark", "mkmk", "ljmo", "vjmo", "tjmo"]
SCREEN_FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "case", "zero"]
DROPPED = ["DSIG", "vhea", "vmtx", "VORG", "BASE", "STAT", "meta"]

# Both weights: languages that sheets are written in. Regular alone: scripts that names may be written in.
BOTH = ["", "Hebrew", "Devanagari", "Gurmukhi", "Bengali", "Thai", "Khmer", "Lao", "Myanmar", "Ethiopic"]
NAMES_ONLY = ["Armenian", "Georgian", "Gujarati", "Tamil", "Telugu", "Sinhala"]
KEPT = {"": (*LATIN, *GREEK_CYRILLIC, *SIGNS), "Ethiopic": tuple(ETHIOPIC)}
CJK = {"SC": "gb2312", "TC": "big5", "JP": "euc_jp", "KR": "hangul"}


@dataclass(frozen=True)
class Cut:
    """One file to make: which package it comes from and what to keep of it."""

    file: str
    package: str
    weight: str
    keep: tuple[int, ...] = ()  # empty: every character
    features: tuple[str, ...] = ("*",)


def charset(name: str) -> set[int]:
    """The characters of a national standard: those that people of that country write names with."""
    if name == "hangul":
        return {*range(0xAC00, 0xD7A4), *range(0x3130, 0x3190), *range(0x1100, 0x1200)}
    last = 0xC7 if name == "big5" else 0xFF  # Big5 level 1: the 5,401 frequent characters
    found: set[int] = set()
    for high in range(0x81, last):
        for low in range(0x30, 0xFF):
            found.update(map(ord, bytes([high, low]).decode(name, errors="ignore")))
    return found


def cuts() -> Iterable[Cut]:
    for script in [*BOTH, *NAMES_ONLY]:
        package = "noto-sans" + (f"-{script.lower()}" if script else "")
        keep = KEPT.get(script, ())
        for name, weight in (REGULAR, BOLD) if script in BOTH else (REGULAR,):
            yield Cut(f"NotoSans{script}-{name}.ttf", package, weight, keep)
    for region, standard in CJK.items():
        kept = (*range(0x20, 0x7F), *range(0xA0, 0x100), *SIGNS, *CJK_SIGNS, *sorted(charset(standard)))
        yield Cut(
            f"NotoSans{region}-Regular.ttf",
            f"noto-sans-{region.lower()}",
            REGULAR[1],
            kept,
            tuple(CJK_FEATURES),
        )
    for name, weight in (REGULAR, MEDIUM, SEMIBOLD, BOLD):
        yield Cut(f"Inter-{name}.ttf", "inter", weight, (*LATIN, *SIGNS), tuple(SCREEN_FEATURES))


def npm_package(name: str, cache: Path) -> tuple[Path, str, str]:
    """The package's archive, its version and its integrity hash."""
    full = f"@expo-google-fonts/{name}"
    stem = f"expo-google-fonts-{name}"
    found = [p for p in sorted(cache.glob(f"{stem}-*.tgz")) if p.name[len(stem) + 1].isdigit()]
    if not found:
        subprocess.run(["npm", "pack", "--silent", full], cwd=cache, check=True, stdout=subprocess.DEVNULL)
        found = [p for p in sorted(cache.glob(f"{stem}-*.tgz")) if p.name[len(stem) + 1].isdigit()]
    archive = found[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    return archive, archive.stem[len(stem) + 1 :], f"sha512-{digest}"


def member(archive: Path, ending: str) -> bytes:
    with tarfile.open(archive) as tar:
        for entry in tar.getmembers():
            stream = tar.extractfile(entry) if entry.name.endswith(ending) else None
            if stream is not None:
                return stream.read()
    raise SystemExit(f"{archive.name} has no {ending}")


def cut_font(source: bytes, cut: Cut, target: Path, work: Path) -> None:
    original = work / "source.ttf"
    original.write_bytes(source)
    options = subset.Options(hinting=False, glyph_names=False, notdef_outline=True)
    options.layout_features = list(cut.features)
    options.name_IDs = [*range(7), 13, 14]  # the copyright and licence travel with the file
    options.drop_tables += DROPPED
    with TTFont(original) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=cut.keep or font.getBestCmap().keys())
        subsetter.subset(font)
        font["head"].modified = font["head"].created  # the same bytes on every run
        font.recalcTimestamp = False
        font.save(target)


def arabic(cache: Path, out: Path) -> list[dict[str, str]]:
    """IBM Plex Sans Arabic as it is: its licence reserves the name, so a subset would need another."""
    name = "fontpkg-ibm-plex-sans-arabic"
    pattern = name.replace("-", "_") + "-*.whl"
    if not list(cache.glob(pattern)):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(cache), name]
        subprocess.run(command, check=True)
    wheel = sorted(cache.glob(pattern))[-1]
    digest = "sha256-" + base64.b64encode(hashlib.sha256(wheel.read_bytes()).digest()).decode()
    rows = []
    with zipfile.ZipFile(wheel) as archive:
        folder = name.replace("-", "_")
        for weight in ("Regular", "Bold"):
            file = f"IBMPlexSansArabic-{weight}.ttf"
            (out / file).write_bytes(archive.read(f"{folder}/files/{file}"))
            rows.append({"file": file, "package": f"pypi:{name}", "version": wheel.name.split("-")[1]})
            rows[-1]["integrity"] = digest
        (out / "LICENSE-IBMPlexSansArabic.txt").write_bytes(archive.read(f"{folder}/LICENSE"))
    return rows


def licences(cache: Path, out: Path) -> None:
    """One file for each family: the copyright lines of all its packages, then the licence once."""
    packages = sorted({cut.package for cut in cuts()})
    for family, prefix in (("Inter", "inter"), ("NotoSans", "noto-sans")):
        texts = [
            member(npm_package(package, cache)[0], "/LICENSE_FONT").decode("utf-8")
            for package in packages
            if package.startswith(prefix)
        ]
        heads = sorted({text.splitlines()[0].strip() for text in texts})
        body = "\n".join(texts[0].splitlines()[1:])
        (out / f"LICENSE-{family}.txt").write_text("\n".join(heads) + "\n" + body + "\n", encoding="utf-8")


def build(out: Path, cache: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    rows = arabic(cache, out)
    with tempfile.TemporaryDirectory() as work:
        for cut in cuts():
            archive, version, integrity = npm_package(cut.package, cache)
            cut_font(member(archive, f"/{cut.weight}/{original_name(cut)}"), cut, out / cut.file, Path(work))
            row = {"file": cut.file, "package": f"npm:@expo-google-fonts/{cut.package}"}
            rows.append({**row, "version": version, "integrity": integrity})
        licences(cache, out)
    for row in rows:
        data = (out / row["file"]).read_bytes()
        row["sha256"] = hashlib.sha256(data).hexdigest()
    rows.sort(key=lambda row: row["file"])
    (out / "sources.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(len(rows), "files,", sum((out / row["file"]).stat().st_size for row in rows), "bytes")


def original_name(cut: Cut) -> str:
    return f"{cut.file.split('-')[0]}_{cut.weight}.ttf"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FONTS)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "porchlight-fonts")
    given = parser.parse_args()
    build(given.out, given.cache)


if __name__ == "__main__":
    main()
