"""An update knows whether a window is open, without Qt, from the lock that the window holds."""

from __future__ import annotations

from pathlib import Path

from desktop.single import LOCK, SingleInstance
from resources.release.update import WINDOW_LOCK, window_is_open


def test_an_update_sees_the_window_that_is_open(qapp: object, tmp_path: Path) -> None:
    assert WINDOW_LOCK == LOCK
    assert not window_is_open(tmp_path)
    window = SingleInstance(tmp_path)
    assert window.first and window_is_open(tmp_path)
    assert not SingleInstance(tmp_path).first  # looking did not take the lock away
    window.release()
    assert not window_is_open(tmp_path)
