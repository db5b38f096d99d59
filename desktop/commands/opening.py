"""Which directory a command works on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from resources import policy
from resources.directory import due
from resources.directory.store import Directory
from resources.home import REAL, TRAINING, open_directory
from resources.paths import data_folder
from resources.words import load


def folder_of(given: argparse.Namespace) -> Path:
    """The folder of the chosen directory (real, or training with --training)."""
    return data_folder(given.data) / (TRAINING if given.training else REAL)


def directory_of(given: argparse.Namespace) -> Directory:
    """The chosen directory, opened, with the check clock that holds here; use it as a context manager."""
    data = data_folder(given.data)
    chosen = policy.settings(data)
    due.keep_to(chosen.urgent_days, chosen.check_days)
    directory = open_directory(data, training=given.training, who="command line")
    if directory.warning:
        print(load("en").explain(directory.warning), file=sys.stderr)
    return directory
