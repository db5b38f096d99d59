"""How one field of an entry is written where two entries stand side by side."""

from __future__ import annotations

from desktop.widgets import naming
from resources.directory import needs, opening, phones, places
from resources.directory.provider import Phone, Place, Provider
from resources.words import Words


def value_text(words: Words, one: Provider, field: str) -> str:
    """The field in words; empty when it holds nothing."""
    say = words.say
    if field == "phones":
        return "\n".join(filter(None, (_phone(phone) for phone in one.phones)))
    if field == "place":
        return _place(words, one.place)
    if field == "serves":
        return naming.areas(words, one.serves)
    if field == "needs":
        return ", ".join(say(needs.get(code).short_key) for code in needs.codes() if code in one.needs)
    if field == "languages":
        return naming.languages(one.languages)
    if field == "hours":
        return one.hours.text or opening.in_words(one.hours, words)
    if field == "intake":
        return "\n".join(
            say("upkeep.edit.rule_name", rule=say(f"desk.rule.{rule}"), answer=say(f"upkeep.edit.{_yes(on)}"))
            for rule, on in sorted(one.intake.items())
        )
    if field == "ages":
        low, high = one.minimum_age, one.maximum_age
        return f"{'' if low is None else low} – {'' if high is None else high}" if low or high else ""
    if field == "remote":
        return say(f"upkeep.edit.{_yes(one.remote)}")
    return str(getattr(one, field))


def _yes(on: bool) -> str:
    return "yes" if on else "no"


def _phone(phone: Phone) -> str:
    shown = phones.show(phone.number, phone.extension) if phone.number else phone.shown
    return f"{shown} ({phone.label})" if phone.label else shown


def _place(words: Words, place: Place) -> str:
    town = ", ".join(filter(None, (place.city, f"{place.state} {place.postal_code}".strip())))
    lines = [place.street, town, places.county_name(place.county) if place.county else ""]
    if place.confidential:
        lines = [words.say("desk.detail.address_hidden"), *lines]
    return "\n".join(filter(None, lines))
