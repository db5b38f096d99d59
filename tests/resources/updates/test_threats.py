"""The threat model's tests of updates, each by its number: 32 to 38 (39 is in test_review.py, 44 to 47 are in
test_pulled_sticks.py; those of lists and of the directory's own file lie with these)."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from resources.directory.fields import text
from resources.directory.provider import Phone, Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.updates import bundle
from resources.updates.exchange import Decision, accept, exchange, give, preview
from resources.updates.trust import Trust
from resources.words import load
from tests.resources.updates.world import rename

Make = Callable[..., Provider]
FLIPS = int(os.environ.get("PORCHLIGHT_FLIPS", "60"))
ALL = Decision(phones=None, confirm_retire=True)


@pytest.fixture
def pair(agency: Any, make_provider: Make, swap: Any) -> tuple[Directory, Directory]:
    """Two laptops that agree, and a change with a new number that the second has not got."""
    a, b = agency.laptop("a"), agency.laptop("b")
    a.save(make_provider(), *(make_provider(id=f"p{n}", name=f"Place {n}") for n in range(3)))
    swap(agency.stick("base"), a, b)
    a.save(make_provider(phones=(Phone("p1", "+14065550199"),), cost="free"))
    a.save(make_provider(id="new", name="Legal Aid"))
    return a, b


def told(problem: ToolkitError) -> str:
    said = load("en").explain(problem)
    assert said.endswith(".") and "\n" not in said, said
    return problem.key


def refusal(directory: Directory, path: Path) -> str:
    """Why a bundle is refused; nothing may have changed."""
    before = directory.content_hash()
    with pytest.raises(ToolkitError) as refused:
        bundle.read(directory, path)
    assert directory.content_hash() == before
    return told(refused.value)


def take(directory: Directory, path: Path) -> bundle.Bundle:
    found = bundle.read(directory, path)
    bundle.take(directory, found, preview(directory, found.parts), ALL)
    return found


def signed(directory: Directory, path: Path, parts: list[tuple[str, bytes]], **header: Any) -> Path:
    """A bundle with whatever parts and header, signed as this laptop signs."""
    listed = [[name, len(data), hashlib.sha256(data).hexdigest()] for name, data in parts]
    table = {"device": directory.device, "made_on": "2026-11-25", "number": 1, "parts": listed} | header
    said = text(table).encode()
    signature = directory.signing_key().sign(bundle.DOMAIN + said).hex().encode()
    path.write_bytes(b"".join([bundle.MAGIC, said, b"\n", signature, b"\n", *(data for _, data in parts)]))
    return path


@pytest.mark.parametrize("name", ["../x", "/etc/x", "CON", "a:b", "agency-../1.json", "d00/../x.seg"])
def test_32_a_bundle_with_names_that_lead_elsewhere_is_refused(
    name: str, pair: tuple[Directory, Directory], tmp_path: Path
) -> None:
    a, b = pair
    path = signed(a, tmp_path / "x.plb", [(name, b"data")])
    before = sorted(tmp_path.rglob("*"))
    assert refusal(b, path) == "updates.bundle_damaged"
    assert sorted(tmp_path.rglob("*")) == before, "something was written"


def test_32_whatever_else_lies_on_a_stick_is_left_alone(
    pair: tuple[Directory, Directory], agency: Any
) -> None:
    a, b = pair
    stick = agency.stick()
    give(a, stick)
    odd = stick / "porchlight" / "d00000000000g" / "00000001-00000001.seg"
    odd.parent.mkdir()
    odd.write_bytes(b"x")
    link = stick / "porchlight" / "d0000000000aa"
    link.symlink_to(stick / "porchlight" / a.device, target_is_directory=True)
    looked = preview(b, stick)
    assert looked.ops == 2 and not looked.incoming.refusals
    assert odd.read_bytes() == b"x" and link.is_symlink()


def test_33_a_bundle_with_one_byte_changed_anywhere_is_refused(
    pair: tuple[Directory, Directory], tmp_path: Path
) -> None:
    a, b = pair
    whole, path, chance = tmp_path / "whole.plb", tmp_path / "changed.plb", random.Random(33)
    bundle.write(a, whole)
    raw = whole.read_bytes()
    keys = set()
    for at in chance.choices(range(len(raw)), k=FLIPS):
        changed = bytearray(raw)
        changed[at] ^= chance.randrange(1, 256)
        path.write_bytes(changed)
        keys.add(refusal(b, path))
    assert keys <= {f"updates.{why}" for why in ("no_bundle", "bundle_damaged", "bundle_wrong_key")}
    take(b, whole)
    assert a.content_hash() == b.content_hash()


def test_33_a_stick_with_one_byte_changed_anywhere_brings_the_truth_or_less(
    pair: tuple[Directory, Directory], agency: Any
) -> None:
    a, b = pair
    stick, chance = agency.stick(), random.Random(33)
    give(a, stick)
    honest, before = preview(b, stick), b.content_hash()
    true = {(phone.key, phone.new) for phone in honest.phones}
    files = [path for path in sorted(stick.rglob("*")) if path.is_file()]
    refused = 0
    for path in chance.choices(files, [path.stat().st_size for path in files], k=FLIPS):
        raw = path.read_bytes()
        changed = bytearray(raw)
        changed[chance.randrange(len(raw))] ^= chance.randrange(1, 256)
        path.write_bytes(changed)
        looked = preview(b, stick)
        assert tuple(looked.new) in ((), tuple(honest.new))
        assert {(p.key, p.new) for p in looked.phones} <= true
        assert looked.ops == honest.ops or looked.incoming.refusals
        assert all("\n" not in one.sentence() for one in looked.incoming.refusals)
        refused += bool(looked.incoming.refusals)
        path.write_bytes(raw)
    assert refused and b.content_hash() == before
    accept(b, preview(b, stick), ALL)
    assert a.content_hash() == b.content_hash()


def test_34_a_stranger_is_kept_out_and_the_pinned_key_stays(
    pair: tuple[Directory, Directory], agency: Any, make_provider: Make, tmp_path: Path
) -> None:
    a, b = pair
    pinned, agency_id = Trust(b).member(a.device), Trust(b).agency
    stranger, twin = agency.laptop("stranger", join=False), agency.laptop("twin", join=False)
    rename(twin, a.device)  # says it is a, with a key of its own
    twin.connection.close()
    twin = agency.laptop("twin", join=False)
    stick, before = agency.stick(), b.content_hash()
    for one, why in ((stranger, "updates.bundle_unknown"), (twin, "updates.bundle_wrong_key")):
        Trust(one).create("Rosebud County", "a")
        one.save(make_provider(name="Elsewhere", phones=(Phone("p1", "+14065550166"),)))
        bundle.write(one, tmp_path / "x.plb")
        assert refusal(b, tmp_path / "x.plb") == why
        give(one, stick)
    looked = exchange(b, stick, phones=None, names_seen=True)
    assert {one.why for one in looked.refusals} == {"unknown_device", "wrong_key"} and not looked.taken.ops
    assert (b.content_hash(), Trust(b).member(a.device), Trust(b).agency) == (before, pinned, agency_id)
    assert set(Trust(b).rosters) == {agency_id}


def test_35_the_number_of_a_bundle_goes_on_and_not_back(
    pair: tuple[Directory, Directory], tmp_path: Path
) -> None:
    a, b = pair
    paths = [tmp_path / f"{n}.plb" for n in range(1, 4)]
    for n, path in enumerate(paths):
        a.record_check("asha", "answered", note=f"{n}")
        bundle.write(a, path)
    assert not take(b, paths[1]).warnings
    before = b.content_hash()
    assert refusal(b, paths[0]) == "updates.bundle_older"
    again = take(b, paths[1])
    assert again.already and b.content_hash() == before, "the same number: nothing happens"
    assert not take(b, paths[2]).already and b.content_hash() == a.content_hash()
    a.remember("updates.bundle_number", "1000002")
    bundle.write(a, paths[0])
    assert "number 1000003" in take(b, paths[0]).warnings[0]


@pytest.mark.parametrize("year", [1999, 2099])
def test_36_a_wrong_clock_is_said_and_decides_nothing(
    year: int, agency: Any, make_provider: Make, swap: Any, tmp_path: Path
) -> None:
    a, b, stick = agency.laptop("a", today=lambda: date(year, 5, 1)), agency.laptop("b"), agency.stick()
    a._log._now = lambda: (year - 1970) * 31_556_952.0
    a.save(make_provider(cost="then"))
    bundle.write(a, tmp_path / "x.plb")
    assert str(year) in bundle.read(b, tmp_path / "x.plb").warnings[0]
    give(a, stick)
    assert "clock" in preview(b, stick).sentences()[0]
    swap(stick, b)
    b.save(make_provider(cost="ours"))
    swap(stick, b, a)
    assert a.get("asha").cost == b.get("asha").cost == "ours" and not a.conflicts()
    a.save(make_provider(cost="again"))
    swap(stick, a, b)
    assert b.get("asha").cost == "again" and not b.conflicts()


def test_37_a_hotline_stays_each_number_is_asked_and_a_mass_deletion_is_blocked(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    line = make_provider(id="line", name="National Line", phones=(Phone("p1", "988"),))
    a, stick = agency.laptop("a"), agency.stick()
    b = agency.laptop("b", own_only=frozenset({"line"}))
    b.save(line)
    a.save(*(make_provider(id=f"p{n}", name=f"Place {n}") for n in range(20)), make_provider())
    swap(stick, a, b)
    a.save(replace(line, phones=(Phone("p1", "+14065550166"),)))
    a.save(make_provider(phones=(Phone("p1", "+14065550199"),)))
    a.retire(*(f"p{n}" for n in range(18)))
    give(a, stick)
    done = exchange(b, stick)
    assert done.waits and done.review.mass
    assert [phone.key for phone in done.review.phones] == ["asha/phones/p1"]
    assert b.count() == 22
    exchange(b, stick, confirm_retire=True, phones={"asha/phones/p1"})
    assert b.count() == 4 and b.get("line").phones[0].number == "988"
    assert b.get("asha").phones[0].number == "+14065550199"


@pytest.mark.parametrize(
    "number", ["+1406\u202e5550199", "+1٤٠٦5550199", "+1406555HELP", "(406) 555-0199", "9" * 30]
)
def test_38_a_number_that_would_not_be_printed_as_it_is_stored_is_refused(
    number: str, pair: tuple[Directory, Directory], agency: Any, make_provider: Make
) -> None:
    a, b = pair
    a.save(make_provider(phones=(Phone("p1", number),)))
    stick, before = agency.stick(), b.content_hash()
    give(a, stick)
    looked = preview(b, stick)
    assert [one.why for one in looked.incoming.refusals] == ["malformed"] and looked.empty
    assert accept(b, looked, ALL).ops == 0 and b.content_hash() == before
