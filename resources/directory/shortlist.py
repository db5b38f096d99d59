"""While the filters let few providers through, letters are matched in memory: a key costs no question."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from resources.directory.bitmaps import Bitmaps, Filter, at_once
from resources.directory.matching import Letters, Said
from resources.directory.spelling import words_of

FEW, KEPT, AROUND, PIECE = 2000, 16, 30_000, 250


class Shortlist:
    """Numbers of all cards that pass the filters, and their words once somebody types."""

    def __init__(self, connection: Any, ids: Sequence[int]) -> None:
        self._connection, self.ids = connection, ids
        self._letters: list[tuple[int, str, str]] = []
        self._unread = list(reversed(ids))

    def read_on(self) -> bool:
        """Read the words of some more; False when all are read."""
        some = self._unread[-PIECE:]
        sql = (
            "select docid, facets, words from search_letters"
            " where docid in (select value from json_each(?)) order by docid"
        )
        self._letters += list(self._connection.execute(sql, (json.dumps(some),))) if some else []
        del self._unread[-PIECE:]  # only now: a piece that could not be read is read again
        return bool(some)

    def matching(self, said: Sequence[Said]) -> Sequence[int]:
        """Those that the typed words ask for, as the full-text index would find them."""
        if not said:
            return self.ids
        while self.read_on():
            pass
        found = self._letters
        for one in said:
            found = [row for row in found if _meets(one, row[1], row[2])]
        return [row[0] for row in found]


def _meets(said: Said, facets: str, words: str) -> bool:
    return all(_has(letters, words) for letters in said.letters) or any(
        f" {token} " in facets for token in said.facets
    )


def _has(letters: Letters, words: str) -> bool:
    return any(f" {word}" in words for word in letters.begins) or any(
        f" {word} " in words for word in letters.whole
    )


class Narrowed(NamedTuple):
    """A question without its words: filters it shares with others, and what holds for its places alone."""

    filters: tuple[Filter, ...]
    places: str

    def ids(self, connection: Any, bitmaps: Bitmaps) -> list[int] | None:
        """The first cards that pass, one more than a shortlist holds; None when the index has to be asked."""
        passing = bitmaps.passing(self.filters) if self.filters else None
        if passing is None:
            return None
        if not self.places:
            return list(islice((one.start() for one in re.finditer("1", passing)), FEW + 1))
        sql = f"select rowid as n from search_fts where search_fts match ? limit {AROUND + 1}"
        around = at_once(connection, sql, f"facets : ({self.places})")
        return [n for n in around if passing[n] == "1"][: FEW + 1] if len(around) <= AROUND else None


class Shortlists:
    """Remembers shortlists, filters and areas of one directory until something is written to it."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._stamp: tuple[int, int] = (-1, -1)
        self._kept: dict[str, Shortlist | None] = {}
        self._areas: dict[str, frozenset[int]] = {}
        self._bitmaps = Bitmaps()

    def among(
        self, connection: Any, question: str, narrowed: Narrowed, ask: Callable[[int], list[int]]
    ) -> Shortlist | None:
        """The shortlist of a question; None when more pass than are worth keeping. While its filters are not
        read yet, `ask` is asked for so many."""
        self._renew(connection)
        if question not in self._kept:
            if len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            ids = narrowed.ids(connection, self._bitmaps)
            if ids is None:
                ids = ask(FEW + 1)
            self._kept[question] = Shortlist(connection, ids) if len(ids) <= FEW else None
        return self._kept[question]

    def read_ahead(self, connection: Any) -> bool:
        """In an idle moment: read some of what the next letter, place or misspelt word will need. False when
        nothing is left to read."""
        self._renew(connection)
        newest = next(reversed(self._kept.values()), None)
        if newest is not None and newest.read_on():
            return True
        return self._bitmaps.read_on(connection) or words_of(connection).read_on()

    def area(self, area: str) -> frozenset[int]:
        """Numbers of all cards in an area, for the connection asked about last."""
        if area not in self._areas:
            if len(self._areas) >= KEPT:
                del self._areas[next(iter(self._areas))]
            sql = "select rowid as n from search_fts where search_fts match ?"
            self._areas[area] = frozenset(at_once(self._connection, sql, f"facets : ({area})"))
        return self._areas[area]

    def _renew(self, connection: Any) -> None:
        """Forget all when anything was written, here or by another window, or another file is asked."""
        stamp = (connection.total_changes, connection.execute("pragma data_version").fetchone()[0])
        if connection is not self._connection or stamp != self._stamp:
            self._connection, self._stamp = connection, stamp
            self._kept.clear()
            self._areas.clear()
            self._bitmaps.forget()
