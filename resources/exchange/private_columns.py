"""Columns that say of other columns that they are private, and columns that are private by their name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from resources.exchange import cells, place_cells
from resources.exchange.columns import NUMBERS, by_heading, spoken
from resources.exchange.incoming import ColumnChoice, Row
from resources.exchange.plain_text import given

_FLAG = re.compile(r"(.+?) (?:is )?(?:private|confidential|hidden|unlisted)")
_BY_NAME = re.compile(r"(?:.+ )?(?:confidential|private|secret) (?:address|location|street|site) .+")
PLACE = ("street", "street2", "postal_code", "latitude", "longitude", "point")
# a town and a county may be known, and a name has to be
_CAN_GO = frozenset({*PLACE, *NUMBERS, "extension", "phone_label", "email", "contact", ""})


@dataclass(frozen=True)
class Private:
    """What is private in one row: columns by number, their texts, and whether the place is."""

    columns: frozenset[int] = frozenset()
    texts: tuple[str, ...] = ()
    place: bool = False


NOTHING = Private()


@lru_cache(maxsize=256)
def is_private_by_name(heading: str) -> bool:
    """True for "ConfidentialAddress_Street" and its like."""
    said = spoken(heading)
    return bool(_BY_NAME.fullmatch(said)) and not _FLAG.fullmatch(said)


def is_private(values: Mapping[str, str]) -> bool:
    """True for a row of an HSDS table that says of itself that it is not public."""
    for heading, text in values.items():
        field = by_heading(heading)[0]
        if field in ("confidential", "phone_private") or (field is None and _FLAG.fullmatch(spoken(heading))):
            if cells.flag(text):
                return True
        elif (field == "public" and cells.flag(text) is False) or (
            is_private_by_name(heading) and cells.flag(text) is not False
        ):
            return True
    return False


class PrivateColumns:
    """Tells what is private in each row of a table."""

    def __init__(self, headings: Sequence[str], fields: Sequence[str]) -> None:
        self._fields = fields
        self._by_name = [n for n, heading in enumerate(headings) if is_private_by_name(heading)]
        flags = {n: match[1] for n, h in enumerate(headings) if (match := _FLAG.fullmatch(spoken(h)))}
        self._flags = [(n, self._meant(base, headings, flags)) for n, base in flags.items()]
        self.any = bool(self._by_name or any(meant for _, meant in self._flags))

    def _meant(self, base: str, headings: Sequence[str], flags: Collection[int]) -> frozenset[int]:
        """The columns that "Phone2 is private" speaks of: "Phone2", "Phone2Number"."""
        return frozenset(
            n
            for n, heading in enumerate(headings)
            if n not in flags and self._fields[n] in _CAN_GO and f"{spoken(heading)} ".startswith(f"{base} ")
        )

    def of(self, row: Sequence[str]) -> Private:
        if not self.any:
            return NOTHING
        gone = {n for n in self._by_name if given(row[n])}
        place = any(cells.flag(row[n]) is not False for n in gone)
        for n, meant in self._flags:
            if cells.flag(row[n]):
                gone |= meant
                place = place or any(self._fields[one] in PLACE for one in meant)
        if not gone:
            return NOTHING
        return Private(frozenset(gone), tuple(row[n] for n in sorted(gone) if row[n]), place)


def public_samples(
    choices: Sequence[ColumnChoice], rows: Sequence[Row], cut: Callable[[str], str]
) -> tuple[ColumnChoice, ...]:
    """The choices with samples from rows that hide nothing, without what `cut` takes out."""
    fields = [choice.field or "" for choice in choices]
    private = PrivateColumns([choice.heading for choice in choices], fields)
    shown: list[dict[str, None]] = [{} for _ in choices]
    for row in rows:
        hidden = private.of(row.cells)
        secret = hidden.place or _is_secret(fields, row.cells)
        for n, cell in enumerate(row.cells):
            flag = fields[n] in ("confidential", "public", "phone_private")
            if given(cell) and (flag or not secret) and n not in hidden.columns and len(shown[n]) < 3:
                shown[n][cut(cell)[:80]] = None
    return tuple(
        ColumnChoice(choice.heading, tuple(filter(None, samples)), choice.field, choice.confidence)
        for choice, samples in zip(choices, shown, strict=True)
    )


def _is_secret(fields: Sequence[str], row: Sequence[str]) -> bool:
    return any(
        (field == "confidential" and cells.flag(cell))
        or (field == "public" and cells.flag(cell) is False)
        or (field in ("street", "street2", "city") and place_cells.is_secret(cell))
        for field, cell in zip(fields, row, strict=True)
    )
