"""What a first launch has: national lines with their sources, and an invented directory for training."""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from resources import overlay
from resources.directory.hours import Hours, Span
from resources.directory.provider import Check, Phone, Place, Provider
from resources.paths import CONTENT

LINES = CONTENT / "hotlines.toml"
NATIONAL = "Porchlight national lines"
TRAINING = "Porchlight training"
_IDS = uuid.UUID("5d0a3c1e-7a52-4f43-9b39-0c6d2f0a9b11")
HOTLINE = "nhth"  # the key of the line that stands at the bottom of every page
HOTLINE_ID = str(uuid.uuid5(_IDS, f"{NATIONAL}/{HOTLINE}"))
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TEXTS = ("name", "cover_name", "description", "alert", "interpretation", "eligibility", "cost", "documents")


def hotlines(path: Path = LINES) -> list[Provider]:
    """The national lines in force; `kept` carries `source` and `source_date` (an ISO date) of each number."""
    rows = _rows(overlay.over(path))
    return [
        _provider(
            row,
            NATIONAL,
            remote=True,
            serves=frozenset({"US"}),
            enforcement=row.get("enforcement", False),
            kept=MappingProxyType({"source": row["source"], "source_date": row["source_date"]}),
        )
        for row in with_kept(rows, overlay.current().lines if path == LINES else {})
    ]


@overlay.cached(maxsize=1)
def national_numbers() -> dict[str, str]:
    """The numbers of the national hotline in force, as they are written where nothing else is shown."""
    rows, program = (_rows(path) for path in (overlay.over(LINES), LINES))
    found = [row for row in (*with_kept(rows, overlay.current().lines), *program) if row["key"] == HOTLINE]
    by_kind = {phone.get("kind", "voice"): str(phone["number"]) for phone in reversed(found[0]["phones"])}
    number = by_kind.get("voice", "")
    ten = number.removeprefix("+1")
    shown = f"1-{ten[:3]}-{ten[3:6]}-{ten[6:]}" if len(ten) == 10 else number
    return {"phone": shown, "text": by_kind.get("text", shown)}


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["line"]
    return rows


def with_kept(rows: Sequence[Mapping[str, Any]], kept: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Rows of lines, with those that a person kept as they were here in their place."""
    found = {row["key"]: row for row in rows} | dict(kept)
    return [row for row in found.values() if row is not None]


def training_providers(today: date, path: Path = CONTENT / "training.toml") -> list[Provider]:
    """Invented providers (555-01xx numbers), with checks dated back from `today`."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        _provider(
            row,
            TRAINING,
            training=True,
            remote=row.get("remote", False),
            serves=frozenset(row["serves"]),
            place=Place(**row["place"]),
            intake=MappingProxyType(row["intake"]),
            checks=_check(row, today),
        )
        for row in table["provider"]
    ]


def _provider(row: Mapping[str, Any], source: str, **more: Any) -> Provider:
    key = row["key"]
    phones = tuple(Phone(id=f"p{n}", **phone) for n, phone in enumerate(row["phones"], 1))
    hours = Hours(
        always=row.get("always", False), spans=_spans(row.get("spans", "")), text=row.get("hours", "")
    )
    return Provider(
        id=str(uuid.uuid5(_IDS, f"{source}/{key}")),
        phones=phones,
        hours=hours,
        source=source,
        source_id=key,
        needs=frozenset(row["needs"]),
        languages=frozenset(row["languages"]),
        minimum_age=row.get("minimum_age"),
        maximum_age=row.get("maximum_age"),
        **{name: row.get(name, "") for name in _TEXTS},
        **more,
    )


def _check(row: Mapping[str, Any], today: date) -> tuple[Check, ...]:
    on = today - timedelta(days=row["checked_days_ago"])
    return (Check(id="training", on=on, result=row["check_result"], by="TR"),)


def _spans(text: str) -> tuple[Span, ...]:
    """Read "mon-fri 480-1020; nth2 fri 540-720": minutes after midnight, nth weekday of the month."""
    spans: list[Span] = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        *nth, days, times = part.split()
        first, _, last = days.partition("-")
        opens, closes = (int(minute) for minute in times.split("-"))
        weeks = tuple(int(word.removeprefix("nth")) for word in nth)
        spans += [
            Span(day, opens, closes, weeks)
            for day in range(_DAYS.index(first), _DAYS.index(last or first) + 1)
        ]
    return tuple(spans)
