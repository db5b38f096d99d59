"""What the columns of a list were taken for, with examples from it, each changeable."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from desktop.jobs import Idle
from desktop.widgets.basics import clear, column, label, page, row
from desktop.widgets.fields import Choice
from resources.exchange import columns
from resources.exchange.incoming import ColumnChoice, Incoming
from resources.words import Words

UNSURE = 0.5
AT_ONCE = 4  # rows made in one go: some 10 ms, so that nobody who types waits for a list of many columns


class ColumnsPage(QWidget):
    """One row per column. `changed()` says what the person decided."""

    def __init__(self, words: Words, on_sheet: Callable[[str], object]) -> None:
        super().__init__()
        page(self)
        self._words, self._on_sheet = words, on_sheet
        self._choices: tuple[ColumnChoice, ...] = ()
        self._boxes: list[Choice] = []
        self._idle = Idle(self)
        self._lines = column(self, 0, 10)
        self._fields = ("", *columns.fields())
        self._model = QStandardItemModel(self)
        for field in self._fields:
            key = f"upkeep.column.{field}" if field else "upkeep.import.unread"
            self._model.appendRow(QStandardItem(words.say(key) if words.has(key) else field))

    def show_incoming(self, incoming: Incoming) -> None:
        """Show the columns of this list (and its sheets, when it has several)."""
        clear(self._lines)
        self._boxes, self._choices = [], incoming.columns
        say = self._words.say
        self._lines.addWidget(label(say("upkeep.import.columns_about"), "mute", wrap=True))
        if len(incoming.sheets) > 1:
            self._sheets(incoming)
        for note in incoming.notes:
            self._lines.addWidget(label(note, "small", wrap=True))
        holder = QWidget()
        holder.setObjectName("plain")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for place, key in enumerate(("column", "means", "examples")):
            grid.addWidget(label(say(f"upkeep.import.{key}"), "small"), 0, place)
            grid.setColumnStretch(place, (3, 3, 4)[place])
        self._lines.addWidget(holder)
        self._lines.addStretch()
        self._idle.begin(self._rows(grid))

    def _rows(self, grid: QGridLayout) -> Iterator[None]:
        for line, choice in enumerate(self._choices, 1):
            self._row(grid, line, choice)
            if line % AT_ONCE == 0:
                yield

    @property
    def boxes(self) -> list[Choice]:
        """The boxes of all columns; rows that are still to come are made now."""
        self._idle.finish()
        return self._boxes

    def _row(self, grid: QGridLayout, line: int, choice: ColumnChoice) -> None:
        say = self._words.say
        box = Choice(say("upkeep.import.means_name", column=choice.heading))
        box.setModel(self._model)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        box.setCurrentIndex(self._fields.index(choice.field or ""))
        self._boxes.append(box)
        grid.addWidget(label(choice.heading, "strong", wrap=True), line, 0)
        grid.addWidget(box, line, 1)
        examples = "  |  ".join(choice.samples)
        unsure = choice.field is not None and choice.confidence < UNSURE
        text = f"{say('upkeep.import.unsure')}  {examples}" if unsure else examples
        box.setAccessibleDescription(text)
        grid.addWidget(label(text, "warn" if unsure else "mute", wrap=True), line, 2)

    def _sheets(self, incoming: Incoming) -> None:
        say, line = self._words.say, row(self._lines, 0, 10)
        box = Choice(say("upkeep.import.sheet_name"))
        box.addItems(list(incoming.sheets))
        shown = incoming.tables[0].name if incoming.tables else ""
        box.setCurrentText(shown)
        box.textActivated.connect(lambda sheet: None if sheet == shown else self._on_sheet(sheet))
        title = label(say("upkeep.import.sheet"), "strong")
        title.setBuddy(box)
        line.addWidget(title)
        line.addWidget(box)
        line.addStretch()

    def changed(self) -> dict[str, str | None]:
        """Heading to field, for the columns whose meaning was changed here."""
        said = {}
        for choice, box in zip(self._choices, self.boxes, strict=True):
            field = self._fields[box.currentIndex()] or None
            if field != choice.field:
                said[choice.heading] = field
        return said

    def focus_first(self) -> None:
        if self._boxes:
            self._boxes[0].setFocus()
