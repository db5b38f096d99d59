"""The guidance is read beside the window after a start; what the agency changes meanwhile is not lost."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop import app as apps
from desktop.window import Window
from resources.guidance.library import Library


def test_the_guidance_is_there_before_anybody_asks(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apps, "WARM_UP_MS", 0)
    desk, load, threads = window.desk, Library.load, []

    def loading(**given: Any) -> Library:
        threads.append(threading.current_thread())
        return load(**given)

    monkeypatch.setattr(Library, "load", loading)
    desk.reload_guidance()
    apps.settle(desk)
    qtbot.waitUntil(lambda: bool(threads) and not threads[0].is_alive())
    assert desk.library.search("shelter")
    assert len(threads) == 1 and threads[0] is not threading.main_thread()


def test_guidance_read_before_a_change_is_not_kept(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, load, read = window.desk, Library.load, []

    def loading(**given: Any) -> Library:
        read.append(load(**given))
        if len(read) == 1:
            desk.reload_guidance()
        return read[-1]

    monkeypatch.setattr(Library, "load", loading)
    desk.reload_guidance()
    desk.read_guidance()
    assert desk.library is read[1]
