"""The `porchlight` command line: desk jobs over the same functions as the window, without Qt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.commands import (
    agency_jobs,
    directory_jobs,
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
from resources.errors import ToolkitError

PROGRAM = "porchlight"
JOBS = (
    list_jobs,
    directory_jobs,
    paper_jobs,
    sheet_jobs,
    update_jobs,
    agency_jobs,
    policy_job,
    release_jobs,
    self_check_job,
)


def parser() -> argparse.ArgumentParser:
    """All commands of design section 8 that work today; what is not built yet is not listed."""
    top = argparse.ArgumentParser(prog=PROGRAM, description="Offline help for first responders.")
    top.add_argument("--version", action="version", version=f"%(prog)s {VERSION}")
    top.add_argument(
        "--data", type=Path, metavar="DIR", help="keep everything in DIR instead of your own folder"
    )
    top.add_argument("--json", action="store_true", help="print one JSON object")
    top.add_argument("--training", action="store_true", help="use the invented training directory")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
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
        run(given, output)
        output.finish()
    except ToolkitError as problem:
        return output.fail(problem)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    return output.exit_code


if __name__ == "__main__":
    sys.exit(main())
