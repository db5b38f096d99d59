"""Makes an edition out of a folder: for whoever writes content, with the checks first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from resources import VERSION
from resources.check import Check
from resources.directory.store import Directory
from resources.editions import exchange, shelf, signers
from resources.editions.checking import problems
from resources.editions.edition import Edition, Signed, parts_of, read
from resources.editions.kinds import AGENCY, MOST_BYTES, MOST_FILE, MOST_FILES, fingerprint, role_of
from resources.errors import ToolkitError
from resources.files import explained
from resources.updates.medium import Parts
from resources.updates.refusals import Refused
from resources.updates.roster import public
from resources.updates.trust import Trust

_NUMBER = "content.number."
_PASSED_OVER = ("README.md", ".DS_Store", "Thumbs.db", "desktop.ini")


class Faults(ToolkitError):
    """The folder has faults; `found` names each."""

    def __init__(self, found: list[str]) -> None:
        super().__init__("content.faults", n=len(found), first=found[0])
        self.found = found


def pack(
    directory: Directory, data: Path, folder: Path, checks: Sequence[Check] = (), number: int = 0
) -> Signed:
    """Check and sign what lies in `folder`, and keep it here, so that it goes out with the next exchange.

    `number` is one more than the last one of this laptop unless it is given. Raises ToolkitError, and Faults
    with every sentence of the checks.
    """
    files = _files(folder)
    roles = {role_of(name) for name in files}
    if len(roles) > 1:
        raise ToolkitError("content.two_roles", folder=folder.name)
    role = roles.pop()
    name, private = signers.key_for(directory, role)
    trust = Trust(directory)
    if role == AGENCY and not trust.joined:
        raise ToolkitError("updates.no_agency")
    edition = Edition(
        role, name, public(private), trust.agency if role == AGENCY else "",
        number or int(directory.recall(_NUMBER + role) or "0") + 1, directory.today().isoformat(), VERSION,
        fingerprint(), parts_of(files),
    )  # fmt: skip
    if found := problems(edition, files, data / shelf.FOLDER, checks):
        raise Faults(found)
    signed = Signed(edition, {}, files).with_signature(private)
    shelf.keep(data, edition.name, signed.raw)
    directory.remember(_NUMBER + role, str(edition.number))
    return signed


def add_signature(directory: Directory, data: Path, path: Path) -> Signed:
    """Sign an edition that somebody else packed, where the roster asks for several. Raises ToolkitError."""
    signed = open_file(path)
    _, private = signers.key_for(directory, signed.edition.role)
    made = signed.with_signature(private)
    shelf.keep(data, made.edition.name, made.raw)
    return made


def open_file(path: Path) -> Signed:
    """An edition as one file. Raises ToolkitError."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + (2 << 20))
        return read(Parts(path.name, {path.name: raw}), path.name)
    except OSError as problem:
        raise explained(problem, path, "core.cannot_read") from problem
    except Refused as problem:
        said = replace(problem.about("", path.name)).sentence()
        raise ToolkitError("content.refused", said=said) from problem


def as_medium(directory: Directory, data: Path, path: Path) -> Parts:
    """An edition that came as one file, to be looked at like a stick. Raises ToolkitError, also for one that
    is older than one that was taken."""
    signed = open_file(path)
    edition = signed.edition
    seen = exchange.taken_last(directory, data, edition.role, edition.issuer_id)
    if edition.number < seen:
        raise ToolkitError("content.older", issuer=edition.issuer, number=edition.number, seen=seen)
    return Parts(path.name, {edition.name: signed.raw})


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a folder by the names they will have. Raises ToolkitError for what may not travel."""
    if not folder.is_dir():
        raise ToolkitError("updates.no_folder", folder=folder.name)
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or path.name in _PASSED_OVER:
            continue
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not role_of(name):
            raise ToolkitError("content.not_content", file=name)
        try:
            found[name] = path.read_bytes()
        except OSError as problem:
            raise explained(problem, path, "core.cannot_read") from problem
        if len(found[name]) > MOST_FILE or len(found) > MOST_FILES:
            raise ToolkitError("content.too_large", file=name)
    if not found:
        raise ToolkitError("content.empty", folder=folder.name)
    return found
