"""What people do at one laptop, each checked on the spot: it says what was meant and takes back no more."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from resources.directory.fields import CONFIDENTIAL, SECRET, Fields, to_provider
from resources.directory.merge import OpId
from resources.directory.provider import CHECK_RESULTS, Provider
from resources.updates import holdings, rollback
from tests.resources.updates.edits import Edit, Editor, differences, empty
from tests.resources.updates.oracle import judge_back, standing
from tests.resources.updates.world import LINE, Book, Form, Laptop, admit

YEAR = 365 * 86_400
CLOCKS = (0, 9 * YEAR, -9 * YEAR, 3600, -5, YEAR)
PROVIDERS = ("p0", "p1", "p2", LINE)
PLACE = (CONFIDENTIAL, *SECRET)


class DeskWork:
    """Steps of a history that need one laptop; `book` remembers who wrote what."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.book, self.editor = chance, Book(), Editor(chance)
        self.laptops: list[Laptop] = []
        self.backups: dict[str, Path] = {}

    def edit(self, laptop: Laptop) -> None:
        for _ in range(self.chance.choice((1, 1, 2, 4))):
            new = self.chance.random() < 0.05
            identity = self.editor.unique("new") if new else self.chance.choice(PROVIDERS)
            found = laptop.directory.many([identity])
            self._save(laptop, found[0] if found else empty(identity))

    def _save(
        self, laptop: Laptop, old: Provider, form: Form | None = None, only: Sequence[Edit] = ()
    ) -> None:
        """Change some values of what was shown, and see that each of them was written as it was meant."""
        new = self.editor.change(old, only)
        shown = form.seen.fields[old.id] if form else laptop.shown(old.id)
        meant = {name: v for name, v in differences(old, new).items() if shown.get(name) != v}
        laptop.directory.save(new, seen=form.seen if form else None)
        (written,) = laptop.note(form.vector if form else None)
        now = written.set if form else laptop.shown(old.id) | written.set
        if form:  # it may have been called a secret since the form was opened
            (meant,) = without_secrets(old.id, self.book, meant)
        assert meant.items() <= now.items(), f"meant {meant}, wrote {written.set}"

    def open_form(self, laptop: Laptop, identity: str = "") -> None:
        identity = identity or self.chance.choice(PROVIDERS)
        seen = laptop.directory.seen(identity)
        if identity in seen.fields and laptop.directory.many([identity]):
            laptop.form = Form(identity, seen, laptop.vector())

    def save_form(self, laptop: Laptop, only: Sequence[Edit] = ()) -> None:
        """A form that was open while other things happened; its reader has not seen those."""
        if form := laptop.form:
            laptop.form = None
            shown = form.seen.fields[form.provider]
            self._save(laptop, to_provider(form.provider, shown), form, only)

    def retire(self, laptop: Laptop, identity: str = "") -> None:
        if found := [p for p in laptop.directory.all(retired=True) if identity in ("", p.id)]:
            one = self.chance.choice(found)
            (laptop.directory.bring_back if one.retired else laptop.directory.retire)(one.id)

    def check(self, laptop: Laptop) -> None:
        """A call; calls add up, so each is a field of its own."""
        if found := laptop.directory.all(retired=True):
            note = self.editor.unique("spoke with")
            one, result = self.chance.choice(found), self.chance.choice(CHECK_RESULTS)
            known = {name for written in self.book.written.values() for name in written.set}
            laptop.directory.record_check(one.id, result, note=note)
            (written,) = laptop.note()
            ((name, value),) = written.set.items()
            assert value["note"] == note and name not in known, "a call took the place of another one"

    def resolve(self, laptop: Laptop, identity: str = "") -> None:
        if found := [c for c in laptop.directory.conflicts() if identity in ("", c.provider_id)]:
            one = self.chance.choice(found)
            laptop.directory.resolve(one.provider_id, one.field, self.chance.choice(one.values).value)
            left = {(c.provider_id, c.field) for c in laptop.directory.conflicts()}
            assert (one.provider_id, one.field) not in left, "a decided conflict is still open"

    def undo(self, laptop: Laptop) -> None:
        """What is taken back was said by this very laptop, and by nobody since."""
        own = {laptop.directory.device, *laptop.former}
        self._takes_back(laptop, laptop.directory.undo, lambda o: o.device in own)

    def take_back(self, laptop: Laptop) -> None:
        found = [one for one in holdings.arrivals(laptop.directory) if not one.back]
        if found:
            arrival = self.chance.choice(found).id
            rows = laptop.directory.connection.execute(
                "select device, first, last from arrival where id = ?", (arrival,)
            ).fetchall()
            self._takes_back(
                laptop,
                lambda: rollback.take_back(laptop.directory, arrival),
                lambda o: any(o.device == device and a <= o.n <= b for device, a, b in rows),
            )

    def _takes_back(self, laptop: Laptop, action: Callable[[], object], came: Callable[[OpId], bool]) -> None:
        """Whatever an operation takes back `came`."""
        own = {laptop.directory.device, *laptop.former}
        known = self.book.within(laptop.vector())
        before = standing(known, own)
        action()
        for written in laptop.note():
            judge_back(known, before, written, came)

    def clock_jumps(self, laptop: Laptop) -> None:
        laptop.clock = self.chance.choice(CLOCKS)

    def back_up(self, laptop: Laptop) -> None:
        self.backups[laptop.who] = laptop.directory.backup()

    def restore(self, laptop: Laptop) -> None:
        """The disk of a laptop failed; it comes back as it was, under a new name."""
        backup = self.backups.pop(laptop.who, None)
        if backup is None or laptop is self.laptops[0]:
            return
        place = laptop.folder / "backups" / backup.name
        if place.exists():
            laptop.go_back(place, f"d{self.chance.getrandbits(40):012x}")
            admit(self.laptops[0].directory, laptop.directory, laptop.who)


def without_secrets(provider: str, book: Book, *shown: Fields) -> tuple[Fields, ...]:
    """Both without their place, where anybody ever called it a secret: nobody declines that."""
    if not any(one.provider == provider and one.set.get(CONFIDENTIAL) for one in book.written.values()):
        return shown
    return tuple({name: value for name, value in one.items() if name not in PLACE} for one in shown)
