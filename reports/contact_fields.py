"""Small facts under a helper's name on paper, one function per field a recipe may ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from reports import recipe as recipes
from reports import values
from resources.directory import due
from resources.directory.provider import INTAKE_RULES, Provider
from resources.handoff import SURVIVOR
from resources.words import Words

OTHER_NUMBERS = 3
NEEDS = (
    "shelter", "housing", "food", "clothing", "id", "medical", "sane", "mental", "substance", "legal",
    "immigration", "interpreter", "culture", "transport", "child", "job", "case", "victim", "cac", "hotline",
)  # fmt: skip


def name_of_need(code: str, words: Words) -> str:
    """The plain name of a need; nothing for a need that has no plain name."""
    key = f"paper.need.{code}"
    return words.say(key) if words.has(key) else ""


def needs(one: Provider, words: Words, audience: str) -> str:
    """What they help with; "by phone" says nothing beside another need."""
    codes = one.needs - {"hotline"} or one.needs
    named = [name_of_need(code, words) for code in NEEDS if code in codes]
    return " · ".join(dict.fromkeys(name for name in named if name))


def hours(one: Provider, words: Words, audience: str) -> str:
    return values.hours(one.hours, words, own_text=audience != SURVIVOR)


def languages(one: Provider, words: Words, audience: str) -> str:
    """For a survivor: whether they speak this language. For others: which languages they speak."""
    known = {recipes.base_code(code) for code in one.languages}
    if audience == SURVIVOR:
        spoken = words.language in known and words.language != "en"
        return words.say("paper.speaks", language=recipes.own_name(words.language)) if spoken else ""
    named = sorted(recipes.english_name(code) for code in known)
    return words.say("paper_partner.languages", languages=", ".join(named)) if named else ""


def place(one: Provider, words: Words, audience: str) -> str:
    shown = values.place(one.place)
    return words.say("paper.place", place=shown) if shown else ""


def cost(one: Provider, words: Words, audience: str) -> str:
    """Free in every language; any other wording only where it can be read."""
    if one.cost.strip().casefold().startswith("free"):
        return words.say("paper.free")
    return one.cost.strip() if words.language == "en" else ""


def documents(one: Provider, words: Words, audience: str) -> str:
    return one.documents.strip() if words.language == "en" or audience != SURVIVOR else ""


def phones(one: Provider, words: Words, audience: str) -> str:
    """Further numbers, after the one that stands out."""
    first = one.phone
    said = []
    for phone in one.phones:
        if phone is first or not phone.number:
            continue
        number = values.phone(phone, words)
        label = "TTY" if phone.kind == "textphone" else phone.label
        if phone.kind == "text":
            said.append(words.say("paper.text_to", number=number))
        else:
            said.append(f"{label}: {number}" if label and words.language in ("en", "es") else number)
    return values.listed(said[:OTHER_NUMBERS], words.language)


def organization(one: Provider, words: Words, audience: str) -> str:
    said = one.organization.strip()
    return values.foreign(said, words.language) if said != one.name.strip() else ""


def interpretation(one: Provider, words: Words, audience: str) -> str:
    if words.language == "en" or audience != SURVIVOR:
        return one.interpretation.strip()
    return words.say("paper.interpreter") if one.interpretation.strip() else ""


def intake(one: Provider, words: Words, audience: str) -> str:
    """Whom they take and whom not; a rule nobody asked about is left out."""
    said = []
    for key, answer in (("takes", True), ("takes_not", False)):
        rules = [
            words.say(f"paper_partner.intake.{rule}")
            for rule in INTAKE_RULES
            if one.intake.get(rule) is answer
        ]
        if rules:
            said.append(words.say(f"paper_partner.{key}", rules=", ".join(rules)))
    return " ".join(said)


def eligibility(one: Provider, words: Words, audience: str) -> str:
    return one.eligibility.strip()


def how_to_reach(one: Provider, words: Words, audience: str) -> str:
    return one.how_to_reach.strip()


def alert(one: Provider, words: Words, audience: str) -> str:
    return one.alert.strip()


FIELDS: Mapping[str, Callable[[Provider, Words, str], str]] = {
    said.__name__: said
    for said in (
        needs, hours, languages, place, cost, documents, phones, organization, interpretation, intake,
        eligibility, how_to_reach, alert,
    )
}  # fmt: skip


def number(one: Provider, words: Words) -> str:
    """The number that stands out: the first that can be dialled, else the text as it came."""
    phone = one.phone or next((p for p in one.phones if p.shown), None)
    if phone is None:
        return ""
    shown = values.phone(phone, words)
    return words.say("paper.text_to", number=shown) if phone.kind == "text" else shown


def check_mark(one: Provider, words: Words, today: date) -> str:
    """For office paper: when a person last heard this number answered."""
    last = one.last_check
    if last and last.result in ("wrong-number", "closed"):
        return words.say(f"paper_partner.mark.{last.result}", date=values.day(last.on, words))
    if one.confirmed_on is None:
        return words.say("paper_partner.mark.never")
    if due.state(one, today) != due.FRESH:
        return words.say("paper_partner.mark.stale", date=values.day(one.confirmed_on, words))
    return ""
