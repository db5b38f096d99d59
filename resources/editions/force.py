"""What is in force: put over the program's content at the start and whenever it changes."""

from __future__ import annotations

from pathlib import Path

from resources import VERSION, overlay
from resources.editions import shelf
from resources.editions.kinds import AGENCY, GUIDANCE, fingerprint
from resources.editions.layers import POLICY, layer
from resources.editions.shelf import Placed
from resources.errors import ToolkitError


def use(data: Path) -> list[ToolkitError]:
    """Lay what is in force over the content, and say what could not be used: then the program's own is."""
    try:
        known = shelf.read(data)
    except ToolkitError as problem:
        overlay.lay(layer())
        return [problem]
    problems: list[ToolkitError] = []
    guidance, agency = (_usable(data, known[role].now, problems) for role in (GUIDANCE, AGENCY))
    own = data / shelf.FOLDER / agency.folder / POLICY if agency and POLICY in agency.files else None
    if guidance is None:
        overlay.lay(layer(policy=own))
    else:
        root = data / shelf.FOLDER / guidance.folder
        overlay.lay(layer(root, guidance.files, guidance.lines, own))
    return problems


def _usable(data: Path, placed: Placed | None, problems: list[ToolkitError]) -> Placed | None:
    if placed is None or outdated(placed):
        return None
    if shelf.whole(data, placed):
        return placed
    problems.append(ToolkitError("content.damaged", issuer=placed.issuer, number=placed.number))
    return None


def outdated(placed: Placed) -> bool:
    """True when the program brought newer content than this edition was made on: that one is used then."""
    return placed.role == GUIDANCE and beaten(placed.made_with, placed.base)


def beaten(made_with: str, base: str) -> bool:
    """A newer program whose content differs from the content an edition was made on beats the edition."""
    return _numbers(made_with) < _numbers(VERSION) and base != fingerprint()


def too_new(made_with: str) -> bool:
    """True for an edition that was made with a newer program than this one."""
    return _numbers(made_with) > _numbers(VERSION)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
