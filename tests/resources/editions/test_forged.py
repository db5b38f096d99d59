"""What nobody may sign, was changed, is old or too large, is refused, and nothing changes."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from resources import VERSION
from resources.editions import exchange, making, shelf, signers
from resources.editions.edition import MAGIC, Edition, Part, Signed, parts_of, read
from resources.editions.kinds import MOST_BYTES, MOST_FILES, fits
from resources.errors import ToolkitError
from resources.updates.medium import Folder, Parts
from resources.updates.refusals import Refused
from resources.updates.roster import public
from resources.updates.trust import Trust
from tests.resources.editions.conftest import CHECKS, program

LINES = "hotlines.toml"
PAGE = "guidance/rapport/en.md"


def made_by(private: Ed25519PrivateKey, files: dict[str, bytes], **more: Any) -> Signed:
    """An edition that the checks of a maker never saw."""
    values: dict[str, Any] = {
        "role": "guidance", "issuer": "State Center", "key": public(private), "agency": "", "number": 1,
        "made_on": "2026-11-25", "made_with": VERSION, "base": "0" * 64, "parts": parts_of(files),
    }  # fmt: skip
    return Signed(Edition(**{**values, **more}), {}, files).with_signature(private)


def key_of(laptop: Any) -> Ed25519PrivateKey:
    return signers.own_key(laptop.directory)[1]


def whys(agency: Any, signed: Signed, name: str = "stick") -> list[str]:
    """Why the car refuses what lies on a stick; nothing of it is in force or carried then."""
    looked = agency.car.look(agency.brings(signed, name))
    assert not looked.reviews
    assert shelf.pair(agency.car.data, signed.edition.role).now is None
    return [refusal.why for refusal in looked.refusals]


def test_one_byte_changed_in_a_thousand_places_is_refused_each_time(agency: Any) -> None:
    signed = made_by(key_of(agency.center), {LINES: program(LINES).encode()[:3000]})
    raw, roster, draw = signed.raw, Trust(agency.car.directory).own, random.Random(7)
    name = signed.edition.name
    assert signers.check(read(Parts("", {name: raw}), name), roster) == "State Center"
    for _ in range(1000):
        at, bit = draw.randrange(len(raw)), 1 << draw.randrange(8)
        changed = raw[:at] + bytes([raw[at] ^ bit]) + raw[at + 1 :]
        with pytest.raises(Refused):
            signers.check(read(Parts("", {name: changed}), name), roster)


def test_a_stick_pulled_at_any_byte_leaves_no_edition(agency: Any) -> None:
    signed = made_by(key_of(agency.center), {PAGE: program(PAGE).encode(), LINES: program(LINES).encode()})
    for at in range(0, len(signed.raw), len(signed.raw) // 60):
        with pytest.raises(Refused):
            read(Parts("", {signed.edition.name: signed.raw[:at]}), signed.edition.name)
    assert read(Parts("", {signed.edition.name: signed.raw}), signed.edition.name) == signed
    stick = agency.brings(signed)
    path = stick / "porchlight" / signed.edition.name
    path.write_bytes(signed.raw[:-1])
    assert [one.why for one in agency.car.look(stick).refusals] == ["content_damaged"]


def test_only_those_on_the_roster_may_sign(agency: Any, folder: Any) -> None:
    stranger = Ed25519PrivateKey.generate()
    files = {PAGE: program(PAGE).encode()}
    assert whys(agency, made_by(stranger, files, issuer="Somebody"), "a") == ["content_unknown"]
    assert whys(agency, made_by(stranger, files), "b") == ["content_wrong_key"], "a known name, a new key"
    laptop = agency.desk.directory.signing_key()
    assert whys(agency, made_by(laptop, files, issuer="Desk"), "c") == ["content_unknown"]
    taken = made_by(stranger, files, key=public(key_of(agency.center)))
    assert whys(agency, taken, "d") == ["content_signature"], "the key is named, but did not sign"


def test_guidance_signers_cannot_write_the_agencys_own_texts_nor_other_agencies(agency: Any) -> None:
    own = {"agency.toml": b'supervisor = "Ask for the night sergeant."\n'}
    theirs = made_by(key_of(agency.center), own, role="agency", agency=Trust(agency.car.directory).agency)
    assert whys(agency, theirs, "a") == ["content_unknown"]
    key = Trust(agency.desk.directory).key()
    assert whys(agency, made_by(key, own, role="agency", agency="a" + "0" * 12), "b") == [
        "content_other_agency"
    ]
    assert whys(agency, made_by(key, {PAGE: program(PAGE).encode()}), "c") == ["content_wrong_key"]


def test_an_older_number_never_replaces_a_newer_one(agency: Any, folder: Any) -> None:
    first = agency.center.pack(folder({PAGE: program(PAGE, 'title = "', 'title = "One: ')}))
    second = agency.center.pack(folder({PAGE: program(PAGE, 'title = "', 'title = "Two: ')}))
    agency.car.take(agency.brings(second))
    late = agency.car.look(agency.brings(first, "late"))
    assert not late.reviews and not late.refusals, "an old stick is nobody's fault"
    file = agency.folder / "one.edition"
    file.write_bytes(first.raw)
    with pytest.raises(ToolkitError, match=r"content\.older"):
        making.as_medium(agency.car.directory, agency.car.data, file)
    agency.car.directory.remember(f"{exchange.SEEN}guidance.{first.edition.issuer_id}", "0")
    assert not agency.car.look(agency.stick("late")).reviews, "nor with a directory from an old backup"
    again = made_by(key_of(agency.center), {PAGE: b"other"}, number=2)
    assert [one.why for one in agency.car.look(agency.brings(again, "twice")).refusals] == ["content_twice"]
    exchange.back(agency.car.directory, agency.car.data, "guidance")
    assert not agency.car.look(agency.stick("late")).reviews, "nor after going back"
    far = agency.center.pack(folder({PAGE: program(PAGE, 'title = "', 'title = "Far: ')}), 1_000_002)
    (review,) = agency.car.look(agency.brings(far, "far")).reviews
    assert "1000002" in review.notes[0]


def test_two_signatures_where_the_roster_asks_for_two(agency: Any, folder: Any) -> None:
    center, car = agency.center, agency.car
    signed = center.pack(folder({PAGE: program(PAGE, 'title = "', 'title = "One: ')}))
    signers.make_key(agency.desk.directory, "Second Reader")
    roster = replace(Trust(car.directory).own, threshold=2)
    with pytest.raises(Refused, match="content_signatures"):
        signers.check(signed, roster)
    both = signed.with_signature(key_of(agency.desk))
    with pytest.raises(Refused, match="content_signatures"):
        signers.check(both, roster)  # the second one is not on the roster
    from resources.updates.roster import Signer

    reader = Signer("guidance", "Second Reader", public(key_of(agency.desk)))
    assert signers.check(both, roster.with_signer(reader)) == "State Center"


def test_a_signer_who_left_the_roster_is_no_longer_believed(agency: Any, folder: Any) -> None:
    signed = agency.center.pack(folder({PAGE: program(PAGE, 'title = "', 'title = "One: ')}))
    (review,) = agency.desk.look(agency.brings(signed)).reviews
    signers.distrust_signer(agency.desk.directory, "State Center")
    with pytest.raises(ToolkitError, match="no_longer"):
        exchange.take(agency.desk.directory, agency.desk.data, review, None, CHECKS)
    assert not exchange.waiting(agency.desk.directory, agency.desk.data).reviews
    assert agency.desk.give(agency.stick("on")) == 0, "nor carried on"


@pytest.mark.parametrize(
    "name",
    [
        "../guidance/rapport/en.md", "guidance/../../x/en.md", "/etc/en.md", "guidance/con/en.md",
        "guidance/rapport/EN.MD", "guidance/a:b/en.md", "words/en/updates.toml", "words/en/content.toml",
        "sheets/giveaway.toml", "sheets/nul.toml", "topics/x.md", "policy.toml", "guidance/rapport/en.html",
        "guidance\\rapport\\en.md", "fonts/a.toml", "guidance/" + "a" * 200 + "/en.md", "", "hotlines.toml/",
    ],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_refused_whole(agency: Any, name: str) -> None:
    assert not fits("guidance", name)
    signed = made_by(key_of(agency.center), {name: b"x"})
    before = sorted(path for path in agency.folder.rglob("*") if "stick" not in path.parts)
    assert whys(agency, signed) == ["content_name"]
    after = sorted(path for path in agency.folder.rglob("*") if "stick" not in path.parts)
    assert [path for path in after if path not in before and "directory" not in path.parts] == []


class Counting(Parts):
    """A medium that notes how much of it was read."""

    most = 0

    def read(self, name: str, limit: int) -> bytes:
        self.most = max(self.most, limit)
        return super().read(name, limit)


def test_sizes_that_cannot_be_are_refused_before_a_part_is_read(agency: Any) -> None:
    key = key_of(agency.center)
    huge = tuple(Part(f"topics/p{n:03}.md", 1 << 20, "0" * 64) for n in range(MOST_BYTES // (1 << 20) + 1))
    many = tuple(Part(f"topics/p{n:05}.md", 1, "0" * 64) for n in range(MOST_FILES + 1))
    large = (Part("topics/a.md", (1 << 20) + 1, "0" * 64),)
    for parts in (huge, many, large):
        edition = replace(made_by(key, {"topics/a.md": b"x"}, role="agency").edition, parts=parts)
        signed = Signed(edition, {}, {part.name: b"" for part in parts}).with_signature(key)
        medium = Counting("", {edition.name: signed.raw})
        with pytest.raises(Refused, match="content_too_large"):
            read(medium, edition.name)
        assert medium.most == 0
    longer = made_by(key, {PAGE: b"x"})
    with pytest.raises(Refused, match="content_damaged"):
        read(Parts("", {longer.edition.name: longer.raw + b"more"}), longer.edition.name)
    for raw in (b"", MAGIC, MAGIC + b"{" * 100_000 + b"\n{}\n", b"PK\x03\x04", MAGIC + b"[]\n{}\n"):
        with pytest.raises(Refused):
            read(Parts("", {"x": raw}), "x")


def test_links_and_folders_on_a_stick_are_not_followed(agency: Any, folder: Any) -> None:
    signed = agency.center.pack(folder({PAGE: program(PAGE, 'title = "', 'title = "One: ')}))
    elsewhere = agency.folder / "elsewhere.edition"
    elsewhere.write_bytes(signed.raw)
    path: Path = agency.stick() / "porchlight" / signed.edition.name
    path.parent.mkdir(parents=True)
    path.symlink_to(elsewhere)
    assert not agency.car.look(agency.stick()).reviews
    path.unlink()
    path.mkdir()
    found = agency.car.look(agency.stick())
    assert not found.reviews and not found.refusals
    assert Folder(agency.stick()).names() == []
