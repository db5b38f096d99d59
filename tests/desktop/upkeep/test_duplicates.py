"""Duplicates side by side: chosen field by field, merged as one step, or remembered as not the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.dialogs.duplicates import Duplicates, show_duplicates
from desktop.window import Window
from resources.directory import combining, duplicates
from resources.directory.combining import BOTH, OTHER, STAYS
from resources.directory.provider import Check, Phone, Place, Provider
from tests.desktop.conftest import FakeAsk
from tests.desktop.frame.audit import audit, dead
from tests.desktop.upkeep.conftest import provider

STREET = Place("12 Cedar Street", "Forsyth", "30087", "MT", "59327")
ONE = provider(
    1, name="Cedar Street Pantry", place=STREET, email="one@example.org", languages=frozenset({"en"})
)
TWO = provider(
    2,
    name="Cedar St. Food Pantry",
    place=replace(STREET, street="12 Cedar St"),
    phones=(Phone("p1", "+14065550101"), Phone("p2", "+14065550188", label="evenings")),
    languages=frozenset({"es"}),
    cost="free",
    checks=(Check("c1", date(2026, 11, 1), "answered", "KL"),),
)


@pytest.fixture
def pair(window: Window) -> Duplicates:
    window.desk.directory.apply([ONE, TWO], label="two")
    found = duplicates.pairs(window.desk.directory.many([ONE.id, TWO.id]))
    assert len(found) == 1
    dialog = Duplicates(window.desk, found)
    dialog.show_centered()
    dialog.show()
    QApplication.processEvents()
    return dialog


def test_what_is_filled_is_proposed_and_the_one_that_answered_stays(pair: Duplicates) -> None:
    assert pair.sides is not None and pair.sides.kept.id == TWO.id
    merged = pair.merged()
    assert merged.id == TWO.id and merged.name == TWO.name
    assert merged.email == "one@example.org" and merged.cost == "free"
    assert merged.languages == {"en", "es"}
    assert [p.number for p in merged.phones] == ["+14065550101", "+14065550188"]
    assert merged.checks == TWO.checks


def test_each_field_can_be_chosen_from_either_side(pair: Duplicates) -> None:
    pair.cards["name", "left"].click()
    pair.cards["languages", "left"].click()
    assert pair.merged().name == ONE.name and pair.merged().languages == {"en"}
    pair.cards["languages", BOTH].click()
    assert pair.merged().languages == {"en", "es"}
    before = replace(pair.merged(), id="", checks=(), source_id="")
    pair.staying.buttons["left"].click()
    after = pair.merged()
    assert after.id == ONE.id  # the other entry stays, the chosen values stay chosen
    assert (after.name, after.languages, after.cost) == (before.name, before.languages, before.cost)


def test_a_merge_keeps_one_retires_the_other_and_one_undo_takes_it_back(
    pair: Duplicates, window: Window
) -> None:
    directory = window.desk.directory
    before = directory.many([ONE.id, TWO.id])
    pair.merge_button.click()
    one, two = directory.many([ONE.id, TWO.id])
    assert one.retired and not two.retired and two.email == "one@example.org"
    window.undo()
    assert directory.many([ONE.id, TWO.id]) == before


def test_enter_merges_nothing_by_itself(pair: Duplicates) -> None:
    assert not pair.merge_button.isDefault()
    assert pair.focusWidget() is pair.skip_button


def test_not_the_same_is_remembered_and_can_be_forgotten(pair: Duplicates, window: Window) -> None:
    pair.apart_button.click()
    directory = window.desk.directory
    assert combining.apart(directory) == {(ONE.id, TWO.id)}
    entries = directory.many([ONE.id, TWO.id])
    assert duplicates.pairs(entries, apart=combining.apart(directory)) == []
    assert not any(entry.retired for entry in entries)
    pair.forget_button.click()
    assert not combining.apart(directory)
    assert {(p.a, p.b) for p in pair.pairs} >= {(ONE.id, TWO.id)}


def test_a_pair_that_is_gone_meanwhile_is_passed_over(pair: Duplicates, window: Window) -> None:
    window.desk.directory.retire(ONE.id)
    pair.show_pair()
    assert pair.sides is None and not pair.merge_button.isVisible()


def test_a_large_list_is_compared_with_progress_and_can_be_stopped(window: Window, ask: FakeAsk) -> None:
    window.desk.directory.apply([ONE, TWO], label="two")
    seen: list[Any] = []
    ask.answers.append(lambda dialog: seen.append(dialog.pairs))
    show_duplicates(window.desk)
    assert any({p.a, p.b} == {ONE.id, TWO.id} for p in seen[0])
    many = [provider(n, name=f"Pantry {n % 40} Forsyth") for n in range(400)]

    def stop(done: int, of: int) -> None:
        assert of > done
        raise InterruptedError

    with pytest.raises(InterruptedError):
        duplicates.pairs(many, progress=stop)


def test_a_place_that_one_of_them_hides_stays_hidden_whatever_is_chosen() -> None:
    hidden = replace(TWO, place=replace(STREET, confidential=True))
    for choice in (STAYS, OTHER):
        for kept, other in ((ONE, hidden), (hidden, ONE)):
            place = combining.combine(kept, other, {"place": choice}).place
            assert place.confidential and not place.street


def test_calls_to_another_number_vouch_for_nothing() -> None:
    other = replace(TWO, phones=(Phone("p1", "+14065550177"),))
    merged = combining.combine(ONE, other, {"phones": STAYS})
    assert merged.checks == () and not combining.checks_count(ONE, other, merged)


def test_merging_an_entry_with_itself_changes_nothing() -> None:
    assert combining.suggested(ONE, ONE) == {}
    assert combining.combine(ONE, ONE, {}) == ONE


def test_every_field_of_a_provider_is_compared_or_left_on_purpose() -> None:
    left = {"id", "status", "owner", "source", "source_id", "enforcement", "training", "kept", "checks"}
    split = {"minimum_age", "maximum_age"}  # chosen together as "ages"
    assert set(Provider.__dataclass_fields__) == (set(combining.FIELDS) - {"ages"}) | left | split


def test_the_dialog_can_be_read_reached_and_pressed(pair: Duplicates) -> None:
    assert audit(pair) == []
    assert dead(pair) == []


def test_the_edit_form_warns_of_an_entry_that_is_here_already(window: Window) -> None:
    from desktop.dialogs.provider_edit import ProviderEdit

    window.desk.directory.apply([ONE], label="one")
    form = ProviderEdit(window.desk, Provider("new", training=True), new=True)
    form.show()
    form.twins.look()
    assert form.twins.warning.isHidden()
    form.fields["name"].set_value("Cedar Street Pantry")
    form.place.city.set_value("Forsyth")
    assert form.twins._timer.isActive()
    form.twins.look()
    assert not form.twins.warning.isHidden() and ONE.name in form.twins.warning.text()
    combining.say_apart(window.desk.directory, "new", ONE.id)
    form.twins.look()
    assert form.twins.warning.isHidden()
