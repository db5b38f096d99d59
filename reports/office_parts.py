"""Blocks for paper that stays in the office: directory, call list, coverage, language card, topics.

County names and guidance are loaded by the parts that need them: no survivor waits for these.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reports import contact_fields, markdown, values
from reports.blocks import Block, Contact, Contacts, Contents, Heading, Names, Para, Table
from resources import VERSION
from resources.directory import due
from resources.directory.provider import Provider
from resources.errors import ToolkitError
from resources.guidance import ispeak
from resources.words import Words

if TYPE_CHECKING:
    from reports.parts import Writing
    from reports.recipe import Part

COUNTIES_IN_A_TABLE = 5
BLANK = "\u00a0"  # an empty cell would be lost to a screen reader


def printed_on(part: Part, writing: Writing) -> list[Block]:
    day = values.day(writing.today, writing.words)
    said = writing.words.say(part.text or "paper_partner.printed_on", date=day, version=VERSION)
    agency = writing.agency.get("name", "").strip()
    return [Para(f"{agency} · {said}" if agency else said, part.style)]


def directory(part: Part, writing: Writing) -> list[Block]:
    """Every provider under each of its needs, by county within a need; its facts only the first time."""
    found: list[Block] = []
    told: dict[str, str] = {}  # where each provider stands with everything about it
    for need in (*contact_fields.NEEDS, ""):
        having = [one for one in writing.handoff.providers if (need in one.needs if need else not one.needs)]
        if not having:
            continue
        other = writing.words.say("paper_partner.booklet.any_help")
        head = contact_fields.name_of_need(need, writing.words) if need else other
        found.append(Heading(head, 2))
        by_county: dict[str, list[Provider]] = {}
        for one in having:
            by_county.setdefault(_county(one, writing.words), []).append(one)
        for county in sorted(by_county, key=lambda name: (name == _everywhere(writing.words), name)):
            found.append(Heading(county, 3))
            entries = []
            for one in by_county[county]:
                where = told.setdefault(one.id, head)
                entries.append(_entry(one, part, writing, "" if where == head else where))
            found.append(Contacts(tuple(entries)))
    return found


def _entry(one: Provider, part: Part, writing: Writing, elsewhere: str) -> Contact:
    """Everything about a provider, or the heading under which that stands."""
    audience, words = writing.recipe.audience, writing.words
    lines = [contact_fields.FIELDS[name](one, words, audience) for name in part.fields]
    if elsewhere:
        lines = [words.say("paper_partner.booklet.more", need=elsewhere)]
    shown = tuple(filter(None, lines))
    if part.joined and shown:
        shown = (" · ".join(shown),)
    mark = contact_fields.check_mark(one, words, writing.today)
    return Contact(one.name, contact_fields.number(one, words), shown, mark)


def _everywhere(words: Words) -> str:
    return words.say("paper_partner.no_county")


def _county(one: Provider, words: Words) -> str:
    """A confidential place is never named by its county; it stands with those of which none is known."""
    if not one.place.county:
        return _everywhere(words)
    return _county_name(one.place.county)


def _county_name(fips: str) -> str:
    from resources.directory import places

    return places.county_name(fips) or fips


def call_list(part: Part, writing: Writing) -> list[Block]:
    """Numbers to test-call, what is due longest first, with room for the result."""
    words = writing.words
    head = tuple(words.say(f"paper_partner.call.{key}") for key in ("name", "number", "last", "result"))
    wanted = due.soonest(writing.handoff.providers)
    rows = tuple((_who(one), contact_fields.number(one, words), _last(one, words), BLANK) for one in wanted)
    return [Table(head, rows, (0.32, 0.2, 0.26, 0.22))] if rows else []


def _who(one: Provider) -> str:
    """The name with its town: several places of one service are told apart by it."""
    town = "" if one.place.confidential else one.place.city
    return " · ".join(filter(None, (one.name, town)))


def _last(one: Provider, words: Words) -> str:
    last = one.last_check
    if last is None:
        return words.say("paper_partner.call.never")
    result = words.say(f"paper_partner.result.{last.result}")
    return f"{values.day(last.on, words)}: {result}"


def coverage(part: Part, writing: Writing) -> list[Block]:
    """How many providers each county has for each need; else the map and the table that were worked out."""
    head, rows = (writing.extra.head, writing.extra.rows) if writing.extra.rows else _counted(writing)
    intro = writing.extra.markdown or writing.words.say("paper_partner.coverage.intro")
    found: list[Block] = markdown.blocks(intro)
    if writing.extra.figure:
        found.append(writing.extra.figure)
    if writing.extra.rows:
        found.append(Heading(writing.extra.title, 2))
    for at in range(1, len(head), COUNTIES_IN_A_TABLE):
        shown = slice(at, at + COUNTIES_IN_A_TABLE)
        found.append(Table((head[0], *head[shown]), tuple((row[0], *row[shown]) for row in rows)))
    return found


def _counted(writing: Writing) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    words = writing.words
    counts: Counter[tuple[str, str]] = Counter()
    for one in writing.handoff.providers:
        for fips in {*one.serves, one.place.county}:
            if len(fips) == 5 and fips.isdigit():
                counts.update((fips, need) for need in one.needs)
    counties = sorted({fips for fips, _ in counts}, key=_county_name)
    none = words.say("paper_partner.coverage.none")
    rows = tuple(
        (contact_fields.name_of_need(need, words), *(str(counts[fips, need] or none) for fips in counties))
        for need in contact_fields.NEEDS
        if any(counted == need for _, counted in counts)
    )
    return (words.say("paper_partner.coverage.need"), *map(_county_name, counties)), rows


def contents(part: Part, writing: Writing) -> list[Block]:
    """What stands on which page."""
    return [Contents(writing.text(part))]


def languages(part: Part, writing: Writing) -> list[Block]:
    """Every language of I Speak to point at, each in its own script, with the officer's English under it."""
    return [Names(tuple((one.code, one.own_name, one.english_name) for one in ispeak.languages()))]


def topic(part: Part, writing: Writing) -> list[Block]:
    """A guidance topic as a handout: the text a page hands over, else the topic whose id was given."""
    if writing.extra.markdown:
        return markdown.blocks(writing.extra.markdown)
    from resources.guidance.library import Library

    wanted = writing.handoff.answers.get("topic", "").strip()
    library = Library.load(today=writing.today)
    known = [one.id for one in library.topics()]
    if wanted not in known:
        raise ToolkitError("paper_desk.refused.topic", name=wanted or "–", known=", ".join(known))
    return markdown.blocks(library.markdown(wanted, minor=writing.handoff.minor))
