"""While a provider is written: entries that it may repeat, said below the name before anything is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.widgets.basics import column, label
from resources.directory import combining, duplicates, phones, search
from resources.directory.provider import Provider
from resources.directory.search import Query

if TYPE_CHECKING:
    from desktop.dialogs.provider_edit import ProviderEdit

WAIT_MS, MOST, LOOKED_AT = 300, 3, 40


class Twins(QWidget):
    """Looks a moment after the last key; pairs that are "not the same" are not named again."""

    def __init__(self, desk: Desk, form: ProviderEdit) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._form = desk, form
        lines = column(self, 0, 0)
        self.warning = label("", "warn", wrap=True, selectable=True)
        self.warning.hide()
        lines.addWidget(self.warning)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.look)

    def watch(self) -> None:
        """Look again soon after each change of what a duplicate shows by."""
        form = self._form
        boxes = [form.fields["name"].box, form.fields["organization"].box]
        boxes += [form.place.street.box, form.place.city.box, form.place.zip.box]
        for box in boxes:
            box.textChanged.connect(lambda *_text: self._timer.start())
        form.phones.typed.connect(self._timer.start)

    def _written(self) -> Provider:
        """What the form says so far; a number that is not complete yet is left out."""
        form, before = self._form, self._form.before
        read = (phone for made in form.phones.rows for phone in phones.read(made.number.text()).phones)
        place = replace(
            before.place,
            street=form.place.street.value(),
            city=form.place.city.value(),
            postal_code=form.place.zip.value(),
        )
        return replace(
            before,
            name=form.fields["name"].value(),
            organization=form.fields["organization"].value(),
            phones=tuple(read),
            place=place,
            needs=form.needs.value(),
        )

    def look(self) -> None:
        """Compare with the entries that share a word of the name or a number, and say what is alike."""
        say, new = self._desk.words.say, self._written()
        others = {one.id: one for one in self._candidates(new) if not one.retired}
        apart = combining.apart(self._desk.directory)
        alike = duplicates.like(new, others.values()) if new.name.strip() else []
        pairs = [p for p in alike if (min(p.a, p.b), max(p.a, p.b)) not in apart][:MOST]
        lines = [say("entries.like.warn", n=len(pairs))] if pairs else []
        for pair in pairs:
            one = others[pair.b]
            why = ", ".join(say(f"find.duplicate.{mark}") for mark in pair.why)
            place = one.place.city or one.organization or say("desk.find.by_phone")
            lines.append(say("entries.like.open", name=one.name, place=place, why=why))
        self.warning.setText("\n".join(lines))
        self.warning.setVisible(bool(pairs))

    def _candidates(self, new: Provider) -> list[Provider]:
        asked = [Query(text=new.name, limit=LOOKED_AT, ways_on=False)]
        asked += [
            Query(text=word, limit=LOOKED_AT, ways_on=False) for word in new.name.split() if len(word) > 3
        ]
        asked += [Query(text=p.number[-10:], limit=LOOKED_AT, ways_on=False) for p in new.phones if p.number]
        directory = self._desk.directory
        with directory.reading():
            hits = [hit for query in asked[:8] for hit in search.find(directory.connection, query).found]
        found = {hit.provider_id for hit in hits}
        return directory.many(sorted(found - {new.id}))
