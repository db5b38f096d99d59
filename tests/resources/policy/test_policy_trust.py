"""Whose updates are believed is the policy's word where it speaks: more than the roster's, nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.policy import Policy
from resources.updates.medium import Folder
from resources.updates.roster import SignedRoster
from resources.updates.trust import Trust

Put = Callable[[str], Policy]


@pytest.fixture
def two(tmp_path: Path) -> tuple[Trust, Trust, SignedRoster]:
    """Our agency, a neighbour, and the neighbour's roster as it travels."""
    ours = Trust(Directory.open(tmp_path / "ours"))
    ours.create("Rosebud County", "Front desk")
    theirs = Trust(Directory.open(tmp_path / "theirs"))
    theirs.create("Custer County", "Desk")
    stick = tmp_path / "stick"
    stick.mkdir()
    theirs.give_all(Folder(stick))
    [file] = stick.rglob("*.json")
    return ours, theirs, SignedRoster.read(file.read_bytes())


def issuer(trust: Trust) -> str:
    return f'[[trust.issuer]]\nname = "Custer"\nkey = "{trust.own.keys[0]}"\n'


def test_an_agency_of_the_policy_is_believed_without_anybody_comparing_digits(
    put: Put, two: tuple[Trust, Trust, SignedRoster]
) -> None:
    ours, theirs, roster = two
    device = theirs.directory.device
    assert ours.member(device) is None
    assert not put(issuer(theirs)).problems
    assert ours.take(roster.raw) and ours.member(device) is not None
    put("")
    assert ours.member(device) is None  # taken out of the policy, believed no more


def test_nobody_else_can_be_added_by_hand(put: Put, two: tuple[Trust, Trust, SignedRoster]) -> None:
    ours, theirs, roster = two
    ours.believe(roster)
    assert ours.member(theirs.directory.device) is not None
    put(issuer(ours))
    assert ours.member(theirs.directory.device) is None  # what the roster believed before counts no longer
    with pytest.raises(ToolkitError, match=r"policy\.issuers_fixed"):
        ours.believe(roster)


def test_while_the_policy_is_wrong_nobody_new_is_believed(
    put: Put, two: tuple[Trust, Trust, SignedRoster], tmp_path: Path
) -> None:
    ours, _theirs, roster = two
    put("[trust]\nagency = 5\n")
    deeds: list[Callable[[], object]] = [
        lambda: ours.believe(roster),
        lambda: Trust(Directory.open(tmp_path / "third")).pin(roster, "Third"),
        lambda: Trust(Directory.open(tmp_path / "third")).create("Third County", "Third"),
    ]
    for deed in deeds:
        with pytest.raises(ToolkitError, match=r"policy\.closed"):
            deed()
    assert ours.member(ours.directory.device) is not None  # its own agency goes on working


def test_a_laptop_joins_only_the_agency_of_its_policy(
    put: Put, two: tuple[Trust, Trust, SignedRoster], tmp_path: Path
) -> None:
    ours, theirs, roster = two
    fresh = Trust(Directory.open(tmp_path / "fresh"))
    put(f'[trust]\nagency = "{ours.own.keys[0]}"\n')
    with pytest.raises(ToolkitError, match=r"policy\.other_agency"):
        fresh.pin(roster, "Patrol 3")
    with pytest.raises(ToolkitError, match=r"policy\.other_agency"):
        fresh.create("Custer County", "Patrol 3")
    put(f'[trust]\nagency = "{theirs.own.keys[0]}"\n')
    fresh.pin(roster, "Patrol 3")
    assert fresh.joined
