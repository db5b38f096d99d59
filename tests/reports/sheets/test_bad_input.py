"""What no list should hold and some will: paper flows on or says no, and nothing on it is cut or covered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pypdfium2
import pytest

from reports import recipe, sheet
from resources.directory.provider import Phone, Place, Provider
from resources.errors import ToolkitError
from resources.handoff import Handoff
from resources.words import load
from tests.reports.engine.samples import letters
from tests.reports.sheets.conftest import TODAY, provider
from tests.reports.sheets.papers import boxes, handoff, overlaps, text_of

EDGE = 24  # points that office printers cannot reach
LONG = {
    "one word": "Gemeindeunterstützungsverein" * 8,
    "many words": "Northern Plains Friends of the Valley " * 6,
    "arabic": "جمعيةالمساعدةالمتبادلة" * 9,
    "hanzi": "北方平原互助协会" * 25,
    "burmese": "အကူအညီပေးရေးအသင်း" * 10,
    "signs": "((( \\ ))) </para> %%EOF & < " * 7,
}
WITH_PROVIDERS = [one.name for one in recipe.all() if one.uses_providers and one.name != "coverage"]


def stuffed(number: int, text: str) -> Provider:
    """Every field as long as an import lets it be."""
    return provider(
        number, name=f"{number} {text}"[:200], cover_name=f"{number} {text}"[:200], organization=text,
        documents=text, cost=text, eligibility=text, alert=text, interpretation=text,
        phones=(Phone("1", "+14065550142", label=text[:60], extension="123456"),),
        place=Place(text, text, "30087", "MT", "59327"), needs=frozenset({"shelter", "legal", "food"}),
    )  # fmt: skip


def in_reach(pdf: bytes) -> bool:
    """True when every block of words lies on its page, away from the edge."""
    with pypdfium2.PdfDocument(pdf) as opened:
        sizes = [leaf.get_size() for leaf in opened]
    return all(
        left >= EDGE and low >= EDGE and right <= width - EDGE and high <= height - EDGE
        for (width, height), page in zip(sizes, boxes(pdf), strict=True)
        for left, low, right, high in page
    )


@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize("name", WITH_PROVIDERS)
def test_fields_of_any_length_are_printed_whole(name: str, kind: str) -> None:
    language = "en" if "en" in recipe.get(name).languages else "es"
    wanted = handoff(name, language, (stuffed(1, LONG[kind]), stuffed(2, LONG[kind])))
    pdf = sheet.make(wanted, today=TODAY).pdf
    assert in_reach(pdf)
    assert overlaps(pdf) == []
    if kind != "arabic":  # readers turn these round; what is drawn is the same
        shown = letters(wanted.providers[1].name)
        assert shown in letters(text_of(pdf)).replace("\ufffe", "")


@pytest.mark.parametrize("name", WITH_PROVIDERS)
def test_sixty_providers_flow_on(name: str) -> None:
    language = "en" if "en" in recipe.get(name).languages else "es"
    numbers = [Phone("1", f"+140655501{n:02}") for n in range(60)]
    sixty = tuple(provider(n, name=f"Helper{n}.", phones=(number,)) for n, number in enumerate(numbers))
    pdf = sheet.make(handoff(name, language, sixty), today=TODAY).pdf
    text = text_of(pdf).replace("\u00a0", " ")
    assert [n for n in range(60) if f"(406) 555-01{n:02}" not in text] == []
    assert in_reach(pdf)
    assert overlaps(pdf) == []


def test_sixty_providers_on_a_card_are_announced(today: date) -> None:
    sixty = tuple(provider(n) for n in range(60))
    made = sheet.make(Handoff(providers=sixty), today=today)
    assert [one.key for one in made.warnings] == ["paper_desk.warn.many"]
    assert "60" in made.warnings[0].sentence()
    assert made.pages > 1


@pytest.mark.parametrize(
    ("name", "language"),
    [("wallet_card", "xx"), ("full_page", ""), ("partner_handoff", "vi"), ("bilingual", "en")],
)
def test_a_language_without_a_translation_is_refused_with_a_sentence(name: str, language: str) -> None:
    wanted = replace(handoff(name, "es", (provider(1),)), language=language)
    with pytest.raises(ToolkitError) as caught:
        sheet.make(wanted, today=TODAY)
    said = load("en").explain(caught.value)
    assert caught.value.key == "paper_desk.refused.language"
    assert load("en").say(recipe.get(name).title) in said and "another" in said


@pytest.mark.parametrize("sign", ["\U0001f3e0", "\u13a0", "\ua188"])
@pytest.mark.parametrize("field", ["name", "note"])
def test_a_sign_that_no_font_draws_stops_the_print_and_is_named(sign: str, field: str, today: date) -> None:
    helper = provider(1, cover_name=f"Home {sign}" if field == "name" else "Home")
    with pytest.raises(ToolkitError) as caught:
        sheet.make(Handoff(providers=(helper,), note=sign if field == "note" else ""), today=today)
    assert caught.value.key == "paper_engine.missing_glyph"
    assert f"U+{ord(sign):04X}" in load("en").explain(caught.value)


def test_answers_of_any_length_flow_on_and_stay_whole() -> None:
    wanted = handoff("partner_handoff", "en", (provider(1),))
    long = " ".join(f"word{n}." for n in range(3000))
    answers = MappingProxyType({**wanted.answers, "need": long})
    made = sheet.make(replace(wanted, answers=answers), today=TODAY)
    assert made.pages > 5 and in_reach(made.pdf)
    text = text_of(made.pdf)
    assert [n for n in range(3000) if f"word{n}." not in text] == []
