"""Opening hours in a form: all day, words, a week of opening and closing times, other times, closed days."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.dialogs.edit_times import ClosedDays, OtherTimes, read_time, show_time
from desktop.widgets.basics import Check, button, column, label, row
from desktop.widgets.boxes import LineBox
from desktop.widgets.fields import Field
from resources.directory import opening
from resources.directory.hours import Hours, Span
from resources.words import Words


def in_week(hours: Hours) -> dict[int, Span]:
    """The first span of each weekday that holds every week: what the grid shows."""
    found: dict[int, Span] = {}
    for span in hours.spans:
        if not (span.nth or span.first or span.last):
            found.setdefault(span.weekday, span)
    return found


class HoursEditor(QWidget):
    """The week, other times and closed days; a rule that it cannot draw stays until it is taken away."""

    def __init__(self, words: Words, hours: Hours) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words, self._before = words, hours
        say, lines = words.say, column(self, 0, 8)
        self.always = Check(say("upkeep.edit.always"), checked=hours.always)
        self.text = Field(say("upkeep.edit.hours_text"), hours.text, hint=say("upkeep.edit.hours_hint"))
        fill = button(say("upkeep.edit.hours_fill"), on=self.fill)
        lines.addWidget(self.always)
        lines.addWidget(self.text)
        line = row(lines, 0, 0)
        line.addWidget(fill)
        line.addStretch()
        lines.addWidget(label(say("upkeep.edit.week_hint"), "small", wrap=True))
        self._week = QWidget()
        self._week.setObjectName("plain")
        self._grid()
        lines.addWidget(self._week)
        self.others, self.closed = OtherTimes(words), ClosedDays(words, hours.closures)
        lines.addWidget(self.others)
        lines.addWidget(self.closed)
        lines.addWidget(self._rules_line())
        self._show(hours)
        self._shown = self._times()

    def _rules_line(self) -> QWidget:
        """Says that there is a rule, and takes it away."""
        self._rules, say = self._before.rules, self._words.say
        self.note = QWidget()
        self.note.setObjectName("plain")
        line = row(self.note, 0, 8)
        line.addWidget(label(say("upkeep.edit.hours_detail"), "mute", wrap=True), 1)
        line.addWidget(button(say("upkeep.edit.remove_rule"), on=self.forget_rules))
        self.note.setVisible(bool(self._rules))
        return self.note

    def forget_rules(self) -> None:
        self._rules = ()
        self.note.hide()
        self.closed.more.setFocus()

    def _grid(self) -> None:
        say = self._words.say
        grid = QGridLayout(self._week)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        self.days: list[tuple[LineBox, LineBox]] = []
        self.problems: list[QLabel] = []
        for day in range(7):
            name = say(f"find.hours.day.d{day}")
            opens, closes = LineBox(), LineBox()
            opens.setAccessibleName(say("upkeep.edit.opens_name", day=name))
            closes.setAccessibleName(say("upkeep.edit.closes_name", day=name))
            for box in (opens, closes):
                box.setPlaceholderText(say("upkeep.edit.no_time"))
                box.setMaxLength(12)
                box.setMaximumWidth(150)
            grid.addWidget(label(name), day, 0)
            grid.addWidget(opens, day, 1)
            grid.addWidget(label(say("upkeep.edit.to"), "mute"), day, 2)
            grid.addWidget(closes, day, 3)
            problem = label("", "problem", wrap=True)
            problem.hide()
            grid.addWidget(problem, day, 4)
            self.days.append((opens, closes))
            self.problems.append(problem)
        grid.setColumnStretch(4, 1)
        grid.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def _times(self) -> list[tuple[str, str]]:
        return [(opens.text().strip(), closes.text().strip()) for opens, closes in self.days]

    def _show(self, hours: Hours) -> None:
        week = in_week(hours)
        for day, (opens, closes) in enumerate(self.days):
            span = week.get(day)
            opens.setText(show_time(span.opens) if span else "")
            closes.setText(show_time(span.closes) if span else "")
        self.others.show_spans(span for span in hours.spans if span is not week.get(span.weekday))

    def fill(self) -> None:
        """Put the words into the week, when they can be read without guessing."""
        read = opening.read_text(self.text.value())
        if read is None or not (read.always or read.spans) or read.rules:
            self.text.complain(self._words.say("upkeep.edit.hours_unread"))
            return
        self.text.complain("")
        self.always.setChecked(read.always)
        self._show(read)

    def read(self) -> Hours | None:
        """The hours as written; None when something cannot be read, which is said beside it."""
        week, others, closures = self._week_spans(), self.others.read(), self.closed.read()
        if week is None or others is None or closures is None:
            return None
        before, always, text = self._before, self.always.isChecked(), self.text.value()
        spans = (*week, *others)
        if set(spans) == set(before.spans):
            spans = before.spans
        else:
            spans = tuple(sorted(spans, key=lambda span: (span.weekday, span.nth, span.opens)))
        return Hours(spans, tuple(closures), always, text, self._rules)

    def first_problem(self) -> QWidget | None:
        """Where to write to mend the first thing that cannot be read."""
        for (opens, closes), problem in zip(self.days, self.problems, strict=True):
            if not problem.isHidden():
                return closes if opens.text().strip() and read_time(opens.text()) is not None else opens
        for one in (*self.others.rows, *self.closed.rows):
            if not one.problem.isHidden():
                box: QWidget = one.wrong
                return box
        return None

    def _week_spans(self) -> list[Span] | None:
        spans, good, kept = [], True, in_week(self._before)
        for day, (opens, closes) in enumerate(self._times()):
            first, last = read_time(opens), read_time(closes)
            wrong = ""
            if bool(opens) != bool(closes):
                wrong = "time_pair"
            elif opens and (first is None or last is None):
                wrong = "time"
            self.problems[day].setText(self._words.say(f"upkeep.problem.{wrong}") if wrong else "")
            self.problems[day].setVisible(bool(wrong))
            good = good and not wrong
            if (opens, closes) == self._shown[day] and day in kept and opens:
                spans.append(kept[day])
            elif first is not None and last is not None:
                spans.append(Span(day, first, last or 1440))
        return spans if good else None
