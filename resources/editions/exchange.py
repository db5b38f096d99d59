"""Editions on their way: look at what a stick brings, take what a person reviewed, give, go back.

looked = look(directory, data, medium, checks)     # each edition proves itself and passes every check
placed = take(directory, data, review, accepted)   # in force at once, the one before stays beside it
give(directory, data, medium)                      # what others lack
back(directory, data, role)                        # the one before, or what came with the program
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from resources.check import Check
from resources.directory.store import Directory
from resources.editions import force, shelf, signers
from resources.editions.checking import problems
from resources.editions.decision import as_decided
from resources.editions.edition import MOST_HEADER, Signed, head_of, issuer_id, read
from resources.editions.kinds import GUIDANCE
from resources.editions.review import EditionReview, not_accepted, review
from resources.editions.shelf import Pair, Placed
from resources.errors import ToolkitError
from resources.home import refresh_lines
from resources.updates.medium import EDITION, Medium, Parts
from resources.updates.refusals import Refusal, Refused
from resources.updates.trust import Trust

SEEN = "content.seen."
_checked: dict[str, tuple[str, ...]] = {}  # what the checks said, by edition: they take a second


@dataclass(frozen=True)
class Looked:
    """What a medium brings: editions for a person to look at, and what was refused."""

    reviews: tuple[EditionReview, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def look(
    directory: Directory, data: Path, medium: Medium, checks: Sequence[Check] = (), *, again: bool = False
) -> Looked:
    """The newest edition of each issuer, on the medium or carried here, that was not taken yet; with
    `again`, also the one that was taken last, for whoever went back and thinks better of it."""
    roster = Trust(directory).own
    reviews, refusals = [], []
    for role, issuer in _issuers(medium, data):
        for name, source, carried in _newest_first(medium, data, f"{role}-{issuer}"):
            try:
                seen = taken_last(directory, data, role, issuer)
                if not (_news(data, role, source, name, seen) or (again and _number(name) == seen)):
                    break
                signed = read(source, name)
                called = signers.check(signed, roster)
                _usable(data, signed, called, checks)
                shelf.keep(data, name, signed.raw)
                reviews.append(review(data, signed, called, seen, directory.today()))
                break
            except Refused as problem:
                if not (carried and problem.why == "content_unknown"):  # its signer left the roster since
                    refusals.append(problem.about("", name))
    return Looked(tuple(reviews), tuple(refusals))


def waiting(directory: Directory, data: Path, checks: Sequence[Check] = ()) -> Looked:
    """The editions this laptop carries and has not taken."""
    return look(directory, data, Parts(""), checks) if Trust(directory).joined else Looked()


def unread(directory: Directory, data: Path) -> list[tuple[Signed, str]]:
    """The editions that wait here, without looking into them, and who made each."""
    trust, found = Trust(directory), []
    for name, raw in shelf.kept(data).items() if trust.joined else ():
        held = Parts("", {name: raw})
        try:
            signed = read(held, name)
            called = signers.check(signed, trust.own)
            edition = signed.edition
            seen = taken_last(directory, data, edition.role, edition.issuer_id)
            news = _news(data, edition.role, held, name, seen)
        except Refused:
            continue
        old = edition.role == GUIDANCE and force.beaten(edition.made_with, edition.base)
        if news and not old and not force.too_new(edition.made_with):
            found.append((signed, called))
    return found


def before(data: Path, role: str) -> Placed | None:
    """What `back` would put in force; None for what came with the program."""
    return shelf.pair(data, role).before


def take(
    directory: Directory,
    data: Path,
    looked: EditionReview,
    accepted: Collection[str] | None = (),
    checks: Sequence[Check] = (),
) -> Placed:
    """Put a reviewed edition in force. Numbers not in `accepted` (None: all are) stay as they are here.

    Raises ToolkitError, and nothing changed: it is older than one that was taken, its signer is no longer
    believed, or the numbers that were kept do not go with the rest.
    """
    edition = looked.signed.edition
    try:
        called = signers.check(looked.signed, Trust(directory).own)
    except Refused as problem:
        raise ToolkitError("content.no_longer", issuer=looked.issuer) from problem
    seen = taken_last(directory, data, edition.role, edition.issuer_id)
    if edition.number < seen:
        raise ToolkitError("content.older", issuer=called, number=edition.number, seen=seen)
    files, lines = as_decided(data, looked, not_accepted(looked, accepted))
    if files != looked.signed.parts and problems(edition, files, data / shelf.FOLDER, checks):
        raise ToolkitError("content.belong_together", issuer=called)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    placed = Placed(
        edition.role, shelf.folder_of(edition.role, hashes), called, edition.key, edition.number,
        edition.made_on, edition.made_with, edition.base, looked.signed.digest,
        directory.today().isoformat(), hashes, lines,
    )  # fmt: skip
    shelf.place(data, placed, files)
    directory.remember(f"{SEEN}{edition.role}.{edition.issuer_id}", str(edition.number))
    _show(directory, data)
    return placed


def give(directory: Directory, data: Path, medium: Medium) -> int:
    """Write the editions that the medium lacks or holds damaged; gives how many."""
    trust, given = Trust(directory), 0
    there = set(medium.names())
    for name, raw in shelf.kept(data).items():
        try:
            signers.check(read(Parts("", {name: raw}), name), trust.own)
            if name in there and medium.size(name) == len(raw) and medium.read(name, len(raw)) == raw:
                continue
        except Refused as problem:
            if problem.why != "unreadable":
                continue
        medium.write(name, raw)
        given += 1
    return given


def back(directory: Directory, data: Path, role: str, *, program: bool = False) -> Pair:
    """Put the edition before in force again, or what came with the program. Raises ToolkitError."""
    made = shelf.go_back(data, role, program=program)
    _show(directory, data)
    return made


def _show(directory: Directory, data: Path) -> None:
    force.use(data)
    if not directory.read_only:
        refresh_lines(directory, data)


def _issuers(medium: Medium, data: Path) -> list[tuple[str, str]]:
    names = [*medium.names(), *shelf.kept(data)]
    return sorted({(match[1], match[2]) for name in names if (match := EDITION.fullmatch(name))})


def _newest_first(medium: Medium, data: Path, issuer: str) -> list[tuple[str, Medium, bool]]:
    """Names of one issuer's editions, where they lie, and whether that is here; of equal ones the medium's
    comes first."""
    places: list[tuple[Medium, bool]] = [(medium, False), (Parts("", shelf.kept(data)), True)]
    start = f"content/{issuer}-"
    found = [(n, where, here) for where, here in places for n in where.names() if n.startswith(start)]
    return sorted(found, key=lambda one: one[0], reverse=True)


def _number(name: str) -> int:
    match = EDITION.fullmatch(name)
    return int(match[3]) if match else 0


def taken_last(directory: Directory, data: Path, role: str, issuer: str) -> int:
    """The highest number of this issuer that was taken here; a directory put back from a backup may have
    forgotten it, so what is in force counts too."""
    known = shelf.pair(data, role)
    placed = [one.number for one in (known.now, known.before) if one and issuer_id(one.key) == issuer]
    return max(int(directory.recall(f"{SEEN}{role}.{issuer}") or "0"), *placed, 0)


def _news(data: Path, role: str, medium: Medium, name: str, seen: int) -> bool:
    """False for an edition that was taken, unless its files here are damaged, and for an older one of that
    issuer. Raises Refused for another one of the same number."""
    number = _number(name)
    if number != seen:
        return number > seen
    edition, _, _ = head_of(medium.head(name, MOST_HEADER + (64 << 10)))
    known = shelf.pair(data, role)
    mine = (edition.key, edition.number)
    held = next((one for one in (known.now, known.before) if one and (one.key, one.number) == mine), None)
    if held and held.digest != hashlib.sha256(edition.header).hexdigest():
        raise Refused("content_twice", issuer=held.issuer, number=edition.number)
    return known == Pair() or (held is not None and held == known.now and not shelf.whole(data, held))


def _usable(data: Path, signed: Signed, called: str, checks: Sequence[Check]) -> None:
    """Raises Refused for an edition that is not for this version of the program, or has faults."""
    edition = signed.edition
    about = {"issuer": called, "number": edition.number}
    if force.too_new(edition.made_with):
        shelf.keep(data, edition.name, signed.raw)
        raise Refused("content_newer_program", version=edition.made_with, **about)
    if edition.role == GUIDANCE and force.beaten(edition.made_with, edition.base):
        raise Refused("content_beaten", **about)
    if signed.digest not in _checked:
        _checked[signed.digest] = tuple(problems(edition, signed.parts, data / shelf.FOLDER, checks))
    if faults := _checked[signed.digest]:
        raise Refused("content_faults", n=len(faults), first=faults[0], **about)
