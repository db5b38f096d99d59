"""From one part of a recipe to finished blocks: the kinds of block a recipe file may use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from reports import contact_fields, office_parts, pictograms, values
from reports import recipe as recipes
from reports.audience import is_plain
from reports.blocks import (
    Block,
    Bullets,
    Contact,
    Contacts,
    Fields,
    Figure,
    Heading,
    Notes,
    PageBreak,
    Para,
    Picture,
    SideBySide,
    Signature,
    TearOff,
)
from reports.contact_fields import FIELDS
from reports.recipe import Part, Recipe
from resources.directory.provider import Phone, Provider
from resources.handoff import OFFICER, SURVIVOR, Handoff
from resources.words import Words, load

EMERGENCY = Phone("emergency", "911")
TWO_COLUMNS = 6  # items of a release, so that it and its signatures stay on one page
ASKED_AS = {"fa": "Farsi or Dari"}  # interpreter lines do not say Persian


@dataclass(frozen=True)
class Extra:
    """What some sheets need beside a handoff: a topic's text, or a map and a table that were worked out."""

    title: str = ""
    markdown: str = ""
    figure: Figure | None = None
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Writing:
    """One sheet being written: the recipe, what its audience may see, and the words of its language."""

    recipe: Recipe
    handoff: Handoff
    words: Words
    today: date
    agency: Mapping[str, str] = field(default_factory=dict)
    extra: Extra = Extra()

    @property
    def plain(self) -> bool:
        return is_plain(self.handoff, self.recipe)

    def text(self, part: Part) -> str:
        return self.words.say(part.plain_text if self.plain and part.plain_text else part.text)

    def answer(self, key: str) -> str:
        """An answer as it stands on paper; dates in words, choices by their sentence."""
        lines = self.handoff.answers.get(key, "").splitlines()
        said = " · ".join(line.strip() for line in lines if line.strip())
        question = self.recipe.question(key)
        if question.kind == "date":
            on = values.read_day(said)
            return values.day(on, self.words) if on else said
        choice = f"paper_partner.choice.{said}"
        return self.words.say(choice) if said in question.choices else said


def heading(part: Part, writing: Writing) -> list[Block]:
    return [Heading(writing.text(part), part.level)]


def para(part: Part, writing: Writing) -> list[Block]:
    return [Para(writing.text(part), part.style)]


def emergency(part: Part, writing: Writing) -> list[Block]:
    phone = values.phone(EMERGENCY, writing.words)
    return [Para(writing.words.say("paper.emergency", phone=phone), part.style)]


def say(part: Part, writing: Writing) -> list[Block]:
    """How to ask for one's language: the reader sees the sentence, the helper hears English."""
    language = writing.words.language
    english = f"{ASKED_AS.get(language) or recipes.english_name(language)}, please."
    text = writing.words.say("paper.say", english=values.isolate(english.replace(" ", "\u00a0")))
    return [Para(text, part.style)]


def bullets(part: Part, writing: Writing) -> list[Block]:
    items = tuple(writing.words.say(key) for key in part.texts)
    return [Bullets(items, part.ordered, part.tick_boxes)]


def contacts(part: Part, writing: Writing) -> list[Block]:
    """Helpers with a number; a helper without one has nothing to offer on paper for a survivor."""
    made = [_contact(one, part, writing) for one in writing.handoff.providers]
    items = tuple(contact for contact in made if contact)
    return [Contacts(items)] if items else []


def _contact(one: Provider, part: Part, writing: Writing) -> Contact | None:
    audience = writing.recipe.audience
    number = contact_fields.number(one, writing.words)
    if audience == SURVIVOR and not number:
        return None
    wanted = [name for name in part.fields if not (writing.plain and name == "needs")]
    said = tuple(text for name in wanted if (text := FIELDS[name](one, writing.words, audience)))
    mark = contact_fields.check_mark(one, writing.words, writing.today) if audience == OFFICER else ""
    name = values.foreign(one.name, writing.words.language)
    return Contact(name, number, (" · ".join(said),) if part.joined and said else said, mark)


def helpers(part: Part, writing: Writing) -> list[Block]:
    """The same under a heading of their own, when there are any."""
    found = contacts(part, writing)
    return [Heading(writing.text(part), 2), *found] if found else []


def note(part: Part, writing: Writing) -> list[Block]:
    """The officer's note, when there is one."""
    said = writing.handoff.note.strip()
    if not said:
        return []
    language = writing.words.language
    kept = [line.strip() for line in said.splitlines() if line.strip()]
    return [Para(values.foreign(line, language), part.style) for line in kept]


def lines(part: Part, writing: Writing) -> list[Block]:
    """Room for the person's own notes, while the page has it."""
    return [Notes(writing.text(part), part.count)]


def blanks(part: Part, writing: Writing) -> list[Block]:
    """Labels with a line each, to fill in by hand."""
    return [
        Heading(writing.text(part), 2),
        Fields(tuple((writing.words.say(key), "") for key in part.texts)),
    ]


def answers(part: Part, writing: Writing) -> list[Block]:
    """Questions with their answers; style "small" leaves out those without one, else a line is drawn."""
    questions = [writing.recipe.question(key) for key in part.fields]
    pairs = [(writing.words.say(question.label), writing.answer(question.key)) for question in questions]
    if part.style == "small":
        pairs = [(label, said) for label, said in pairs if said]
    return [Fields(tuple(pairs))] if pairs else []


def items(part: Part, writing: Writing) -> list[Block]:
    """The things a release lists, and nothing else."""
    said = writing.handoff.answers.get(part.answer, "").replace(";", ",")
    listed = {item.strip() for item in said.split(",")}
    chosen = [key for key in writing.recipe.question(part.answer).choices if key in listed]
    named = tuple(writing.words.say(f"paper_partner.item.{key}") for key in chosen)
    return [Bullets(named, tick_boxes=part.tick_boxes, columns=1 + (len(named) >= TWO_COLUMNS))]


def signature(part: Part, writing: Writing) -> list[Block]:
    return [Signature(tuple(writing.words.say(key) for key in part.texts))]


def tear_off(part: Part, writing: Writing) -> list[Block]:
    """A page for each helper: who it is, and the strip of numbers to tear off."""
    found: list[Block] = []
    for one in writing.handoff.providers:
        contact = _contact(one, part, writing)
        if contact:
            found += [Heading(writing.text(part)), Contacts((contact,)), *note(Part("note"), writing)]
            found.append(TearOff(contact.name, contact.phone, part.count))
    return found


def side_by_side(part: Part, writing: Writing) -> list[Block]:
    """The same sentences, or the same helpers, in the paper's language and in English."""
    language = writing.words.language
    pair = (writing.words, load("en"))
    phone = values.phone(EMERGENCY, writing.words)
    said = [tuple(words.say(key, phone=phone) for words in pair) for key in part.texts]
    rows = tuple((left, right) for left, right in said)
    found: list[Block] = [SideBySide(rows, language, "en", heads=part.style == "strong")] if rows else []
    for one in writing.handoff.providers if part.fields else ():
        contact = _contact(one, Part("contacts"), writing)
        if contact:
            left, right = (_one_line(one, part, writing, words) for words in pair)
            lines = ((left, right),) if left else ()
            found.append(SideBySide(lines, language, "en", contact=contact))
    return found


def _one_line(one: Provider, part: Part, writing: Writing, words: Words) -> str:
    """What a helper does and when; nothing when that is not known."""
    wanted = [name for name in part.fields if not (writing.plain and name == "needs")]
    return " · ".join(filter(None, (FIELDS[name](one, words, writing.recipe.audience) for name in wanted)))


def pictures(part: Part, writing: Writing) -> list[Block]:
    """One picture for each helper, beside words that say the same."""
    found: list[Block] = []
    for one in writing.handoff.providers:
        number = contact_fields.number(one, writing.words)
        if number:
            name, code = pictograms.of_needs(one.needs)
            need = contact_fields.name_of_need(code, writing.words) or writing.words.say("paper.call")
            shown = values.foreign(one.name, writing.words.language)
            text = need if need == one.name else f"{need}: {shown}"
            found.append(Picture(name, text, number))
    return found


def picture(part: Part, writing: Writing) -> list[Block]:
    return [Picture(part.fields[0], writing.text(part))]


def page_break(part: Part, writing: Writing) -> list[Block]:
    return [PageBreak()]


KINDS: Mapping[str, Callable[[Part, Writing], list[Block]]] = {
    "heading": heading,
    "para": para,
    "emergency": emergency,
    "say": say,
    "bullets": bullets,
    "contacts": contacts,
    "helpers": helpers,
    "note": note,
    "lines": lines,
    "blanks": blanks,
    "answers": answers,
    "items": items,
    "signature": signature,
    "tear_off": tear_off,
    "side_by_side": side_by_side,
    "pictures": pictures,
    "picture": picture,
    "page_break": page_break,
    "date": office_parts.printed_on,
    "contents": office_parts.contents,
    "directory": office_parts.directory,
    "call_list": office_parts.call_list,
    "coverage": office_parts.coverage,
    "languages": office_parts.languages,
    "topic": office_parts.topic,
}
