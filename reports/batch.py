"""Several sheets, or several languages, of one handoff in one go."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from reports import recipe, sheet
from reports.blocks import Image
from reports.parts import Extra
from resources.errors import ToolkitError
from resources.handoff import Handoff


@dataclass(frozen=True)
class Made:
    """One paper of a batch, or why there is none."""

    handoff: Handoff
    paper: sheet.Paper | None = None
    refused: ToolkitError | None = None


def handoffs(base: Handoff, recipes: Sequence[str], languages: Sequence[str]) -> tuple[Handoff, ...]:
    """The handoff as each of these sheets in each of these languages, sheet by sheet.

    Answers go only to the sheet that asks for them. Raises ToolkitError for a sheet that does not exist;
    a language that a sheet lacks is refused when the paper is made.
    """
    found = []
    for name in dict.fromkeys(recipes):
        asked = {question.key for question in recipe.get(name).questions}
        answers = MappingProxyType({key: said for key, said in base.answers.items() if key in asked})
        found += [
            replace(base, recipe=name, language=language, answers=answers)
            for language in dict.fromkeys(languages)
        ]
    return tuple(found)


def make(
    wanted: Sequence[Handoff],
    *,
    today: date,
    agency: Mapping[str, str] | None = None,
    logo: Image | None = None,
    protect: bool = False,
    archive: bool = False,
    extra: Extra | None = None,
    progress: Callable[[int, int], object] = lambda done, of: None,
) -> tuple[Made, ...]:
    """Each paper in its order. One that must not be made says why; the others are made all the same.

    `progress` hears papers done and papers in all, and may raise to stop; then nothing is handed over.
    """
    found = []
    for done, handoff in enumerate(wanted):
        progress(done, len(wanted))
        try:
            paper = sheet.make(
                handoff, today=today, agency=agency, logo=logo, protect=protect, archive=archive, extra=extra
            )
        except ToolkitError as problem:
            found.append(Made(handoff, refused=problem))
        else:
            found.append(Made(handoff, paper))
    return tuple(found)


def file_names(made: Sequence[Made]) -> tuple[str, ...]:
    """A name for each paper that was made: numbered, because a name that speaks could be read by anyone."""
    count = sum(one.paper is not None for one in made)
    stem, _, ending = sheet.FILE_NAME.rpartition(".")
    width = max(2, len(str(count)))
    return tuple(f"{stem}-{number:0{width}}.{ending}" for number in range(1, count + 1))


def merged(made: Sequence[Made]) -> bytes:
    """The pages of all papers that were made as one file for the printer."""
    import pikepdf  # sheets alone do not need it

    out = io.BytesIO()
    with pikepdf.new() as whole:
        for one in made:
            if one.paper is not None:
                with pikepdf.open(io.BytesIO(one.paper.pdf)) as opened:
                    whole.pages.extend(opened.pages)
        whole.save(out)
    return out.getvalue()
