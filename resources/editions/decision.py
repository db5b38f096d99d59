"""What a person decided about an edition, worked into its files: numbers that stay as they are here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from resources.editions import shelf
from resources.editions.kinds import AGENCY
from resources.editions.review import HOTLINES, SLOT_FILE, EditionReview, NumberChange, rows_here
from resources.guidance import agency


def as_decided(
    data: Path, looked: EditionReview, stay: Sequence[NumberChange]
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of an edition, and the rows of national lines, with what stays as it is here."""
    files: dict[str, bytes] = dict(looked.signed.parts)
    lines: dict[str, Any] = {}
    rows = {row["key"]: dict(row) for row in rows_here()}
    slots = [change.key.partition("#")[2] for change in stay if change.key.startswith(f"{SLOT_FILE}#")]
    for change in stay:
        name, _, key = change.key.partition("#")
        if name == HOTLINES:
            lines[key] = rows.get(key)
        elif name != SLOT_FILE:
            _stay(data, looked.signed.edition.role, files, name)
    if slots:
        files[SLOT_FILE] = _without(data, files[SLOT_FILE], slots)
    return files, lines


def _stay(data: Path, role: str, files: dict[str, bytes], name: str) -> None:
    """Leave one file as it is here: the one in force where an edition brought it, else the program's."""
    now = shelf.pair(data, role).now
    if now is not None and name in now.files:
        files[name] = (data / shelf.FOLDER / now.folder / name).read_bytes()
    else:
        files.pop(name)


def _without(data: Path, new: bytes, slots: Collection[str]) -> bytes:
    """The agency's texts, these as an edition said them before, or as this laptop says them."""
    values, days = agency.texts(new)
    root = shelf.folder(data, AGENCY)
    old = root / SLOT_FILE if root else None
    before, their_days = agency.texts(old.read_bytes() if old and old.is_file() else b"")
    values = {slot: said for slot, said in values.items() if slot not in slots or slot in before}
    values |= {slot: before[slot] for slot in slots if slot in before}
    days |= {slot: their_days[slot] for slot in slots if slot in their_days}
    return agency.written(values, {slot: days.get(slot) for slot in values})
