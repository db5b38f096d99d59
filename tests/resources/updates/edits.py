"""Random changes of an entry, each with a value that nobody else writes, so that it can be found again."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from resources.directory.fields import Fields, to_fields
from resources.directory.hours import Hours
from resources.directory.provider import Phone, Place, Provider
from tests.resources.updates.world import LINE

_TEXTS = ("name", "cost", "alert", "description", "eligibility")


class Editor:
    """Makes changes; `serial` numbers what it writes."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.serial = chance, 0

    def unique(self, what: str) -> str:
        self.serial += 1
        return f"{what} {self.serial}"

    def change(self, old: Provider, only: Sequence[Edit] = ()) -> Provider:
        """The entry with one to three changes, or `only` these; a new one gets a name."""
        new = old if old.name else replace(old, name=self.unique("name"))
        for change in only or self.chance.sample(EDITS, self.chance.choice((1, 1, 2, 3))):
            new = change(self, new)
        return self.change(old) if new == old else new

    def text(self, old: Provider) -> Provider:
        name = self.chance.choice(_TEXTS)
        empty = name != "name" and self.chance.random() < 0.15
        return replace(old, **{name: "" if empty else self.unique(name)})

    def phone(self, old: Provider) -> Provider:
        """A number that changes, is added, or goes."""
        phones, kind = list(old.phones), self.chance.random()
        if phones and kind < 0.2:
            del phones[self.chance.randrange(len(phones))]
        elif phones and kind < 0.7:
            n = self.chance.randrange(len(phones))
            phones[n] = replace(phones[n], number=self.number(), label=self.unique("desk"))
        else:
            phones.append(Phone(f"p{self.serial}x", self.number(), label=self.unique("line")))
        return replace(old, phones=tuple(phones))

    def number(self) -> str:
        return f"+1406555{self.chance.randrange(100, 200):04d}"

    def need(self, old: Provider) -> Provider:
        return replace(old, needs=old.needs ^ {self.chance.choice(("shelter", "legal"))})

    def place(self, old: Provider) -> Provider:
        """Another street, or a town. A national line has none."""
        if old.id == LINE:
            return self.hours(old)
        place = old.place
        if self.chance.random() < 0.65 and not place.confidential:
            return replace(old, place=replace(place, street=self.unique("Street") + " North"))
        return replace(old, place=replace(place, city=self.unique("City")))

    def secret(self, old: Provider) -> Provider:
        """The place becomes a secret, or is none any more; one that nobody wrote about is never one."""
        if old.id == LINE:
            return self.text(old)
        return replace(old, place=replace(old.place, confidential=not old.place.confidential))

    def hours(self, old: Provider) -> Provider:
        return replace(old, hours=Hours(text=self.unique("open")))

    def kept(self, old: Provider) -> Provider:
        return replace(old, kept={**old.kept, "Their column": self.unique("kept")}, minimum_age=self.serial)


Edit = Callable[[Editor, Provider], Provider]
EDITS: tuple[Edit, ...] = (
    Editor.text,
    Editor.text,
    Editor.phone,
    Editor.need,
    Editor.place,
    Editor.secret,
    Editor.hours,
    Editor.kept,
)
ONE_FIELD: tuple[Edit, ...] = (Editor.hours, Editor.kept, Editor.secret, Editor.need)


def differences(old: Provider, new: Provider) -> Fields:
    """The fields that a person meant to change."""
    before, after = to_fields(old), to_fields(new)
    return {n: after.get(n) for n in before.keys() | after.keys() if before.get(n) != after.get(n)}


def empty(identity: str) -> Provider:
    return Provider(identity, place=Place())
