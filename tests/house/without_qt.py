"""A pytest plug-in that makes Qt impossible to import: knowledge and paper must not need it."""

from __future__ import annotations

import sys

import pytest

sys.modules.update(
    dict.fromkeys(("PySide6", "PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "shiboken6"))
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the settings that pytest-qt would read, so that one pyproject.toml serves both runs."""
    parser.addini("qt_log_level_fail", "read by pytest-qt")
    parser.addini("qt_log_ignore", "read by pytest-qt", type="linelist")
