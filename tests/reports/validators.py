"""What two validators find wrong with a paper: the rules, and what only a listener would notice."""

from __future__ import annotations

from pathlib import Path

import page

# TXT-004: parts of Indic and Khmer letters share a silent code; TBL-014: a false alarm for plain cells.
SKIPPED = {"TXT-004", "TBL-014"}


def faults_of(pdf: bytes, folder: Path) -> list[str]:
    """Rule names of every fault and every warning; `folder` is a place for the file that outloud reads."""
    import outloud  # needs numpy, which not every system that runs the other tests can load

    report = page.validate_pdf_bytes(pdf, profile="ua1")
    wrong = [failure.rule_id for failure in report.failures]
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    result = outloud.check(str(path), skip=SKIPPED)
    assert result.error is None, result.error
    return wrong + [finding.rule for finding in result.findings if finding.severity != "info"]
