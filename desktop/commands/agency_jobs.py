"""Commands of an agency: create, join, admit, show, revoke, believe."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop.commands.opening import directory_of
from desktop.commands.output import Output
from resources.errors import ToolkitError
from resources.updates import joining
from resources.updates.holdings import holdings
from resources.updates.medium import Folder
from resources.updates.roster import fingerprint, same_digits
from resources.updates.trust import Trust
from resources.words import load

NAMES = ("agency",)


def add_commands(commands: Any) -> None:
    jobs = commands.add_parser("agency", help="who may write here: make, join, admit, show, revoke")
    some = jobs.add_subparsers(dest="what", required=True)
    create = some.add_parser("create", help="make an agency; this laptop is its first")
    create.add_argument("name")
    create.add_argument("--laptop", required=True, metavar="NAME", help="what people call this laptop")
    create.set_defaults(run=create_agency)
    join = some.add_parser("join", help="ask to join; with --code, join")
    join.add_argument("folder", type=Path)
    join.add_argument("--laptop", required=True, metavar="NAME", help="what people call this laptop")
    join.add_argument("--agency", default="", help="which one, when there are several")
    join.add_argument("--code", metavar="DIGITS", help="the digits that the first laptop shows")
    join.set_defaults(run=join_agency)
    admit = some.add_parser("admit", help="who asks to join; with --code, admit")
    admit.add_argument("folder", type=Path)
    admit.add_argument("--code", metavar="DIGITS", help="the digits that the other laptop shows")
    admit.set_defaults(run=admit_laptop)
    some.add_parser("show", help="the roster").set_defaults(run=show_agency)
    revoke = some.add_parser("revoke", help="believe nothing new of a lost laptop")
    revoke.add_argument("device", help="as “agency show” lists it")
    revoke.set_defaults(run=revoke_laptop)
    believe = some.add_parser("believe", help="believe a neighbouring agency too")
    believe.add_argument("folder", type=Path)
    believe.add_argument("--agency", default="", help="which one, when there are several")
    believe.add_argument("--code", metavar="DIGITS", help="the digits of that agency, read to you by it")
    believe.set_defaults(run=believe_agency)


def create_agency(given: argparse.Namespace, output: Output) -> None:
    with directory_of(given) as directory:
        trust = Trust(directory)
        roster = trust.create(given.name, given.laptop)
        digits = trust.fingerprint()
    output.set(agency=roster.agency, name=roster.name, fingerprint=digits)
    output.say("updates.say.created", agency=roster.name)
    output.say("updates.say.fingerprint", agency=roster.name, digits=digits)


def join_agency(given: argparse.Namespace, output: Output) -> None:
    """Asking writes this laptop's key on the stick; the digits of both screens must be the same."""
    with directory_of(given) as directory:
        asked = joining.ask(
            directory, Folder(given.folder), given.laptop, agency=given.agency, typed=given.code
        )
        device = directory.device
    output.set(agency=asked.agency, code=asked.code, joined=asked.joined, device=device)
    output.say("updates.say.joined" if asked.joined else "updates.say.asked", agency=asked.agency)
    if not asked.joined:
        output.line(asked.code)


def admit_laptop(given: argparse.Namespace, output: Output) -> None:
    with directory_of(given) as directory:
        medium = Folder(given.folder)
        if given.code:
            one = joining.admit(directory, medium, given.code)
            output.set(admitted=asdict(one))
            output.say("updates.say.admitted", name=one.name)
            return
        found = joining.asking(directory, medium)
    output.set(asking=[asdict(one) for one in found])
    for one in found:
        output.say("updates.say.asking", name=one.name, device=one.device)
        output.line(one.code)
    if not found:
        output.say("updates.say.nobody_asks")


def show_agency(given: argparse.Namespace, output: Output) -> None:
    with directory_of(given) as directory:
        trust = Trust(directory)
        roster, digits, expired = trust.own, trust.fingerprint(), trust.own.expired(directory.today())
        held = {one.device: one for one in holdings(directory)}
    output.set(**asdict(roster), fingerprint=digits, expired=expired)
    output.say("updates.say.roster", agency=roster.name, version=roster.version, until=roster.good_until)
    output.say("updates.say.fingerprint", agency=roster.name, digits=digits)
    if expired:
        output.say("updates.say.expired")
    for member in roster.members:
        note = load("en").say("updates.say.revoked") if member.revoked_after is not None else ""
        note += load("en").say("updates.say.this_laptop") if held[member.device].here else ""
        output.say(
            "updates.say.member",
            device=member.device,
            name=member.name,
            changes=load("en").say("updates.exchange.changes", n=held[member.device].ops),
            note=note,
        )


def revoke_laptop(given: argparse.Namespace, output: Output) -> None:
    """By the name that the roster shows, or by what people call it."""
    with directory_of(given) as directory:
        trust = Trust(directory)
        called = [member.device for member in trust.own.members if member.name == given.device]
        device = called[0] if len(called) == 1 else given.device
        after = next(m.revoked_after for m in trust.revoke(device).members if m.device == device)
    output.set(device=device, after=after)
    output.say("updates.say.revoked_now", device=given.device, after=after)


def believe_agency(given: argparse.Namespace, output: Output) -> None:
    """A neighbouring agency, whose digits somebody there read to us."""
    with directory_of(given) as directory:
        trust, medium = Trust(directory), Folder(given.folder)
        wanted = given.agency
        found = [
            one
            for one in joining.agencies_on(medium)
            if one.roster.agency != trust.own.agency and wanted in ("", one.roster.name, one.roster.agency)
        ]
        if len(found) != 1:
            key = "updates.several_agencies" if found else "updates.no_agency_there"
            names = ", ".join(sorted(one.roster.name for one in found))
            raise ToolkitError(key, agencies=names, folder=medium.label)
        roster = found[0].roster
        digits = fingerprint(roster.agency, *sorted(roster.keys))
        if not same_digits(given.code or "", digits):
            raise ToolkitError("updates.other_digits")
        trust.believe(found[0])
    output.set(agency=roster.agency, name=roster.name)
    output.say("updates.say.believed", agency=roster.name)
