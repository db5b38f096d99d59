"""The child process in which foreign workbooks and pictures are opened keeps to its limits."""

from __future__ import annotations

import multiprocessing
import sys
import time

import pytest

from resources import confined
from tests.resources import confined_work


def test_it_answers_and_is_gone() -> None:
    assert confined.ask(confined_work.double, b"ab", "c") == b"ababc"
    assert not [one for one in multiprocessing.active_children() if one.name == "confined"]


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS holds no process to a limit of memory")
def test_it_gets_no_more_memory_than_it_may_have() -> None:
    said = confined.ask(confined_work.eat, b"").decode()
    assert said.startswith("refused after")
    assert 256 <= int(said.split()[2]) <= 640


def test_one_that_takes_too_long_is_ended() -> None:
    start = time.monotonic()
    with pytest.raises(confined.Confined) as ended:
        confined.ask(confined_work.sleep, b"", seconds=0.5)
    assert ended.value.slow
    assert time.monotonic() - start < 30
    assert not [one for one in multiprocessing.active_children() if one.name == "confined"]


def test_one_that_dies_is_noticed() -> None:
    with pytest.raises(confined.Confined) as ended:
        confined.ask(confined_work.die, b"")
    assert not ended.value.slow
