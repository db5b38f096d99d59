"""`python -m desktop`: the window; with a command as first word, the command line without Qt."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

SELF_CHECK = "--self-check"  # what installers and people at the desk are used to
WINDOW_PAGES = ("home", "find", "sheet", "guide", "speak", "settings", "upkeep")


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code of the window or of the command."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    given = [word.removeprefix("--") if word == SELF_CHECK else word for word in given]
    if _is_command(given):
        from desktop.commands.main import main as command

        return command(given)
    options = _parser().parse_args(given)
    gc.disable()  # a start makes objects to keep; app.run turns it on again when the window is there
    from desktop.app import Options, run

    return run(
        Options(
            data=options.data, size=options.size, theme=options.theme, page=options.page, once=options.once
        )
    )


def _is_command(given: Sequence[str]) -> bool:
    """True when a word that is not an option of the window comes first ("--data DIR find ...")."""
    takes_value = {"--data", "--size", "--theme", "--page"}
    place = 0
    while place < len(given) and given[place].startswith("-"):
        if given[place].partition("=")[0] in ("--json", "--training", "--version", "--help", "-h"):
            return True
        place += 2 if given[place] in takes_value else 1
    return place < len(given)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="porchlight", description="Opens the window. With a command first: porchlight --help COMMAND."
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep everything in DIR")
    parser.add_argument("--size", type=_size, metavar="WxH", help="size of the window, such as 1024x680")
    parser.add_argument("--theme", choices=("day", "dark", "night"), default="")
    parser.add_argument("--page", choices=WINDOW_PAGES, default="home")
    parser.add_argument("--once", action="store_true", help="say when the window is usable, then close it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
