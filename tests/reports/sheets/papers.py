"""Every paper that can be made: each recipe, each of its languages, each paper size; made once a run."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import NamedTuple

import pypdfium2

from reports import recipe, sheet
from reports.engine.look import MARGIN
from reports.parts import Extra
from resources.directory.hours import Hours, Span
from resources.directory.provider import Place, Provider
from resources.handoff import Handoff
from tests.reports.sheets.conftest import TODAY, provider

BLANK, TOUCH = 0.1, 0.5  # points
ANSWERS = {
    "release_recipient": "Harbor House", "release_purpose": "A bed", "release_items": "alias,need,helpers",
    "release_until": "2026-12-20", "release_signed": "yes", "alias": "Ana", "need": "A bed",
}  # fmt: skip
TOPIC = "# Interpreting\n\nBy *phone*.\n\n1. Loudspeaker\n2. Brief\n\n| a | b |\n|-|-|\n| c | d |\n"
WEEK = (*(Span(day, 480, 1050) for day in range(5)), Span(5, 540, 780))


class Print(NamedTuple):
    """One paper to make."""

    recipe: str
    language: str
    paper: str


PRINTS = [
    Print(one.name, language, paper)
    for one in recipe.all()
    for language in one.languages
    for paper in one.papers
]


def handoff(name: str, language: str, helpers: tuple[Provider, ...]) -> Handoff:
    """A handoff with the answers that its recipe must have."""
    mine = {question.key for question in recipe.get(name).questions}
    answers = MappingProxyType({key: said for key, said in ANSWERS.items() if key in mine})
    return Handoff(name, language, providers=helpers, answers=answers, plain_cover=False, note="Sam")


def helpers(language: str) -> tuple[Provider, ...]:
    """A secret place without hours, an open place with a week of them, and one that is always there."""
    return (
        provider(1, needs=frozenset({"shelter"}), place=Place(county="30087", confidential=True)),
        provider(2, needs=frozenset({"legal"}), languages=frozenset({language, "en"}), hours=Hours(WEEK),
                 place=Place("12 Main St", "Forsyth", "30087", "MT", "59327"), checks=(), cost="Free"),
        provider(3, needs=frozenset({"food", "medical"})),
    )  # fmt: skip


@cache
def made(wanted: Print) -> sheet.Paper:
    """Letter paper in its open edition, A4 as plain cover and for a minor, so that each edition is tried."""
    chosen = handoff(wanted.recipe, wanted.language, helpers(wanted.language))
    chosen = replace(chosen, paper=wanted.paper)
    if wanted.paper == "a4":
        chosen = replace(chosen, plain_cover=True, minor=True)
    return sheet.make(chosen, today=TODAY, extra=Extra(markdown=TOPIC))


def text_of(pdf: bytes, password: str | None = None) -> str:
    """The text of all pages, as a reader takes it out of the file."""
    with pypdfium2.PdfDocument(pdf, password=password) as opened:
        return "\n".join(one.get_textpage().get_text_range() for one in opened)


Box = tuple[float, float, float, float]  # left, low, right, high


def boxes(pdf: bytes) -> list[list[Box]]:
    """For each page the ink of each block of text, as PDFium measures it: of each piece of marked content,
    of the footer, and of each line of a head that comes again."""
    pages = []
    with pypdfium2.PdfDocument(pdf) as opened:
        for leaf in opened:
            found: dict[tuple[int, int], Box] = {}
            for one in leaf.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
                left, low, right, high = one.get_bounds()
                if right - left < BLANK:
                    continue
                content = pypdfium2.raw.FPDFPageObj_GetMarkedContentID(one)
                block = (content, round((low + high) / 16) if content < 0 and low > MARGIN else 0)
                known = found.get(block, (left, low, right, high))
                found[block] = (
                    min(known[0], left), min(known[1], low), max(known[2], right), max(known[3], high)
                )  # fmt: skip
            pages.append(list(found.values()))
            leaf.close()
    return pages


def overlaps(pdf: bytes) -> list[tuple[Box, Box]]:
    """Pairs of blocks of which one lies over the other."""
    return [
        (one, other)
        for page in boxes(pdf)
        for one, other in combinations(page, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > TOUCH
        and min(one[3], other[3]) - max(one[1], other[1]) > TOUCH
    ]
