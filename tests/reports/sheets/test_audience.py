"""Each audience, field by field: what may stand on its paper and what never may."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from types import MappingProxyType

import pytest

from reports import audience, compose, recipe, sheet
from resources.directory.provider import Place, Provider
from resources.handoff import Handoff
from resources.words import load

SURVIVOR_PLAIN = {"ZZcover"}
SURVIVOR_OPEN = {
    "ZZname", "ZZorganization", "ZZlabel", "ZZstreet", "ZZcity", "ZZzip", "ZZcost", "ZZdocuments",
    "ZZinterpretation",
}  # fmt: skip
PARTNER = SURVIVOR_OPEN | {"ZZwebsite", "ZZeligibility", "ZZreach", "ZZhourstext", "ZZneed", "ZZlanguage"}
SURVIVOR_RECIPES = [one.name for one in recipe.all() if one.audience == "survivor"]


def spoken(name: str, language: str = "en") -> str:
    """That language, or the first one in which the recipe exists."""
    known = recipe.get(name).languages
    return language if language in known else known[0]


def canaries(handoff: Handoff, today: date) -> set[str]:
    document, _ = sheet.written(handoff, today=today)
    return set(re.findall(r"ZZ\w+", "\n".join([*compose.texts(document), document.watermark])))


@pytest.mark.parametrize("name", SURVIVOR_RECIPES)
def test_plain_survivor_paper_shows_the_cover_name_and_nothing_else_about_a_helper(
    name: str, canary: Provider, today: date
) -> None:
    answers = MappingProxyType({"alias": "ZZanswer"})
    filled = Handoff(name, spoken(name), providers=(canary,), answers=answers)
    assert canaries(filled, today) <= SURVIVOR_PLAIN


@pytest.mark.parametrize("name", SURVIVOR_RECIPES)
def test_open_survivor_paper_has_no_internals_of_the_directory(
    name: str, canary: Provider, today: date
) -> None:
    answers = MappingProxyType({"alias": "ZZanswer"})
    filled = Handoff(name, spoken(name), providers=(canary,), plain_cover=False, answers=answers)
    assert canaries(filled, today) <= SURVIVOR_OPEN


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("who", ["survivor", "partner"])
def test_only_listed_fields_pass(who: str, plain: bool, canary: Provider) -> None:
    """Field by field on the value itself, so that a new field is hidden until somebody lets it through."""
    codes = {"ZZid", "ZZneed", "ZZlanguage", "ZZphoneid"}
    hidden = plain and who == "survivor"
    wanted = codes | (SURVIVOR_PLAIN if hidden else PARTNER if who == "partner" else SURVIVOR_OPEN)
    passed = audience.provider(canary, who, hidden, load("en"))
    for field in fields(Provider):
        found = set(re.findall(r"ZZ\w+", repr(getattr(passed, field.name))))
        assert found <= wanted, field.name


@pytest.mark.parametrize("who", ["survivor", "partner", "officer"])
def test_a_fax_number_and_check_notes_stay_in_the_directory(who: str, canary: Provider) -> None:
    passed = audience.provider(canary, who, False, load("en"))
    assert "+14065550199" not in repr(passed)
    assert ("ZZnote" in repr(passed)) == (who == "officer")


@pytest.mark.parametrize("one", recipe.all(), ids=lambda one: one.name)
def test_a_confidential_place_is_on_no_paper(one: recipe.Recipe, canary: Provider, today: date) -> None:
    """Threat test 8: neither street nor town, county or ZIP code, nor text that tells the way."""
    hidden = replace(canary, place=Place("ZZstreet", "ZZcity", "30087", "ZS", "ZZzip", 46.2, -106.7, True))
    answers = {
        "release_recipient": "A", "release_purpose": "B", "release_items": "helpers,need",
        "release_until": "2026-12-20", "release_signed": "yes", "topic": "interpreters",
    }  # fmt: skip
    mine = {q.key for q in one.questions}
    filled = Handoff(
        one.name,
        spoken(one.name),
        providers=(hidden,),
        plain_cover=False,
        answers=MappingProxyType({key: said for key, said in answers.items() if key in mine}),
    )
    document, _ = sheet.written(filled, today=today)
    text = "\n".join(compose.texts(document))
    told = {"ZZstreet", "ZZcity", "ZZzip", "ZZreach", "ZZwebsite", "ZZdescription", "ZZemail"}
    assert not told & set(re.findall(r"ZZ\w+", text))
    assert "Rosebud" not in text


def test_enforcement_tip_lines_never_reach_survivor_paper(
    make_provider: Callable[..., Provider], today: date
) -> None:
    tip, helper = make_provider(1, enforcement=True), make_provider(2)
    document, warnings = sheet.written(Handoff(providers=(tip, helper)), today=today)
    assert "Cover 1" not in "\n".join(compose.texts(document))
    assert "paper_desk.warn.enforcement" in [warning.key for warning in warnings]


def test_survivor_recipes_ask_for_nothing_about_the_person() -> None:
    for one in recipe.all():
        if one.audience == "survivor":
            assert one.questions == (), one.name


def test_partner_sheet_prints_only_what_the_release_lists(partner: Handoff, today: date) -> None:
    assert canaries(partner, today) == {"ZZalias", "ZZspeaks", "ZZwhat", "ZZofficer"}


ITEMS = {
    "alias": {"ZZalias"}, "speaks": {"ZZspeaks"}, "need": {"ZZwhat"}, "urgency": set(),
    "safe_contact": {"ZZsafe"}, "caller_says": {"ZZcaller"}, "danger": {"ZZdanger"},
    "companions": {"ZZcompanions"}, "transport": {"ZZtransport"}, "offered": {"ZZoffered"}, "helpers": set(),
}  # fmt: skip


@pytest.mark.parametrize("item", audience.PARTNER_ITEMS)
def test_each_released_item_lets_its_own_answer_through_and_no_other(
    item: str, partner: Handoff, today: date
) -> None:
    one = replace(partner, answers=MappingProxyType({**partner.answers, "release_items": item}))
    assert canaries(one, today) == ITEMS[item] | {"ZZofficer"}
    said = "\n".join(compose.texts(sheet.written(one, today=today)[0]))
    assert ("please call back" in said) == (item == "safe_contact")
    assert ("Now" in said.split("\n")) == (item == "urgency")


def test_partner_sheet_names_other_helpers_only_when_released(
    partner: Handoff, canary: Provider, today: date
) -> None:
    with_helpers = replace(partner, providers=(canary,))
    assert "ZZname" not in canaries(with_helpers, today)
    items = {**partner.answers, "release_items": "alias,helpers"}
    assert "ZZname" in canaries(replace(with_helpers, answers=MappingProxyType(items)), today)


def test_what_the_release_does_not_cover_is_named_to_the_officer(partner: Handoff, today: date) -> None:
    _, warnings = sheet.written(partner, today=today)
    left_out = next(w for w in warnings if w.key == "paper_desk.warn.not_released")
    assert "Danger to know about" in left_out.sentence()


def test_the_agency_and_the_note_stay_off_paper_that_has_no_place_for_them(
    partner: Handoff, canary: Provider, today: date
) -> None:
    agency = {"name": "ZZagency"}
    for name in SURVIVOR_RECIPES:
        wanted = Handoff(name, spoken(name), providers=(canary,), plain_cover=False)
        document, _ = sheet.written(wanted, today=today, agency=agency)
        assert "ZZagency" not in "\n".join(compose.texts(document))
    assert "ZZnote" not in canaries(replace(partner, note="ZZnote"), today)


def test_answers_of_another_sheet_do_not_travel_along(today: date, canary: Provider) -> None:
    handoff = Handoff("full_page", providers=(canary,), answers=MappingProxyType({"alias": "ZZalias"}))
    assert audience.seen(handoff, recipe.get("full_page"), load("en")).answers == {}


@pytest.mark.parametrize("name", SURVIVOR_RECIPES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_paper_for_a_minor_never_hands_itself_to_the_adult(
    name: str, language: str, today: date, make_provider: Callable[..., Provider]
) -> None:
    handoff = Handoff(
        name, spoken(name, language), providers=(make_provider(),), plain_cover=False, minor=True
    )
    document, warnings = sheet.written(handoff, today=today)
    said = "\n".join(compose.texts(document))
    words = load(handoff.language)
    for key in ("paper.trusted", "paper_partner.plan.word", "paper_partner.plan.id"):
        assert words.say(key) not in said
    assert "paper_desk.warn.minor" in [warning.key for warning in warnings]


@pytest.mark.parametrize("who", ["survivor", "partner", "officer"])
def test_fields_that_may_tell_the_way_to_a_confidential_place_are_emptied(who: str, canary: Provider) -> None:
    hidden = replace(canary, place=replace(canary.place, confidential=True))
    passed = audience.provider(hidden, who, False, load("en"))
    assert passed.place == Place(confidential=True)
    for text in (passed.how_to_reach, passed.description, passed.website, passed.email, passed.documents):
        assert text == ""


def test_the_safety_ideas_for_a_minor_name_the_helper_and_not_a_trusted_person(today: date) -> None:
    words = load("en")
    for minor in (True, False):
        document, _ = sheet.written(Handoff("safety_plan", minor=minor), today=today)
        said = compose.texts(document)
        assert (words.say("paper_partner.plan.word_minor") in said) == minor
        assert (words.say("paper_partner.plan.word") in said) != minor
