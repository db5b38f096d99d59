"""The sheet without paper: its words large on the screen, to read aloud, to look at, to learn."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.scripts import write_in
from desktop.widgets.basics import clear, column, label, page, scroll
from reports import blocks
from reports.values import RIGHT_TO_LEFT
from resources.words import Words

NUMBER, HEAD, NAME, TEXT = "number", "head", "name", "text"
_PX = {NUMBER: 44, HEAD: 28, NAME: 24, TEXT: 19}
_GROUP = "\u2003"  # a wide gap between the groups of a number


def spoken_number(number: str) -> str:
    """A number in groups that can be said and learned: "406   555   0142"."""
    kept = "".join(c if c.isdigit() else " " for c in number)
    return _GROUP.join(kept.split())


def lines_of(document: blocks.Document) -> Iterator[tuple[str, str]]:
    """Kind and text of everything on the paper that can be said."""
    for block in document.blocks:
        if isinstance(block, blocks.Heading):
            yield HEAD, block.text
        elif isinstance(block, blocks.Para):
            yield TEXT, block.text
        elif isinstance(block, blocks.Bullets):
            yield from ((TEXT, item) for item in block.items)
        elif isinstance(block, blocks.Contact | blocks.Contacts):
            for one in block.items if isinstance(block, blocks.Contacts) else (block,):
                yield NAME, one.name
                yield NUMBER, one.phone
                yield from ((TEXT, line) for line in one.lines)
        elif isinstance(block, blocks.Names):
            yield from ((TEXT, english) for _, _, english in block.items)
        elif isinstance(block, blocks.TearOff):
            yield NAME, block.name
            yield NUMBER, block.phone


class Aloud(QWidget):
    """Rebuilt from the document that would have been printed; nothing here is kept."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words = words
        inner = page(QWidget())
        self._lines = column(inner, (12, 8, 12, 8), 6)
        self._area = scroll(inner, on_card=True)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.setAccessibleName(words.say("sheet.aloud.name"))
        column(self).addWidget(self._area)
        self._labels: list[QLabel] = []

    @property
    def text(self) -> str:
        return "\n".join(one.text() for one in self._labels)

    def show_document(self, document: blocks.Document | None, hint: str = "") -> None:
        """Show its words; None shows why there are none yet."""
        self.forget()
        self._lines.addWidget(label(hint or self._words.say("sheet.aloud.lead"), "mute", wrap=True))
        if document is None:
            self._lines.addWidget(label(self._words.say("sheet.aloud.empty"), wrap=True))
        else:
            for kind, text in lines_of(document):
                self._add(document.language, kind, text)
        self._lines.addStretch()
        self._area.setAccessibleDescription(self.text)

    def forget(self) -> None:
        """Empty the view; nothing of the words stays in it."""
        for made in self._labels:
            made.setText("")
        clear(self._lines)
        self._labels = []
        self._area.setAccessibleDescription("")

    def _add(self, language: str, kind: str, text: str) -> None:
        made = label("", wrap=kind != NUMBER)
        write_in(made, language, text, _PX[kind], 400 if kind == TEXT else 700)
        made.setText(spoken_number(text) if kind == NUMBER else text)
        if language in RIGHT_TO_LEFT and kind != NUMBER:
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            made.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._lines.addWidget(made)
        self._labels.append(made)
