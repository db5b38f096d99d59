"""How long a keystroke waits for its results, against ranked full-text search of the same providers.

    python tests/benchmarks/search.py [COUNT ...]        (5000 unless told otherwise; 200000 is the big one)

Prints milliseconds of `search.find` without and with five filters, of the bare SQL it asks, and of SQLite's
own ranked search (`order by rank limit 50`), all over one encrypted file in one run, and the ratios to that.

Between two keys the window reads ahead, in pieces of a few milliseconds, what the next key will need
(`desktop/read_ahead.py`): filters and their half hour once for all places, words of the few that pass, words
to mend from. So does "near, five filters" here, outside its time; pieces are timed in a row of their own.
"Each key anew" never reads ahead and remembers nothing.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from resources import engine
from resources.directory import candidates, index, matching, needs, places, search
from resources.directory.provider import Provider
from resources.words import load as words_in
from tests.benchmarks.timing import Times, load, ratio
from tests.resources.directory.find.generate import generate

SEED, PHRASES, BATCH, MOST = 3, 40, 2000, 8.0
MOMENT = datetime(2026, 11, 25, 14, 30)
WRITE_RANKED = "insert into ranked(rowid, name, org, needs, place, body, phone) values (?, ?, ?, ?, ?, ?, ?)"
RANKED = "select rowid from ranked where ranked match ? order by rank limit 50"


def build(folder: Path, count: int) -> tuple[Any, list[Provider]]:
    """An encrypted file with the index and, beside it, a plain FTS5 table over the same words."""
    connection = engine.open_file(folder / "search.db", os.urandom(32))
    with engine.writing(connection):
        index.create(connection)
        connection.execute(
            "create virtual table ranked using fts5(name, org, needs, place, body, phone, content='', "
            "prefix='1 2 3')"
        )
    providers = generate(count)
    spent, sample, docid = 0.0, list[Provider](), 1
    while batch := list(islice(providers, BATCH)):
        start = time.perf_counter()
        with engine.writing(connection):
            index.write_many(connection, enumerate(batch, docid))
        spent += time.perf_counter() - start
        with engine.writing(connection):
            rows = [(n, *index._texts(provider)) for n, provider in enumerate(batch, docid)]
            connection.executemany(WRITE_RANKED, rows)
        sample += batch[:: max(1, BATCH // 20)]
        docid += len(batch)
    print(f"{count:,} providers: index written in {spent:.1f} s ({spent / count * 1e6:.0f} us each)")
    index.tidy(connection)
    return connection, sample


def keystrokes(sample: list[Provider]) -> Iterator[tuple[str, Provider]]:
    """What officers type, letter by letter: needs, names, towns, everyday words."""
    chance = random.Random(SEED)
    for _ in range(PHRASES):
        provider = chance.choice(sample)
        need = words_in("en").say(needs.get(chance.choice(needs.codes())).key)
        everyday = chance.choice(("bed tonight", "rape kit", "lawyer", "spanish", "papers"))
        town = provider.place.city.lower()
        typed = chance.choice((need, provider.name, f"{need.split()[0]} {town}", everyday, town)).lower()
        yield "", provider  # the filters are set, nothing is typed yet
        for end in range(1, len(typed) + 1):
            if typed[end - 1] != " ":
                yield typed[:end], provider


def run(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        connection, sample = build(Path(folder), count)
        typed = list(keystrokes(sample))
        kept, pieces = search.Shortlists(), Times()
        search.find(connection, _filtered(*typed[0]), kept)
        read_ahead(connection, kept, pieces)
        print(f"  read ahead in {sum(pieces.own) / 1000:.2f} s; {len(typed)} keystrokes; {load()}")
        times = measure(_variants(connection, kept), typed, lambda: read_ahead(connection, kept, pieces))
        times["a piece read ahead"] = pieces
        connection.close()
    for name, spent in times.items():
        print(spent.line(name, MOST if name == "near, five filters" else None))
    for name in ("near, no filter", "near, five filters", "no place"):
        print(f"  p95 {name}, faster than ranked FTS5: {ratio(times[name], times['ranked FTS5'])}")


def read_ahead(connection: Any, kept: search.Shortlists, pieces: Times) -> None:
    """What the window does in a pause, until nothing is left to read."""
    more = [True]
    while more[-1]:
        pieces.measure(lambda: more.append(kept.read_ahead(connection)))


def _variants(connection: Any, kept: search.Shortlists) -> dict[str, Callable[[str, Provider], Any]]:
    return {
        "near, no filter": lambda t, p: search.find(connection, _query(t, p)),
        "near, five filters": lambda t, p: search.find(connection, _filtered(t, p), kept),
        "five filters, each key anew": lambda t, p: search.find(connection, _filtered(t, p)),
        "five filters, and what to drop": lambda t, p: search.find(
            connection, replace(_filtered(t, p), ways_on=True)
        ),
        "no place": lambda t, p: search.find(connection, search.Query(t, moment=MOMENT, ways_on=False)),
        "bare SQL, near": lambda t, p: _bare(connection, t, p),
        "ranked FTS5": lambda t, p: _ranked(connection, t) if t else None,
    }


def _ranked(connection: Any, text: str) -> None:
    connection.execute(RANKED, (_match(text),)).fetchall()
    bytearray(4096)  # the C library now joins the pieces it left in memory: not in the next one's time


def measure(
    variants: dict[str, Callable[[str, Provider], Any]],
    typed: list[tuple[str, Provider]],
    pause: Callable[[], None],
) -> dict[str, Times]:
    """Each keystroke asks every variant, so that load hits all alike; then there is a pause."""
    times = {name: Times() for name in variants}
    for text, provider in typed:
        for name, ask in variants.items():
            times[name].measure(lambda ask=ask, text=text, provider=provider: ask(text, provider))
        pause()
    return times


def _query(text: str, provider: Provider) -> search.Query:
    near = places.county(provider.place.county)
    return search.Query(text, near=near, moment=MOMENT, ways_on=False)


def _filtered(text: str, provider: Provider) -> search.Query:
    near = places.county(provider.place.county)
    return search.Query(
        text,
        near=near,
        within=100,
        language="es",
        open_now=True,
        accepts=("men", "no_id"),
        moment=MOMENT,
        ways_on=False,
    )


def _bare(connection: Any, text: str, provider: Provider) -> None:
    """The questions `find` asks of the index, without ranking and without making lines of them."""
    query = _query(text, provider)
    source = candidates.Source(connection, query, matching.typed_words(text))
    ids = source.ids()
    if source.full(ids) and query.near:
        ids = source.ids(candidates._region(query.near))
    source.cards(ids)


def _match(text: str) -> str:
    words = matching.typed_words(text)
    return " ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}" *'])


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["5000"]:
        run(int(argument))
