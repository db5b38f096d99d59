"""Mistakes in recipe files, one plain sentence each with file and line, for `porchlight check`."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from reports import pictograms, values
from reports import recipe as recipes
from reports.contact_fields import FIELDS
from reports.engine.look import SHEETS
from reports.parts import KINDS
from resources import overlay
from resources.errors import ToolkitError
from resources.handoff import OFFICER, PARTNER, SURVIVOR
from resources.words import load

if TYPE_CHECKING:
    from reports.recipe import Part, Recipe

FORMS = ("page", "wallet", "pocket", "booklet")
STYLES = ("body", "small", "strong", "notice")
SMALLEST, LARGEST = 8, 48  # points that can be read and still fit a word
NEEDED = {  # what a block of this kind cannot do without
    **dict.fromkeys(("heading", "para", "helpers", "lines", "tear_off", "contents"), ("text",)),
    **dict.fromkeys(("bullets", "signature"), ("texts",)),
    "blanks": ("text", "texts"),
    "picture": ("text", "fields"),
    "answers": ("fields",),
    "items": ("answer",),
}
FILLED = {"side_by_side": {"phone"}, "date": {"date", "version"}}  # what a kind fills into its sentences


def problems(folder: Path = recipes.FOLDER) -> list[str]:
    """What is wrong in the recipes; empty when every sheet can be made in each of its languages."""
    found = []
    for path in overlay.glob(folder, "*.toml"):
        if path.stem in recipes.NOT_RECIPES:
            continue
        try:
            recipe = recipes.get(path.stem, folder)
        except ToolkitError as error:
            found.append(load("en").explain(error))
            continue
        text = overlay.over(path).read_text(encoding="utf-8")
        found += [f"{path.name}, line {line}: {said}" for line, said in sorted(_of(recipe, text))]
    return found


def _of(recipe: Recipe, text: str) -> list[tuple[int, str]]:
    found = []
    if recipe.audience not in (SURVIVOR, PARTNER, OFFICER):
        found.append((_line(text, "audience"), f"there is no audience called “{recipe.audience}”."))
    if recipe.form not in FORMS:
        said = f"there is no form called “{recipe.form}”; use {', '.join(FORMS)}."
        found.append((_line(text, "form"), said))
    found += _of_the_whole(recipe, text)
    for code in recipe.languages:
        if code not in recipes.codes():
            found.append((_line(text, "languages"), f"there are no sentences in the language “{code}”."))
    for key in (recipe.title, recipe.heading):
        found += _missing(key, ("en",), _line(text, "title" if key == recipe.title else "heading"))
    for number, part in enumerate(recipe.parts):
        found += _of_part(part, recipe, _nth_line(text, "[[block]]", number))
    for number, question in enumerate(recipe.questions):
        line = _nth_line(text, "[[question]]", number)
        if question.kind not in recipes.QUESTION_KINDS:
            found.append((line, f"there is no question kind called “{question.kind}”."))
        labels = [question.label, *([question.hint] if question.hint else [])]
        for key in labels:
            found += _missing(key, ("en",), line)
    return found


def _of_the_whole(recipe: Recipe, text: str) -> list[tuple[int, str]]:
    found = []
    if not SMALLEST <= recipe.size <= LARGEST:
        said = f"the size {recipe.size:g} cannot be read or does not fit; use {SMALLEST} to {LARGEST}."
        found.append((_line(text, "size"), said))
    for paper in recipe.papers:
        if paper not in SHEETS:
            said = f"there is no paper called “{paper}”; use {', '.join(SHEETS)}."
            found.append((_line(text, "papers"), said))
    keys = [question.key for question in recipe.questions]
    for number, question in enumerate(recipe.questions):
        line = _nth_line(text, "[[question]]", number)
        if keys.index(question.key) != number:
            found.append((line, f"two questions have the key “{question.key}”."))
        if recipe.audience == SURVIVOR:
            found.append((line, "paper for survivors asks nothing about the person; take the question out."))
        if question.kind == "date" and question.default and not _is_day(question.default):
            said = f"“{question.default}” is no date; write one such as 2027-01-31, or +30 for in 30 days."
            found.append((line, said))
    return found


def _is_day(text: str) -> bool:
    return bool(re.fullmatch(r"\+\d{1,4}", text)) or values.read_day(text) is not None


def _of_part(part: Part, recipe: Recipe, line: int) -> list[tuple[int, str]]:
    if part.kind not in KINDS:
        known = ", ".join(sorted(KINDS))
        return [(line, f"there is no block kind called “{part.kind}”; use one of {known}.")]
    found = [
        (line, f"contacts have no field called “{name}”; use one of {', '.join(sorted(FIELDS))}.")
        for name in part.fields
        if part.kind in ("contacts", "helpers", "directory", "side_by_side", "tear_off")
        and name not in FIELDS
    ]
    lacking = [name for name in NEEDED.get(part.kind, ()) if not getattr(part, name)]
    found += [(line, f"a block of the kind “{part.kind}” needs “{name}”.") for name in lacking]
    drawn = len(part.fields) == 1 and part.fields[0] in pictograms.PICTOGRAMS
    if part.kind == "picture" and part.fields and not drawn:
        found.append((line, f"a picture is one of {', '.join(sorted(pictograms.PICTOGRAMS))}."))
    if part.style not in STYLES:
        found.append((line, f"there is no style called “{part.style}”; use {', '.join(STYLES)}."))
    keys = {question.key for question in recipe.questions}
    asked = (part.answer, *(part.fields if part.kind == "answers" else ()))
    found += [(line, f"no question has the key “{key}”.") for key in asked if key and key not in keys]
    for key in (part.text, part.plain_text, *part.texts):
        if key:
            found += _missing(key, recipe.languages, line) or _gaps(key, part, line)
    return found


def _gaps(key: str, part: Part, line: int) -> list[tuple[int, str]]:
    """A sentence with something to fill in would print its brackets, or nothing at all."""
    names = {name for _, name, _, _ in Formatter().parse(str(load("en").sentence(key))) if name}
    names -= FILLED.get(part.kind, set())
    if not names:
        return []
    gaps = ", ".join(sorted(names))
    return [(line, f"the sentence “{key}” has a gap ({gaps}) that this kind of block cannot fill.")]


def _missing(key: str, codes: tuple[str, ...], line: int) -> list[tuple[int, str]]:
    lacking = [code for code in codes if not load(code).has(key)]
    return [(line, f"the sentence “{key}” is missing in: {', '.join(lacking)}.")] if lacking else []


def _line(text: str, key: str) -> int:
    match = re.search(rf"^{key}\s*=", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _nth_line(text: str, header: str, number: int) -> int:
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == header]
    return lines[number] if number < len(lines) else 1
