"""A laptop with a policy file of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from resources import policy
from resources.policy import Policy

Put = Callable[[str], Policy]


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Write the policy of this laptop, as its administrator; gives what is in force."""
    file = tmp_path / "etc" / "policy.toml"
    file.parent.mkdir()
    monkeypatch.setattr(policy, "path", lambda: file)
    monkeypatch.setattr(policy, "only_administrators_write", lambda path: True)

    def write(text: str) -> Policy:
        file.write_text(text, encoding="utf-8")
        policy._cached.cache_clear()
        return policy.current()

    return write
