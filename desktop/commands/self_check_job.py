"""The command self-check: proves this copy of the program; installers rely on its exit code."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from desktop.commands.output import Output
from resources import VERSION

NAMES = ("self-check",)


def add_commands(commands: Any) -> None:
    check = commands.add_parser(
        "self-check", help="prove that this copy of the program works on this machine"
    )
    check.set_defaults(run=self_check)


def self_check(given: argparse.Namespace, output: Output) -> None:
    """Print each step, then the modules they loaded; exit code 1 when one failed."""
    from desktop.self_check import modules, run, without_screen

    without_screen()
    steps, loaded = run(), modules()
    passed = not any(step.problem for step in steps)
    output.set(version=VERSION, steps=[asdict(step) for step in steps], modules=loaded, passed=passed)
    for step in steps:
        output.line(f"{'FAILED' if step.problem else 'ok':<7} {step.took:>6} ms  {step.name}  {step.problem}")
    qt = ", ".join(name.removeprefix("PySide6.") for name in loaded if name.startswith("PySide6.Qt"))
    output.say("commands.self_check_modules", n=len(loaded), qt=qt)
    if passed:
        output.say("commands.self_check_passed")
    else:
        output.say("commands.self_check_failed")
        output.exit_code = 1
