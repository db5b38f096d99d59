"""What all tests share: the sample lists beside the clone, and no way out to a network."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

SAMPLE_DATA = Path(__file__).parents[2] / "shared" / "sample-data"


@pytest.fixture
def sample_data() -> Path:
    """The real lists that lie beside the clone; a test that needs them says so when they are not there."""
    if not SAMPLE_DATA.is_dir():
        pytest.skip("the sample lists (../shared/sample-data) are not beside this clone")
    return SAMPLE_DATA


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Porchlight is offline by construction (R30): a test that opens a connection fails."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("something tried to use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
