"""How long a key waits in the guide's search, and a press for its topic, until both are painted.

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/guidance.py [ROUNDS]      (5 unless told otherwise)

The whole window at 1366 x 689 with the training directory, our topics and as many pages of the agency as may
be (200). Baselines of the same run: for the search SQLite's own ranked full text (FTS5) over the same
sections; for a topic a plain QTextBrowser of the same size that is handed the same Markdown.

Beside the clock stands the processor time of this process alone, because on a machine with other work to do
the clock also counts the waiting. A promise is kept when the clock says so.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextBrowser

from desktop import app as apps
from desktop.pages.guide import GuidePage
from desktop.window import Window
from resources import settings
from resources.guidance import agency
from resources.guidance.library import FOLDER, Library
from resources.guidance.search import words_in
from resources.home import open_directory

TYPED = (
    "interpreter", "call script", "what can i keep private", "h-2a", "massage", "vacatur", "choke",
    "who may read my notes", "child welfare", "t visa", "deaf", "go back tonight", "x",
)  # fmt: skip
MOST_KEY, MOST_TOPIC = 16.0, 50.0


def window_over(data: Path) -> Window:
    """The window, with 200 pages of an agency made of our own topics."""
    open_directory(data, training=True).close()
    settings.write(data, settings.Settings().changed(training=True, first_run_done=True))
    pages = data / agency.FOLDER
    pages.mkdir()
    ours = [path.read_text(encoding="utf-8").split("+++\n")[2] for path in sorted(FOLDER.glob("*/en.md"))]
    for number in range(agency.MOST_TOPICS):
        text = f"# Local page {number}\n\n{ours[number % len(ours)]}"
        (pages / f"page-{number:03}.md").write_text(text, encoding="utf-8")
    made = apps.build(apps.application(), data)
    made.resize(1366, 689)
    made.go("guide")
    made.show()
    settle()
    return made


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


class Time(NamedTuple):
    """Milliseconds by the clock, and those in which this process had the processor."""

    clock: float
    own: float


def timed(act: Callable[[], object], until: Callable[[], None] = lambda: None) -> Time:
    clock, own = time.perf_counter(), time.process_time()
    act()
    until()
    return Time((time.perf_counter() - clock) * 1000, (time.process_time() - own) * 1000)


def painted(act: Callable[[], object]) -> Time:
    """From the act until everything that it asked for is laid out and painted."""
    return timed(act, settle)


def keys(page: GuidePage) -> list[Time]:
    """One time per key, typed letter by letter into the search over all pages."""
    box = page.contents.search_box
    spent = []
    for text in TYPED:
        box.setText("")
        settle()
        box.setFocus()
        for letter in text:
            spent.append(painted(lambda letter=letter: QTest.keyClicks(box, letter)))
        assert box.text() == text
    box.setText("")
    settle()
    return spent


def ranked(library: Library) -> Callable[[str], object]:
    """SQLite's own ranked search over the same texts, with beginnings of words."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table pages using fts5(title, body, prefix='1 2 3')")
    rows = [(one.title, " ".join(piece.plain for piece in one.pieces)) for one in library.topics()]
    base.executemany("insert into pages values (?, ?)", rows)
    ask = (
        "select title, snippet(pages, 1, '', '', '...', 20) from pages "
        "where pages match ? order by rank limit 30"
    )
    return lambda text: base.execute(ask, (" ".join(f'"{w}"*' for w in words_in(text)),)).fetchall()


def asked(act: Callable[[str], object]) -> list[Time]:
    """One time for each beginning of each text, as typing asks for it."""
    return [
        timed(lambda text=text, end=end: act(text[:end])) for text in TYPED for end in range(1, len(text) + 1)
    ]


def report(name: str, spent: list[Time], most: float = 0) -> float:
    """Prints p50, p95 and the worst by the clock, and p95 of our own processor time; gives p95."""
    clock, own = sorted(one.clock for one in spent), sorted(one.own for one in spent)
    at = int(len(spent) * 0.95)
    promise = f"   promised {most:g}: {'kept' if clock[at] <= most else 'BROKEN'}" if most else ""
    middle = clock[len(clock) // 2]
    print(f"  {name:44} p50 {middle:6.2f}  p95 {clock[at]:6.2f}  max {clock[-1]:6.2f} ms"
          f"   processor p95 {own[at]:5.2f} ms{promise}")  # fmt: skip
    return clock[at]


def topics(page: GuidePage, library: Library, rounds: int) -> None:
    plain = QTextBrowser()
    plain.resize(page.article.size())
    plain.setFont(page.article.document().defaultFont())
    plain.show()
    settle()
    ours, bare = [], []
    for _ in range(rounds):
        for topic in library.topics()[: len(library.topics()) - agency.MOST_TOPICS]:
            ours.append(painted(lambda one=topic.id: page.open_topic(one)))
            text = library.markdown(topic.id)
            bare.append(painted(lambda text=text: plain.setMarkdown(text)))
    best = report("topic: press to painted", ours, MOST_TOPIC)
    base = report("topic: plain QTextBrowser, same Markdown", bare)
    print(f"  topic p95: {best / base:.2f}x the plain QTextBrowser")


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        window = window_over(Path(folder))
        page, library = window.page("guide"), window.desk.library
        assert isinstance(page, GuidePage)
        load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
        print(f"{len(library.topics())} topics, {sum(len(t) for t in TYPED)} keys, {rounds} rounds; "
              f"{os.cpu_count()} processors, load {load}")  # fmt: skip
        fts = ranked(library)
        shown, ours, base = [], [], []
        for _ in range(rounds):  # side by side, so that a busy machine hits all alike
            shown += keys(page)
            ours += asked(library.search)
            base += asked(fts)
        report("search: key to painted", shown, MOST_KEY)
        mine, theirs = report("search: Library.search alone", ours), report("search: ranked FTS5 alone", base)
        print(f"  search p95: {theirs / mine:.2f}x faster than ranked FTS5")
        topics(page, library, rounds)
        window.desk.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
