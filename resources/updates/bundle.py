"""The same segments and rosters as one file, for e-mail attachments that someone carries, or for one stick.

    Porchlight bundle 1 | one line of JSON | one line of signature | the parts, one after the other

The JSON names the laptop that made it, the number of the bundle, and size and SHA-256 of each part. It is
no archive: nothing in it has a path, and nothing is unpacked to the disk.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from resources.directory.fields import text
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.files import explained, write_whole
from resources.updates.exchange import Decision, Progress, Taken, accept, give
from resources.updates.medium import Medium, Parts, known
from resources.updates.review import Review
from resources.updates.segments import DEVICE, signed_by
from resources.updates.trust import Trust
from resources.words import load

MAGIC = b"Porchlight bundle 1\n"
DOMAIN = b"porchlight bundle 1\0"
MOST_BYTES = 64 << 20
MOST_HEADER = 8 << 20
SKIPPED = 1000  # a number so far ahead of the last one is worth a word
_SIGNATURE = re.compile(rb"[0-9a-f]{128}")
_NUMBER, _SEEN = "updates.bundle_number", "updates.bundle_seen."
EARLIEST = date(2024, 1, 1)


@dataclass(frozen=True)
class Bundle:
    """A bundle that proved itself; `parts` can be previewed and accepted like a folder."""

    parts: Parts
    device: str
    name: str
    number: int
    made_on: str
    already: bool
    warnings: tuple[str, ...]


def write(directory: Directory, path: Path, also: Callable[[Medium], object] = lambda _: None) -> int:
    """Write all we hold as one file, read it again, and give the number of operations in it. `also` adds
    what else travels."""
    directory.refuse_own(path)
    parts = Parts(path.name)
    _, ops, _ = give(directory, parts)
    also(parts)
    number = int(directory.recall(_NUMBER) or "0") + 1
    header = text({
        "device": directory.device,
        "made_on": directory.today().isoformat(),
        "number": number,
        "parts": [[name, len(data), hashlib.sha256(data).hexdigest()] for name, data in _sorted(parts)],
    }).encode()  # fmt: skip
    signature = directory.signing_key().sign(DOMAIN + header).hex().encode()
    whole = b"".join([MAGIC, header, b"\n", signature, b"\n", *(data for _, data in _sorted(parts))])
    if len(whole) > MOST_BYTES:
        raise ToolkitError("updates.bundle_too_large", file=path.name)
    write_whole(path, whole)
    if _bytes(path) != whole:
        raise ToolkitError("updates.written_wrong", folder=path.parent.name, file=path.name)
    directory.remember(_NUMBER, str(number))
    return ops


def read(directory: Directory, path: Path) -> Bundle:
    """Verify a bundle; nothing of it is taken yet but rosters that prove themselves.

    Raises ToolkitError: no bundle, damaged, from nobody we believe, or older than one that was taken.
    """
    table, signed, signature, parts = _open(path)
    trust = Trust(directory)
    refused = trust.take_all(parts)
    device, number, made_on = table["device"], table["number"], table["made_on"]
    member = trust.member(device)
    if member is None:
        raise ToolkitError("updates.bundle_unknown", file=path.name, device=device)
    if not signed_by(member[0].key, signature, DOMAIN + signed):
        raise ToolkitError("updates.bundle_wrong_key", file=path.name, name=member[0].name)
    seen = int(directory.recall(_SEEN + device) or "0")
    if number < seen:
        raise ToolkitError("updates.bundle_older", file=path.name, number=number, seen=seen)
    warnings = [refusal.sentence() for refusal in refused] + _warnings(directory, made_on, number, seen)
    return Bundle(parts, device, member[0].name, number, made_on, number == seen, tuple(warnings))


def take(
    directory: Directory,
    bundle: Bundle,
    looked: Review,
    decision: Decision,
    progress: Progress | None = None,
) -> Taken:
    """Take a reviewed bundle, and remember its number, so that an older one of this laptop is noticed."""
    taken = accept(directory, looked, decision, progress=progress)
    directory.remember(_SEEN + bundle.device, str(bundle.number))
    return taken


def _warnings(directory: Directory, made_on: str, number: int, seen: int) -> list[str]:
    say, found = load("en").say, []
    made = date.fromisoformat(made_on)
    if not EARLIEST <= made <= directory.today() + timedelta(days=2):
        found.append(say("updates.review.bundle_date", on=made_on))
    if number > seen + SKIPPED:
        found.append(say("updates.review.bundle_skipped", number=number, seen=seen))
    return found


def _open(path: Path) -> tuple[Mapping[str, Any], bytes, bytes, Parts]:
    """Header, its bytes, signature and parts of a file; sizes and hashes of the parts are verified."""
    raw = _bytes(path)
    if not raw.startswith(MAGIC):
        raise ToolkitError("updates.no_bundle", file=path.name)
    header, newline, _rest = raw[len(MAGIC) : len(MAGIC) + MOST_HEADER].partition(b"\n")
    start = len(MAGIC) + len(header) + 1
    signature, after = raw[start : start + 128], start + 129
    try:
        table = json.loads(header)
        if not newline or not _SIGNATURE.fullmatch(signature) or raw[start + 128 : after] != b"\n":
            raise ValueError("no signature")
        if text(table).encode() != header or not _fits(table):
            raise ValueError("no header")
        parts = _parts(memoryview(raw)[after:], table["parts"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise ToolkitError("updates.bundle_damaged", file=path.name) from problem
    return table, header, bytes.fromhex(signature.decode()), Parts(path.name, parts)


def _fits(table: Mapping[str, Any]) -> bool:
    date.fromisoformat(table["made_on"])
    number = table["number"]
    return bool(DEVICE.fullmatch(table["device"])) and type(number) is int and 0 < number < 1 << 40


def _parts(rest: memoryview, listed: list[Any]) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    at = 0
    for name, size, hashed in listed:
        if type(size) is not int or size < 0 or name in parts or not known(name):
            raise ValueError("no part")
        parts[name] = bytes(rest[at : at + size])
        at += size
        if len(parts[name]) != size or hashlib.sha256(parts[name]).hexdigest() != hashed:
            raise ValueError("damaged part")
    if at != len(rest):
        raise ValueError("more than the parts")
    return parts


def _bytes(path: Path) -> bytes:
    """The file, unless it is larger than a bundle may be; a folder is no bundle."""
    if path.is_dir():
        raise ToolkitError("updates.no_bundle", file=path.name)
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise explained(problem, path, "core.cannot_read") from problem
    if len(raw) > MOST_BYTES:
        raise ToolkitError("updates.bundle_too_large", file=path.name)
    return raw


def _sorted(parts: Parts) -> list[tuple[str, bytes]]:
    return sorted(parts.parts.items())
