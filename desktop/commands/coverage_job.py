"""The command coverage: where help is out of reach in a state, on the screen or as the paper with the map."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from desktop.commands.opening import directory_of
from desktop.commands.output import Output
from resources.errors import ToolkitError

NAMES = ("coverage",)


def add_commands(commands: Any) -> None:
    made = commands.add_parser("coverage", help="where help is out of reach, county by county")
    made.add_argument("state", metavar="ST", help="two letters, for example MT")
    made.add_argument("--need", action="append", required=True, help="again for each further need")
    made.add_argument("--within", type=int, default=60, metavar="MILES")
    made.add_argument("--neighbors", action="store_true", help="the states that touch it too")
    made.add_argument("--out", type=Path, metavar="FILE.pdf", help="write the map and the table")
    made.set_defaults(run=show_coverage)


def show_coverage(given: argparse.Namespace, output: Output) -> None:
    """Worst counties first, as the window lists them."""
    from reports import coverage_paper
    from resources.directory import coverage, needs, places
    from resources.words import load

    state, words = given.state.upper(), load("en")
    if state not in places.STATES:
        raise ToolkitError("commands.no_such_state", state=given.state)
    for code in given.need:
        if code not in needs.codes():
            raise ToolkitError("commands.no_such_need", need=code, known=", ".join(needs.codes()))
    with directory_of(given) as directory:
        sites = coverage.gather(directory.all())
    counties = coverage.counties(state, given.neighbors)
    found = coverage.survey(sites, counties, list(dict.fromkeys(given.need)), given.within)
    extra = coverage_paper.extra(found, sites, state, given.within, words)
    output.set(
        counties=[
            {"county": one.fips, "name": one.name, "needs": [vars(reach) for reach in one.reaches]}
            for one in found
        ]
    )
    output.line(coverage_paper.summary(found, words))
    output.table([extra.head, *extra.rows])
    if given.out:
        from reports import sheet
        from resources.files import write_whole
        from resources.handoff import Handoff

        paper = sheet.make(Handoff(recipe="coverage"), today=date.today(), extra=extra)
        write_whole(given.out, paper.pdf)
        output.set(file=str(given.out), pages=paper.pages)
        output.say("commands.sheet_made", n=paper.pages, file=given.out)
