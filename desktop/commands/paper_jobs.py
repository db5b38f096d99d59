"""Commands about paper and guidance: sheet, topic, languages, check, self-check."""

from __future__ import annotations

import argparse
import tomllib
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from desktop.commands.directory_jobs import provider_of
from desktop.commands.opening import directory_of
from desktop.commands.output import Output
from resources.errors import ToolkitError
from resources.files import explained, write_whole
from resources.handoff import Handoff
from resources.paths import data_folder
from resources.words import load

NAMES = ("sheet", "topic", "languages", "check")


def add_commands(commands: Any) -> None:
    sheet = commands.add_parser("sheet", help="make a sheet as a PDF")
    sheet.add_argument("recipe")
    sheet.add_argument("--language", default="en")
    sheet.add_argument("--provider", action="append", default=[], metavar="ID")
    sheet.add_argument("--paper", choices=("letter", "a4"), default="letter")
    sheet.add_argument("--answers", type=Path, metavar="FILE.toml", help="answers to the recipe's questions")
    sheet.add_argument("--protect", action="store_true", help="lock the PDF; the passphrase is shown once")
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    sheet.set_defaults(run=make_sheet)
    topic = commands.add_parser("topic", help="list the guidance topics, or print one")
    topic.add_argument("name", nargs="?")
    topic.set_defaults(run=show_topic)
    commands.add_parser("languages", help="languages of the sheets and their status").set_defaults(
        run=list_languages
    )
    check = commands.add_parser("check", help="what is missing or stale in the content")
    check.add_argument("--table", action="store_true", help="also list topics and phrase packs, counted")
    check.set_defaults(run=check_content)


def _answers(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        return {key: str(value) for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except OSError as problem:
        raise explained(problem, path) from problem
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ToolkitError("commands.answers_damaged", file=path.name, reason=str(problem)) from problem


def make_sheet(given: argparse.Namespace, output: Output) -> None:
    """The same bytes that the window would print."""
    from reports.sheet import make

    with directory_of(given) as directory:
        providers = tuple(provider_of(directory, identity) for identity in given.provider)
    handoff = Handoff(recipe=given.recipe, language=given.language, paper=given.paper, providers=providers,
                      answers=_answers(given.answers))  # fmt: skip
    paper = make(handoff, today=date.today(), protect=given.protect)
    write_whole(given.out, paper.pdf)
    warnings = [warning.sentence() for warning in paper.warnings]
    output.set(file=str(given.out), pages=paper.pages, warnings=warnings, gives_away=list(paper.given_away),
               passphrase=paper.passphrase)  # fmt: skip
    output.say("commands.sheet_made", n=paper.pages, file=given.out)
    for warning in warnings:
        output.line(warning)
    if paper.passphrase:
        output.say("commands.passphrase", passphrase=paper.passphrase)


def show_topic(given: argparse.Namespace, output: Output) -> None:
    """Without a name the list of topics, with one its text."""
    from resources.guidance.library import Library

    library = Library.load(today=date.today())
    topics = library.topics()
    if given.name is None:
        output.set(topics=[{"id": t.id, "title": t.title, "review_by": t.review_by} for t in topics])
        for topic in topics:
            output.line(f"{topic.id:<28} {topic.title}")
        return
    if given.name not in {topic.id for topic in topics}:
        raise ToolkitError("commands.no_such_topic", name=given.name)
    text = library.markdown(given.name)
    output.set(id=given.name, markdown=text)
    output.line(text)


def list_languages(given: argparse.Namespace, output: Output) -> None:
    """Languages of the survivor sheets, with how far each translation was checked."""
    from reports.recipe import languages

    listed = languages()
    rows = [
        {"code": code, "own_name": own, "name": name, "status": status.state}
        for code, own, name, _, status in listed
    ]
    output.set(languages=rows)
    for code, own, name, _, status in listed:
        output.line(f"{code:<8} {name:<24} {own:<24} {status.state}")


def check_content(given: argparse.Namespace, output: Output) -> None:
    """All content checks, the agency's own texts included; exit code 1 when something needs a person."""
    from reports.letters_check import problems as letter_problems
    from reports.recipe import problems as recipe_problems
    from resources.check import content_problems
    from resources.guidance.check import agency_problems

    data = data_folder(given.data)
    if given.table:
        _tables(data, output)
    found = [*content_problems(), *recipe_problems(), *letter_problems(), *agency_problems(data)]
    output.set(problems=found, data=str(data))
    for sentence in found:
        output.line(sentence)
    if found:
        output.exit_code = 1
    else:
        output.say("commands.content_clean")


def _tables(data: Path, output: Output) -> None:
    """What a reviewer asks first: how long, how hard, how well sourced; which phrases were checked."""
    from resources.guidance import tables
    from resources.guidance.library import Library

    for name, rows in (("topics", tables.topics(Library.load())), ("packs", tables.packs(data))):
        listed = [asdict(row) for row in rows]
        output.set(**{name: listed})
        if listed:
            headings = [load("en").say(f"commands.table.{field}") for field in listed[0]]
            output.table([headings, *(list(row.values()) for row in listed)])
            output.line("")
