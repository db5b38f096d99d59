"""The command self-check: proves this copy of the program; installers rely on its exit code."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from desktop.commands.output import Output

NAMES = ("self-check",)


def add_commands(commands: Any) -> None:
    check = commands.add_parser(
        "self-check", help="prove that this copy of the program works on this machine"
    )
    check.set_defaults(run=self_check)


def self_check(given: argparse.Namespace, output: Output) -> None:
    """Print each step; exit code 1 when one failed."""
    from desktop.self_check import run, without_screen

    without_screen()
    steps = run()
    output.set(steps=[asdict(step) for step in steps], passed=not any(step.problem for step in steps))
    for step in steps:
        output.line(f"{'FAILED' if step.problem else 'ok':<7} {step.took:>6} ms  {step.name}  {step.problem}")
    if output.result["passed"]:
        output.say("commands.self_check_passed")
    else:
        output.say("commands.self_check_failed")
        output.exit_code = 1
