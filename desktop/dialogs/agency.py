"""The agency's own voice: a few facts, filled in once, that stand in the guidance of this laptop."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.widgets.basics import Check, button, label, row
from desktop.widgets.boxes import TextBox
from desktop.widgets.dialog import Dialog
from reports import logo
from resources.guidance.agency import FOLDER, LONGEST, SLOTS, Agency, save

BOX_HEIGHT = 92


class AgencyDialog(Dialog):
    """One box per slot; a box that is left empty shows in the guidance as not filled in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, slot: str = "") -> None:
        say = desk.words.say
        super().__init__(parent, say("guide.agency.title"), width=760, height=660)
        self._desk = desk
        known = Agency.load(desk.data)
        self.body.addWidget(label(say("guide.agency.lead"), "mute", wrap=True))
        for problem in known.problems:
            self.body.addWidget(label(desk.words.explain(problem), "warn", wrap=True))
        self.boxes: dict[str, TextBox] = {}
        self.confirmed: dict[str, Check] = {}
        for name in SLOTS:
            self._slot(name, known)
        self._logo_part()
        folder = str(desk.data / FOLDER)
        self.body.addSpacing(8)
        self.body.addWidget(label(say("guide.agency.pages", folder=folder), "small", wrap=True))
        self.body.addStretch()
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self.add_button(say("guide.agency.cancel"), self.reject)
        self.save_button = self.add_button(say("guide.agency.save"), self.save, primary=True)
        self._first = self.boxes.get(slot, next(iter(self.boxes.values())))
        self._first.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """The box that was asked for may lie far down: bring it and its heading into view."""
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self._first, 0, BOX_HEIGHT))

    def _slot(self, slot: str, known: Agency) -> None:
        say = self._desk.words.say
        name = say(f"guidance.slot.{slot}.name")
        title = name[:1].upper() + name[1:]
        self.body.addSpacing(6)
        head = label(title, "strong", wrap=True)
        self.body.addWidget(head)
        self.body.addWidget(label(say(f"guidance.slot.{slot}.hint"), "small", wrap=True))
        box = TextBox()
        box.setPlainText(known.filled(slot))
        box.setFixedHeight(BOX_HEIGHT)
        box.setAccessibleName(title)
        head.setBuddy(box)
        self.boxes[slot] = box
        self.body.addWidget(box)
        if known.filled(slot):
            self._confirm(slot, title, known)
        if where := self._where(slot):
            self.body.addWidget(label(say("guide.agency.where", topics=", ".join(where)), "small", wrap=True))

    def _logo_part(self) -> None:
        """Chosen here, it holds at once; survivor paper never carries it."""
        say = self._desk.words.say
        self.body.addSpacing(8)
        self.body.addWidget(label(say("guide.agency.logo"), "strong", wrap=True))
        self.logo_state = label("", "small", wrap=True)
        self.body.addWidget(self.logo_state)
        line = row(self.body, 0, 12)
        self.logo_choose = button(say("guide.agency.logo_choose"), "", on=self.choose_logo)
        self.logo_remove = button(say("guide.agency.logo_remove"), "", on=self.remove_logo)
        for made in (self.logo_choose, self.logo_remove):
            line.addWidget(made)
        line.addStretch()
        self._show_logo()

    def _show_logo(self) -> None:
        there = (self._desk.data / logo.FILE).exists()
        state = "guide.agency.logo_there" if there else "guide.agency.logo_none"
        self.logo_state.setText(self._desk.words.say(state))
        self.logo_remove.setVisible(there)

    def choose_logo(self) -> None:
        say = self._desk.words.say
        path = self._desk.ask.open_path(say("guide.agency.logo_choose"), say("guide.agency.logo_kinds"))
        if path is not None:
            with self._desk.ask.explaining():
                logo.take(path, self._desk.data)
        self._show_logo()

    def remove_logo(self) -> None:
        with self._desk.ask.explaining():
            logo.forget(self._desk.data)
        self._show_logo()

    def _confirm(self, slot: str, title: str, known: Agency) -> None:
        """When it was last confirmed, and a box that says: it is still right today."""
        say = self._desk.words.say
        line = row(self.body, 0, 12)
        day = known.checked.get(slot)
        said = say("guide.agency.checked", date=day.isoformat()) if day else say("guidance.slot_undated")
        old = day is None or known.old(slot, self._desk.today())
        line.addWidget(label(said, "warn" if old else "small", wrap=True), 1)
        made = Check(say("guide.agency.confirm"))
        made.setAccessibleName(say("guide.agency.confirm_name", name=title))
        self.confirmed[slot] = made
        line.addWidget(made)

    def _where(self, slot: str) -> list[str]:
        """Titles of the pages that speak with this fact."""
        fence = f":::agency {slot}"
        return [
            topic.title
            for topic in self._desk.library.topics()
            if any(" ".join(line.split()) == fence for _, line in topic.lines)
        ]

    def save(self) -> None:
        """Keep what is filled in, and let the guidance say it at once."""
        say = self._desk.words.say
        for slot, box in self.boxes.items():
            if len(box.toPlainText().strip()) > LONGEST:
                name = say(f"guidance.slot.{slot}.name")
                self._problem.setText(say("guide.agency.too_long", name=name, limit=LONGEST))
                self._problem.show()
                box.setFocus()
                return
        with self._desk.ask.explaining():
            texts = {slot: box.toPlainText() for slot, box in self.boxes.items()}
            confirmed = [slot for slot, made in self.confirmed.items() if made.isChecked()]
            save(self._desk.data, texts, self._desk.today(), confirmed)
            self._desk.reload_guidance()
            self._desk.say(say("guide.agency.saved"))
            self.accept()
