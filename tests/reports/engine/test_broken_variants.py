"""Nineteen ways to make a paper useless for a blind reader, each noticed by one of the two validators."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest

from reports.engine import render
from tests.reports.engine.samples import dot, paper

Faults = Callable[[bytes], list[str]]


def elements(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Object]:
    return [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == tag]


def drop_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def drop_mark_info(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def drop_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def hide_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def drop_scopes(pdf: pikepdf.Pdf) -> None:
    for head in elements(pdf, "/TH"):
        del head.A


def skip_heading(pdf: pikepdf.Pdf) -> None:
    for heading in elements(pdf, "/H2"):
        heading.S = pikepdf.Name.H4


def list_items_as_paragraphs(pdf: pikepdf.Pdf) -> None:
    for item in elements(pdf, "/LI"):
        item.S = pikepdf.Name.P


def drop_tab_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/Tabs"]


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(pdf.pages[0].obj["/Resources"]["/Font"].as_dict().values())


def drop_meanings(pdf: pikepdf.Pdf) -> None:
    for font in fonts(pdf):
        del font["/ToUnicode"]


def drop_font_files(pdf: pikepdf.Pdf) -> None:
    for font in fonts(pdf):
        del font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"]


def drop_a_cell(pdf: pikepdf.Pdf) -> None:
    row = elements(pdf, "/TR")[1]
    row.K = pikepdf.Array(list(row.K)[:-1])


def reverse_order(pdf: pikepdf.Pdf) -> None:
    top = elements(pdf, "/Document")[0]
    top.K = pikepdf.Array(list(top.K)[::-1])


def without_tags(pdf: pikepdf.Pdf) -> None:
    """Text outside any marked content."""
    leaf = pdf.pages[0]
    kept = [
        (operands, operator)
        for operands, operator in pikepdf.parse_content_stream(leaf)
        if str(operator) not in ("BDC", "BMC", "EMC")
    ]
    leaf.obj["/Contents"] = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def all_artifacts(pdf: pikepdf.Pdf) -> None:
    leaf = pdf.pages[0]
    data = leaf.obj["/Contents"].read_bytes().replace(b"/P<</MCID", b"/Artifact<</Was")
    leaf.obj["/Contents"] = pdf.make_stream(data)


def drop_alt(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "/Figure")[0].Alt


def useless_alt(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "/Figure")[0].Alt = pikepdf.String("image")


def drop_link_text(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Annots[0].Contents


def drop_link_from_tags(pdf: pikepdf.Pdf) -> None:
    """The link works for a mouse, and no reader of tags hears of it."""
    link = elements(pdf, "/Link")[0]
    link.K = pikepdf.Array([link.K[0]])
    del pdf.pages[0].Annots[0]["/StructParent"]


def empty_title(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(re.sub(rb'(x-default">)[^<]+', rb"\1", data))


BREAKS = (
    drop_language,
    drop_mark_info,
    drop_metadata,
    hide_title,
    drop_scopes,
    skip_heading,
    list_items_as_paragraphs,
    drop_tab_order,
    drop_meanings,
    drop_font_files,
    drop_a_cell,
    reverse_order,
    without_tags,
    all_artifacts,
    drop_alt,
    useless_alt,
    drop_link_text,
    drop_link_from_tags,
    empty_title,
)


def with_figure_and_link(pdf: pikepdf.Pdf) -> None:
    """Our paper has neither pictures that speak nor links, so two of its paragraphs become them."""
    leaf, (figure, link, *_) = pdf.pages[0], elements(pdf, "/P")
    figure.S, figure.Alt = pikepdf.Name.Figure, pikepdf.String("A lantern beside an open door")
    figure.A = pikepdf.Dictionary(
        O=pikepdf.Name.Layout, BBox=[54, 600, 500, 700], Placement=pikepdf.Name.Block
    )
    key = len(pdf.pages)
    target = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[54, 600, 90, 620], F=4,
        Contents=pikepdf.String("Ask for an interpreter"), StructParent=key,
    )  # fmt: skip
    annotation = leaf.obj["/Annots"] = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(target)]))
    around = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, P=link.P, K=link))
    kids = link.P.K
    kids[[kid.objgen for kid in kids].index(link.objgen)] = around
    reference = pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=annotation[0], Pg=leaf.obj)
    link.S, link.P, link.K = pikepdf.Name.Link, around, pikepdf.Array([link.K, reference])
    pdf.Root.StructTreeRoot.ParentTree.Nums.extend([key, link])


@pytest.fixture(scope="module")
def good() -> bytes:
    """A paper with every kind of thing that can be broken."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(render(paper(), pictures={"dot": dot}))) as pdf:
        with_figure_and_link(pdf)
        pdf.save(out)
    return out.getvalue()


def test_the_paper_that_will_be_broken_is_whole(good: bytes, faults: Faults) -> None:
    assert faults(good) == []


@pytest.mark.parametrize("damage", BREAKS, ids=lambda each: each.__name__)
def test_a_broken_variant_is_caught(
    damage: Callable[[pikepdf.Pdf], None], good: bytes, faults: Faults
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as pdf:
        damage(pdf)
        pdf.save(out)
    assert out.getvalue() != good
    assert faults(out.getvalue())


def test_there_are_nineteen_ways_to_break_a_paper() -> None:
    assert len(set(BREAKS)) == 19
