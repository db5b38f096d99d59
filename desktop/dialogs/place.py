"""The working place: a ZIP code, a town or a county, with suggestions while typing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.widgets.basics import column, label
from desktop.widgets.boxes import LineBox
from desktop.widgets.dialog import Dialog
from resources.directory import places
from resources.directory.places import PlaceHit


def query_for(hit: PlaceHit) -> str:
    """What finds the same place again."""
    return hit.zip or hit.label


class PlaceField(QWidget):
    """A text box over a list of places; `chosen` when one is pressed or Enter finds exactly one."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, text: str | None = None) -> None:
        super().__init__()
        self._desk = desk
        text = desk.settings.place if text is None else text
        self.setObjectName("plain")
        say = desk.words.say
        lines = column(self, 0, 6)
        title = label(say("desk.place.field"), "small")
        self.box = LineBox(text)
        self.box.setPlaceholderText(say("desk.place.hint"))
        self.box.setAccessibleName(say("desk.place.field"))
        self.box.setMaxLength(60)
        self.list = QListWidget()
        self.list.setAccessibleName(say("desk.place.list"))
        self.list.setMinimumHeight(208)
        self.none = label(say("desk.place.none"), "mute", wrap=True)
        self.none.hide()
        title.setBuddy(self.box)
        for part in (title, self.box, self.none, self.list):
            lines.addWidget(part)
        self.hits: list[PlaceHit] = []
        self.box.textEdited.connect(self._typed)
        self.list.itemActivated.connect(lambda item: self._take(self.list.row(item)))
        self.list.itemClicked.connect(lambda item: self._take(self.list.row(item)))
        if text:
            self._typed(text)

    def _typed(self, text: str) -> None:
        here = self._desk.place
        exact = places.find(text)
        near = places.suggestions(text, limit=8, state=here.state if here else "") if text.strip() else []
        self.hits = ([exact] if exact else []) + [hit for hit in near if hit != exact]
        self.list.clear()
        for hit in self.hits:
            item = QListWidgetItem(self._line(hit))
            item.setSizeHint(item.sizeHint().expandedTo(_row_size()))
            self.list.addItem(item)
        if self.hits:
            self.list.setCurrentRow(0)
        self.none.setVisible(bool(text.strip()) and not self.hits)

    @staticmethod
    def _line(hit: PlaceHit) -> str:
        county = places.county_name(hit.county)
        return hit.label if hit.kind == "county" else f"{hit.label}  ·  {county}"

    def _take(self, row: int) -> None:
        if 0 <= row < len(self.hits):
            self.chosen.emit(query_for(self.hits[row]))

    def current(self) -> str:
        """The place that is marked; empty when there is none."""
        row = self.list.currentRow()
        return query_for(self.hits[row]) if 0 <= row < len(self.hits) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.box.hasFocus() and self.hits:
            self.list.setFocus()
        else:
            super().keyPressEvent(event)


def _row_size() -> QSize:
    return QSize(100, max(48, theme.px(28) + 16))


class PlaceDialog(Dialog):
    """Changes the working place in the settings."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, desk.words.say("desk.place.title"), width=600)
        self._desk = desk
        say = desk.words.say
        self.body.addWidget(label(say("desk.place.about"), "mute", wrap=True))
        self.field = PlaceField(desk)
        self.field.chosen.connect(self._use)
        self.body.addWidget(self.field, 1)
        if desk.settings.place:
            self.add_button(say("desk.place.cleared"), lambda: self._keep(""))
        self.add_button(say("desk.cancel"), self.reject)
        self.use = self.add_button(say("desk.place.use"), self._use_current, primary=True)
        self.field.box.setFocus()
        self.field.box.selectAll()

    def _use_current(self) -> None:
        if place := self.field.current():
            self._use(place)

    def _use(self, place: str) -> None:
        self._keep(place)

    def _keep(self, place: str) -> None:
        with self._desk.ask.explaining():
            self._desk.change_settings(place=place)
            if hit := self._desk.place:
                self._desk.say(self._desk.words.say("desk.place.set", place=hit.label))
            self.accept()


class CountyDialog(Dialog):
    """Asks for a county; read `chosen`, its five digits, when it was accepted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, desk.words.say("desk.find.county_title"), width=600)
        say, self.chosen = desk.words.say, ""
        self.body.addWidget(label(say("desk.find.county_about"), "mute", wrap=True))
        self.field = PlaceField(desk, "")
        self.field.chosen.connect(self._use)
        self.body.addWidget(self.field, 1)
        self.add_button(say("desk.cancel"), self.reject)
        self.use = self.add_button(say("desk.find.county_use"), self._use_current, primary=True)
        self.field.box.setFocus()

    def _use_current(self) -> None:
        if place := self.field.current():
            self._use(place)

    def _use(self, place: str) -> None:
        hit = places.find(place)
        if hit is not None and hit.county:
            self.chosen = hit.county
            self.accept()
