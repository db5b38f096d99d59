"""Review before anything is taken: what a person sees, accepts, declines, and what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from resources.directory.merge import OpId
from resources.directory.optext import body_of, read_op
from resources.directory.provider import Phone, Provider
from resources.errors import ToolkitError
from resources.updates.exchange import Decision, accept, complete, exchange, give, preview
from resources.updates.trust import Trust

Make = Callable[..., Provider]


def test_a_preview_changes_nothing_and_says_old_and_new(agency: Any, make_provider: Make, swap: Any) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider())
    swap(stick, a, b)
    a.save(make_provider(cost="free", phones=(Phone("p1", "+14065550199", label="Crisis line"),)))
    a.save(make_provider(id="new", name="Legal Aid"))
    give(a, stick)
    before = b.content_hash()
    looked = preview(b, stick)
    assert b.content_hash() == before
    assert [provider.name for provider in looked.new] == ["Legal Aid"]
    (change,) = looked.changed
    assert {(line.field, line.old, line.new) for line in change.lines if not line.is_phone} == {
        ("cost", "", "free")
    }
    (phone,) = looked.phones
    assert (phone.key, phone.name, phone.who, phone.device) == ("asha/phones/p1", "Asha Shelter", "a", "a")
    assert "555-0142" in phone.old and "555-0199" in phone.new


def test_changed_numbers_wait_for_a_person(agency: Any, make_provider: Make, swap: Any) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider())
    swap(stick, a, b)
    a.save(make_provider(phones=(Phone("p1", "+14065550199"),), cost="free"))
    b.save(make_provider(eligibility="women"))
    give(a, stick)
    found = exchange(b, stick)
    assert found.waits and found.taken.ops == 0 and b.get("asha").cost == ""
    assert found.files == 1, "what we hold is given all the same"
    assert not exchange(b, stick, phones={"asha/phones/p1"}).waits
    assert b.get("asha").phones[0].number == "+14065550199" and b.get("asha").cost == "free"


def test_a_refused_number_stays_ours_and_everybody_sees_that_it_was_refused(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    ours = (Phone("p1", "+14065550142"), Phone("p2", "+14065550143"))
    a.save(make_provider(phones=ours))
    swap(stick, a, b)
    theirs = (Phone("p1", "+14065550198"), Phone("p2", "+14065550199"), Phone("p3", "+14065550150"))
    a.save(make_provider(phones=theirs, cost="free"))
    give(a, stick)
    looked = preview(b, stick)
    assert len(looked.phones) == 3
    taken = accept(b, looked, Decision(frozenset({"asha/phones/p2"})))
    assert taken.kept == 2
    expected = ["+14065550142", "+14065550199"]
    assert [phone.number for phone in b.get("asha").phones] == expected and b.get("asha").cost == "free"
    swap(stick, b, a)
    assert [phone.number for phone in a.get("asha").phones] == expected
    assert a.content_hash() == b.content_hash() and a.conflicts() == []
    assert any(line.label == "Kept what we say of 1 entry" for line in a.history("asha"))


def test_declined_entries_stay_ours_and_declined_new_ones_are_out_of_use(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider(), make_provider(id="c", name="Clinic"))
    swap(stick, a, b)
    a.save(make_provider(name="Asha House", cost="free", phones=(Phone("p1", "+14065550199"),)))
    a.save(make_provider(id="new", name="New Place"))
    a.save(make_provider(id="new", name="New Place", cost="$5"), make_provider(id="c", name="Clinic East"))
    give(a, stick)
    looked = preview(b, stick)
    done = complete(b, stick, looked, Decision(declined=frozenset({"asha", "new"})))
    assert done.taken.kept == 2 and not done.waits
    assert b.get("asha") == make_provider() and b.get("new").retired and b.get("c").name == "Clinic East"
    swap(stick, a)
    assert a.content_hash() == b.content_hash() and a.conflicts() == []
    assert any(line.new == "Asha House" for line in b.history("asha")), "what was declined is not lost"


def test_an_update_that_nobody_decided_waits_and_comes_again(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider())
    give(a, stick)
    looked = preview(b, stick)
    done = complete(b, stick, looked, None)
    assert done.waits and b.count() == 0 and "Nothing was taken" in done.lines()[0]
    assert preview(b, stick).ops == 1


def test_a_laptop_revoked_between_review_and_acceptance_is_not_taken(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    b.save(make_provider())
    give(b, stick)
    looked = preview(a, stick)
    Trust(a).revoke(b.device)
    assert accept(a, looked, Decision(None)).ops == 0 and a.count() == 0


def test_no_other_laptop_stretches_or_blocks_what_an_undo_takes_back(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(make_provider())
    swap(stick, a, b)
    (batch,) = a.connection.execute("select id from batch").fetchone()
    mine = read_op(a.device, a.connection.execute("select body from op").fetchone()[0])
    for n, about in enumerate(({"batch": batch}, {"undoes": batch}), 1):
        forged = replace(mine, id=OpId(b.device, n), set={"cost": "free"}, replaced={}, **about)
        a.receive(b.device, [body_of(forged)], b.public_key)
    assert a.connection.execute("select device, last from batch where id = ?", (batch,)).fetchone() == (
        a.device,
        1,
    )
    assert a.undo_label() == "Change of Asha Shelter"


def test_a_mass_deletion_is_blocked_until_it_is_confirmed(
    agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    a.save(*(make_provider(id=f"p{n}", name=f"Place {n}") for n in range(20)))
    swap(stick, a, b)
    a.retire(*(f"p{n}" for n in range(5)))
    give(a, stick)
    assert not preview(b, stick).mass, "a quarter is not more than a quarter"
    a.retire(*(f"p{n}" for n in range(5, 18)))
    give(a, stick)
    looked = preview(b, stick)
    assert looked.mass and len(looked.retired) == 18 and "18 of 20" in looked.sentences()[0]
    with pytest.raises(ToolkitError, match="mass_retire"):
        accept(b, looked, Decision(None))
    assert b.count() == 20 and exchange(b, stick).waits
    exchange(b, stick, confirm_retire=True)
    assert b.count() == 2


def test_no_stick_changes_a_national_line(
    agency: Any, make_provider: Make, swap: Any, tmp_path: Path
) -> None:
    line = make_provider(id="line", name="National Line", phones=(Phone("p1", "988"),))
    a = agency.laptop("a")
    b = agency.laptop("b", own_only=frozenset({"line"}))
    a.save(replace(line, phones=(Phone("p1", "+14065550166"),)))
    b.save(line)
    a.record_check("line", "answered")
    a.save(make_provider(id="fake", name="National Line"))
    stick = agency.stick()
    give(a, stick)
    looked = preview(b, stick)
    assert looked.national == 1 and not looked.phones
    assert [(odd.provider_id, odd.kind, odd.like) for odd in looked.look_alikes] == [
        ("fake", "imitates", "National Line")
    ]
    swap(stick, b)
    assert b.get("line").phones[0].number == "988" and len(b.get("line").checks) == 1
    b.rebuild()
    assert b.get("line").phones[0].number == "988"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Аsha Shelter", "mixed"),
        ("Asha She1ter", "imitates"),
        ("Asha SheIter", "imitates"),
        ("Asha\u202e Shelter", "invisible"),
        ("АЅНА ЅНЕLТЕR", "imitates"),
    ],
)
def test_a_name_that_imitates_another_is_flagged(
    name: str, kind: str, agency: Any, make_provider: Make, swap: Any
) -> None:
    a, b, stick = agency.laptop("a"), agency.laptop("b"), agency.stick()
    b.save(make_provider())
    a.save(make_provider(id="evil", name=name))
    give(a, stick)
    assert kind in {odd.kind for odd in preview(b, stick).look_alikes}
    a.save(make_provider(id="evil", name="Quite Another House"))
    give(a, stick)
    assert preview(b, stick).look_alikes == ()
