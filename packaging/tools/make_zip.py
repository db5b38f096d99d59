"""A portable archive of a frozen folder, the same bytes for the same files:  make_zip.py FOLDER OUT.zip TOP

The mark portable.txt in it makes the program keep its data in the folder data beside it.
"""

import os
import sys
import time
import zipfile
from pathlib import Path

MARK = "Data are kept in the folder data beside this file.\r\n"
OLDEST = 315532800  # 1980, where the format's time begins


def entry(name: str, stamp: tuple) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, stamp)
    info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
    return info


def main() -> None:
    folder, out, top = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    stamp = time.gmtime(max(int(os.environ["SOURCE_DATE_EPOCH"]), OLDEST))[:6]
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    with zipfile.ZipFile(out, "w", compresslevel=9) as archive:
        for name in sorted(files):
            archive.writestr(entry(f"{top}/{name}", stamp), files[name].read_bytes())
        archive.writestr(entry(f"{top}/portable.txt", stamp), MARK)
        archive.writestr(entry(f"{top}/data/", stamp), b"")


if __name__ == "__main__":
    main()
