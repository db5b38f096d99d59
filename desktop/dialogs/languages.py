"""All languages of the sheets, each in its own script, with how far its translation can be trusted."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop import theme
from desktop.scripts import write_in
from desktop.widgets.basics import Button, button, column, label, row
from desktop.widgets.boxes import LineBox
from desktop.widgets.dialog import Dialog
from reports import recipe
from resources.guidance import ispeak
from resources.words import Status, Words


def status_text(words: Words, status: Status) -> str:
    """The status in plain words for the officer."""
    state = status.state if status.state in ("reviewed", "machine", "draft") else "none"
    return words.say(f"sheet.languages.{state}", by=status.by, on=status.on)


class Languages(Dialog):
    """`code` is the language that was chosen, or empty."""

    def __init__(
        self, words: Words, parent: QWidget | None, *, chosen: str, possible: tuple[str, ...]
    ) -> None:
        super().__init__(parent, words.say("sheet.languages.title"), width=760, height=620)
        self._words = words
        self.code = ""
        self.rows: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self.body.addWidget(label(words.say("sheet.languages.lead"), "mute", wrap=True))
        self.search = LineBox()
        self.search.setPlaceholderText(words.say("sheet.languages.find"))
        self.search.setAccessibleName(words.say("sheet.languages.find_name"))
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._take_first)
        self.body.addWidget(self.search)
        self._none = label(words.say("sheet.languages.none_found"), "warn", wrap=True)
        self._none.hide()
        self.body.addWidget(self._none)
        lines = column(self.body, 0, 8)
        for code, own, english, _, status in recipe.languages():
            lines.addWidget(
                self._row(code, own, f"{english}, {status_text(words, status)}", code in possible)
            )
        self.body.addStretch()
        self.rows[recipe.base_code(chosen)].setChecked(True)
        self.add_button(words.say("sheet.languages.close"), self.reject)
        self.search.setFocus()

    def _row(self, code: str, own: str, about: str, possible: bool) -> QWidget:
        holder = QWidget()
        holder.setObjectName("plain")
        line = row(holder, 0, 14)
        made = button("", "seg", name=f"{own}. {about}", checkable=True, on=lambda: self._choose(code))
        write_in(made, code, own, 18)
        made.say(own)
        made.setFixedWidth(theme.px(250))
        made.setEnabled(possible)
        self._group.addButton(made)
        self.rows[code] = made
        line.addWidget(made)
        text = about if possible else self._words.say("sheet.languages.not_here")
        line.addWidget(label(text, "mute", wrap=True), 1)
        return holder

    def _narrow(self, text: str) -> None:
        """Show the languages that the letters fit: own name, English name or country."""
        found = {recipe.base_code(one.code) for one in ispeak.find(text)} if text.strip() else set(self.rows)
        for code, made in self.rows.items():
            holder = made.parentWidget()
            if holder is not None:
                holder.setVisible(code in found)
        self._none.setVisible(not found & set(self.rows))

    def _take_first(self) -> None:
        for code, made in self.rows.items():
            if made.isVisible() and made.isEnabled():
                self._choose(code)
                return

    def _choose(self, code: str) -> None:
        self.code = code
        self.accept()
