"""Many laptops on a bad line: nothing is lost, nothing is stored twice, and forks stay out.

PORCHLIGHT_HUB_LAPTOPS=300 python -m pytest -q tests/hub/test_lost.py     the size of a state; minutes
"""

from __future__ import annotations

import os
import random
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise

import psycopg
import pytest

from hub import server as hub_server
from hub.publish import Published, publish
from hub.pull import Pulled, pull
from hub.server import Lost, steadily
from hub.store import Hub
from resources.updates.medium import Parts
from tests.hub.laptops import Agency, Laptop, agency
from tests.hub.postgres import SECRET, Server

LAPTOPS = int(os.environ.get("PORCHLIGHT_HUB_LAPTOPS", "30"))
EACH, ROUNDS, SEED, AT_ONCE = 10, 3, 20261128, 8
Login = Callable[..., str]


class BadLine:
    """Passes bytes on between laptops and server, and cuts every connection after some of them."""

    def __init__(self, port: int, cut: Callable[[], int]) -> None:
        self.port, self.cut, self.cuts = port, cut, 0
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listening.accept()
                there = socket.create_connection(("127.0.0.1", self.port))
                for end in (client, there):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                left = [self.cut()]
                for one, other in ((client, there), (there, client)):
                    threading.Thread(target=self._pass_on, args=(one, other, left), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, left: list[int]) -> None:
        with suppress(OSError):
            while (data := one.recv(4096)) and left[0] > 0:
                other.sendall(data[: left[0]])
                left[0] -= len(data)
            self.cuts += left[0] <= 0
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_server, "WAITS", (0.01,) * 60)
    monkeypatch.setenv("PGPASSWORD", SECRET)


@pytest.fixture
def bad_line(server: Server) -> Iterator[BadLine]:
    chance = random.Random(SEED)
    line = BadLine(server.port, lambda: chance.choice((1_000, 5_000, 20_000, 80_000, 1 << 30)))
    yield line
    line.close()


@pytest.fixture
def by_line(server: Server, database: str, login: Login, bad_line: BadLine) -> Callable[[str], str]:
    """Makes a login for an agency and gives its address over the bad line."""

    def make(agency_id: str) -> str:
        name = login(agency_id).rpartition("user=")[2]
        with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
            connection.execute(f"alter role {name} password '{SECRET}'".encode())
        return server.network(database, name, port=bad_line.listening.getsockname()[1])

    return make


def swap(address: str, laptop: Laptop) -> tuple[Published, Pulled]:
    """A desk machine's round: publish, pull, each again after a lost connection."""
    sent, got = Published(), Pulled()

    def both(hub: Hub) -> None:
        publish(hub, laptop.parts, sent)
        pull(hub, laptop.parts, got)

    steadily(address, both, lambda: sent.moved + got.moved)
    return sent, got


def test_many_laptops_agree_in_spite_of_lost_connections(
    by_line: Callable[[str], str], bad_line: BadLine, owner: Hub, server: Server
) -> None:
    agencies = [agency(EACH) for _ in range(LAPTOPS // EACH)]
    address = {one.id: by_line(one.id) for one in agencies}
    everybody = [laptop for one in agencies for laptop in one.laptops]
    stop = threading.Event()
    killer = threading.Thread(target=_kill_backends, args=(server, stop))
    killer.start()
    chance = random.Random(SEED)
    refused: list[str] = []
    twins: list[Laptop] = []
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in range(ROUNDS):
                for laptop in everybody:
                    for _ in range(chance.randrange(3)):
                        laptop.write(chance.randrange(1, 4))
                todo = chance.sample(everybody, len(everybody)) + chance.choices(everybody, k=LAPTOPS // 5)
                for sent, got in pool.map(lambda one: swap(address[one.agency], one), todo):
                    refused += [refusal.why for refusal in sent.refusals + got.refusals]
            twins = [laptop.copy() for laptop in everybody[::EACH]]
            for laptop in (*everybody[::EACH], *twins):
                laptop.write()
            list(pool.map(lambda one: swap(address[one.agency], one), everybody))
            forks = list(pool.map(lambda one: swap(address[one.agency], one), twins))
            list(pool.map(lambda one: swap(address[one.agency], one), everybody))
    finally:
        stop.set()
        killer.join()
    assert refused == []
    assert [[refusal.why for refusal in sent.refusals] for sent, _ in forks] == [["fork"]] * len(twins)
    _all_equal(agencies, owner)
    assert bad_line.cuts > LAPTOPS / 4


def _all_equal(agencies: list[Agency], owner: Hub) -> None:
    """Every folder of an agency holds what its laptops wrote, all of it, and the hub holds it once."""
    segments = 0
    for one in agencies:
        first, *rest = one.laptops
        assert all(laptop.parts.parts == first.parts.parts for laptop in rest)
        own = {laptop.device: laptop.n for laptop in one.laptops}
        names = [name for name in first.parts.parts if name.endswith(".seg")]
        assert {name.partition("/")[0] for name in names} == {device for device, n in own.items() if n}
        assert sum(int(name[-12:-4]) - int(name[-21:-13]) + 1 for name in names) == sum(own.values())
        segments += len(names)
    stored = "select count(*), sum(last - first + 1) from porchlight.segment"
    assert owner.connection.execute(stored).fetchone() == (
        segments,
        sum(laptop.n for one in agencies for laptop in one.laptops),
    )


def _kill_backends(server: Server, stop: threading.Event) -> None:
    """What a restarting server does to those who are connected, over and over."""
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        while not stop.wait(0.2):
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where usename ~ '^t_' and random() < 0.3"
            )


def test_the_same_segments_from_everywhere_at_once_are_stored_once(login: Login, owner: Hub) -> None:
    made = agency(4)
    for laptop in made.laptops:
        for _ in range(5):
            laptop.write()
    everything = {name: data for one in made.laptops for name, data in one.parts.parts.items()}
    address = login(made.id)

    def send(_: int) -> Published:
        done = Published()
        steadily(address, lambda hub: publish(hub, Parts("all", dict(everything)), done))
        return done

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(send, range(12)))
    assert sum(one.segments for one in done) == 20 and not any(one.refusals for one in done)
    assert all(one.segments + one.already == 20 for one in done)
    assert owner.connection.execute("select count(*) from porchlight.body").fetchone() == (20,)


def test_both_halves_of_a_copied_laptop_at_once_leave_one_chain(login: Login, owner: Hub) -> None:
    made = agency(1)
    first = made.laptops[0]
    first.write()
    twin = first.copy()
    for _ in range(5):
        first.write()
        twin.write()
    address = login(made.id)

    def send(laptop: Laptop) -> Published:
        done = Published()
        steadily(address, lambda hub: publish(hub, laptop.parts, done), lambda: done.moved)
        return done

    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(send, (first, twin)))
    assert sorted(len(one.refusals) for one in both) == [0, 1]
    rows = owner.connection.execute("select prev, chain from porchlight.segment order by first").fetchall()
    assert len(rows) == 6 and all(a[1] == b[0] for a, b in pairwise(rows))


def test_a_server_that_stays_away_is_given_up_on(server: Server, bad_line: BadLine, login: Login) -> None:
    bad_line.cut = lambda: 0
    port = bad_line.listening.getsockname()[1]
    with pytest.raises(Lost):
        steadily(server.network("postgres", "postgres", port=port), lambda hub: None)
