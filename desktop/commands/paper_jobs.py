"""Commands about words and guidance: topic, languages, check."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from desktop.commands.output import Output
from resources.errors import ToolkitError
from resources.paths import data_folder
from resources.reviewed_words import marks as marks_of
from resources.words import load

NAMES = ("topic", "languages", "check")


def add_commands(commands: Any) -> None:
    topic = commands.add_parser("topic", help="list the guidance topics, or print one")
    topic.add_argument("name", nargs="?")
    topic.set_defaults(run=show_topic)
    commands.add_parser("languages", help="languages of the sheets and their status").set_defaults(
        run=list_languages
    )
    check = commands.add_parser("check", help="what is missing or stale in the content")
    check.add_argument("--table", action="store_true", help="also list topics and phrase packs, counted")
    check.set_defaults(run=check_content)


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

    listed, marks = languages(), marks_of(data_folder(given.data))
    rows = [
        {"code": code, "own_name": own, "name": name, "status": status.state,
         "read_here_by": marks.get(f"reviewed.{code}", "")}
        for code, own, name, _, status in listed
    ]  # fmt: skip
    output.set(languages=rows)
    for row in rows:
        read = f"  {row['read_here_by']}" if row["read_here_by"] else ""
        output.line(f"{row['code']:<8} {row['name']:<24} {row['own_name']:<24} {row['status']}{read}")


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
