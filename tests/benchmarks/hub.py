"""How fast the hub takes and gives segments beside plain PostgreSQL with the same bytes, and what it keeps.

    python tests/benchmarks/hub.py [LAPTOPS] [PROVIDERS]       (300 and 2000 unless told otherwise)

Starts a PostgreSQL of its own with its usual durability. Prints segments a second, one request and one commit
each and in batches, with the ratio to two baselines of the same run: single-row INSERT with commit, and COPY,
both into a table without an index. Then pulls of what is new. Then bytes on the server for each provider and
each segment, of one directory and of 500 agencies.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[2]))

import psycopg

from hub import schema
from hub.publish import Published, publish
from hub.pull import Pulled, pull
from hub.rosters import name_of
from hub.server import connected
from hub.store import MOST_ROWS, Hub, Row
from resources.directory.derived import NoIndex
from resources.directory.store import Directory
from resources.updates.incoming import spans
from resources.updates.medium import Folder, Medium, Parts
from resources.updates.segments import Sealed
from tests.benchmarks.store import provider
from tests.hub.laptops import Agency, Laptop, agency
from tests.hub.postgres import Server, running

EACH, SEGMENTS, OPS, AT_ONCE, PULLS, SEED = 10, 20, 10, 16, 200, 7
AGENCIES, FIRST_LOAD, LAPTOPS, DAYS = 500, 200, 2, 10


def operations(count: int) -> list[str]:
    """Those of a real directory: new providers, then an edit of each tenth."""
    chance = random.Random(SEED)
    some = [provider(n, chance) for n in range(count)]
    with tempfile.TemporaryDirectory() as name, Directory.open(Path(name), index=NoIndex()) as directory:
        for at in range(0, count, 500):
            directory.save(*some[at : at + 500])
        for one in some[::10]:
            directory.record_check(one.id, "answered")
        return [body for (body,) in directory.connection.execute("select body from op order by n")]


def new_hub(server: Server, name: str, made: Sequence[Agency]) -> str:
    """An address whose login publishes for all these agencies, by the same policies as anybody."""
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
    with connected(server.address(name), version=0) as hub:
        schema.setup(hub)
        schema.admit(hub, "desk", made[0].id, [], publishes=True)
        hub.connection.cursor().executemany(
            "insert into porchlight.access values ('desk', %s, true)", [(one.id,) for one in made[1:]]
        )
        schema.admit(hub, "one", made[0].id, [], publishes=False)
        hub.connection.execute("create table plain (device text, first int, raw bytea)")
        hub.connection.execute("grant insert, truncate on plain to desk")
    return server.address(name, "desk")


def rows_of(one: Agency) -> list[list[Row]]:
    """Each laptop's segments, as publishing sends them."""
    found = []
    for laptop in one.laptops:
        some = []
        for span in spans(laptop.parts.names()).get(laptop.device, ()):
            raw = laptop.parts.parts[span.name]
            sealed = Sealed.read(raw)
            prev, chain = bytes.fromhex(sealed.header.prev), bytes.fromhex(sealed.header.chain)
            some.append(Row(one.id, laptop.device, span.first, span.last, prev, chain, 0, sealed.seal, raw))
        found.append(some)
    return found


def at_once(address: str, some: Sequence[list[Row]], work: Callable[[Hub, Row], object]) -> float:
    """Segments a second over several connections, a commit for each segment."""

    def go(first: int) -> None:
        with connected(address) as hub:
            for rows in some[first::AT_ONCE]:
                for row in rows:
                    work(hub, row)

    start = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(go, range(AT_ONCE)))
    return sum(map(len, some)) / (time.perf_counter() - start)


def insert(hub: Hub, row: Row) -> None:
    hub.connection.execute("insert into plain values (%s, %s, %b)", (row.device, row.first, row.raw))


def in_batches(hub: Hub, rows: Sequence[Row], work: Callable[[Hub, Sequence[Row]], object]) -> float:
    start = time.perf_counter()
    for at in range(0, len(rows), MOST_ROWS):
        work(hub, rows[at : at + MOST_ROWS])
    return len(rows) / (time.perf_counter() - start)


def copy(hub: Hub, rows: Sequence[Row]) -> None:
    with hub.connection.cursor().copy("copy plain from stdin") as out:
        for row in rows:
            out.write_row((row.device, row.first, row.raw))


def pushing(server: Server, laptops: int, bodies: Sequence[str]) -> None:
    made, others = ([agency(EACH) for _ in range(laptops // EACH)] for _ in range(2))
    for one in (*made, *others):
        for laptop in one.laptops:
            for n in range(SEGMENTS - 2):
                laptop.write(bodies=bodies[n * OPS : (n + 1) * OPS])
            laptop.write(OPS)
            laptop.write(OPS)  # the newest two are edits of single fields
    address = new_hub(server, "pushes", [*made, *others])
    some = [rows for one in made for rows in rows_of(one)]
    rows = [row for one in others for rows in rows_of(one) for row in rows]
    print(f"{laptops} laptops, {len(rows)} segments of {OPS} operations, {len(rows[0].raw)} bytes each")
    single = at_once(address, some, insert)
    pushed = at_once(address, some, lambda hub, row: hub.put([row]))
    again = at_once(address, some, lambda hub, row: hub.put([row]))
    print(f"one by one, {AT_ONCE} connections: {pushed:.0f}/s (again {again:.0f}/s), INSERT {single:.0f}/s,"
          f" ratio {pushed / single:.2f}")  # fmt: skip
    with connected(address) as hub:
        plain = in_batches(hub, rows, copy)
        batched = in_batches(hub, rows, lambda hub, some: hub.put(some))
        print(f"in batches, 1 connection: {batched:.0f}/s, COPY {plain:.0f}/s, ratio {batched / plain:.2f}")
    pulling(address, "a desk that sees all", made)
    pulling(address.replace("user=desk", "user=one"), "a desk of one agency", made[:1])


def pulling(address: str, who: str, made: Sequence[Agency]) -> None:
    """Six segments are new: the requests alone, all of `pull` in memory, and into a real folder."""
    whole = Parts("whole", {name: data for one in made for name, data in one.laptops[0].parts.parts.items()})
    with connected(address) as hub, tempfile.TemporaryDirectory() as name:
        for one in made:
            if hub.agencies()[one.id]:
                hub.put_roster(one.id, 1, whole.parts[name_of(one.id, 1)])
        start = time.perf_counter()
        pull(hub, whole, first := Pulled())
        print(f"{who}: first pull of {first.segments} segments in {time.perf_counter() - start:.2f} s")
        folder = Folder(Path(name))
        for part, data in whole.parts.items():
            (folder.root / part).parent.mkdir(parents=True, exist_ok=True)
            (folder.root / part).write_bytes(data)
        chance = random.Random(SEED)
        laptops = [laptop for one in made for laptop in one.laptops]
        said("requests", [requests(hub, laptops, chance) for _ in range(PULLS)])
        said("pull in memory", [timed(hub, whole, laptops, chance, whole.parts.pop) for _ in range(PULLS)])
        said(
            "pull to disk",
            [
                timed(hub, folder, laptops, chance, lambda part: (folder.root / part).unlink())
                for _ in range(PULLS // 10)
            ],
        )


def requests(hub: Hub, laptops: Sequence[Laptop], chance: random.Random) -> float:
    lacking = {laptop.device for laptop in chance.sample(laptops, 3)}
    held = [(one.agency, one.device, one.n - 2 * OPS * (one.device in lacking)) for one in laptops]
    start = time.perf_counter()
    some = hub.news(held)
    assert len(hub.files(some)) == len(some) == 6
    return time.perf_counter() - start


def timed(
    hub: Hub,
    medium: Medium,
    laptops: Sequence[Laptop],
    chance: random.Random,
    remove: Callable[[str], object],
) -> float:
    names = spans(medium.names())
    for laptop in chance.sample(laptops, 3):
        for span in names[laptop.device][-2:]:
            remove(span.name)
    start = time.perf_counter()
    pull(hub, medium, done := Pulled())
    assert done.segments == 6
    return time.perf_counter() - start


def said(what: str, seconds: Sequence[float]) -> None:
    print(
        f"{what}, 6 new: p50 {median(seconds) * 1e3:.1f} ms, p95 {quantiles(seconds, n=20)[-1] * 1e3:.1f} ms"
    )


def costing(server: Server, bodies: Sequence[str], providers: int) -> None:
    """Bytes on the server: one agency's whole directory, then 500 agencies at a reduced size."""
    one = agency(1)
    for at in range(0, len(bodies), 5_000):
        one.laptops[0].write(bodies=bodies[at : at + 5_000])
    address = new_hub(server, "one", [one])
    stick, size = publish_all(address, [one])
    print(f"one directory of {providers}: {stick / providers:.0f} bytes a provider on the stick,"
          f" {size / providers:.0f} on the server")  # fmt: skip
    many = [agency(LAPTOPS) for _ in range(AGENCIES)]
    for each in many:
        each.laptops[0].write(bodies=bodies[:FIRST_LOAD])
    address = new_hub(server, "many", many)
    start = time.perf_counter()
    stick, before = publish_all(address, many)
    took, loaded = time.perf_counter() - start, AGENCIES * FIRST_LOAD
    print(f"{AGENCIES} agencies of {FIRST_LOAD}: {stick / loaded:.0f} bytes a provider on the stick,"
          f" {before / loaded:.0f} on the server, loaded in {took:.1f} s")  # fmt: skip
    for each in many:
        for _ in range(DAYS):
            each.laptops[1].write()
    small, after = publish_all(address, many)
    more = AGENCIES * DAYS
    print(f"{more} segments of one edit: {(small - stick) / more:.0f} bytes each on the stick,"
          f" {(after - before) / more:.0f} on the server")  # fmt: skip


def publish_all(address: str, some: Sequence[Agency]) -> tuple[int, int]:
    """Publish every laptop's folder; gives the bytes of the segments, and of the hub's tables and indices."""
    with connected(address) as hub:
        for one in some:
            for laptop in one.laptops:
                publish(hub, laptop.parts, done := Published())
                assert not done.refusals
        row = hub.connection.execute("select sum(octet_length(raw)) from porchlight.body").fetchone()
        return int(row[0]) if row else 0, hub.size()


def main(laptops: int, providers: int) -> None:
    bodies = operations(providers)
    with running() as server:
        pushing(server, laptops, bodies)
        costing(server, bodies, providers)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*given) if len(given) == 2 else main(300, 2_000)
