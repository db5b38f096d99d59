"""The `porchlight` command line: desk jobs over the same functions as the window, without Qt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from desktop.commands import (
    agency_jobs,
    content_jobs,
    coverage_job,
    directory_jobs,
    entry_jobs,
    list_jobs,
    paper_jobs,
    policy_job,
    release_jobs,
    self_check_job,
    sheet_jobs,
    update_jobs,
)
from desktop.commands.output import Output
from resources import VERSION
from resources.editions import force
from resources.errors import ToolkitError
from resources.paths import data_folder
from resources.words import load

PROGRAM = "porchlight"
JOBS = (
    list_jobs,
    directory_jobs,
    entry_jobs,
    coverage_job,
    paper_jobs,
    sheet_jobs,
    update_jobs,
    agency_jobs,
    content_jobs,
    policy_job,
    release_jobs,
    self_check_job,
)


class _Command(argparse.ArgumentParser):
    """A command; the options that all share may stand before it or after it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _shared_options(self, default=argparse.SUPPRESS)


def _shared_options(made: argparse.ArgumentParser, **default: Any) -> None:
    folder = "keep everything in DIR instead of your own folder"
    made.add_argument("--data", type=Path, metavar="DIR", help=folder, **default)
    made.add_argument("--json", action="store_true", help="print one JSON object", **default)
    made.add_argument(
        "--training", action="store_true", help="use the invented training directory", **default
    )


def parser() -> argparse.ArgumentParser:
    """All commands of design section 8."""
    top = argparse.ArgumentParser(prog=PROGRAM, description="Offline help for first responders.")
    top.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    _shared_options(top)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Command)
    for module in JOBS:
        module.add_commands(commands)
    return top


def command_names() -> frozenset[str]:
    """The words that `python -m desktop` hands over to this command line."""
    return frozenset(name for module in JOBS for name in module.NAMES)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 done, 1 a problem explained in one sentence on stderr, 2 wrong use."""
    given = parser().parse_args(arguments)
    output = Output(as_json=given.json)
    run: Callable[[argparse.Namespace, Output], None] = given.run
    try:
        for damage in force.use(data_folder(given.data)):
            print(load("en").explain(damage), file=sys.stderr)
        run(given, output)
        output.finish()
    except ToolkitError as problem:
        return output.fail(problem)
    except KeyboardInterrupt:  # a change that is not whole was taken back on the way here
        return output.stopped()
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    return output.exit_code


if __name__ == "__main__":
    sys.exit(main())
