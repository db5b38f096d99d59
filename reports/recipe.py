"""Recipes: what each sheet consists of, read from content/sheets/*.toml and checked in plain sentences."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reports.recipe_file import Mistake, Source, filled, rows
from reports.values import RIGHT_TO_LEFT
from resources import overlay
from resources.errors import ToolkitError
from resources.files import bad_line
from resources.guidance import ispeak
from resources.handoff import OFFICER, PARTNER, SURVIVOR
from resources.paths import CONTENT
from resources.words import WORDS, Status, load

FOLDER = CONTENT / "sheets"
WHOLE_DIRECTORY = ("booklet", "call_list")  # list everyone when nobody is chosen
NOT_RECIPES = ("giveaway",)
QUESTION_KINDS = ("text", "long", "date", "yes", "choice", "items", "language")
_SMALL_NAMES = frozenset(("es", "pt", "fr", "ht", "ru", "uk", "vi"))
_SPEAK_CODES = {"zh": "zh-Hans"}


@dataclass(frozen=True)
class Question:
    """One thing the person at the laptop fills in. `choices` are keys of sentences' last parts."""

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    default: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One block of a recipe, still without words. `minor`, `plain` and `foreign` say for whom it is:
    None for everyone, True or False for papers that are (not) for a minor, plain, or not in English."""

    kind: str
    text: str = ""
    plain_text: str = ""
    texts: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    style: str = "body"
    level: int = 1
    count: int = 8
    ordered: bool = False
    tick_boxes: bool = False
    joined: bool = False
    answer: str = ""
    minor: bool | None = None
    plain: bool | None = None
    foreign: bool | None = None


@dataclass(frozen=True)
class Recipe:
    """One kind of sheet. `title` is its name on screen, `heading` the (neutral) title of the PDF.

    A `discreet` recipe carries no mark, footer or sentence that explains it; `needs_release` refuses to
    print without a release that is signed, named and not past its end date (R5).
    """

    name: str
    title: str
    audience: str
    heading: str
    form: str = "page"
    size: float = 11
    languages: tuple[str, ...] = ()
    papers: tuple[str, ...] = ("letter", "a4")
    discreet: bool = False
    footer: bool = True
    bookmarks: bool = False
    needs_release: bool = False
    uses_providers: bool = True
    questions: tuple[Question, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def shows_note(self) -> bool:
        return any(part.kind in ("note", "tear_off") for part in self.parts)

    def question(self, key: str) -> Question:
        return next(question for question in self.questions if question.key == key)


def base_code(code: str) -> str:
    """The code our sentence files use: "zh-Hans" and "zh-CN" are "zh"."""
    return {"zh-Hans": "zh", "zh-CN": "zh", "zh-TW": "zh-Hant", "fil": "tl", "prs": "fa"}.get(code, code)


def own_name(code: str) -> str:
    """What speakers call the language inside a sentence, without a note in brackets."""
    name = _spoken(code).own_name.split("(")[0].strip()
    return name[:1].lower() + name[1:] if code in _SMALL_NAMES else name


def english_name(code: str) -> str:
    return _spoken(code).english_name.split("(")[0].strip()


def _spoken(code: str) -> ispeak.SpeakLanguage:
    wanted = _SPEAK_CODES.get(code, code)
    for language in ispeak.languages():
        if language.code in (wanted, code):
            return language
    return ispeak.SpeakLanguage(code, code, code, ())


@overlay.cached(maxsize=4)
def languages(folder: Path = WORDS) -> tuple[tuple[str, str, str, bool, Status], ...]:
    """Languages that have all survivor sentences: code, own name, English name, right to left, status."""
    return tuple(_row(code, folder) for code in codes(folder))


@overlay.cached(maxsize=4)
def codes(folder: Path = WORDS) -> tuple[str, ...]:
    """The same languages without their status, which would mean to read each of them."""
    found = [path.parent.name for path in overlay.glob(folder, "*/paper.toml")]
    return tuple(sorted(found, key=lambda code: (code not in ("en", "es"), english_name(code))))


def _row(code: str, folder: Path) -> tuple[str, str, str, bool, Status]:
    spoken, status = _spoken(code), load(code, folder).status("paper")
    return code, spoken.own_name, spoken.english_name, code in RIGHT_TO_LEFT, status


@overlay.cached(maxsize=4)
def all(folder: Path = FOLDER) -> tuple[Recipe, ...]:
    """Every recipe that can be read, survivor paper first."""
    rank = {SURVIVOR: 0, PARTNER: 1, OFFICER: 2}
    names = [one.stem for one in overlay.glob(folder, "*.toml") if one.stem not in NOT_RECIPES]
    found = []
    for name in names:
        with suppress(ToolkitError):  # `porchlight check` names it; asking for it does too
            found.append(get(name, folder))
    return tuple(sorted(found, key=lambda one: (rank.get(one.audience, 3), not one.discreet, one.name)))


@overlay.cached(maxsize=64)
def get(name: str, folder: Path = FOLDER) -> Recipe:
    """One recipe by its name. Raises ToolkitError `paper_desk.no_recipe`, `recipe_damaged`, `recipe_wrong`
    or `recipe_kind`, all but the first with the line."""
    path = folder / f"{name}.toml"
    known = [one.stem for one in overlay.glob(folder, "*.toml") if one.stem not in NOT_RECIPES]
    if name not in known:
        raise ToolkitError("paper_desk.no_recipe", name=name, known=", ".join(known))
    data = b""
    try:
        data = overlay.over(path).read_bytes()
        text = data.decode("utf-8-sig")
        return _recipe(name, tomllib.loads(text), Source(text))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        line = bad_line(problem, data)
        raise ToolkitError("paper_desk.recipe_damaged", file=path.name, line=line) from problem
    except Mistake as mistake:
        where: dict[str, Any] = {"file": path.name, "line": mistake.line, "field": mistake.field}
        if not mistake.kind:
            raise ToolkitError("paper_desk.recipe_wrong", **where) from mistake
        kind = load("en").say(f"paper_desk.recipe_kinds.{mistake.kind}")
        raise ToolkitError("paper_desk.recipe_kind", kind=kind, **where) from mistake


def _recipe(name: str, table: dict[str, Any], source: Source) -> Recipe:
    questions = tuple(
        filled(Question, row, source, source.section("question", number))
        for number, row in enumerate(rows(table, "question", source))
    )
    parts = tuple(
        filled(Part, row, source, source.section("block", number))
        for number, row in enumerate(rows(table, "block", source))
    )
    if table.get("languages") == "all":
        del table["languages"]
    translated = table.pop("translated_only", False) is True
    made = filled(Recipe, table, source, name=name, questions=questions, parts=parts)
    chosen = made.languages or codes()
    return replace(made, languages=tuple(code for code in chosen if not (translated and code == "en")))


def problems(folder: Path = FOLDER) -> list[str]:
    """Mistakes in the recipe files, one sentence each (reports/recipe_check.py)."""
    from reports import recipe_check  # it knows the parts, and the parts know recipes

    return recipe_check.problems(folder)
