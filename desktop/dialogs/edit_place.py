"""Where a provider is and whom it serves, in a form; a confidential street never survives it (R4)."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from desktop.widgets.basics import Check, column, row
from desktop.widgets.fields import Field
from resources.directory import places
from resources.directory.provider import Place, Provider
from resources.words import Words


class PlaceEditor(QWidget):
    """Address, county, area served. Map points stay while the street and town stay."""

    def __init__(self, words: Words, provider: Provider) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._words, self._before = words, provider.place
        say, place, lines = words.say, provider.place, column(self, 0, 8)
        self.remote = Check(say("upkeep.edit.remote"), checked=provider.remote)
        self.confidential = Check(
            say("upkeep.edit.confidential"), checked=place.confidential, on=self._hide_street
        )
        self.street = Field(say("upkeep.edit.street"), place.street)
        self.city = Field(say("upkeep.edit.city"), place.city)
        self.state = Field(say("upkeep.edit.state"), place.state, most=2)
        self.zip = Field(say("upkeep.edit.zip"), place.postal_code, most=10)
        county = places.county_name(place.county) if place.county else ""
        self.county = Field(say("upkeep.edit.county"), county, hint=say("upkeep.edit.county_hint"))
        served = "; ".join(sorted(_area_name(code) for code in provider.serves))
        self.serves = Field(say("upkeep.edit.serves"), served, hint=say("upkeep.edit.serves_hint"), most=2000)
        for part in (self.remote, self.confidential, self.street):
            lines.addWidget(part)
        line = row(lines, 0, 8)
        for part, share in ((self.city, 3), (self.state, 1), (self.zip, 2), (self.county, 4)):
            line.addWidget(part, share)
        lines.addWidget(self.serves)
        self._hide_street(place.confidential)

    def _hide_street(self, on: bool) -> None:
        self.street.setVisible(not on)

    def read(self) -> tuple[Place, frozenset[str], bool]:
        """Place, area served, and whether everything could be read; problems show at their fields."""
        county, county_ok = self._county()
        serves, serves_ok = self._serves()
        state = self.state.value().upper()
        state_ok = not state or state in places.STATES
        number = self.zip.value()
        zip_ok = not number or re.fullmatch(r"\d{5}(-\d{4})?", number, re.ASCII) is not None
        for field, ok, key in (
            (self.state, state_ok, "state"),
            (self.zip, zip_ok, "zip"),
            (self.county, county_ok, "county"),
        ):
            field.complain("" if ok else self._words.say(f"upkeep.problem.{key}"))
        place = self._place(county, state, number)
        return place, serves, county_ok and serves_ok and state_ok and zip_ok

    def _place(self, county: str, state: str, number: str) -> Place:
        before, hidden = self._before, self.confidential.isChecked()
        street = "" if hidden else self.street.value()
        same = (street, self.city.value(), number) == (before.street, before.city, before.postal_code)
        return Place(
            street=street,
            city=self.city.value(),
            county=county,
            state=state or (places.county_name(county)[-2:] if county else ""),
            postal_code=number,
            latitude=before.latitude if same else None,
            longitude=before.longitude if same else None,
            confidential=hidden,
        )

    def _county(self) -> tuple[str, bool]:
        text = self.county.value()
        if not text:
            hit = places.find(self.zip.value()[:5])
            return (hit.county if hit and hit.kind == "zip" else ""), True
        hit = places.find(text)
        if hit is None and (state := self.state.value()):
            hit = places.find(f"{text}, {state}")
        return (hit.county, True) if hit else ("", False)

    def _serves(self) -> tuple[frozenset[str], bool]:
        found, unknown = area_codes(self.serves.value(), self.state.value())
        problem = self._words.say("upkeep.problem.serves", name="; ".join(unknown)) if unknown else ""
        self.serves.complain(problem)
        return found, not unknown


def area_codes(text: str, state: str) -> tuple[frozenset[str], list[str]]:
    """Codes of the counties and states named in "Rosebud County, MT; WY", and the names nobody knows. A
    county without a state that could be anywhere is the one in `state`."""
    pieces = [piece for piece in (part.strip() for part in text.split(";")) if piece]
    codes = {piece: _area_code(piece, state) for piece in pieces}
    return frozenset(filter(None, codes.values())), [piece for piece, code in codes.items() if not code]


def _area_name(code: str) -> str:
    return places.county_name(code) if len(code) == 5 else code


def _area_code(text: str, state: str) -> str:
    if text.upper() == "US" or text.upper() in places.STATES:
        return text.upper()
    for code, name in places.STATES.items():
        if text.casefold() == name.casefold():
            return code
    hits = map(places.find, (text, f"{text} County, {state}", f"{text}, {state}"))
    return next((hit.county for hit in hits if hit and hit.kind == "county"), "")
