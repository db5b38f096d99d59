"""The command policy: what the agency's policy sets here, or whether a file would do as one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.commands.output import Output
from desktop.policy_words import policy_lines
from resources import policy
from resources.words import load

NAMES = ("policy",)


def add_commands(commands: Any) -> None:
    job = commands.add_parser("policy", help="what the policy of this laptop sets; with FILE, check a file")
    job.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="check this file before it is put out"
    )
    job.set_defaults(run=show_policy)


def show_policy(given: argparse.Namespace, output: Output) -> None:
    """Exit code 1 when something is wrong, each problem with its line."""
    words = load("en")
    found = policy.read(given.file) if given.file else policy.current()
    problems = [words.explain(problem) for problem in found.problems]
    output.set(
        file=found.file, county=found.county, roles=found.roles, reader=found.reader, backups=found.backups,
        backup_days=found.backup_days, urgent_days=found.urgent_days, check_days=found.check_days,
        agency=found.agency, issuers=found.issuers, releasers=found.releasers,
        problems=problems,
    )  # fmt: skip
    if not found.file:
        output.say("policy.none", file=policy.path())
        return
    for _, text in policy_lines(found, words):
        output.line(text)
    if problems:
        output.exit_code = 1
    else:
        output.say("policy.good", file=found.file)
