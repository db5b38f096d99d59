"""The tools of packaging/ are run by path and are no package: load them by path too."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).parents[2] / "packaging" / "tools"


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], ModuleType]]:
    """Import a tool by its name, as when it is run from its folder."""
    names = {path.stem for path in TOOLS.glob("*.py")}
    monkeypatch.syspath_prepend(str(TOOLS))
    yield importlib.import_module
    for name in names & sys.modules.keys():
        del sys.modules[name]
