"""Commands about the program itself: update it from a stick, go back to the version before."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.commands.output import Output
from resources.paths import data_folder
from resources.release.update import Done, roll_back, update

NAMES = ("update", "rollback-program")


def add_commands(commands: Any) -> None:
    newer = commands.add_parser("update", help="install the signed release on a stick beside this version")
    newer.add_argument("stick", type=Path, metavar="STICK", help="the stick, or the release folder on it")
    newer.set_defaults(run=run_update)
    back = commands.add_parser("rollback-program", help="go back to the version before the last update")
    back.set_defaults(run=run_roll_back)


def run_update(given: argparse.Namespace, output: Output) -> None:
    """Report the version that is in place now."""
    done = update(given.stick, data_folder(given.data))
    key = "release.updated_portable" if done.folder else "release.updated"
    output.say(key, version=done.version, folder=done.folder)
    _report(done, output)


def run_roll_back(given: argparse.Namespace, output: Output) -> None:
    done = roll_back(data_folder(given.data))
    output.say("release.rolled_back")
    _report(done, output)


def _report(done: Done, output: Output) -> None:
    output.set(version=done.version, folder=done.folder, window_open=done.window_open)
    if done.window_open:
        output.say("release.restart")
