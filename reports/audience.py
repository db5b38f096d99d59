"""Who may see what: the one place that empties fields before anything is written or drawn (R1, R4, R5)."""

from __future__ import annotations

from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from reports import giveaway, values
from reports.recipe import Recipe
from resources.directory.hours import Hours
from resources.directory.provider import Phone, Place, Provider
from resources.handoff import OFFICER, PARTNER, SURVIVOR, Handoff
from resources.words import Words

_PLAIN = frozenset({"id", "name", "needs", "phones", "hours", "languages"})
_OPEN = _PLAIN | {"organization", "place", "remote", "cost", "documents", "interpretation"}
_PARTNER = _OPEN | {"website", "eligibility", "minimum_age", "maximum_age", "intake", "how_to_reach"}
_OFFICE = _PARTNER | {"alert", "serves", "status", "enforcement", "training", "checks", "email", "cover_name"}
_TELLS_WHERE = frozenset({"place", "how_to_reach", "description", "website", "email", "documents"})
PARTNER_ITEMS = (
    "alias", "speaks", "need", "urgency", "safe_contact", "caller_says", "danger", "companions", "transport",
    "offered", "helpers",
)  # fmt: skip
_TOLD_WITH = {"message": "safe_contact"}  # a part of that item
_ABOUT_US = frozenset({"officer"})  # so no item of the person's release
_EMPTY = Provider(id="")


def seen(handoff: Handoff, recipe: Recipe, words: Words) -> Handoff:
    """The same handoff with everything this audience may not see left empty."""
    plain = is_plain(handoff, recipe)
    known = _answer_keys(handoff, recipe)
    answers = {key: values.clean(said) for key, said in handoff.answers.items() if key in known}
    providers = tuple(provider(one, recipe.audience, plain, words) for one in _allowed(handoff, recipe))
    return replace(
        handoff,
        providers=providers,
        note=values.clean(handoff.note) if recipe.shows_note else "",
        answers=MappingProxyType(answers),
    )


def is_plain(handoff: Handoff, recipe: Recipe) -> bool:
    """True when the paper must look like any list of numbers."""
    return recipe.audience == SURVIVOR and handoff.plain_cover


def shows_logo(recipe: Recipe) -> bool:
    """Never on paper that a survivor may carry, such as a copy of a release: a seal says whom they met."""
    return recipe.audience == OFFICER or recipe.needs_release


def provider(one: Provider, audience: str, plain: bool, words: Words) -> Provider:
    """One provider with only the fields that this audience may see."""
    kept = _PLAIN if plain else {SURVIVOR: _OPEN, PARTNER: _PARTNER}.get(audience, _OFFICE)
    if one.place.confidential:
        kept -= _TELLS_WHERE
    said: dict[str, Any] = {
        f.name: getattr(one, f.name) if f.name in kept else getattr(_EMPTY, f.name) for f in fields(Provider)
    }
    said["name"] = plain_name(one, words) if plain else one.name
    said["hours"] = _hours(one.hours, own_text=audience != SURVIVOR)
    said["phones"] = tuple(_phone(p, plain) for p in one.phones if p.kind != "fax")
    said["place"] = _place(one, said["place"], audience)
    for name, value in said.items():
        if isinstance(value, str):
            said[name] = values.clean(value)
    return Provider(**said)


def plain_name(one: Provider, words: Words) -> str:
    """The cover name the provider chose, else its own name; a neutral need when both give the paper away."""
    for name in (one.cover_name, one.name):
        if name.strip() and not giveaway.found(name, words.language):
            return name
    for need in sorted(one.needs):
        said = f"paper.need.{need}"
        if words.has(said) and not giveaway.found(words.say(said), words.language):
            return words.say(said)
    return words.say("paper.need.case")


def _allowed(handoff: Handoff, recipe: Recipe) -> tuple[Provider, ...]:
    if recipe.audience == SURVIVOR:
        return tuple(one for one in handoff.providers if not one.enforcement)
    if recipe.needs_release and "helpers" not in released(handoff):
        return ()
    return handoff.providers


def released(handoff: Handoff) -> tuple[str, ...]:
    """The items the signed release lists, in the order of PARTNER_ITEMS; unknown words release nothing."""
    listed = {item.strip() for item in handoff.answers.get("release_items", "").replace(";", ",").split(",")}
    return tuple(item for item in PARTNER_ITEMS if item in listed)


def _answer_keys(handoff: Handoff, recipe: Recipe) -> list[str]:
    """Only questions of this recipe; on a sheet that needs a release, only what it lists."""
    keys = [question.key for question in recipe.questions]
    if not recipe.needs_release:
        return keys
    items = {*released(handoff), *_ABOUT_US}
    return [key for key in keys if key.startswith("release_") or _TOLD_WITH.get(key, key) in items]


def _hours(hours: Hours, *, own_text: bool) -> Hours:
    """What the list said in its own words may hold anything, so survivor paper says "call to ask" instead."""
    closures = tuple(replace(one, reason="") for one in hours.closures)
    if own_text:
        return replace(hours, closures=closures, rules=())
    return Hours(hours.spans, closures, hours.always, "?" if hours.text else "")


def _phone(phone: Phone, plain: bool) -> Phone:
    """A label such as "crisis line" gives a card away; the number alone does not."""
    label = "" if plain else values.clean(phone.label)
    return replace(phone, label=label, shown=values.clean(phone.shown))


def _place(one: Provider, place: Place, audience: str) -> Place:
    """A confidential place is nowhere: no street, town, county or ZIP code (R4)."""
    if one.place.confidential:
        return Place(confidential=True)
    if audience == SURVIVOR:
        parts = [values.clean(text) for text in (place.street, place.city, place.state, place.postal_code)]
        return Place(parts[0], parts[1], state=parts[2], postal_code=parts[3])
    return replace(place, latitude=None, longitude=None)
