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
