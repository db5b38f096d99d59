"""Ids that stay the same from import to import, whatever the list calls its entries."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable
from dataclasses import replace

from resources.directory.letters import words
from resources.directory.provider import Phone

_SPACE = uuid.UUID("8b0f4f5e-4d7c-4b55-9d0a-6a2f7c1e9d34").bytes
_UUID = re.compile(r"(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_DATE = r"(?:19|20)\d\d(?:[-_. ]?\d\d){0,2}|\d\d?[-_.]\d\d?[-_.](?:19|20)?\d\d"
_WORDS = r"\b(?:copy|final|v\d+|version ?\d+|export|latest)\b"
_VERSION = re.compile(rf"(?i)[-_. ]*(?:\(\d+\)|{_WORDS}|(?<!\d)(?:{_DATE})(?!\d))[-_. ]*$")


def is_uuid(text: str) -> bool:
    return len(text) == 36 and bool(_UUID.fullmatch(text))


def _version_5(said: str) -> str:
    """The digits of uuid.uuid5 for our own name space, which takes eight times as long for a long list."""
    made = hashlib.sha1(_SPACE + said.encode("utf-8"), usedforsecurity=False).hexdigest()[:32]
    return f"{made[:12]}5{made[13:16]}{'89ab'[int(made[16], 16) & 3]}{made[17:]}"


def stable_id(source: str, table: str, key: str) -> str:
    """The UUID for an entry: its own when it has one, else version 5 of source, table and key."""
    if is_uuid(key):
        return key.lower()
    made = _version_5(f"{source}\n{table}\n{key}")
    return f"{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}"


def key_without_id(*parts: str) -> str:
    """A key for a row without an id: its words, so that capitals and punctuation may change."""
    return "/".join(" ".join(words(part)) for part in parts)


def phone_id(phone: Phone) -> str:
    """The same number keeps the same id on every import and every laptop."""
    said = f"{phone.number}\n{phone.extension}\n{phone.shown if not phone.number else ''}"
    return _version_5(said)[:8]


def numbered(found: Iterable[Phone]) -> tuple[Phone, ...]:
    """Phones with their ids, each number once (the first label wins)."""
    kept: dict[str, Phone] = {}
    for phone in found:
        identity = phone_id(phone)
        if identity not in kept:
            kept[identity] = Phone(
                identity, phone.number, phone.extension, phone.label, phone.kind, phone.shown
            )
        elif phone.label and not kept[identity].label:
            kept[identity] = replace(kept[identity], label=phone.label)
    return tuple(kept.values())


def source_name(file_name: str) -> str:
    """The name a list keeps from import to import: its file name without dates, copies and versions."""
    name, before = file_name.strip(), ""
    while name != before:
        before, name = name, _VERSION.sub("", name)
    return name.strip(" -_.") or file_name.strip()
