"""Starting, one instance, long work, problems, and what must never be written anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.__main__ import _is_command, _parser
from desktop.app import _Crash, describe
from desktop.dialogs.working import run_job
from desktop.jobs import Job, Progress
from desktop.single import SingleInstance
from desktop.window import Window
from resources.errors import ToolkitError

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("given", "command"),
    [
        ([], False),
        (["--size", "1024x680", "--theme", "night"], False),
        (["--data", "d"], False),
        (["find", "shelter"], True),
        (["--data", "d", "find", "shelter"], True),
        (["--json", "find"], True),
    ],
)
def test_a_first_word_is_a_command(given: list[str], command: bool) -> None:
    assert _is_command(given) is command


def test_options_of_the_window_are_read() -> None:
    options = _parser().parse_args(["--size", "1024x680", "--theme", "dark", "--page", "find"])
    assert (options.size, options.theme, options.page) == ((1024, 680), "dark", "find")


def test_a_second_start_shows_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    second = SingleInstance(tmp_path)
    assert (first.first, second.first) == (True, False)
    with qtbot.waitSignal(first.asked, timeout=2000) as asked:
        second.request("find")
    assert asked.args == ["find"]
    first.release()
    third = SingleInstance(tmp_path)
    assert third.first
    third.release()


def test_a_request_with_nonsense_is_ignored(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    with qtbot.waitSignal(first.asked, timeout=2000) as asked:
        first.request("../../etc")
    assert asked.args == [""]
    first.release()


def test_long_work_runs_beside_the_window_and_can_be_stopped(qtbot: QtBot) -> None:
    threads: list[str] = []

    def work(progress: Progress) -> None:
        threads.append(threading.current_thread().name)
        for n in range(10_000):
            progress(n, 10_000)
            time.sleep(0.002)

    job = Job(work)
    with qtbot.waitSignal(job.stopped, timeout=3000):
        job.start()
        qtbot.wait(50)
        started = time.perf_counter()
        job.stop()
        job.wait()
        assert time.perf_counter() - started < 5  # all of the work would take twenty seconds
    assert threads == ["job"]


def test_a_problem_in_long_work_is_explained(window: Window, ask: Any) -> None:
    def work(_progress: Progress) -> None:
        raise ToolkitError("core.disk_full", file="x")

    run_job(window.desk, "Working", work, lambda _value: pytest.fail("it is not done"))
    assert ask.problems == ["core.disk_full"]


def test_a_slow_job_shows_a_cancel_that_works(window: Window, qtbot: QtBot) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.dialogs.working import Working

    def work(progress: Progress) -> None:
        while True:
            progress(1, 2)
            time.sleep(0.01)

    def cancel() -> None:
        shown = [
            top for top in QApplication.topLevelWidgets() if isinstance(top, Working) and top.isVisible()
        ]
        assert len(shown) == 1
        shown[0].cancel.click()

    QTimer.singleShot(700, cancel)
    run_job(window.desk, "Working", work, lambda _value: pytest.fail("it was stopped"))


def test_crash_details_never_hold_what_was_typed(window: Window, ask: Any, capsys: Any) -> None:
    try:
        raise ValueError("ZZCANARY1 in a message")
    except ValueError as error:
        trace = error.__traceback__
        details = describe(ValueError, trace)
        _Crash(window)(ValueError, error, trace)
    assert "ZZCANARY1" not in details
    assert "ValueError" in details
    assert "test_app.py" in details
    assert len(ask.shown) == 1
    assert "ZZCANARY1" not in capsys.readouterr().err


def test_a_known_problem_is_a_sentence_not_a_crash(window: Window, ask: Any) -> None:
    error = ToolkitError("core.disk_full", file="x")
    _Crash(window)(ToolkitError, error, None)
    assert ask.problems == ["core.disk_full"]
    assert ask.shown == []


FILE_DIALOG = """
from PySide6.QtWidgets import QApplication, QFileDialog
app = QApplication([])
from desktop.ask import keep_no_paths
keep_no_paths()
dialog = QFileDialog(None, "Resources", {folder!r})
dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
dialog.show(); app.processEvents(); dialog.close()
del dialog
app.processEvents()
"""


def test_the_file_dialog_remembers_no_folder(tmp_path: Path) -> None:
    """R10: Qt's dialog would write the folders it showed to a settings file of its own."""
    home = tmp_path / "home"
    secret = tmp_path / "ZZCANARY2"
    home.mkdir()
    secret.mkdir()
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    code = FILE_DIALOG.format(folder=str(secret))
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, timeout=60)
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert not [path for path in kept if b"ZZCANARY2" in path.read_bytes()]


def test_only_settings_and_directories_are_left_in_the_data_folder(window: Window, data: Path) -> None:
    window.bar.search.setText("ZZCANARY3")
    window.desk.add_provider(window.desk.directory.all()[0].id)
    window.desk.change_handoff(note="ZZCANARY4")
    window.close()
    assert window.desk.handoff.providers == ()
    for path in data.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert b"ZZCANARY3" not in held
            assert b"ZZCANARY4" not in held


def test_the_window_starts_without_paper_and_without_heavy_libraries() -> None:
    """A quick start: ReportLab, the workbook reader and the PDF reader wait until somebody needs them."""
    code = (
        "import sys; import desktop.app, desktop.pages.home, desktop.pages.find; "
        "print([m for m in ('reportlab', 'openpyxl', 'pypdfium2', 'PIL', 'pikepdf') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
