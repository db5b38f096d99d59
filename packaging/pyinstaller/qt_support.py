"""PySide's own helper modules, compiled when the program is built; else each start compiles them.

PySide carries them as source in a zip inside shiboken6, and takes a folder `files.dir` beside shiboken6
instead where there is one. They are the same modules; the one that only writes stubs for editors is empty.

    BUILD-PYTHON qt_support.py FOLDER      writes the folder, in a process of its own: it loads Qt's glue
"""

import subprocess
import sys
from importlib.util import MAGIC_NUMBER
from pathlib import Path

TARGET = "shiboken6/files.dir"
LOADER = "shibokensupport.signature.loader"
UNUSED = "/pyi_generator.py"
UNCHECKED = (1).to_bytes(4, "little") + bytes(8)  # never compared with a source, which is not there


def write(folder):
    """The compiled modules, at the places where PySide looks for them."""
    import marshal

    from shiboken6 import Shiboken  # noqa: F401  (loads the modules out of its zip)

    archive = sys.modules[LOADER].__loader__.zfile
    for name in archive.namelist():
        if name.startswith("shibokensupport/") and name.endswith(".py"):
            source = b"" if name.endswith(UNUSED) else archive.read(name)
            code = compile(source, name, "exec", dont_inherit=True, optimize=1)
            path = folder / f"{name}c"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(MAGIC_NUMBER + UNCHECKED + marshal.dumps(code))


def add(datas, folder):
    """The list of data files with those modules."""
    subprocess.run([sys.executable, __file__, str(folder)], check=True)
    made = sorted(folder.rglob("*.pyc"))
    placed = [(f"{TARGET}/{path.relative_to(folder).as_posix()}", str(path), "DATA") for path in made]
    return [*datas, *placed]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
