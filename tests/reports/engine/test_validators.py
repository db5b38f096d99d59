"""Every paper is one that a blind reader can use, and the validators notice when it is not."""

from __future__ import annotations

import io
from collections.abc import Callable

import page
import pikepdf
import pytest

from reports.blocks import Document, Heading, Para
from reports.engine import render
from tests.reports.engine.samples import TEXTS, dot, paper

Faults = Callable[[bytes], list[str]]
PICTURES = {"dot": dot}


@pytest.mark.parametrize("language", TEXTS)
def test_no_validator_finds_a_fault_in_any_language(language: str, faults: Faults) -> None:
    assert faults(render(paper(language), pictures=PICTURES)) == []


@pytest.mark.parametrize("language", ("en", "ar", "my", "zh"))
@pytest.mark.parametrize("changes", ({"form": "wallet"}, {"form": "booklet", "paper": "a4"}, {"size": 24}))
def test_no_validator_finds_a_fault_in_any_form(
    language: str, changes: dict[str, object], faults: Faults
) -> None:
    document = paper(language, watermark="TRAINING", **changes)
    assert faults(render(document, pictures=PICTURES)) == []


def test_skipped_heading_levels_are_closed_up(faults: Faults) -> None:
    blocks = (Heading("One", 2), Para("Text that stands here."), Heading("Two", 5), Para("More text."))
    assert faults(render(Document("Levels", "en", blocks))) == []


def test_archive_paper_says_so(faults: Faults) -> None:
    pdf = render(paper("ar"), pdfa=True, pictures=PICTURES)
    assert faults(pdf) == []
    assert page.validate_pdf_bytes(pdf, profile="2a").is_compliant
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert b"<pdfaid:conformance>A" in opened.Root.Metadata.read_bytes()
        assert opened.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert len(bytes(opened.trailer.ID[0])) == 16


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
    """Tabs matter only to a page with annotations, so it gets one that no tag knows."""
    leaf = pdf.pages[0]
    del leaf.obj["/Tabs"]
    link = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link, "/Rect": [0, 0, 9, 9], "/F": 4}
    leaf.obj["/Annots"] = pdf.make_indirect(pikepdf.Array([pikepdf.Dictionary(link)]))


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
)


@pytest.mark.parametrize("damage", BREAKS, ids=lambda each: each.__name__)
def test_a_broken_variant_is_caught(damage: Callable[[pikepdf.Pdf], None], faults: Faults) -> None:
    whole = render(paper(), pictures=PICTURES)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        damage(pdf)
        pdf.save(out)
    assert faults(out.getvalue())
