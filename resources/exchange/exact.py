"""What a format cannot say travels beside it, so that an export read back is the same to the letter.

An export is read back in memory; fields that came back different are written as JSON with a fingerprint of
what the format's own cells said. On import such a field is taken only while those cells are untouched:
whoever edits a cell in a spreadsheet is heard.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from resources.directory.fields import Value, text, to_fields, to_provider
from resources.directory.provider import Provider

_NOT_OURS_TO_TELL = ("checks/",)
_WHOSE = ("source", "source_id")
_FORMAT = 1


def rest(provider: Provider, read_back: Provider) -> str:
    """JSON of the fields that `read_back` lost or changed; "" when nothing was lost."""
    wanted, got = _fields(provider), _fields(read_back)
    lost = {
        name: [wanted.get(name), _mark(got.get(name))]
        for name in sorted(wanted.keys() | got.keys())
        if wanted.get(name) != got.get(name)
    }
    if not lost:
        return ""
    return json.dumps({"porchlight": _FORMAT, "fields": lost}, ensure_ascii=False, separators=(",", ":"))


def complete(provider: Provider, said: str) -> Provider:
    """The provider with the fields of `said` whose own cells nobody has edited since."""
    lost = _read(said)
    if not lost:
        return provider
    found = to_fields(provider)
    for name, (value, mark) in lost.items():
        if (name in _WHOSE or mark == _mark(found.get(name))) and _harmless(name, value):
            if value is None:
                found.pop(name, None)
            else:
                found[name] = value
    try:
        return to_provider(provider.id, found)
    except (TypeError, ValueError, KeyError, AttributeError):
        return provider


def _fields(provider: Provider) -> dict[str, Value]:
    return {
        name: value for name, value in to_fields(provider).items() if not name.startswith(_NOT_OURS_TO_TELL)
    }


def _mark(value: Value) -> str:
    return "" if value is None else hashlib.sha256(text(value).encode("utf-8", "replace")).hexdigest()[:10]


def _read(said: str) -> Mapping[str, tuple[Value, str]]:
    if not said.startswith('{"porchlight"') or len(said) > 200_000:
        return {}
    try:
        lost = json.loads(said)["fields"]
        return {str(name): (value, str(mark)) for name, (value, mark) in lost.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _harmless(name: str, value: Value) -> bool:
    """Checks are made by people here, never by a file; a street never comes in beside "confidential"."""
    return not name.startswith("checks/") and isinstance(value, str | int | float | bool | dict | type(None))
