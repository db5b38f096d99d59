"""Coverage on paper: a map without color that can be heard, above the table that says the same."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from reports import coverage_paper, sheet
from reports.blocks import Area, Figure, Table
from reports.parts import Extra
from resources.directory import coverage
from resources.directory.provider import Place
from resources.handoff import Handoff
from resources.words import load
from tests.reports.sheets.conftest import TODAY, provider
from tests.reports.validators import faults_of

WORDS = load("en")
FORSYTH = Place("1 Main St", "Forsyth", "30087", "MT", "59327", 46.266, -106.678)
SITES = coverage.gather((
    provider(1, needs=frozenset({"food"}), place=FORSYTH, serves=frozenset({"30087", "30017"}), checks=()),
    provider(2, needs=frozenset({"legal"}), place=replace(FORSYTH, confidential=True), checks=()),
))  # fmt: skip


def extra(needs: tuple[str, ...] = ("food", "legal"), *, neighbors: bool = False, state: str = "MT") -> Extra:
    found = coverage.survey(SITES, coverage.counties(state, neighbors), needs, 60)
    return coverage_paper.extra(found, SITES, state, 60, WORDS)


def made(given: Extra) -> sheet.Paper:
    return sheet.make(Handoff(recipe="coverage"), today=TODAY, extra=given)


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree below this one."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.mark.parametrize("neighbors", (False, True))
def test_no_validator_finds_a_fault_and_the_bytes_stay_the_same(neighbors: bool, tmp_path: Path) -> None:
    paper = made(extra(neighbors=neighbors))
    assert faults_of(paper.pdf, tmp_path) == []
    assert made(extra(neighbors=neighbors)).pdf == paper.pdf
    assert len(paper.pdf) < 140_000  # 200 counties of five states in three fonts


def test_the_map_is_a_figure_whose_text_says_the_counts() -> None:
    given = extra()
    assert given.figure is not None
    levels = [area.level for area in given.figure.areas]
    assert len(levels) == len(given.rows) == 56
    with pikepdf.open(io.BytesIO(made(given).pdf)) as opened:
        tags = list(elements(opened.Root.StructTreeRoot))
        (figure,) = [tag for tag in tags if tag.S == "/Figure"]
        assert [str(tag.S) for tag in tags].index("/Figure") < [str(tag.S) for tag in tags].index("/Table")
        heard = str(figure.Alt)
        left, low, right, high = (float(side) for side in figure.A.BBox)
    assert "Montana" in heard
    for level, name in enumerate(("Covered", "Limited", "Some missing", "None")):
        assert f"{name}: {levels.count(level)}" in heard
    assert 54 <= left < right <= 558.1 and 60 < low < high < 740


def test_levels_differ_in_ink_without_any_color() -> None:
    paper = made(extra(neighbors=True))
    with pypdfium2.PdfDocument(paper.pdf) as opened:
        image = opened[0].render(scale=1).to_pil().convert("RGB")
    assert all(red == green == blue for _, (red, green, blue) in image.getcolors(1 << 24))
    inks = []
    for level in range(4):
        square = Figure("square", (Area((((0, 0), (9, 0), (9, 9), (0, 9)),), level),))
        with pypdfium2.PdfDocument(made(replace(extra(), figure=square)).pdf) as opened:
            inks.append(sum(opened[0].render(scale=1, grayscale=True).to_pil().histogram()[:128]))
    assert inks == sorted(set(inks))


def test_confidential_places_and_far_ones_get_no_circle() -> None:
    food, legal, far = extra(("food",)), extra(("legal",)), extra(("food",), state="TX")
    assert food.figure is not None and legal.figure is not None and far.figure is not None
    assert len(food.figure.dots) == 1
    assert legal.figure.dots == far.figure.dots == ()


def test_where_there_are_no_outlines_the_table_says_it_all() -> None:
    given = extra(state="PR")
    assert given.figure is None and given.rows
    blocks = made(given).document.blocks
    assert [type(block) for block in blocks].count(Table) == 1
