"""The phone numbers of a provider: grouped while typing, read the way lists are read."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.basics import button, clear, column, label, row
from desktop.widgets.boxes import LineBox
from resources.directory import phones
from resources.directory.provider import Phone
from resources.words import Words

MOST = 12


class PhoneBox(LineBox):
    """Groups digits while they are typed at the end; a stroke or letters ("800-AGE-DIAL") are left alone."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setMaxLength(60)
        self.textEdited.connect(self._group)

    def _group(self, text: str) -> None:
        ends = text[-1:].isdigit() and self.cursorPosition() == len(text)
        if ends and (grouped := phones.typed(text)) != text:
            self.setText(grouped)


class PhoneRow(QWidget):
    """One number, its extension, and what it is for."""

    def __init__(self, words: Words, phone: Phone, number: int) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words, self._phone = words, phone
        say = words.say
        outer = column(self, 0, 3)
        self.line = row(outer, 0, 8)
        shown = phones.show(phone.number) if phone.number else phone.shown
        self.number, self.extension, self.label = PhoneBox(shown), LineBox(), LineBox()
        self.extension.setText(phone.extension)
        self.label.setText(phone.label)
        self.extension.setMaxLength(8)
        self.label.setMaxLength(60)
        self.extension.setFixedWidth(96)
        self.extension.setPlaceholderText(say("upkeep.edit.extension"))
        self.label.setPlaceholderText(say("upkeep.edit.label"))
        self.number.setPlaceholderText(say("upkeep.edit.number"))
        for name in ("number", "extension", "label"):
            box: LineBox = getattr(self, name)
            key = "phone_name" if name == "number" else f"{name}_name"
            box.setAccessibleName(say(f"upkeep.edit.{key}", n=number))
            self.line.addWidget(box, 0 if name == "extension" else 1)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        outer.addWidget(self.problem)

    def read(self) -> Phone | None:
        """The phone as written; None for an empty row. A number that cannot be read is complained about."""
        text = self.number.text().strip()
        self.problem.hide()
        if not text:
            return None
        before = self._phone
        shown = phones.show(before.number) if before.number else before.shown
        if text == shown:
            number, kept, kind, extension = before.number, before.shown, before.kind, ""
        else:
            reading = phones.read(text)
            if reading.problem or len(reading.phones) != 1:
                self._complain(reading.problem or "find.phone.unclear")
                return None
            read = reading.phones[0]
            number, kept, extension = read.number, read.shown, read.extension
            kind = read.kind if read.kind != "voice" else before.kind
        return Phone(
            before.id,
            number,
            self.extension.text().strip() or extension,
            self.label.text().strip(),
            kind,
            kept,
        )

    def _complain(self, key: str) -> None:
        self.problem.setText(self._words.say(key))
        self.problem.show()

    def wrong(self) -> bool:
        return not self.problem.isHidden()


class PhoneRows(QWidget):
    """All numbers of a provider; rows are added and removed by buttons."""

    typed = Signal()

    def __init__(self, words: Words, known: tuple[Phone, ...]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words = words
        self._lines = column(self, 0, 6)
        self.rows: list[PhoneRow] = []
        self._next = 1 + max((int(p.id[1:]) for p in known if p.id[1:].isdigit()), default=0)
        self._build(list(known) or [self._blank()])

    def _blank(self) -> Phone:
        self._next += 1
        return Phone(id=f"p{self._next - 1}")

    def _build(self, known: list[Phone]) -> None:
        clear(self._lines)
        self.rows = []
        for n, phone in enumerate(known, 1):
            made = PhoneRow(self._words, phone, n)
            name = self._words.say("upkeep.edit.remove_phone", n=n)
            made.line.addWidget(button("", "ghost", "x", name=name, on=partial(self._remove, n - 1)))
            made.number.textEdited.connect(lambda _text: self.typed.emit())
            self.rows.append(made)
            self._lines.addWidget(made)
        self.add_button = button(self._words.say("upkeep.edit.add_phone"), "", "plus", on=self.add)
        line = row(self._lines, 0, 0)
        line.addWidget(self.add_button)
        line.addStretch()

    def _now(self) -> list[Phone]:
        """What stands in the rows, unread numbers as text."""
        found = []
        for made in self.rows:
            read = made.read()
            found.append(read or Phone(made._phone.id, shown=made.number.text(), label=made.label.text()))
        return found

    def add(self) -> None:
        if len(self.rows) < MOST:
            self._build([*self._now(), self._blank()])
            self.rows[-1].number.setFocus()

    def _remove(self, place: int) -> None:
        kept = self._now()
        del kept[place]
        self._build(kept or [self._blank()])
        self.rows[min(place, len(self.rows) - 1)].number.setFocus()

    def read(self) -> tuple[tuple[Phone, ...], bool]:
        """The numbers, and whether all could be read."""
        found = tuple(phone for made in self.rows if (phone := made.read()) is not None)
        return found, not any(made.wrong() for made in self.rows)
