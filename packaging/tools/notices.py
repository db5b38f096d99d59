"""The licence texts of everything that ships, and one page that lists them. papers.py writes them."""

import re
from pathlib import Path

import inventory

LICENCES = Path(__file__).resolve().parents[1] / "licences"
PAGE = "THIRD-PARTY.txt"
HEAD = """\
Porchlight is free software under the MIT licence (Porchlight-LICENSE.txt). It contains the parts below, each
under its own licence; the texts are in this folder.

Qt and Qt for Python (PySide6, Shiboken) are used under the GNU Lesser General Public License, version 3
(LGPL-3.0.txt, which builds on GPL-3.0.txt). Their libraries are separate files in the folder of the program
(_internal/PySide6 and _internal/shiboken6, on Linux also the links _internal/libQt6*); apart from symbols
that were stripped they are as their makers published them. You may replace them by your own build of the same
version: put your files in their place and start Porchlight. Its self-check then names them as changed, which
does not keep it from starting. The Qt project (qt.io) publishes the sources under the version numbers below.
Nothing in Porchlight's licence forbids reverse engineering for debugging such changes.

The fonts are subsets of fonts under the SIL Open Font License 1.1; their names are kept where the licence
reserves none, and their files are separate.
"""


def page(parts: list[inventory.Part], texts: dict[str, list[str]]) -> str:
    """What ships, under which licence, and in which file its text is."""
    lines = [HEAD]
    for part in parts:
        inside = f", inside {part.inside}" if part.inside else ""
        named = texts.get(part.name) or texts.get(part.inside) or []
        lines.append(f"{part.name} {part.version}".rstrip() + f": {part.licence}{inside}")
        lines += [f"    {name}" for name in named]
    return "\n".join(lines) + "\n"


def write(parts: list[inventory.Part], folder: Path) -> dict[str, list[str]]:
    """Copy the texts; gives their file names by part. A text that several parts share is written once."""
    folder.mkdir(parents=True, exist_ok=True)
    texts: dict[str, list[str]] = {}
    written: dict[bytes, str] = {}
    for part in parts:
        for path in part.texts:
            content = path.read_bytes()
            if content not in written:
                stem = part.inside if part.inside == "fonts" else part.name
                written[content] = (
                    re.sub(r"[^\w.+-]+", "-", f"{stem}-{path.name}").removesuffix(".txt") + ".txt"
                )
                (folder / written[content]).write_bytes(content)
            texts.setdefault(part.name, []).append(written[content])
    for path in sorted(LICENCES.glob("*.txt")):
        (folder / path.name).write_bytes(path.read_bytes())
    for name in ("PySide6_Essentials", "shiboken6", "Qt"):
        texts[name] = ["LGPL-3.0.txt", "GPL-3.0.txt", "Qt-third-parties.txt"]
    (folder / "Porchlight-LICENSE.txt").write_bytes((inventory.ROOT / "LICENSE").read_bytes())
    return texts


def without_text(parts: list[inventory.Part], texts: dict[str, list[str]]) -> list[str]:
    """Parts for which no text would ship, neither their own nor that of what contains them."""
    return [part.name for part in parts if not (texts.get(part.name) or texts.get(part.inside))]
