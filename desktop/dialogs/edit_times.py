"""What a week cannot show, in a form: the second Tuesday, a second time on one day, and closed days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets import naming
from desktop.widgets.basics import button, column, label, row
from desktop.widgets.boxes import LineBox
from desktop.widgets.fields import Choice
from reports.values import read_day, typed_day
from resources.directory import opening
from resources.directory.hours import Closure, Span
from resources.words import Words

NTHS: tuple[tuple[int, ...], ...] = ((1,), (2,), (3,), (4,), (5,), (-1,), (1, 3), (2, 4), ())
NEW = Span(0, 0, 0, (1,))
_PROBE = "Mon"


class Row(QWidget):
    """Boxes in a line, a cross that takes the line away, and the line's own problem below it.

    Writing begins in the box `begin`; `wrong` is the one where its problem is mended.
    """

    begin: QWidget
    wrong: QWidget

    def __init__(self, words: Words, remove: Callable[[Row], object], name: str) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.say = words.say
        self.lines = column(self, 0, 3)
        self.line = row(self.lines, 0, 8)
        self._cross = button("", "ghost", "x", name=self.say(name), on=lambda: remove(self))
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.lines.addWidget(self.problem)

    def box(self, text: str, name: str, hint: str, share: int = 0) -> LineBox:
        made = LineBox(text)
        made.setAccessibleName(self.say(f"upkeep.edit.{name}"))
        made.setPlaceholderText(hint)
        made.setMaxLength(60 if share else 12)
        if not share:
            made.setMaximumWidth(150)
        self.line.addWidget(made, share)
        return made

    def close_line(self, begin: QWidget) -> None:
        """Put the cross at its end."""
        self.line.addWidget(self._cross)
        self.begin = self.wrong = begin

    def complain(self, key: str) -> None:
        self.problem.setText(self.say(f"upkeep.problem.{key}") if key else "")
        self.problem.setVisible(bool(key))


class TimeRow(Row):
    """Which of a month's weekdays, the weekday, and from when to when."""

    def __init__(self, words: Words, span: Span, remove: Callable[[Row], object]) -> None:
        super().__init__(words, remove, "upkeep.edit.remove_time")
        self._before = span
        self.which, self.day = Choice(self.say("upkeep.edit.which")), Choice(self.say("upkeep.edit.weekday"))
        self._known = NTHS if span.nth in NTHS else (span.nth, *NTHS)
        for nth in self._known:
            self.which.addItem(_which(words, nth))
        self.which.setCurrentIndex(self._known.index(span.nth))
        for number in range(7):
            self.day.addItem(self.say(f"find.hours.day.d{number}"))
        self.day.setCurrentIndex(span.weekday)
        self.line.addWidget(self.which, 2)
        self.line.addWidget(self.day, 1)
        new, hint = span is NEW, self.say("upkeep.edit.no_time")
        self.opens = self.box("" if new else show_time(span.opens), "time_opens", hint)
        self.line.addWidget(label(self.say("upkeep.edit.to"), "mute"))
        self.closes = self.box("" if new else show_time(span.closes), "time_closes", hint)
        self.close_line(self.which)
        if span.first or span.last:
            days = {"first": naming.day(span.first or date.min), "last": naming.day(span.last or date.max)}
            key = "both" if span.first and span.last else "first" if span.first else "last"
            self.lines.insertWidget(1, label(self.say(f"upkeep.edit.season.{key}", **days), "small"))

    def read(self) -> Span | None:
        """The time as written, None when it cannot be read."""
        first, last = read_time(self.opens.text()), read_time(self.closes.text())
        self.complain("" if first is not None and last is not None else "time")
        self.wrong = self.opens if first is None else self.closes
        if first is None or last is None:
            return None
        nth, day = self._known[self.which.currentIndex()], self.day.currentIndex()
        return replace(self._before, weekday=day, opens=first, closes=last or 1440, nth=nth)


class ClosedRow(Row):
    """The first and the last closed day, and why."""

    def __init__(self, words: Words, closed: Closure | None, remove: Callable[[Row], object]) -> None:
        super().__init__(words, remove, "upkeep.edit.remove_closed")
        first, last = self.say("upkeep.edit.first_day"), self.say("upkeep.edit.last_day")
        self.first = self.box(typed_day(closed.first) if closed else "", "closed_first", first)
        self.line.addWidget(label(self.say("upkeep.edit.to"), "mute"))
        self.last = self.box(typed_day(closed.last) if closed else "", "closed_last", last)
        why = self.say("upkeep.edit.closed_reason")
        self.reason = self.box(closed.reason if closed else "", "closed_reason", why, 1)
        self.close_line(self.first)

    def read(self) -> Closure | None:
        """The days as written; one day alone when there is no last one."""
        first = read_day(self.first.text())
        last = read_day(self.last.text()) if self.last.text().strip() else first
        turned = first is not None and last is not None and last < first
        self.complain("days_turned" if turned else "" if first and last else "closed_day")
        self.wrong = self.first if first is None else self.last
        if turned or first is None or last is None:
            return None
        return Closure(first, last, self.reason.text().strip())


class Rows(QWidget):
    """Rows under a heading, with a button for one more, which `new` makes."""

    def __init__(self, title: str, more: str, new: Callable[[], Row]) -> None:
        super().__init__()
        self.setObjectName("plain")
        lines = column(self, 0, 6)
        lines.addWidget(label(title, "small", wrap=True))
        self._inside = QVBoxLayout()
        self._inside.setSpacing(6)
        lines.addLayout(self._inside)
        self._new = new
        self.rows: list[Any] = []
        self.more = button(more, "", "plus", on=self.add_new)
        line = row(lines, 0, 0)
        line.addWidget(self.more)
        line.addStretch()

    def add_new(self) -> None:
        """An empty row, ready to be written."""
        made = self._new()
        self.add(made)
        made.begin.setFocus()

    def add(self, made: Row) -> None:
        self.rows.append(made)
        self._inside.addWidget(made)

    def remove(self, gone: Row) -> None:
        self.rows = [one for one in self.rows if one is not gone]
        gone.hide()
        gone.deleteLater()
        self.more.setFocus()

    def read(self) -> list[Any] | None:
        """What each row holds; None when one of them is to be mended, which it says."""
        found = [one.read() for one in self.rows]
        return None if None in found else found


class OtherTimes(Rows):
    """Times that the week does not show."""

    def __init__(self, words: Words) -> None:
        title, more = words.say("upkeep.edit.other_times"), words.say("upkeep.edit.add_time")
        super().__init__(title, more, lambda: TimeRow(words, NEW, self.remove))
        self._words = words

    def show_spans(self, spans: Iterable[Span]) -> None:
        """These instead of what was shown."""
        for one in list(self.rows):
            self.remove(one)
        for span in spans:
            self.add(TimeRow(self._words, span, self.remove))


class ClosedDays(Rows):
    """Holidays and times of closure."""

    def __init__(self, words: Words, closures: Iterable[Closure]) -> None:
        title, more = words.say("upkeep.edit.closed_days"), words.say("upkeep.edit.add_closed")
        super().__init__(title, more, lambda: ClosedRow(words, None, self.remove))
        for closed in closures:
            self.add(ClosedRow(words, closed, self.remove))


def _which(words: Words, nth: Sequence[int]) -> str:
    """ "1st and 3rd"; every week when it is empty."""
    named = [words.say(f"find.hours.nth.{f'n{one}' if one > 0 else f'last{-one}'}") for one in nth]
    return words.say("find.hours.and").join(named) or words.say("upkeep.edit.every_week")


def read_time(text: str) -> int | None:
    """Minutes after midnight for "9 am", "17:30" or "noon"; None when it is no time."""
    if match := re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip(), re.ASCII):
        return int(match[1]) * 60 + int(match[2])
    read = opening.read_text(f"{_PROBE} {text}-11:59 pm")
    return read.spans[0].opens if read and len(read.spans) == 1 else None


def show_time(minutes: int) -> str:
    hour, minute = divmod(minutes % 1440, 60)
    if (hour, minute) in ((0, 0), (12, 0)):
        return "midnight" if hour == 0 else "noon"
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''} {half}"
