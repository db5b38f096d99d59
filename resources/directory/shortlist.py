"""While the filters let few providers through, letters are matched in memory: a key costs no question."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from resources.directory.matching import Letters, Said

FEW, KEPT = 2000, 16


class Shortlist:
    """Numbers of all cards that pass the filters; their words are read when first asked for."""

    def __init__(self, connection: Any, ids: Sequence[int]) -> None:
        self._connection, self.ids = connection, ids

    @cached_property
    def _letters(self) -> list[tuple[int, str, str]]:
        sql = (
            "select docid, facets, words from search_letters"
            " where docid in (select value from json_each(?)) order by docid"
        )
        return list(self._connection.execute(sql, (json.dumps(self.ids),)))

    def matching(self, said: Sequence[Said]) -> Sequence[int]:
        """Those that the typed words ask for, as the full-text index would find them."""
        if not said:
            return self.ids
        found: list[tuple[int, str, str]] = self._letters
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


class Shortlists:
    """Remembers shortlists and areas of one directory until something is written to it."""

    def __init__(self) -> None:
        self._connection: Any = None
        self._stamp: tuple[int, int] = (-1, -1)
        self._kept: dict[str, Shortlist | None] = {}
        self._areas: dict[str, frozenset[int]] = {}

    def among(self, connection: Any, question: str, ask: Callable[[int], list[int]]) -> Shortlist | None:
        """The shortlist of a question; None when more pass than are worth keeping. `ask` reads so many."""
        self._renew(connection)
        if question not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            ids = ask(FEW + 1)
            self._kept[question] = Shortlist(connection, ids) if len(ids) <= FEW else None
        return self._kept[question]

    def area(self, area: str) -> frozenset[int]:
        """Numbers of all cards in an area, for the connection asked about last."""
        if area not in self._areas:
            if len(self._areas) >= KEPT:
                self._areas.clear()
            sql = "select rowid from search_fts where search_fts match ?"
            rows = self._connection.execute(sql, (f"facets : ({area})",))
            self._areas[area] = frozenset(row[0] for row in rows)
        return self._areas[area]

    def _renew(self, connection: Any) -> None:
        """Forget all when anything was written, here or by another window, or another file is asked."""
        stamp = (connection.total_changes, connection.execute("pragma data_version").fetchone()[0])
        if connection is not self._connection or stamp != self._stamp:
            self._connection, self._stamp = connection, stamp
            self._kept.clear()
            self._areas.clear()
