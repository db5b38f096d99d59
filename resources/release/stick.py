"""A release on a stick: found, its signature checked, its files copied only when they are the signed ones."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from resources.errors import ToolkitError
from resources.files import explained
from resources.release.signature import PublicKey, check, trusted_keys

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.minisig"
MOST_BYTES = 1 << 16
_PIECE = 1 << 20
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([A-Za-z0-9][A-Za-z0-9._+-]*)")
_COMMENT = re.compile(r"porchlight (\d+(?:\.\d+){1,3})")


@dataclass(frozen=True)
class Release:
    """A folder whose list of files the releaser signed: file name -> SHA-256 in hexadecimal."""

    folder: Path
    version: str
    files: Mapping[str, str]

    def size(self, name: str) -> int:
        """Bytes of a file. Raises ToolkitError when the release has no such file, or the stick lost it."""
        if name not in self.files:
            raise ToolkitError("release.not_for_here", file=name, version=self.version)
        try:
            return (self.folder / name).stat().st_size
        except OSError as problem:
            raise ToolkitError("release.half_copied", file=name) from problem

    def copy(self, name: str, target: Path) -> None:
        """Copy a file off the stick, so that what is run later is exactly what was checked.

        Raises ToolkitError `release.half_copied` when it differs from the signed list; then no copy remains.
        """
        digest = hashlib.sha256()
        try:
            with (self.folder / name).open("rb") as source, target.open("xb") as copied:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    copied.write(piece)
        except OSError as problem:
            target.unlink(missing_ok=True)
            raise explained(problem, target) from problem
        if digest.hexdigest() != self.files[name]:
            target.unlink()
            raise ToolkitError("release.half_copied", file=name)


def number(version: str) -> tuple[int, ...]:
    """A version to compare: "0.10.1" -> (0, 10, 1)."""
    return tuple(int(part) for part in version.split("."))


def find(stick: Path, keys: Sequence[PublicKey] | None = None) -> Release:
    """The newest signed release in this folder or in one directly inside it.

    Raises ToolkitError: `release.none_found`, or why the only ones that are there were not believed.
    """
    believed = trusted_keys() if keys is None else keys
    try:
        inside = sorted(path for path in stick.iterdir() if path.is_dir())
    except OSError as problem:
        raise ToolkitError("core.not_found", file=stick.name or str(stick)) from problem
    found, problems = [], []
    for folder in (stick, *inside):
        if (folder / SUMS).is_file():
            try:
                found.append(_read(folder, believed))
            except ToolkitError as problem:
                problems.append(problem)
    if found:
        return max(found, key=lambda release: number(release.version))
    raise problems[0] if problems else ToolkitError("release.none_found", folder=stick.name or str(stick))


def _read(folder: Path, keys: Sequence[PublicKey]) -> Release:
    listed = _small(folder / SUMS)
    if not (folder / SIGNATURE).is_file():
        raise ToolkitError("release.unsigned")
    comment = check(listed, _small(folder / SIGNATURE).decode("utf-8", "replace"), keys)
    named = _COMMENT.fullmatch(comment)
    lines = [_LINE.fullmatch(line) for line in listed.decode("ascii", "replace").splitlines()]
    if named is None or not lines or None in lines:
        raise ToolkitError("release.other_program")
    return Release(folder, named[1], {line[2]: line[1] for line in lines if line})


def _small(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise ToolkitError("core.cannot_read", file=path.name) from problem
    if len(data) > MOST_BYTES:
        raise ToolkitError("release.altered")
    return data
