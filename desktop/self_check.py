"""The self-check: does this copy of the program do the main job on this machine? Never touches real data.

Steps: program files undamaged, both directories open, a small list comes in and is found, sheets in four
scripts, each compiled library at its own work, every page of the window, and no network or TLS module loaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from desktop.self_check_wheels import WHEELS
from resources.errors import ToolkitError
from resources.paths import CONTENT

LIST = "Name,Phone,City,State,Services\nSelf-check House,406-555-0142,Forsyth,MT,Emergency shelter\n"
LANGUAGES = ("en", "es", "ar", "zh")
UNWANTED = ("ssl", "_ssl", "PySide6.QtNetwork", "http.client", "ftplib", "smtplib")  # loaded by nothing
ABSENT = ("ssl", "_ssl", "PySide6.QtNetwork")  # and these are not even in a built program
NETWORK_FILE = re.compile(r"Qt6?Network|^_ssl|^libssl", re.IGNORECASE)


@dataclass(frozen=True)
class Step:
    """One step: `problem` is empty when it worked; `took` in milliseconds."""

    name: str
    problem: str
    took: int


def run() -> list[Step]:
    """Run all steps in a throw-away folder; a step that fails does not stop the others."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        data = Path(folder)
        return [
            _step("program files", _files),
            _step("directories", lambda: _directories(data)),
            _step("list and search", lambda: _list(data)),
            *(_step(f"sheet {language}", partial(_sheet, language)) for language in LANGUAGES),
            *(_step(f"library {name}", partial(work, data)) for name, work in WHEELS.items()),
            _step("window and pages", lambda: _window(data)),
            _step("no network modules", _modules),
        ]


def _step(name: str, work: Callable[[], str]) -> Step:
    begun = time.perf_counter()
    try:
        problem = work()
    except ToolkitError as error:
        problem = error.key
    except (
        Exception
    ) as error:  # any bug is a failed step here, named by its kind: its text may carry data (R9)
        problem = type(error).__name__
    return Step(name, problem, round((time.perf_counter() - begun) * 1000))


def _files() -> str:
    """Compare with the list written at build time; from source, the fonts with their own list."""
    manifest = Path(sys.executable).resolve().parent / "manifest.json"
    if getattr(sys, "frozen", False) and manifest.exists():
        base, wanted = manifest.parent, json.loads(manifest.read_text(encoding="utf-8"))
    else:
        base = CONTENT / "fonts"
        sources = json.loads((base / "sources.json").read_text(encoding="utf-8"))
        wanted = {row["file"]: row["sha256"] for row in sources}
    damaged = [name for name, digest in wanted.items() if not _same(base / name, digest)]
    return ", ".join(damaged[:5])


def _same(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _directories(data: Path) -> str:
    from resources.home import open_directory

    with open_directory(data) as real, open_directory(data, training=True) as training:
        return "" if real.count() and training.count() > real.count() else "a directory is empty"


def _list(data: Path) -> str:
    from resources.directory import search
    from resources.exchange.changes import apply, compare
    from resources.exchange.reading import read_list
    from resources.home import open_directory

    path = data / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    with open_directory(data) as directory:
        directory.edits_closed = False  # a policy is for real data
        apply(directory, compare(directory, read_list(path)))
        found = search.find(directory.connection, search.Query(text="self check shelter")).found
        left = directory.undo()
    return "" if found and left else "the list was not found again"


def _sheet(language: str) -> str:
    from reports.sheet import make
    from resources.handoff import Handoff
    from resources.starter import training_providers

    providers = tuple(training_providers(date.today())[:3])
    paper = make(Handoff(recipe="full_page", language=language, providers=providers), today=date.today())
    if not paper.pdf.startswith(b"%PDF-1.7") or paper.pages != 1:
        return "no page"
    return "" if _tags(paper.pdf) > len(providers) else "nothing for a screen reader"


def _tags(pdf: bytes) -> int:
    """How many parts of the paper a screen reader is told about."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        parts = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary)]
        return sum("/S" in one and "/P" in one for one in parts)


def _window(data: Path) -> str:
    from desktop import app as apps
    from desktop.preview import Preview
    from desktop.window import PAGES

    application = apps.application()
    window = apps.build(application, data)
    window.show()
    empty = []
    for name in PAGES:
        window.go(name)
        application.processEvents()
        if window.grab().isNull():
            empty.append(name)
    for preview in window.findChildren(Preview):
        preview.clear()
    window.close()
    window.deleteLater()
    application.processEvents()
    return ", ".join(empty)


def modules() -> list[str]:
    """The modules that are loaded now: after `run`, all that the main job needs; Qt's one by one."""
    return sorted(name for name in sys.modules if "." not in name or re.fullmatch(r"PySide6\.Qt\w+", name))


def _modules() -> str:
    if not getattr(sys, "frozen", False):
        return ""
    found = [name for name in UNWANTED if name in sys.modules]
    found += [name for name in ABSENT if name not in found and importlib.util.find_spec(name)]
    program = Path(sys.executable).resolve().parent
    found += [path.name for path in program.rglob("*") if NETWORK_FILE.search(path.name)]
    return ", ".join(found)


def without_screen() -> None:
    """Draw into memory where there is no display, as during a silent installation."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
