"""Tabs with counts over one list: each press fills the list with the lines of its group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from desktop.widgets.basics import Button, button, card, clear, column, label, rule
from desktop.widgets.flow import FlowLayout


@dataclass(frozen=True)
class Group:
    """One tab: its words (with the count), and what writes its lines into the list."""

    name: str
    text: str
    fill: Callable[[Groups], object]


class Groups(QWidget):
    """Shows one group at a time; `line` and `add` are for those who fill it."""

    def __init__(self, groups: list[Group]) -> None:
        super().__init__()
        self.setObjectName("plain")
        lines = column(self, 0, 10)
        holder = QWidget()
        holder.setObjectName("plain")
        flow = FlowLayout(holder)
        lines.addWidget(holder)
        frame = card()
        self._list: QVBoxLayout = column(frame, (16, 14, 16, 14), 8)
        lines.addWidget(frame)
        self.tabs: dict[str, Button] = {}
        together = QButtonGroup(self)
        for one in groups:
            made = button(one.text, "seg", checkable=True)
            made.clicked.connect(lambda _on, one=one: self._show(one))
            together.addButton(made)
            self.tabs[one.name] = made
            flow.addWidget(made)
        if groups:
            self.tabs[groups[0].name].setChecked(True)
            self._show(groups[0])

    def _show(self, group: Group) -> None:
        clear(self._list)
        group.fill(self)

    def line(self, title: str, *about: str) -> None:
        """A title and what is said about it, under a thin rule."""
        if self._list.count():
            self._list.addWidget(rule())
        self._list.addWidget(label(title, "strong", wrap=True))
        for text in filter(None, about):
            self._list.addWidget(label(text, "mute", wrap=True))

    def add(self, part: QWidget) -> None:
        self._list.addWidget(part)
