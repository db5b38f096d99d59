"""An index in memory over invented providers, shared by the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
import sqlcipher3.dbapi2 as dbapi

from resources.directory import index
from resources.directory.provider import Provider
from resources.directory.search import Shortlists
from resources.starter import hotlines, training_providers
from tests.resources.directory.find.generate import generate


def build(providers: Iterable[Provider]) -> Any:
    """An index in memory over these providers."""
    connection = dbapi.connect(":memory:", isolation_level=None)
    index.create(connection)
    connection.execute("begin")
    for docid, provider in enumerate(providers, 1):
        index.write(connection, docid, provider)
    connection.execute("commit")
    return connection


def read_all_ahead(kept: Shortlists, connection: Any) -> int:
    """What a long pause gives time for; in how many pieces."""
    pieces = 0
    while kept.read_ahead(connection):
        pieces += 1
    return pieces


@pytest.fixture
def index_of() -> Callable[[Iterable[Provider]], Any]:
    return build


@pytest.fixture(scope="session")
def training() -> Any:
    """The training directory and the national lines."""
    return build(training_providers(date(2026, 11, 25)) + hotlines())


@pytest.fixture(scope="session")
def many_providers() -> list[Provider]:
    return list(generate(2000, seed=11))


@pytest.fixture(scope="session")
def many(many_providers: list[Provider]) -> Any:
    return build(many_providers)
