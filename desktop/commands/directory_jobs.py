"""Commands about providers: find, show, history, called, due, duplicates."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop.commands.opening import directory_of
from desktop.commands.output import Output, plain
from resources.directory import listing
from resources.directory.provider import CHECK_RESULTS, INTAKE_RULES, Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError

if TYPE_CHECKING:
    from resources.directory.outward import Outward
    from resources.directory.search import Found, Results

Short = Callable[[str], str]

NAMES = ("find", "show", "history", "called", "due", "duplicates")


def add_commands(commands: Any) -> None:
    find = commands.add_parser("find", help="search providers by any words and filters")
    find.add_argument("words", nargs="*")
    find.add_argument("--need", action="append", default=[])
    find.add_argument("--near", metavar='ZIP|"Town, ST"|"County, ST"')
    find.add_argument("--within", type=float, metavar="MILES")
    find.add_argument("--language", default="")
    find.add_argument("--county", metavar='"County, ST"', help="those that serve this county")
    when = find.add_mutually_exclusive_group()
    when.add_argument("--open-now", action="store_true")
    when.add_argument("--open-tonight", action="store_true")
    find.add_argument("--accepts", action="append", default=[], choices=INTAKE_RULES)
    find.add_argument("--limit", type=int, default=20)
    find.set_defaults(run=find_providers)
    for name, run, text in (
        ("show", show, "everything about one provider"),
        ("history", history, "who changed what, and when"),
    ):
        one = commands.add_parser(name, help=text)
        one.add_argument("id")
        one.set_defaults(run=run)
    called = commands.add_parser("called", help="record a check call")
    called.add_argument("id")
    called.add_argument("--result", required=True, choices=CHECK_RESULTS)
    called.add_argument("--by", default="", help="your initials")
    called.set_defaults(run=record_call)
    commands.add_parser("due", help="who needs a check call, soonest first").set_defaults(run=list_due)
    commands.add_parser("duplicates", help="entries that may be the same").set_defaults(run=list_duplicates)


def provider_of(directory: Directory, identity: str) -> Provider:
    """The provider with this id, or the only one whose id starts with it; raises ToolkitError."""
    try:
        return directory.get(identity)
    except KeyError:
        hits = listing.starting(directory, identity)
    if len(hits) != 1:
        raise ToolkitError("commands.no_such_provider", id=identity)
    return directory.get(hits[0])


def find_providers(given: argparse.Namespace, output: Output) -> None:
    """Search as the window does; an unknown place is named instead of guessed."""
    from resources.directory import places, search
    from resources.directory.outward import outward

    near, county = (places.find(asked) if asked else None for asked in (given.near, given.county))
    for asked, found_at in ((given.near, near), (given.county, county)):
        if asked and found_at is None:
            raise ToolkitError("commands.place_unknown", place=asked)
    query = search.Query(
        text=" ".join(given.words), needs=tuple(given.need), near=near, within=given.within,
        language=given.language, open_now=given.open_now, open_tonight=given.open_tonight,
        accepts=tuple(given.accepts), county=county.county if county else "", limit=given.limit,
        moment=datetime.now(),
    )  # fmt: skip
    with directory_of(given) as directory, directory.reading():
        results = search.find(directory.connection, query)
        around = None if results.found else outward(directory.connection, query)
        short = partial(_short, directory)
        _say_results(results, around, short, output)


def _say_results(results: Results, around: Outward | None, short: Short, output: Output) -> None:
    output.set(found=[asdict(found) for found in results.found], corrected=results.corrected)
    if results.corrected:
        output.say("commands.corrected", word=results.corrected)
    _say_found(results.found, short, output)
    if not results.found:
        output.set(ways_on=[asdict(way) for way in results.fallback])
        output.say("commands.nothing_found")
    for way in results.fallback:
        output.say(f"find.drop.{way.drop}")
        _say_found(way.found, short, output)
    _say_outward(around, short, output)


def _say_outward(around: Outward | None, short: Short, output: Output) -> None:
    """Who there is without the filters, from the county outwards."""
    if around is None:
        return
    output.set(
        outward=[{"ring": step.ring, "n": len(step.found), "more": step.more} for step in around.steps]
    )
    output.say("find.drop.all")
    for step in around.steps:
        if step.ring:
            output.say(f"find.ring.{step.ring}")
        _say_found(step.found[:3], short, output)


def _short(directory: Directory, identity: str) -> str:
    """The first characters of an id that name it alone: eight, or more where others begin the same."""
    long = 8
    while len(listing.starting(directory, identity[:long])) > 1 and long < len(identity):
        long += 4
    return identity[:long]


def _say_found(rows: Iterable[Found], short: Short, output: Output) -> None:
    for found in rows:
        miles = "" if found.miles is None else f"{found.miles:.0f} mi"
        owner = found.organization if found.organization != found.name else ""
        who = ", ".join(part for part in (found.name, owner, found.place_label) if part)
        output.line(f"{short(found.provider_id):<8}  {found.phone_shown:<18} {miles:>7}  {who}")


def show(given: argparse.Namespace, output: Output) -> None:
    """Every field that is filled in."""
    with directory_of(given) as directory:
        provider = provider_of(directory, given.id)
    fields = {name: getattr(provider, name) for name in provider.__dataclass_fields__}
    output.set(**plain({name: _simple(value) for name, value in fields.items()}))
    for name, value in output.result.items():
        output.line(f"{name.replace('_', ' '):<18} {value}")


def _simple(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_simple(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return plain({name: _simple(getattr(value, name)) for name in value.__dataclass_fields__})
    return dict(value) if hasattr(value, "items") else value


def history(given: argparse.Namespace, output: Output) -> None:
    """Oldest change first."""
    with directory_of(given) as directory:
        lines = directory.history(provider_of(directory, given.id).id)
    output.set(history=[asdict(line) for line in lines])
    for line in lines:
        output.line(f"{line.when:%Y-%m-%d %H:%M}  {line.who:<14} {line.field}: {line.old!r} -> {line.new!r}")


def record_call(given: argparse.Namespace, output: Output) -> None:
    """A person called and heard what happened; this and nothing else counts as a check."""
    with directory_of(given) as directory:
        provider = provider_of(directory, given.id)
        directory.record_check(provider.id, given.result, by=given.by, on=date.today())
    output.set(id=provider.id, result=given.result)
    output.say("commands.called", name=provider.name, result=given.result)


def list_due(given: argparse.Namespace, output: Output) -> None:
    """The call list."""
    from resources.directory import due

    with directory_of(given) as directory:
        entries = due.list(directory.all(), date.today())
        output.set(due=[{"id": e.provider.id, "name": e.provider.name, "due": e.due} for e in entries])
        for entry in entries:
            output.line(f"{entry.due}  {_short(directory, entry.provider.id)}  {entry.provider.name}")


def list_duplicates(given: argparse.Namespace, output: Output) -> None:
    """Pairs to look at; nothing is merged."""
    from resources.directory import combining, duplicates

    with directory_of(given) as directory:
        providers = directory.all()
        pairs = duplicates.pairs(providers, apart=combining.apart(directory))
    names = {p.id: p.name for p in providers}
    output.set(duplicates=[asdict(pair) for pair in pairs])
    for pair in pairs:
        output.line(f"{pair.score:.2f}  {names[pair.a]}  /  {names[pair.b]}")
