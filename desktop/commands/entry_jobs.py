"""Commands that change entries: retire, bring-back, merge, apart; one undo takes each back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from desktop.commands.directory_jobs import provider_of
from desktop.commands.opening import directory_of
from desktop.commands.output import Output
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.words import load

NAMES = ("retire", "bring-back", "merge", "apart")


def add_commands(commands: Any) -> None:
    for name, run, text in (
        ("retire", retire, "take entries out of use; nothing is deleted"),
        ("bring-back", bring_back, "put retired entries into use again"),
    ):
        some = commands.add_parser(name, help=text)
        some.add_argument("id", nargs="+")
        some.set_defaults(run=run)
    for name, run, text in (
        ("merge", merge, "make two entries one: the first stays, the second is retired"),
        ("apart", keep_apart, "two entries are not the same: never propose them again"),
    ):
        pair = commands.add_parser(name, help=text)
        pair.add_argument("stays" if name == "merge" else "one", metavar="ID")
        pair.add_argument("other", metavar="ID")
        pair.set_defaults(run=run)


def retire(given: argparse.Namespace, output: Output) -> None:
    """They stay in the file."""
    _each(given, output, Directory.retire, "retired")


def bring_back(given: argparse.Namespace, output: Output) -> None:
    """As they were."""
    _each(given, output, Directory.bring_back, "brought_back")


def _each(given: argparse.Namespace, output: Output, deed: Callable[..., object], done: str) -> None:
    with directory_of(given) as directory:
        chosen = [provider_of(directory, identity).id for identity in given.id]
        deed(directory, *chosen)
    output.set(**{done: chosen})
    output.say(f"commands.{done}", n=len(chosen))


def merge(given: argparse.Namespace, output: Output) -> None:
    """What the window suggests: filled values win, sets are joined, else the first entry's value stays."""
    from resources.directory import combining

    with directory_of(given) as directory:
        stays, other = provider_of(directory, given.stays), provider_of(directory, given.other)
        if stays.id == other.id:
            raise ToolkitError("commands.one_entry_twice", id=given.stays)
        merged = combining.combine(stays, other, combining.suggested(stays, other))
        label = load("en").say("entries.twins.label", name=merged.name)
        directory.apply([merged], retire=[other.id], label=label)
    output.set(id=stays.id, retired=other.id)
    output.say("commands.merged", name=merged.name)


def keep_apart(given: argparse.Namespace, output: Output) -> None:
    """Remembered as the window remembers it."""
    from resources.directory import combining

    with directory_of(given) as directory:
        one, other = provider_of(directory, given.one), provider_of(directory, given.other)
        combining.say_apart(directory, one.id, other.id)
    output.set(apart=[one.id, other.id])
    output.say("commands.kept_apart", one=one.name, other=other.name)
