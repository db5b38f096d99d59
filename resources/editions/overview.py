"""Which content is in force, from whom and how old, and what lies beside it: for people to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from resources import VERSION
from resources.directory.store import Directory
from resources.editions import force, shelf
from resources.editions.edition import Signed
from resources.editions.shelf import ROLES, Placed
from resources.updates.roster import Signer
from resources.updates.trust import Trust
from resources.words import load


@dataclass(frozen=True)
class State:
    """One edition, or what came with the program (number 0). `state` is program, in_force, outdated, damaged,
    before or waiting."""

    role: str
    state: str
    label: str
    notes: str
    issuer: str = ""
    number: int = 0
    made_on: str = ""
    files: int = 0
    kept: int = 0  # national lines that a person kept as they were


def states(data: Path, waiting: Sequence[tuple[Signed, str]] = ()) -> list[State]:
    """For each role what is in force and what was before, then what waits for a person."""
    found = []
    for role in ROLES:
        pair = shelf.pair(data, role)
        if pair.now is not None:
            found.append(_placed(pair.now, _state(data, pair.now)))
        if role == "guidance" and (pair.now is None or found[-1].state != "in_force"):
            found.append(_program())
        if pair.before is not None:
            found.append(_placed(pair.before, "before"))
    return found + [_waiting(signed, issuer) for signed, issuer in waiting]


def label(placed: Placed | None) -> str:
    """What people call it."""
    say = load("en").say
    if placed is None:
        return say("content.state.program", version=VERSION)
    return say(f"content.label.{placed.role}", issuer=placed.issuer, number=placed.number)


def signers_of(directory: Directory) -> tuple[Signer, ...]:
    """Who may sign content here; nobody on a laptop without an agency."""
    trust = Trust(directory)
    return trust.own.signers if trust.joined else ()


def _state(data: Path, placed: Placed) -> str:
    if force.outdated(placed):
        return "outdated"
    return "in_force" if shelf.whole(data, placed) else "damaged"


def _program() -> State:
    said = label(None)
    return State("guidance", "program", said, "")


def _placed(placed: Placed, state: str) -> State:
    say, kept = load("en").say, len(placed.lines)
    notes = [say("content.state.made", on=placed.made_on), say("content.state.files", n=len(placed.files))]
    notes += [say("content.state.kept", n=kept)] * bool(kept)
    notes.append(say(f"content.state.{state}", on=placed.taken_on))
    about, said = "; ".join(notes), label(placed)
    return State(
        placed.role, state, said, about, placed.issuer, placed.number, placed.made_on, len(placed.files), kept
    )


def _waiting(signed: Signed, issuer: str) -> State:
    say, edition = load("en").say, signed.edition
    about = "; ".join((say("content.state.made", on=edition.made_on), say("content.state.waiting")))
    said = say(f"content.label.{edition.role}", issuer=issuer, number=edition.number)
    return State(edition.role, "waiting", said, about, issuer, edition.number, edition.made_on,
                 len(edition.parts))  # fmt: skip
