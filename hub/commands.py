"""The hub's command line. Returns 0 done, 1 a problem or something refused, said on stderr, 2 wrong use."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from hub import schema
from hub.forget import forget
from hub.publish import Published, publish
from hub.pull import Pulled, pull
from hub.server import connected, steadily
from hub.words import explain, say, sentence
from resources.errors import ToolkitError
from resources.updates.medium import Folder
from resources.updates.refusals import Refusal


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="porchlight-hub", description="Segments of many agencies in PostgreSQL."
    )
    top.add_argument(
        "--server",
        default="",
        metavar="ADDRESS",
        help="as for every PostgreSQL tool: 'host=hub.example dbname=hub user=desk' or 'service=hub'; the"
        " password comes from the password file. Left out: PGHOST, PGSERVICE and the like",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("setup", help="make or update the tables, as the owner").set_defaults(run=_setup)
    one = commands.add_parser("admit", help="let a login publish and pull for an agency, as the owner")
    one.add_argument("login", metavar="LOGIN")
    one.add_argument("agency", metavar="AGENCY", help="its id: the letter a and twelve signs")
    one.add_argument("--reads", action="append", default=[], metavar="AGENCY", help="sees this one too")
    one.add_argument("--reader-only", action="store_true", help="pulls, and publishes nothing")
    one.set_defaults(run=_admit)
    for name, run, words in (
        ("publish", _publish, "send what FOLDER has and the server lacks"),
        ("pull", _pull, "write what the server has and FOLDER lacks; then exchange with FOLDER"),
    ):
        one = commands.add_parser(name, help=words)
        one.add_argument("folder", type=Path, metavar="FOLDER")
        one.set_defaults(run=run)
    one.add_argument("--check", action="store_true", help="verify all of FOLDER, and fetch again what is bad")
    commands.add_parser("status", help="what the server has").set_defaults(run=_status)
    commands.add_parser("forget", help="remove streets that were taken out since, as the owner").set_defaults(
        run=_forget
    )
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    given = parser().parse_args(arguments)
    try:
        refusals: Iterable[Refusal] = given.run(given) or ()
    except ToolkitError as problem:
        print(explain(problem), file=sys.stderr)
        return 1
    for refusal in refusals:
        print(sentence(refusal), file=sys.stderr)
    return 1 if refusals else 0


def _setup(given: argparse.Namespace) -> None:
    with connected(given.server, version=0) as hub:
        print(say("set_up", n=schema.setup(hub), server=hub.label))


def _admit(given: argparse.Namespace) -> None:
    with connected(given.server) as hub:
        schema.admit(hub, given.login, given.agency, given.reads, publishes=not given.reader_only)
        print(say("admitted", login=given.login, server=hub.label))


def _publish(given: argparse.Namespace) -> list[Refusal]:
    folder, done = Folder(given.folder), Published()
    steadily(given.server, lambda hub: publish(hub, folder, done), lambda: done.moved)
    print(say("published", n=done.segments, already=done.already))
    if done.others:
        print(say("others", n=done.others))
    return done.refusals


def _pull(given: argparse.Namespace) -> list[Refusal]:
    folder, done = Folder(given.folder), Pulled()
    steadily(given.server, lambda hub: pull(hub, folder, done, check=given.check), lambda: done.moved)
    print(say("pulled" if done.moved else "nothing_new", n=done.segments, changes=done.changes))
    return done.refusals


def _status(given: argparse.Namespace) -> None:
    with connected(given.server) as hub:
        totals, size, seen = hub.totals(), hub.size(), hub.agencies()
        for one in totals:
            print(
                say(
                    "agency",
                    agency=one.agency,
                    laptops=one.laptops,
                    segments=one.segments,
                    changes=one.changes,
                    newest=f"{one.newest.astimezone():%Y-%m-%d %H:%M}",
                )
            )
        mine = ", ".join(agency for agency, publishes in seen.items() if publishes)
        print(say("whole", size=f"{size / 2**20:.1f}", server=hub.label, login=hub.login, mine=mine or "-"))


def _forget(given: argparse.Namespace) -> list[Refusal]:
    with connected(given.server) as hub:
        gone, doubtful = forget(hub)
    print(say("forgotten", n=gone))
    return [Refusal("not_forgotten", data={"n": doubtful})] if doubtful else []
