"""Handoff, recipe and words become a Document: finished text, nothing left to decide for the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from reports.blocks import Block, Document, Heading, Para
from reports.parts import KINDS, Writing
from reports.recipe import Part
from resources.handoff import SURVIVOR

WATERMARK = "TRAINING"
_NOT_TEXT = frozenset({
    "language", "first_language", "second_language", "kind", "paper", "form", "watermark",
    "areas", "edges", "dots",
})  # fmt: skip


def compose(writing: Writing, *, training: bool = False) -> Document:
    """Write each part of the recipe that is meant for this reader."""
    recipe, words = writing.recipe, writing.words
    blocks: list[Block] = []
    for part in recipe.parts:
        if _wanted(part, writing):
            blocks += KINDS[part.kind](part, writing)
    if needs_mark(writing):  # under the heading, where the reader begins
        at = 1 if blocks and isinstance(blocks[0], Heading) else 0
        blocks.insert(at, Para(words.say("paper.machine"), "small"))
    return Document(
        title=words.say(recipe.heading),
        language=words.language,
        blocks=tuple(blocks),
        paper=writing.handoff.paper,
        form=recipe.form,
        size=recipe.size,
        footer=recipe.footer,
        watermark=WATERMARK if training else "",
        bookmarks=recipe.bookmarks,
    )


def _wanted(part: Part, writing: Writing) -> bool:
    facts = (
        (part.minor, writing.handoff.minor),
        (part.plain, writing.plain),
        (part.foreign, writing.words.language != "en"),
    )
    return all(wanted is None or wanted == fact for wanted, fact in facts)


def unreviewed(writing: Writing) -> bool:
    """True when no speaker has read the sentences of this paper, neither ours nor the agency's own reader."""
    area = "paper" if writing.recipe.audience == SURVIVOR else "paper_partner"
    language = writing.words.language
    if language == "en" or writing.agency.get(f"reviewed.{language}"):
        return False
    return not writing.words.status(area).reviewed


def needs_mark(writing: Writing) -> bool:
    """A discreet paper carries no mark; there the officer alone is warned."""
    return unreviewed(writing) and not writing.recipe.discreet


def texts(document: Document) -> list[str]:
    """Every sentence of a document, for checks."""
    return [text for block in document.blocks for text in _strings(block)] + [document.title]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            if one.name not in _NOT_TEXT and not (one.name == "name" and type(value).__name__ == "Picture"):
                yield from _strings(getattr(value, one.name))
    elif isinstance(value, Iterable):
        for item in value:
            yield from _strings(item)
