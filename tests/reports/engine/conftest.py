"""The validators that judge each paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import outloud
import page
import pytest

# TXT-004: parts of Indic and Khmer letters share a silent code; TBL-014: a false alarm for plain cells.
SKIPPED = {"TXT-004", "TBL-014"}


@pytest.fixture
def faults(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """What page-validation and outloud find wrong with a file."""

    def found(pdf: bytes) -> list[str]:
        report = page.validate_pdf_bytes(pdf, profile="ua1")
        wrong = [failure.rule_id for failure in report.failures]
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf)
        result = outloud.check(str(path), skip=SKIPPED)
        assert result.error is None, result.error
        return wrong + [finding.rule for finding in result.findings if finding.severity == "error"]

    return found
