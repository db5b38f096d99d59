"""The clerk's loop: what one laptop wrote is on the other after one stick went between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from resources.directory.provider import Provider
from resources.directory.store import Directory
from resources.errors import ToolkitError
from resources.updates import holdings, joining
from resources.updates.exchange import exchange, preview
from resources.updates.medium import Folder
from resources.updates.rollback import take_back
from resources.updates.segments import Sealed, unpack

Make = Callable[..., Provider]


def test_two_laptops_agree_after_one_stick(agency: Any, make_provider: Make, swap: Any) -> None:
    a, b = agency.laptop("a"), agency.laptop("b")
    a.save(make_provider(), make_provider(id="b", name="Legal Aid"))
    stick = agency.stick()
    first, second, third = swap(stick, a, b, a)
    assert (first.taken.ops, first.ops) == (0, 2)
    assert (second.taken.ops, second.taken.entries, second.ops) == (2, 2, 0)
    assert third.taken.ops == 0 and third.files == 0
    assert a.content_hash() == b.content_hash()
    assert b.get("asha") == make_provider()
    assert second.lines()[0] == "Taken from stick: 2 changes of 2 entries."
    assert len(second.lines()) == 3


def test_edits_of_different_fields_both_survive(agency: Any, make_provider: Make, swap: Any) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider())
    swap(stick, a, b)
    a.save(make_provider(cost="free"))
    b.save(make_provider(eligibility="women"))
    a.record_check("asha", "answered")
    b.record_check("asha", "no-answer")
    swap(stick, a, b, a)
    for laptop in (a, b):
        found = laptop.get("asha")
        assert (found.cost, found.eligibility, len(found.checks)) == ("free", "women", 2)
        assert laptop.conflicts() == []


def test_edits_of_one_field_are_a_conflict_until_a_person_decides(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider())
    swap(stick, a, b)
    a.save(make_provider(cost="free"))
    b.save(make_provider(cost="$5"))
    a.retire("asha")
    b.save(replace(b.get("asha"), status="temporarily closed"))
    swap(stick, a)
    looked = preview(b, stick)
    assert {dispute.said for dispute in looked.disputes} == {"Cost", "Status"}
    swap(stick, b, a)
    for laptop in (a, b):
        claims = {c.field: {claim.value for claim in c.values} for c in laptop.conflicts()}
        assert claims == {"cost": {"free", "$5"}, "status": {"defunct", "temporarily closed"}}
        assert all(claim.who in ("a", "b") for c in laptop.conflicts() for claim in c.values)
    b.resolve("asha", "cost", "$5")
    b.resolve("asha", "status", "active")
    swap(stick, b, a)
    assert a.conflicts() == b.conflicts() == [] and a.get("asha").cost == "$5"


def test_a_stick_passes_on_what_a_third_laptop_wrote(agency: Any, make_provider: Make, swap: Any) -> None:
    a, b, c = agency.laptop("a"), agency.laptop("b"), agency.laptop("c")
    a.save(make_provider())
    swap(agency.stick("one"), a, b)
    swap(agency.stick("two"), b, c)
    assert c.content_hash() == a.content_hash()
    one = sorted((agency.stick("one") / "porchlight").glob("d*/*.seg"))
    two = sorted((agency.stick("two") / "porchlight").glob("d*/*.seg"))
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


def test_a_whole_update_can_be_taken_back_later(agency: Any, make_provider: Make, swap: Any) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider(cost="$1"), make_provider(id="c", name="Clinic"))
    swap(stick, a, b)
    before = b.content_hash()
    a.save(make_provider(cost="$2", eligibility="men"), make_provider(id="new", name="New Place"))
    a.save(make_provider(cost="$3", eligibility="men"))
    a.retire("c")
    swap(stick, a, b)
    assert (b.get("asha").cost, b.get("c").retired, b.count()) == ("$3", True, 2)
    arrival = holdings.arrivals(b)[0]
    assert (arrival.source, arrival.devices, arrival.ops, arrival.back) == ("stick", ("a",), 4, False)
    back = take_back(b, arrival.id)
    assert back.entries == 3 and back.kept == 0
    assert b.content_hash() == before and holdings.arrivals(b)[0].back
    with pytest.raises(ToolkitError, match="taken_back_already"):
        take_back(b, arrival.id)
    swap(stick, b, a)
    assert a.content_hash() == b.content_hash()
    assert b.undo() and b.get("asha").cost == "$3", "taking back can be undone"


def test_taking_back_keeps_what_was_changed_since(agency: Any, make_provider: Make, swap: Any) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider(cost="$1"))
    swap(stick, a, b)
    a.save(make_provider(cost="$2", eligibility="men"))
    a.save(make_provider(id="new", name="New Place"))
    swap(stick, a, b)
    b.save(make_provider(cost="$9", eligibility="men"), make_provider(id="new", name="Our Place"))
    back = take_back(b, holdings.arrivals(b)[0].id)
    assert back.kept == 2
    assert (b.get("asha").cost, b.get("asha").eligibility, b.get("new").name) == ("$9", "", "Our Place")
    assert b.get("new").phones == make_provider().phones, "an entry that stays is left whole"


def test_a_conflict_that_came_with_an_update_goes_with_it(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider())
    swap(stick, a, b)
    b.save(make_provider(cost="ours"))
    a.save(make_provider(cost="theirs"))
    swap(stick, a, b)
    assert b.conflicts()
    take_back(b, holdings.arrivals(b)[0].id)
    assert b.conflicts() == [] and b.get("asha").cost == "ours"


def test_taking_back_decides_no_dispute_of_others(agency: Any, make_provider: Make, swap: Any) -> None:
    a, b, c, stick = agency.laptop("a"), agency.laptop("b"), agency.laptop("c"), agency.stick()
    a.save(make_provider(cost="at first"))
    swap(stick, a, b, c)
    for laptop, cost in ((a, "$1"), (b, "$2"), (c, "$3")):
        laptop.save(make_provider(cost=cost))
    swap(agency.stick("two"), c, b)
    swap(stick, a, b)
    back = take_back(b, holdings.arrivals(b)[0].id)
    assert back.kept == 1 and {claim.value for claim in b.conflicts()[0].values} == {"$1", "$2", "$3"}
    swap(stick, a, c)
    swap(stick, a)
    assert {claim.value for claim in a.conflicts()[0].values} == {"$1", "$2", "$3"}
    assert "1 value stays" in (a.undo() or "") and len(a.conflicts()[0].values) == 3


def test_undo_leaves_what_another_laptop_said_of_the_same_field(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider(cost="at first"))
    swap(stick, a, b)
    b.save(make_provider(cost="theirs"))
    a.save(make_provider(cost="ours"))
    swap(stick, b, a)
    assert a.undo() and a.get("asha").cost == "theirs" and a.conflicts() == []


def test_undo_hides_no_edit_that_nobody_had_seen(agency: Any, make_provider: Make, swap: Any) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider())
    swap(stick, a, b)
    a.retire("asha")
    b.save(make_provider(cost="free"))
    swap(stick, b, a)
    a.resolve("asha", "status", "active")
    assert a.undo() and not a.get("asha").retired and a.get("asha").cost == "free"


def test_each_laptop_knows_what_it_has_from_whom_and_what_others_lack(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, c = agency.laptop("a"), agency.laptop("b"), agency.laptop("c")
    stick = agency.stick()
    a.save(make_provider())
    swap(stick, a, b, a)
    a.save(make_provider(cost="free"))
    found = {one.name: one for one in holdings.holdings(a)}
    assert set(found) == {"a", "b", "c"} and found["a"].here
    assert (found["a"].ops, found["b"].ops, found["b"].lacks) == (2, 0, 1)
    assert found["c"].lacks is None or found["c"].lacks > 0
    assert found["a"].newest is not None and found["a"].agency == "Rosebud County"
    assert c.count() == 0


def test_a_secret_street_never_lies_on_a_stick(agency: Any, make_provider: Make, swap: Any) -> None:
    a, b, c, stick = agency.laptop("a"), agency.laptop("b"), agency.laptop("c"), agency.stick()
    a.save(make_provider())
    swap(stick, a, b)
    secret = replace(make_provider().place, confidential=True)
    b.save(make_provider(place=secret))
    fresh = agency.stick("fresh")
    swap(fresh, b, c)
    assert c.get("asha").place.confidential and c.content_hash() == b.content_hash()
    swap(stick, b, a)
    for laptop in (a, b, c):
        assert laptop.get("asha").place.street == ""
        assert "Main Street" not in str(laptop.connection.execute("select body from op").fetchall())
    files = [*stick.rglob("*.seg"), *fresh.rglob("*.seg")]
    assert files
    for path in files:
        raw = path.read_bytes()
        assert "Main Street" not in "\n".join(unpack(raw[len(Sealed.read(raw).raw) :]))


def test_a_laptop_without_an_agency_is_told_what_to_do(agency: Any) -> None:
    alone = agency.laptop("alone", join=False)
    with pytest.raises(ToolkitError, match=r"updates\.no_agency"):
        exchange(alone, agency.stick())


def test_a_restored_laptop_gives_what_it_wrote_under_its_old_name(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    b.save(make_provider())
    swap(stick, b)
    b.save(make_provider(cost="free"))
    backup = b.backup()
    b.connection.close()
    Directory.restore(b.folder, backup)
    again = agency.laptop("b", join=False)
    assert again.device != b.device
    again.save(make_provider(cost="free", eligibility="women"))
    result = exchange(again, stick, phones=None)
    assert not result.refusals
    swap(stick, a)
    assert a.get("asha").cost == "free" and a.get("asha").eligibility == ""
    medium = Folder(stick)
    code = joining.ask(again, medium, "b").code
    assert joining.admit(a, medium, code).device == again.device
    swap(stick, again, a)
    assert a.get("asha").eligibility == "women" and a.content_hash() == again.content_hash()


def test_files_of_a_restored_laptop_that_overlap_are_no_fork(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    b.save(make_provider())
    backup = b.backup()
    b.save(make_provider(cost="free"))
    swap(stick, b)
    b.connection.close()
    Directory.restore(b.folder, backup)
    other = agency.stick("other")
    swap(other, agency.laptop("b", join=False))
    for path in (other / "porchlight").glob(f"{b.device}/*.seg"):
        (stick / "porchlight" / b.device / path.name).write_bytes(path.read_bytes())
    assert len(list((stick / "porchlight").glob(f"{b.device}/*.seg"))) == 2
    result = exchange(a, stick, phones=None)
    assert not result.refusals and a.get("asha").cost == "free"


def test_a_restored_laptop_gives_also_what_lies_before_what_it_gets_back(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    """It has its first words from its backup, in no file yet, and takes only what it lacks."""
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    b.save(make_provider())
    backup = b.backup()
    swap(stick, b)
    b.save(make_provider(cost="free"))
    swap(stick, b, a)
    b.connection.close()
    Directory.restore(b.folder, backup)
    again = agency.laptop("b", join=False)
    swap(stick, again)
    assert again.get("asha").cost == "free"
    fresh = agency.stick("fresh")
    swap(fresh, again)
    files = sorted(path.name for path in (fresh / "porchlight" / b.device).glob("*.seg"))
    assert files == ["00000001-00000001.seg", "00000002-00000002.seg"]


def test_a_restored_laptop_still_believes_itself_about_national_lines(
    agency: Any, make_provider: Make
) -> None:
    lines = frozenset({"asha"})
    a = agency.laptop("a", own_only=lines)
    a.save(make_provider(cost="ours"))
    backup = a.backup()
    a.connection.close()
    Directory.restore(a.folder, backup)
    again = agency.laptop("a", join=False, own_only=lines)
    again.rebuild()
    assert again.get("asha") == make_provider(cost="ours")
