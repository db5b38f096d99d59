"""Laptops join their agency and leave it, and a neighboring agency is believed, all by digits read aloud."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QLabel

from desktop.pages.updates import UpdatesPage
from resources.directory.store import Directory
from resources.updates import joining
from resources.updates.exchange import give
from resources.updates.medium import Folder
from resources.updates.trust import Trust
from tests.desktop.conftest import FakeAsk
from tests.desktop.updates.conftest import provider


def words_of(widget: Any) -> str:
    QApplication.processEvents()
    return "\n".join(
        one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget) and one.text()
    )


def test_a_laptop_without_an_agency_makes_one_or_joins(page: UpdatesPage, ask: FakeAsk) -> None:
    assert page.join_card.isVisible() and not page.exchange_card.isVisible()

    def make(dialog: Any) -> None:
        dialog.make.click()
        assert "Write a name" in words_of(dialog)
        dialog.agency.set_value("Rosebud County Sheriff")
        dialog.laptop.set_value("Front desk")
        dialog.make.click()

    ask.answers.append(make)
    page.create_button.click()
    assert not page.join_card.isVisible() and page.exchange_card.isVisible()
    assert page.agency_button.text().strip() == "Rosebud County Sheriff · Front desk"


def test_joining_compares_digits_on_both_laptops(
    page: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    Trust(car).create("Treasure County", "Car 2")
    give(car, stick)

    def join(dialog: Any) -> None:
        dialog.laptop.set_value("Front desk")
        dialog.go.click()
        code = dialog.digits.text()
        assert joining.asking(car, Folder(stick))[0].code == code
        dialog.typed.set_value("11111 22222 33333 44444 55555 66666")
        dialog.go.click()
        assert "not the digits" in dialog.typed.problem.text() and dialog.isVisible()
        joining.admit(car, Folder(stick), code)
        dialog.typed.set_value(code)
        assert dialog.typed.problem.text() == "", "the complaint was about other digits"
        dialog.go.click()

    ask.answers.append(join)
    ask.paths.append(stick)
    page.join_button.click()
    assert Trust(page.desk.directory).own.name == "Treasure County"
    assert page.exchange_card.isVisible()


def test_the_first_laptop_admits_only_the_right_digits(
    page: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    Trust(page.desk.directory).create("Rosebud County Sheriff", "Front desk")
    give(page.desk.directory, stick)
    code = joining.ask(car, Folder(stick), "Car 2").code
    page.refresh()

    def admit(dialog: Any) -> None:
        dialog.typed.set_value("0" * 30)
        dialog.take.click()
        assert "not the digits" in dialog.typed.problem.text()
        dialog.typed.set_value(code.replace(" ", ""))
        dialog.take.click()

    def roster(dialog: Any) -> None:
        assert "Car 2" not in words_of(dialog)
        ask.answers.insert(0, admit)
        dialog.join.click()
        assert "Car 2" in words_of(dialog)

    ask.answers.append(roster)
    ask.paths.append(stick)
    page.agency_button.click()
    assert {one.name for one in Trust(page.desk.directory).own.members} == {"Front desk", "Car 2"}


def test_a_lost_laptop_is_no_longer_believed(
    joined: UpdatesPage, ask: FakeAsk, car: Directory, stick: Path
) -> None:
    ask.answers.append(lambda dialog: next(iter(dialog.revokes.values())).click())
    joined.agency_button.click()
    car.save(provider(2, cost="Free"))
    give(car, stick)
    joined.exchange(stick)
    assert joined.desk.directory.get("made-002").cost == ""
    assert "refused" in words_of(joined.result)


def test_a_neighboring_agency_is_believed_after_its_digits_were_read_aloud(
    joined: UpdatesPage, ask: FakeAsk, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    with Directory.open(tmp_path / "neighbor", who="T. Fox") as neighbor:
        Trust(neighbor).create("Treasure County", "Desk")
        neighbor.save(provider(40))
        give(neighbor, theirs)
        digits = Trust(neighbor).fingerprint()

    def believe(dialog: Any) -> None:
        dialog.typed.set_value(digits)
        dialog.take.click()

    def roster(dialog: Any) -> None:
        ask.answers.insert(0, believe)
        dialog.neighbor.click()
        assert "Also believed: Treasure County" in words_of(dialog)

    ask.answers += [roster, lambda dialog: dialog.take.click()]
    ask.paths.append(theirs)
    joined.agency_button.click()
    joined.exchange(theirs)
    assert joined.desk.directory.get("made-040").name == "Prairie House 040"
