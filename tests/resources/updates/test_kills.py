"""A few kills in the middle of an exchange; a hundred are made by hand (see kills.py)."""

from __future__ import annotations

from pathlib import Path

from tests.resources.updates.kills import Trial

KILLS = 5


def test_a_program_killed_while_it_exchanges_leaves_the_state_before_or_after(tmp_path: Path) -> None:
    trial = Trial(tmp_path)
    for _ in range(KILLS):
        trial.once()
    assert trial.happened["as before"] + trial.happened["as after"] == KILLS
