"""Opening hours in a form: all day, words, and a week of opening and closing times."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.widgets.basics import Check, button, column, label, row
from desktop.widgets.boxes import LineBox
from desktop.widgets.fields import Field
from resources.directory import opening
from resources.directory.hours import Hours, Span
from resources.words import Words

_PROBE = "Mon"


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


def _simple(hours: Hours) -> bool:
    """True when one span a day, every week, says it all."""
    days = [span.weekday for span in hours.spans]
    fine = any(span.nth or span.first or span.last for span in hours.spans)
    return len(days) == len(set(days)) and not fine and not hours.rules


class HoursEditor(QWidget):
    """Keeps what it cannot draw (nth weekdays, closures, rules) unless a day is changed."""

    def __init__(self, words: Words, hours: Hours) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words, self._before = words, hours
        say, lines = words.say, column(self, 0, 8)
        self.always = Check(say("upkeep.edit.always"), checked=hours.always)
        self.text = Field(say("upkeep.edit.hours_text"), hours.text, hint=say("upkeep.edit.hours_hint"))
        self.note = label(say("upkeep.edit.hours_detail"), "mute", wrap=True)
        self.note.setVisible(not _simple(hours))
        fill = button(say("upkeep.edit.hours_fill"), on=self.fill)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        lines.addWidget(self.always)
        lines.addWidget(self.text)
        line = row(lines, 0, 0)
        line.addWidget(fill)
        line.addStretch()
        lines.addWidget(self.note)
        self._week = QWidget()
        self._week.setObjectName("plain")
        self._grid()
        lines.addWidget(self._week)
        lines.addWidget(self.problem)
        self._show(hours.spans if _simple(hours) else ())
        self._shown = self._times()

    def _grid(self) -> None:
        say = self._words.say
        grid = QGridLayout(self._week)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        self.days: list[tuple[LineBox, LineBox]] = []
        for day in range(7):
            name = say(f"find.hours.day.d{day}")
            opens, closes = LineBox(), LineBox()
            opens.setAccessibleName(say("upkeep.edit.opens_name", day=name))
            closes.setAccessibleName(say("upkeep.edit.closes_name", day=name))
            for box in (opens, closes):
                box.setPlaceholderText(say("upkeep.edit.time_hint"))
                box.setMaxLength(12)
                box.setMaximumWidth(150)
            grid.addWidget(label(name), day, 0)
            grid.addWidget(opens, day, 1)
            grid.addWidget(label(say("upkeep.edit.to"), "mute"), day, 2)
            grid.addWidget(closes, day, 3)
            self.days.append((opens, closes))
        grid.setColumnStretch(4, 1)
        grid.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def _times(self) -> list[tuple[str, str]]:
        return [(opens.text().strip(), closes.text().strip()) for opens, closes in self.days]

    def _show(self, spans: tuple[Span, ...]) -> None:
        by_day = {span.weekday: span for span in spans}
        for day, (opens, closes) in enumerate(self.days):
            span = by_day.get(day)
            opens.setText(show_time(span.opens) if span else "")
            closes.setText(show_time(span.closes) if span else "")

    def fill(self) -> None:
        """Put the words into the week, when they can be read without guessing."""
        read = opening.read_text(self.text.value())
        if read is None or not (read.always or read.spans) or not _simple(read):
            self.text.complain(self._words.say("upkeep.edit.hours_unread"))
            return
        self.text.complain("")
        self.always.setChecked(read.always)
        self._show(read.spans)

    def read(self) -> Hours | None:
        """The hours as written; None when a time cannot be read, which is said below the week."""
        self.problem.hide()
        text, times = self.text.value(), self._times()
        if times == self._shown:
            return replace(self._before, always=self.always.isChecked(), text=text)
        spans = []
        for day, (opens, closes) in enumerate(times):
            if not opens and not closes:
                continue
            if not opens or not closes:
                self._complain("time_pair")
                return None
            first, last = read_time(opens), read_time(closes)
            if first is None or last is None:
                self._complain("time")
                return None
            spans.append(Span(day, first, last or 1440))
        return Hours(tuple(spans), self._before.closures, self.always.isChecked(), text)

    def _complain(self, key: str) -> None:
        self.problem.setText(self._words.say(f"upkeep.problem.{key}"))
        self.problem.show()
