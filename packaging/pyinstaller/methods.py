"""The methods of dataclasses, compiled when the program is built; else each start writes and compiles them.

A dataclass writes its __init__ and the like as text and hands it to exec. The build keeps what was compiled
of the modules of a start, by that text; a text that is not there is compiled as ever.

    BUILD-PYTHON methods.py FOLDER      writes FOLDER/methods.bin, in a process of its own
"""

import contextlib
import dataclasses
import marshal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = "methods.bin"
STARTED = (
    "desktop.app", "desktop.pages.home", "resources.home", "resources.directory.places",
    "resources.directory.recurrence", "resources.directory.letters", "resources.directory.listing",
)  # fmt: skip


def take(folder):
    """Use what the build compiled; without it a start is slower and else the same."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        made = marshal.loads(Path(folder, FILE).read_bytes())
        dataclasses.exec = lambda text, *places: exec(made.get(text, text), *places)


def write(folder):
    """Import what a start imports, and keep what was compiled for it."""
    made = {}

    def keep(text, *places):
        made[text] = compile(text, "<string>", "exec", dont_inherit=True, optimize=1)
        exec(made[text], *places)

    dataclasses.exec = keep
    sys.path.insert(0, str(ROOT))
    for name in STARTED:
        __import__(name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(marshal.dumps(made))


def add(datas, folder):
    """The list of data files with those methods."""
    import subprocess  # which a start does without

    subprocess.run([sys.executable, __file__, str(folder)], check=True)
    return [*datas, (FILE, str(folder / FILE), "DATA")]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
