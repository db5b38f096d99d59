"""The validators that judge each paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reports.validators import faults_of


@pytest.fixture
def faults(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """What page-validation and outloud find wrong with a file."""
    return lambda pdf: faults_of(pdf, tmp_path)
