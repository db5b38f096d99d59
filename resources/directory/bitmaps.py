"""Which cards a filter lets through, one bit for each: read in pieces while nobody waits for an answer."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from resources.engine import few_pages

PIECE, KEPT, COMBINED = 8192, 48, 8


class Filter(NamedTuple):
    """A filter that many questions share: an expression over the facets, or a half hour of the week in
    which to be open. What meets it is kept, or with `out` left out."""

    facets: str = ""
    half_hour: str = ""
    out: bool = False


class Bitmaps:
    """The filters that questions asked for, until something is written."""

    def __init__(self) -> None:
        self._whole: dict[Filter, int] = {}
        self._begun: dict[Filter, bytearray] = {}  # a "1" or "0" for each card number read so far
        self._passing: dict[tuple[Filter, ...], str] = {}
        self._size = 0

    def forget(self) -> None:
        for kept in (self._whole, self._begun, self._passing):
            kept.clear()

    def passing(self, filters: tuple[Filter, ...]) -> str | None:
        """For each card number "1" when that card passes all filters. None while one of them is not read:
        `read_on` does it."""
        missing = [one for one in filters if one not in self._whole]
        if missing:
            if len(self._whole) + len(self._begun) + len(missing) > KEPT:
                self.forget()
            for one in missing:
                self._begun.setdefault(one, bytearray())
            return None
        if filters not in self._passing:
            if len(self._passing) >= COMBINED:
                self._passing.clear()
            bits = self._whole[filters[0]]
            for one in filters[1:]:
                bits &= self._whole[one]
            self._passing[filters] = f"{bits:0{self._size}b}"[::-1]
        return self._passing[filters]

    def read_on(self, connection: Any) -> bool:
        """Read a piece of what questions asked for; False when nothing was left to read."""
        if not self._begun:
            return False
        one, signs = next(iter(self._begun.items()))
        start, (kept, left) = len(signs), b"01" if one.out else b"10"
        with few_pages(connection):
            meeting = _meeting(connection, one, start, start + PIECE - 1)
        signs += bytes([left]) * PIECE  # only now: a piece that could not be read is read again
        for number in meeting:
            signs[number] = kept
        (last,) = connection.execute("select coalesce(max(docid), 0) from search_doc").fetchone()
        if len(signs) > last:
            self._whole[one], self._size = int(signs[last::-1], 2), last + 1
            del self._begun[one]
        return True


def _meeting(connection: Any, one: Filter, first: int, last: int) -> list[int]:
    if one.half_hour:
        sql = f"select docid as n from search_doc where docid between ? and ? and ({one.half_hour}) & 1"
        return at_once(connection, sql, first, last)
    sql = "select rowid as n from search_fts where search_fts match ? and rowid between ? and ?"
    return at_once(connection, sql, f"facets : ({one.facets})", first, last)


def at_once(connection: Any, sql: str, *given: object) -> list[int]:
    """All numbers `n` of a question in one piece: handed over row by row they take four times as long."""
    (said,) = connection.execute(f"select json_group_array(n) from ({sql})", given).fetchone()
    found: list[int] = json.loads(said)
    return found
