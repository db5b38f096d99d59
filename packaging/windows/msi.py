"""What wixl leaves to chance in an MSI, done by rule, so that two builds of one commit are the same bytes.

    msi.py files FOLDER > files.wxs      the files of the program; names of parts follow from their paths
    msi.py settle FILE.msi SECONDS       made at that time, not now; the package code follows from the content

Standard library only. wixl wants paths as seen from inside FOLDER.
"""

import hashlib
import struct
import sys
import uuid
from pathlib import Path
from xml.sax.saxutils import quoteattr

PARTS = uuid.UUID("5d0b9c53-7a6e-4a0e-9c0f-0b6a5f5e2d11")
SUMMARY = uuid.UUID("f29f85e0-4ff9-1068-ab91-08002b27b3d9").bytes_le  # the property set that every MSI has
CODE, CREATED, SAVED = 9, 12, 13
TO_1601 = 11_644_473_600


def _id(kind: str, path: Path) -> str:
    return kind + hashlib.sha256(path.as_posix().encode()).hexdigest()[:32].upper()


def _folder(base: Path, folder: Path) -> list[str]:
    lines = []
    for path in sorted((base / folder).iterdir(), key=lambda one: (one.is_dir(), one.name)):
        inside = path.relative_to(base)
        if path.is_dir():
            lines.append(f'<Directory Id="{_id("dir", inside)}" Name={quoteattr(path.name)}>')
            lines += [*_folder(base, inside), "</Directory>"]
        else:
            part = f'Id="{_id("cmp", inside)}" Guid="{uuid.uuid5(PARTS, inside.as_posix())}"'
            file = f'Id="{_id("fil", inside)}" KeyPath="yes" Source={quoteattr(inside.as_posix())}'
            lines.append(f'<Component Win64="$(var.Win64)" {part}><File {file}/></Component>')
    return lines


def files(folder: Path) -> str:
    """The fragment for wixl: every file below `folder` is a component, all in one group."""
    parts = "".join(
        f'<ComponentRef Id="{_id("cmp", path.relative_to(folder))}"/>'
        for path in sorted(folder.rglob("*"))
        if not path.is_dir()
    )
    return "\n".join(
        [
            '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi"><Fragment><DirectoryRef Id="INSTALLDIR">',
            *_folder(folder, Path()),
            '</DirectoryRef></Fragment><Fragment><ComponentGroup Id="App">',
            f"{parts}</ComponentGroup></Fragment></Wix>",
        ]
    )


def settle(content: bytearray, seconds: int) -> bool:
    """Set time and package code in the summary (Microsoft's MS-OLEPS, 2.21); False when there is none."""
    start = content.find(SUMMARY) - 28
    if start < 0:
        return False
    section = start + struct.unpack_from("<I", content, start + 44)[0]
    count = struct.unpack_from("<I", content, section + 4)[0]
    listed = dict(struct.unpack_from("<II", content, section + 8 + 8 * number) for number in range(count))
    if not {CREATED, SAVED, CODE} <= listed.keys():
        return False
    for kind in (CREATED, SAVED):
        struct.pack_into("<Q", content, section + listed[kind] + 4, (seconds + TO_1601) * 10_000_000)
    code = slice(section + listed[CODE] + 8, section + listed[CODE] + 8 + 38)
    content[code] = bytes(38)
    content[code] = f"{{{uuid.uuid5(PARTS, hashlib.sha256(content).hexdigest())}}}".upper().encode()
    return True


def main() -> int:
    """One of the two jobs above."""
    job, path, *more = sys.argv[1:]
    if job == "files":
        print(files(Path(path)))
        return 0
    content = bytearray(Path(path).read_bytes())
    if not settle(content, int(more[0])):
        print(f"{path}: not the summary that wixl writes", file=sys.stderr)
        return 1
    Path(path).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
