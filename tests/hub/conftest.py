"""A real PostgreSQL for all tests of the hub, and a database of its own for each."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from hub import schema
from hub.server import connected
from hub.store import Hub
from tests.hub.postgres import Server, programs, running


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    if programs() is None:
        missing = "this machine has no PostgreSQL (apt-get install postgresql)"
        if os.environ.get("PORCHLIGHT_NEEDS_POSTGRES"):
            pytest.fail(missing)
        pytest.skip(missing)
    if sys.platform == "win32":
        pytest.skip("the server is started the Unix way here")
    with running("fsync=off", "autovacuum=off") as started:
        with psycopg.connect(started.address("postgres"), autocommit=True) as connection:
            connection.execute("create role hub_owner login createrole")  # as docs/hub.md has it
        yield started


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub is the one part with a network; its tests stay on this machine."""
    connect = socket.socket.connect

    def local(self: socket.socket, address: Any) -> None:
        if self.family == socket.AF_INET and address[0] != "127.0.0.1":
            raise AssertionError("something tried to use the network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local)


@pytest.fixture
def database(server: Server) -> Iterator[str]:
    """A database that is set up as a hub."""
    name = f"hub_{secrets.token_hex(4)}"
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name} owner hub_owner")
        with connected(server.address(name, "hub_owner"), version=0) as hub:
            schema.setup(hub)
        yield name
        connection.execute(f"drop database {name} with (force)")
        logins = "select rolname from pg_roles where rolname ~ '^t_'"
        for (login,) in connection.execute(logins).fetchall():
            connection.execute(f"drop role {login}")


@pytest.fixture
def login(server: Server, database: str) -> Callable[..., str]:
    """Makes a login for an agency and gives the address of the hub for it."""

    def make(agency: str, *reads: str, publishes: bool = True) -> str:
        name = f"t_{secrets.token_hex(4)}"
        with connected(server.address(database, "hub_owner")) as hub:
            schema.admit(hub, name, agency, reads, publishes=publishes)
        return server.address(database, name)

    return make


@pytest.fixture
def owner(server: Server, database: str) -> Iterator[Hub]:
    with connected(server.address(database, "hub_owner")) as hub:
        yield hub
