"""Commands about whole lists: import, export, undo, backup, restore."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.commands.opening import directory_of
from desktop.commands.output import Output
from desktop.commands.progress import Telling
from resources.errors import ToolkitError
from resources.words import load

if TYPE_CHECKING:
    from resources.directory.store import Directory
    from resources.exchange.review import Changes

MOST = 40
NAMES = ("import", "export", "undo", "backup", "restore")


def add_commands(commands: Any) -> None:
    read = commands.add_parser("import", help="compare a list with the directory; --apply writes it")
    read.add_argument("source_path", type=Path, metavar="FILE|FOLDER")
    read.add_argument("--source", help="the name this list has from import to import")
    read.add_argument("--map", action="append", default=[], metavar="COLUMN=field", dest="mapping")
    read.add_argument("--sheet", help="which sheet of a workbook")
    read.add_argument("--apply", action="store_true", help="write the changes; without it nothing is changed")
    read.add_argument(
        "--retire-missing", action="store_true", help="with --apply: retire what the list lacks"
    )
    read.set_defaults(run=import_list)
    read.add_argument(
        "--keep-phones", action="store_true", help="with --apply: leave changed numbers as they are here"
    )
    read.add_argument(
        "--take-disputed",
        action="store_true",
        help="with --apply: where both sides were edited, take the list's",
    )
    write = commands.add_parser("export", help="write the directory as a file")
    write.add_argument("target", type=Path)
    write.add_argument("--format", required=True, choices=("hsds-csv", "hsds-json", "csv", "xlsx", "sqlite"))
    write.add_argument("--people", action="store_true", help="write names of staff too")
    write.set_defaults(run=export_list)
    commands.add_parser("undo", help="take back the newest change").set_defaults(run=undo)
    commands.add_parser("backup", help="make a verified copy of the directory").set_defaults(run=back_up)
    restore = commands.add_parser("restore", help="put a backup in the directory's place")
    restore.add_argument("file", type=Path)
    restore.set_defaults(run=restore_backup)


def _mapping(pairs: list[str]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise ToolkitError("commands.map_without_equals", text=pair)
    return dict(pair.split("=", 1) for pair in pairs)


def import_list(given: argparse.Namespace, output: Output) -> None:
    """Read, compare, show; apply only when asked."""
    from resources.exchange.changes import compare
    from resources.exchange.reading import read_list

    mapping, say = _mapping(given.mapping) or None, load("en").say
    with directory_of(given) as directory:
        with Telling(say("upkeep.import.reading", file=given.source_path.name)) as progress:
            incoming = read_list(
                given.source_path, sheet=given.sheet, mapping=mapping, source=given.source,
                memory=directory, progress=progress,
            )  # fmt: skip
        with Telling(say("upkeep.import.comparing")) as progress:
            changes = compare(directory, incoming, progress=progress)
        batch = _apply(given, directory, changes) if given.apply else ""
    problems = [{"line": p.line, "column": p.column, "message": p.sentence()} for p in changes.problems]
    output.set(
        new=len(changes.new), changed=len(changes.changed), missing=len(changes.missing), same=changes.same,
        duplicates=len(changes.duplicates), disputed=len(changes.disputed), problems=problems,
        notes=list(changes.notes), applied=bool(batch),
    )  # fmt: skip
    _show_review(changes, output)
    unapplied = "commands.import_nothing" if given.apply else "commands.import_not_applied"
    output.say("commands.import_applied" if batch else unapplied)


def _apply(given: argparse.Namespace, directory: Directory, changes: Changes) -> str:
    from resources.exchange.changes import apply

    disputed = list(changes.disputed.old.ids()) if given.take_disputed else ()
    with Telling(load("en").say("upkeep.import.applying")) as progress:
        return apply(
            directory, changes, accept_phones=() if given.keep_phones else None, accept_disputed=disputed,
            retire_missing=given.retire_missing, progress=progress,
        )  # fmt: skip


def _show_review(changes: Changes, output: Output) -> None:
    """The review in the sentences of the window; in the object, every change by name."""
    from resources.exchange import telling

    words = load("en")
    if output.as_json:
        output.set(
            changes=[
                {"name": one.old.name, "fields": [vars(line) for line in one.lines]}
                for one in changes.changed
            ],
            gone=[one.name for one in changes.missing],
            may_be_the_same=[
                [changes.twins[one].name for one in (pair.a, pair.b)] for pair in changes.duplicates
            ],
        )
        return
    for group in telling.groups(changes):
        output.line(telling.heading(words, changes, group))
        for line in telling.lines(words, changes, group, MOST):
            output.line(f"  {line}")
        if (left := len(getattr(changes, group)) - MOST) > 0:
            output.say("commands.import_more", n=left)
    for line in telling.same_and_notes(words, changes):
        output.line(line)


def export_list(given: argparse.Namespace, output: Output) -> None:
    """Write the whole directory in one of the exchange formats."""
    from resources.exchange.export import write_list

    text = load("en").say("desk.working")
    with directory_of(given) as directory, Telling(text) as progress:
        count = write_list(directory, given.target, given.format, people=given.people, progress=progress)
    output.set(providers=count, target=str(given.target), format=given.format)
    output.say("commands.exported", n=count, target=given.target)


def undo(given: argparse.Namespace, output: Output) -> None:
    """Take back the newest change that a person or an import made."""
    with directory_of(given) as directory:
        label = directory.undo()
    output.set(undone=label)
    if label is None:
        output.say("commands.nothing_to_undo")
    else:
        output.say("commands.undone", label=label)


def back_up(given: argparse.Namespace, output: Output) -> None:
    """Copy the directory, check the copy, keep the newest ten."""
    with directory_of(given) as directory:
        path = directory.backup()
    output.set(backup=str(path))
    output.say("commands.backed_up", file=path)


def restore_backup(given: argparse.Namespace, output: Output) -> None:
    """Put a checked backup in the directory's place; the file it replaces is kept beside it."""
    from desktop.commands.opening import folder_of
    from resources.directory.store import Directory

    Directory.restore(folder_of(given), given.file)
    output.set(restored=str(given.file))
    output.say("commands.restored", file=given.file.name)
