"""Two profiles exchange through a folder in the window; laptops join their agency and leave it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop import sticks
from desktop.pages.updates import UpdatesPage
from desktop.sticks import Stick
from desktop.window import Window
from resources.directory.provider import Phone
from resources.directory.store import Directory
from resources.updates.exchange import exchange, give
from tests.desktop.conftest import FakeAsk
from tests.desktop.frame.audit import audit
from tests.desktop.updates.conftest import provider

LEFT = Qt.MouseButton.LeftButton


def words_of(widget: Any) -> str:
    QApplication.processEvents()
    return "\n".join(
        one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget) and one.text()
    )


def changed_in_the_car(car: Directory, stick: Path) -> None:
    car.save(provider(1, phones=(Phone("p1", "+14065550199"),)), provider(2, cost="Free"), provider(30))
    car.retire("made-003")
    give(car, stick)


# -- the clerk's loop
def test_the_review_shows_each_kind_of_change_and_one_press_takes_it(
    joined: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    changed_in_the_car(car, stick)
    seen: dict[str, str] = {}

    def review(dialog: Any) -> None:
        assert joined.desk.directory.get("made-002").cost == ""
        for name, tab in dialog.groups.tabs.items():
            tab.click()
            seen[name] = words_of(dialog)
        assert audit(dialog) == []
        dialog.take.click()

    ask.answers.append(review)
    joined.exchange(stick)
    assert "said by K. Lee on Car 2" in seen["numbers"]
    assert "Prairie House 003" in seen["retired"]
    assert "Cost: nothing" in seen["changed"] and "Prairie House 001" not in seen["changed"]
    assert "Prairie House 030" in seen["new"]
    assert joined.desk.directory.get("made-002").cost == "Free"
    assert joined.desk.directory.get("made-003").retired
    said = words_of(joined.result)
    assert len(said.split("\n")) == 3 and "Taken from KINGSTON" in said and "safe to remove" in said


def test_a_number_that_is_not_ticked_stays_and_a_ticked_one_is_taken(
    joined: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    car.save(*(provider(n, phones=(Phone("p1", f"+1406555019{n}"),)) for n in (1, 2)))
    give(car, stick)

    def tick_first(dialog: Any) -> None:
        assert list(dialog.ticks) == ["made-001/phones/p1", "made-002/phones/p1"]
        dialog.ticks["made-001/phones/p1"].click()
        assert "1 number is not ticked" in dialog.left_over.text()
        dialog.take.click()

    ask.answers.append(tick_first)
    joined.exchange(stick)
    numbers = [joined.desk.directory.get(f"made-00{n}").phones[0].number for n in (1, 2)]
    assert numbers == ["+14065550191", "+14065550102"]
    assert "1 thing stays as it was here, as you chose" in words_of(joined.result)


def test_an_entry_that_is_not_ticked_stays_as_it_is_here(
    joined: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    changed_in_the_car(car, stick)

    def leave(dialog: Any) -> None:
        for group, identity in (("retired", "made-003"), ("changed", "made-002"), ("new", "made-030")):
            dialog.groups.tabs[group].click()
            dialog.entries[identity].click()
        dialog.take.click()

    ask.answers.append(leave)
    joined.exchange(stick)
    directory = joined.desk.directory
    assert not directory.get("made-003").retired and directory.get("made-002").cost == ""
    assert directory.get("made-030").retired


def test_a_name_that_looks_like_another_is_marked_where_it_is_ticked_too(
    joined: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    car.save(provider(30, name="Prairie H0use 001"))
    give(car, stick)

    def review(dialog: Any) -> None:
        dialog.groups.tabs["new"].click()
        assert words_of(dialog.groups).count("looks like “Prairie House 001”") == 1
        dialog.take.click()

    ask.answers.append(review)
    joined.exchange(stick)
    assert joined.desk.directory.get("made-030").name == "Prairie H0use 001"


def test_not_now_takes_nothing_and_still_gives(
    joined: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    changed_in_the_car(car, stick)
    joined.desk.directory.save(provider(5, cost="5 dollars"))
    before = joined.desk.directory.content_hash()
    joined.exchange(stick)
    assert joined.desk.directory.content_hash() == before
    assert "Nothing was taken" in words_of(joined.result)
    exchange(car, stick, phones=None)
    assert car.get("made-005").cost == "5 dollars"


def test_nothing_new_asks_nothing(joined: UpdatesPage, ask: FakeAsk, stick: Path) -> None:
    joined.exchange(stick)
    joined.exchange(stick)
    assert ask.shown == []
    assert "brought nothing new" in words_of(joined.result)


def test_many_entries_cannot_disappear_without_a_word(
    joined: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    for one in car.all():
        car.retire(one.id)
    give(car, stick)

    def review(dialog: Any) -> None:
        assert not dialog.take.isEnabled()
        dialog.mass.click()
        assert dialog.take.isEnabled()

    ask.answers.append(review)
    joined.exchange(stick)
    assert not joined.desk.directory.get("made-001").retired


def test_an_update_is_taken_back_as_a_whole(
    joined: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    before = joined.desk.directory.content_hash()
    changed_in_the_car(car, stick)
    ask.answers.append(lambda dialog: dialog.take.click())
    joined.exchange(stick)
    assert joined.desk.directory.content_hash() != before
    joined.show_tab("taken")
    assert joined.act_button.isVisible()
    joined.act_button.click()
    assert joined.desk.directory.get("made-002").cost == ""
    assert not joined.desk.directory.get("made-003").retired
    line = joined.list.current()
    assert line is not None and line.state == "taken back"
    assert not joined.act_button.isVisible()


def test_where_laptops_disagree_a_person_decides_and_the_other_value_stays_in_the_history(
    joined: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    car.save(provider(2, cost="Free"))
    give(car, stick)
    joined.desk.directory.save(provider(2, cost="5 dollars"))
    ask.answers.append(lambda dialog: dialog.take.click())
    joined.exchange(stick)
    assert "(1)" in joined.tabs.buttons["open"].text()
    directory = joined.desk.directory
    shown = directory.get("made-002").cost

    def decide(dialog: Any) -> None:
        texts = [card.accessibleName() for card in dialog.cards]
        assert any("Free" in text and "K. Lee" in text for text in texts)
        assert any("5 dollars" in text for text in texts)
        assert not dialog.keep.isEnabled()
        next(card for card in dialog.cards if "Free" in card.accessibleName()).click()
        dialog.keep.click()

    ask.answers.append(decide)
    joined.act_button.click()
    assert directory.get("made-002").cost == "Free" and directory.conflicts() == []
    assert any(line.new == "5 dollars" for line in directory.history("made-002"))
    joined.desk.undo_stack.undo()
    assert directory.get("made-002").cost == shown


def test_what_was_refused_is_shown_with_its_reason(
    joined: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    changed_in_the_car(car, stick)
    newest = max((stick / "porchlight" / car.device).glob("*.seg"))
    raw = bytearray(newest.read_bytes())
    raw[-1] ^= 1
    newest.write_bytes(raw)
    before = joined.desk.directory.content_hash()
    joined.exchange(stick)
    assert joined.desk.directory.content_hash() == before
    assert joined.tab == "refused"
    line = joined.list.current()
    assert line is not None and "not taken" in line.title


def test_the_laptops_say_what_each_of_them_lacks(joined: UpdatesPage, car: Directory, stick: Path) -> None:
    joined.exchange(stick)
    joined.desk.directory.save(provider(4, cost="1 dollar"))
    joined.show_tab("laptops")
    states = {line.title: line.state for line in joined.list.rows.lines}
    assert states["Front desk"] == "this laptop"
    assert states["Car 2"].startswith("lacked 1 change on")


def test_one_file_carries_the_same(joined: UpdatesPage, ask: FakeAsk, car: Directory, tmp_path: Path) -> None:
    from resources.updates import bundle

    car.save(provider(2, cost="Free"))
    bundle.write(car, tmp_path / "from-car.porchlight")
    ask.paths.append(tmp_path / "from-car.porchlight")
    ask.answers.append(lambda dialog: dialog.take.click())
    joined.read_button.click()
    assert joined.desk.directory.get("made-002").cost == "Free"
    ask.paths.append(tmp_path / "from-desk")
    joined.write_button.click()
    assert bundle.read(car, tmp_path / "from-desk.porchlight").name == "Front desk"


def test_a_wrong_file_is_explained(joined: UpdatesPage, ask: FakeAsk, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("hello")
    ask.paths.append(tmp_path / "letter.txt")
    joined.read_button.click()
    assert ask.problems == ["updates.no_bundle"]


def test_a_stick_that_is_plugged_in_becomes_a_button(
    joined: UpdatesPage, monkeypatch: pytest.MonkeyPatch, stick: Path, qtbot: QtBot
) -> None:
    monkeypatch.setattr(sticks, "sticks", lambda: [Stick(stick, "KINGSTON")])
    joined._look_for_sticks()
    (made,) = joined._stick_buttons()
    assert made.accessibleName() == "Exchange with KINGSTON"
    qtbot.mouseClick(made, LEFT)
    assert joined.result.isVisibleTo(joined)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows says itself which drives can be pulled out")
def test_only_what_can_be_pulled_out_counts_as_a_stick() -> None:
    volumes = [("/", ""), ("/media/kim/KINGSTON", "KINGSTON"), ("/run/media/kim/A B", ""), ("/home", "home")]
    assert [one.name for one in sticks.chosen(volumes)] == ["A B", "KINGSTON"]


def test_the_page_is_reached_from_upkeep_and_reads_well(window: Window, joined: UpdatesPage) -> None:
    window.go("upkeep")
    upkeep: Any = window.page("upkeep")
    upkeep.more.unfold()
    upkeep.more.buttons["updates"].click()
    assert window.current == "updates"
    for size in ((1366, 689), (1024, 680), (880, 520)):
        window.resize(*size)
        for tab in joined.tabs.buttons:
            joined.show_tab(tab)
            assert audit(joined) == []
