"""Commands that make paper: sheet (one or many), reviewed (the agency's own reader), logo."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from desktop.commands.directory_jobs import provider_of
from desktop.commands.opening import directory_of
from desktop.commands.output import Output
from resources import reviewed_words
from resources.errors import ToolkitError
from resources.files import explained, write_whole
from resources.handoff import Handoff
from resources.paths import data_folder

if TYPE_CHECKING:
    from reports.batch import Made
    from reports.sheet import Paper

NAMES = ("sheet", "reviewed", "logo")


def add_commands(commands: Any) -> None:
    sheet = commands.add_parser("sheet", help="make one sheet as a PDF, or several in one go")
    sheet.add_argument("recipe", nargs="+")
    sheet.add_argument("--language", action="append", metavar="CODE", help="again for each further language")
    sheet.add_argument("--provider", action="append", default=[], metavar="ID")
    sheet.add_argument("--paper", choices=("letter", "a4"), default="letter")
    sheet.add_argument("--answers", type=Path, metavar="FILE.toml", help="answers to the recipe's questions")
    sheet.add_argument("--answer", action="append", default=[], metavar="KEY=TEXT", help="one such answer")
    kind = sheet.add_mutually_exclusive_group()
    kind.add_argument("--protect", action="store_true", help="lock the PDF; the passphrase is shown once")
    kind.add_argument("--archive", action="store_true", help="make it PDF/A-2A, for an archive")
    sheet.add_argument(
        "--out", type=Path, required=True, metavar="FILE.pdf", help="a folder when there are several"
    )
    sheet.set_defaults(run=make_sheets)
    reviewed = commands.add_parser("reviewed", help="a speaker has read the sheets of a language")
    reviewed.add_argument("language")
    reviewed.add_argument("--by", default="", metavar="NAME", help="who read them")
    reviewed.add_argument("--forget", action="store_true", help="take the mark off again")
    reviewed.set_defaults(run=mark_reviewed)
    logo = commands.add_parser("logo", help="the agency's logo on partner and office paper")
    which = logo.add_mutually_exclusive_group(required=True)
    which.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a PNG or JPEG picture")
    which.add_argument("--forget", action="store_true", help="print no logo")
    logo.set_defaults(run=choose_logo)


def _answers(given: argparse.Namespace) -> dict[str, str]:
    """The answers of the file and of the line. Raises ToolkitError for a question that no sheet asks."""
    found = _answers_of(given.answers)
    for said in given.answer:
        key, equals, text = said.partition("=")
        if not equals:
            raise ToolkitError("commands.answer_without_equals", text=said)
        found[key.strip()] = text
    _known(found, given.recipe)
    return found


def _known(answers: dict[str, str], names: Sequence[str]) -> None:
    from reports import recipe

    known = {question.key for name in names for question in recipe.get(name).questions}
    for key in answers:
        if key not in known:
            listed = ", ".join(sorted(known)) or "–"
            raise ToolkitError("commands.no_such_question", name=key, known=listed)


def _answers_of(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        return {key: str(value) for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except OSError as problem:
        raise explained(problem, path, "core.cannot_read") from problem
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ToolkitError("commands.answers_damaged", file=path.name, reason=str(problem)) from problem


def make_sheets(given: argparse.Namespace, output: Output) -> None:
    """The same bytes that the window would print."""
    from reports import batch, logo, recipe, sheet
    from reports.audience import shows_logo

    languages = given.language or ["en"]
    answers = _answers(given)
    with directory_of(given) as directory:
        providers = tuple(provider_of(directory, identity) for identity in given.provider)
        if not providers and set(given.recipe) <= set(recipe.WHOLE_DIRECTORY):
            providers = tuple(directory.all())
    base = Handoff(paper=given.paper, providers=providers, answers=MappingProxyType(answers))
    wanted = batch.handoffs(base, given.recipe, languages)
    data = data_folder(given.data)
    made_as: dict[str, Any] = {
        "agency": reviewed_words.marks(data),
        "logo": logo.kept(data) if any(shows_logo(recipe.get(name)) for name in given.recipe) else None,
        "protect": given.protect,
        "archive": given.archive,
    }
    if len(wanted) == 1:
        paper = sheet.make(wanted[0], today=date.today(), **made_as)
        write_whole(given.out, paper.pdf)
        output.set(**_told(given.out, paper))
        _tell(given.out, paper, output)
        return
    _write_all(batch.make(wanted, today=date.today(), **made_as), given, output)


def _write_all(made: Sequence[Made], given: argparse.Namespace, output: Output) -> None:
    """Every paper that could be made, into a folder; exit code 1 when one was refused."""
    from reports.batch import file_names
    from resources.words import load

    if given.out.exists() and not given.out.is_dir():
        raise ToolkitError("commands.not_a_folder", file=str(given.out))
    try:
        given.out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise explained(problem, given.out) from problem
    rows, names = [], iter(file_names(made))
    for one in made:
        what = {"recipe": one.handoff.recipe, "language": one.handoff.language}
        output.line(f"{what['recipe']}, {what['language']}:")
        if one.paper is None or one.refused is not None:
            sentence = load("en").explain(one.refused) if one.refused else ""
            output.line(sentence)
            output.exit_code = 1
            rows.append({**what, "refused": sentence})
            continue
        path = given.out / next(names)
        write_whole(path, one.paper.pdf)
        _tell(path, one.paper, output)
        rows.append({**what, **_told(path, one.paper)})
    output.set(sheets=rows)


def _told(path: Path, paper: Paper) -> dict[str, Any]:
    warnings = [warning.sentence() for warning in paper.warnings]
    return {"file": str(path), "pages": paper.pages, "warnings": warnings,
            "gives_away": list(paper.given_away), "passphrase": paper.passphrase}  # fmt: skip


def _tell(path: Path, paper: Paper, output: Output) -> None:
    output.say("commands.sheet_made", n=paper.pages, file=path)
    for warning in paper.warnings:
        output.line(warning.sentence())
    if paper.passphrase:
        output.say("commands.passphrase", passphrase=paper.passphrase)


def mark_reviewed(given: argparse.Namespace, output: Output) -> None:
    """Paper in this language no longer says that a computer translated it, until the text changes."""
    data = data_folder(given.data)
    if given.forget:
        reviewed_words.forget(data, given.language)
        output.say("commands.review_forgotten", language=given.language)
    else:
        data.mkdir(parents=True, exist_ok=True)
        reviewed_words.mark(data, given.language, given.by, date.today().isoformat())
        output.say("commands.review_marked", language=given.language, name=given.by)
    output.set(language=given.language, by="" if given.forget else given.by)


def choose_logo(given: argparse.Namespace, output: Output) -> None:
    """Survivor paper never carries it."""
    from reports import logo

    data = data_folder(given.data)
    if given.forget:
        logo.forget(data)
        output.say("commands.logo_forgotten")
    else:
        logo.take(given.file, data)
        output.say("commands.logo_taken", file=given.file.name)
    output.set(logo=not given.forget)
