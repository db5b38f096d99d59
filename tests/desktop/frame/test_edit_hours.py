"""Hours in the form: a week, the second Tuesday, two times on one day, closed days; problems beside each."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.dialogs.edit_hours import HoursEditor
from resources.directory.hours import Closure, Hours, Span
from resources.words import load

WHOLE = Hours(
    (
        Span(1, 600, 720, (2, 4)),
        Span(0, 540, 720),
        Span(0, 780, 1020),
        Span(5, 1320, 360),
        Span(2, 540, 1020, (), date(2026, 6, 1), date(2026, 8, 31)),
    ),
    (Closure(date(2026, 12, 24), date(2026, 12, 26), "Holidays"),),
    text="as the list said",
)


@pytest.fixture
def empty(qtbot: QtBot) -> HoursEditor:
    return editor(qtbot, Hours())


def editor(qtbot: QtBot, hours: Hours) -> HoursEditor:
    made = HoursEditor(load("en"), hours)
    qtbot.addWidget(made)
    return made


def test_hours_of_every_kind_stay_as_they_are_when_nothing_is_changed(qtbot: QtBot) -> None:
    shown = editor(qtbot, WHOLE)
    assert shown.read() == WHOLE
    assert shown.days[0][0].text() == "9 am" and shown.days[2][0].text() == ""
    assert len(shown.others.rows) == 3 and len(shown.closed.rows) == 1


def test_a_changed_day_leaves_everything_else_alone(qtbot: QtBot) -> None:
    shown = editor(qtbot, WHOLE)
    shown.days[0][1].setText("11 am")
    read = shown.read()
    assert read is not None and read.closures == WHOLE.closures
    assert set(read.spans) == {*WHOLE.spans, Span(0, 540, 660)} - {Span(0, 540, 720)}


def test_a_weekday_of_the_month_is_written_and_taken_away(empty: HoursEditor) -> None:
    empty.others.more.click()
    (made,) = empty.others.rows
    made.which.setCurrentIndex(1)
    made.day.setCurrentIndex(1)
    made.opens.setText("10 am")
    made.closes.setText("noon")
    assert empty.read() == Hours((Span(1, 600, 720, (2,)),))
    empty.others.remove(made)
    assert empty.read() == Hours()


def test_closed_days_are_written_one_or_many(empty: HoursEditor) -> None:
    for first, last in (("12/24/2026", ""), ("2027-01-04", "2027-01-15")):
        empty.closed.more.click()
        empty.closed.rows[-1].first.setText(first)
        empty.closed.rows[-1].last.setText(last)
    empty.closed.rows[1].reason.setText("Moving")
    read = empty.read()
    assert read is not None
    assert read.closures == (
        Closure(date(2026, 12, 24), date(2026, 12, 24)),
        Closure(date(2027, 1, 4), date(2027, 1, 15), "Moving"),
    )


def test_a_closed_day_stands_there_as_it_is_to_be_written(qtbot: QtBot) -> None:
    row = editor(qtbot, WHOLE).closed.rows[0]
    assert (row.first.text(), row.last.text()) == ("12/24/2026", "12/26/2026")


def test_a_problem_stands_beside_what_has_it(empty: HoursEditor) -> None:
    empty.days[3][0].setText("9 am")
    empty.others.more.click()
    empty.closed.more.click()
    empty.closed.rows[0].first.setText("2026-12-24")
    empty.closed.rows[0].last.setText("2026-12-01")
    assert empty.read() is None
    assert [not one.isHidden() for one in empty.problems] == [False] * 3 + [True] + [False] * 3
    assert "9 am" in empty.others.rows[0].problem.text()
    assert "before" in empty.closed.rows[0].problem.text()
    assert empty.first_problem() is empty.days[3][1]
    empty.days[3][1].setText("5 pm")
    empty.read()
    assert empty.first_problem() is empty.others.rows[0].opens
    empty.others.remove(empty.others.rows[0])
    empty.closed.rows[0].first.setText("soon")
    empty.read()
    assert "2026-12-24" in empty.closed.rows[0].problem.text()
    assert empty.first_problem() is empty.closed.rows[0].first


def test_words_that_say_more_than_a_week_fill_the_form(empty: HoursEditor) -> None:
    empty.text.set_value("Mon-Fri 9am-noon, 1pm-5pm")
    empty.fill()
    read = empty.read()
    assert read is not None and len(read.spans) == 10 and Span(0, 540, 720) in read.spans
    assert len(empty.others.rows) == 5
    empty.text.set_value("Mon-Fri 9-5")
    empty.fill()
    read = empty.read()
    assert read is not None and read.spans == tuple(Span(day, 540, 1020) for day in range(5))


def test_words_that_cannot_be_read_leave_the_week_alone(empty: HoursEditor) -> None:
    empty.days[0][0].setText("9 am")
    empty.days[0][1].setText("5 pm")
    empty.text.set_value("whenever the moon is full")
    empty.fill()
    read = empty.read()
    assert read is not None and read.spans == (Span(0, 540, 1020),)
    assert not empty.text.problem.isHidden()


@pytest.mark.parametrize(
    "hours",
    [
        Hours(always=True),
        Hours((Span(6, 0, 1440),)),
        Hours((Span(4, 1320, 360), Span(4, 1020, 120, (-1,)))),
        Hours((Span(3, 540, 1020, (), date(2026, 6, 1)), Span(3, 600, 900, (1, 5), None, date(2026, 5, 31)))),
        Hours((), (Closure(date(2026, 12, 1), date(2027, 2, 28), "Water damage"),), rules=("FREQ=YEARLY",)),
    ],
)
def test_no_kind_of_hours_is_lost_in_the_form(qtbot: QtBot, hours: Hours) -> None:
    shown = editor(qtbot, hours)
    assert shown.read() == hours
    shown.days[1][0].setText("1 pm")
    shown.days[1][1].setText("midnight")
    read = shown.read()
    assert read is not None and set(read.spans) == {*hours.spans, Span(1, 780, 1440)}
    assert (read.closures, read.always, read.rules) == (hours.closures, hours.always, hours.rules)


def test_a_rule_that_cannot_be_shown_goes_only_when_it_is_taken_away(qtbot: QtBot) -> None:
    shown = editor(qtbot, Hours((Span(0, 540, 1020),), rules=("FREQ=YEARLY",)))
    assert not shown.note.isHidden()
    shown.forget_rules()
    assert shown.read() == Hours((Span(0, 540, 1020),)) and shown.note.isHidden()


def test_a_season_is_said_below_its_time(qtbot: QtBot) -> None:
    (made,) = [row for row in editor(qtbot, WHOLE).others.rows if row.read() == WHOLE.spans[4]]
    said = [part.text() for part in made.findChildren(QLabel)]
    assert any("Jun 1, 2026" in text and "Aug 31, 2026" in text for text in said)
