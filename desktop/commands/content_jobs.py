"""The command content: who may sign it, making an edition, looking at one, and going back."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop import content_exchange
from desktop.commands.content_words import review_of, say_review
from desktop.commands.opening import directory_of
from desktop.commands.output import Output
from desktop.content_exchange import CHECKS, ToTake
from resources.editions import exchange, making, overview, signers
from resources.editions.making import Faults
from resources.editions.shelf import ROLES
from resources.errors import ToolkitError
from resources.files import write_whole
from resources.paths import data_folder
from resources.updates.medium import Folder, Parts
from resources.words import load

NAMES = ("content",)


def add_commands(commands: Any) -> None:
    jobs = commands.add_parser("content", help="guidance, words, sheets and the agency's texts by stick")
    some = jobs.add_subparsers(dest="what", required=True)
    some.add_parser("show", help="which content is in force, and who may sign it").set_defaults(run=show)
    key = some.add_parser("key", help="make the key with which this laptop signs content")
    key.add_argument("name", nargs="?", default="", help="who signs, as people know it")
    key.add_argument("folder", nargs="?", type=Path, help="a stick to make it known on")
    key.set_defaults(run=make_key)
    trust = some.add_parser("trust", help="let a signer sign content for the agency")
    trust.add_argument("folder", type=Path)
    trust.add_argument("--role", choices=ROLES, default="guidance")
    trust.add_argument("--code", default="", metavar="DIGITS", help="the digits its maker reads to you")
    trust.set_defaults(run=trust_signer)
    distrust = some.add_parser("distrust", help="take a signer off the roster")
    distrust.add_argument("name")
    distrust.set_defaults(run=distrust_signer)
    pack = some.add_parser("pack", help="check and sign a folder of content")
    pack.add_argument("folder", type=Path)
    pack.add_argument("out", nargs="?", type=Path, help="a stick, or a file for the edition")
    pack.add_argument("--number", type=int, default=0, help="when this laptop forgot the last one")
    pack.set_defaults(run=pack_folder)
    sign = some.add_parser("sign", help="add a signature to an edition, where several are asked for")
    sign.add_argument("file", type=Path)
    sign.set_defaults(run=sign_file)
    read = some.add_parser("read", help="review an edition, or those that wait here; take it with --apply")
    read.add_argument("file", nargs="?", type=Path)
    read.add_argument("--apply", action="store_true")
    numbers = read.add_mutually_exclusive_group()
    numbers.add_argument("--accept-phones", action="store_true", help="take all changed numbers")
    numbers.add_argument("--accept-phone", action="append", default=[], metavar="KEY", help="take this one")
    numbers.add_argument("--keep-phones", action="store_true", help="keep our number wherever one changed")
    read.set_defaults(run=read_edition)
    back = some.add_parser("back", help="put the edition before in force again")
    back.add_argument("--role", choices=ROLES, default="guidance")
    back.add_argument("--program", action="store_true", help="what came with the program, not the one before")
    back.set_defaults(run=go_back)


def show(given: argparse.Namespace, output: Output) -> None:
    data = data_folder(given.data)
    with directory_of(given) as directory:
        states = overview.states(data, exchange.unread(directory, data))
        allowed = overview.signers_of(directory)
    output.set(content=[asdict(one) for one in states], signers=[asdict(one) for one in allowed])
    say = load("en").say
    for one in states:
        output.say("content.say.show", role=say(f"content.role.{one.role}"), label=one.label, notes=one.notes)
    for signer in allowed:
        output.say("content.say.signer", name=signer.name, role=say(f"content.role.{signer.role}"))


def make_key(given: argparse.Namespace, output: Output) -> None:
    """Make it once; without a name the one that is here is shown, and made known on a stick."""
    with directory_of(given) as directory:
        if given.name and not signers.has_key(directory):
            signers.make_key(directory, given.name)
        elif given.name and signers.own_key(directory)[0] != given.name:
            raise ToolkitError("content.has_key", name=signers.own_key(directory)[0])
        card = signers.write_card(directory, Folder(given.folder) if given.folder else Parts(""))
    output.set(name=card.name, key=card.key, code=card.code)
    output.say("content.say.key", name=card.name)
    output.line(card.code)


def trust_signer(given: argparse.Namespace, output: Output) -> None:
    """Without the digits it lists who asks; with them it names the signer on the roster."""
    with directory_of(given) as directory:
        medium = Folder(given.folder)
        if given.code:
            card = signers.trust_signer(directory, medium, given.role, given.code)
            output.set(trusted=card.name, key=card.key, role=given.role)
            output.say("content.say.trusted", name=card.name)
            return
        found = signers.cards(medium)
    if not found:
        raise ToolkitError("content.no_signers_there", folder=medium.label)
    output.set(asking=[{"name": card.name, "key": card.key, "code": card.code} for card in found])
    for card in found:
        output.say("content.say.asks", name=card.name)
        output.line(card.code)


def distrust_signer(given: argparse.Namespace, output: Output) -> None:
    with directory_of(given) as directory:
        gone = signers.distrust_signer(directory, given.name)
    output.set(name=given.name, signers=gone)
    output.say("content.say.distrusted", name=given.name)


def pack_folder(given: argparse.Namespace, output: Output) -> None:
    """Check, sign, and keep it here; each fault is named and then nothing is signed."""
    data = data_folder(given.data)
    with directory_of(given) as directory:
        try:
            signed = making.pack(directory, data, given.folder, CHECKS, given.number)
        except Faults as problem:
            output.set(problems=problem.found)
            for sentence in problem.found:
                output.line(sentence)
            raise
    edition = signed.edition
    label = load("en").say(f"content.label.{edition.role}", issuer=edition.issuer, number=edition.number)
    output.set(name=edition.name, role=edition.role, number=edition.number, files=len(edition.parts))
    output.say("content.say.packed", label=label, n=len(edition.parts))
    if given.out and given.out.is_dir():
        Folder(given.out).write(edition.name, signed.raw)
    elif given.out:
        write_whole(given.out, signed.raw)
    if given.out:
        output.say("content.say.written", file=given.out.name or str(given.out))


def sign_file(given: argparse.Namespace, output: Output) -> None:
    with directory_of(given) as directory:
        signed = making.add_signature(directory, data_folder(given.data), given.file)
    write_whole(given.file, signed.raw)
    output.set(signatures=len(signed.signatures))
    output.say("content.say.written", file=given.file.name)


def read_edition(given: argparse.Namespace, output: Output) -> None:
    """Review a file, or what waits here; with --apply take what needs no person or was decided."""
    data = data_folder(given.data)
    with directory_of(given) as directory:
        if given.file:
            medium = making.as_medium(directory, data, given.file)
            looked = content_exchange.look(directory, data, medium, again=True)
            label = medium.names()[0]
        else:
            looked, label = content_exchange.waiting(directory, data), ""
        refused = [refusal.sentence() for refusal in looked.refusals if label in ("", refusal.file)]
        if refused and given.file:
            raise ToolkitError("content.refused", said=refused[0])
        reviews = [one for one in looked.reviews if label in ("", one.signed.edition.name)]
        wanted = [ToTake(one, numbers) for one in reviews if (numbers := accepted(given, one)) != NOT_YET]
        say_review(reviews, output, with_how=not given.apply or len(wanted) < len(reviews))
        output.set(content=[review_of(one) for one in reviews], applied=False, refused=refused)
        if not reviews:
            output.say("content.nothing_waits")
        if not given.apply or not wanted:
            return
        for one in wanted:
            content_exchange.take(directory, data, one)
            output.say("content.say.took", label=one.review.label)
    output.set(applied=True)


NOT_YET = frozenset({"?"})  # numbers changed, and no word was given about them


def accepted(given: argparse.Namespace, one: Any) -> frozenset[str] | None:
    """The numbers of an edition that the words given accept (None: all), or NOT_YET."""
    if given.accept_phones:
        return None
    unseen = one.numbers and not (given.accept_phone or given.keep_phones)
    return NOT_YET if unseen else frozenset(given.accept_phone)


def go_back(given: argparse.Namespace, output: Output) -> None:
    data = data_folder(given.data)
    with directory_of(given) as directory:
        made = exchange.back(directory, data, given.role, program=given.program)
    label = overview.label(made.now)
    output.set(role=given.role, now=asdict(made.now) if made.now else None)
    output.say("content.say.back", label=label)
