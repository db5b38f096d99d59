"""Threat test 9: no release, an expired or revoked one, two recipients, and what makes a release valid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from reports import compose, recipe, sheet
from resources.directory.provider import Provider
from resources.errors import ToolkitError
from resources.handoff import Handoff
from resources.words import load


def changed(handoff: Handoff, **answers: str) -> Handoff:
    return replace(handoff, answers=MappingProxyType({**handoff.answers, **answers}))


def refusal(handoff: Handoff, today: date) -> str:
    with pytest.raises(ToolkitError) as caught:
        sheet.written(handoff, today=today)
    assert load("en").explain(caught.value)
    return caught.value.key.removeprefix("paper_desk.refused.")


def test_a_good_release_is_accepted(partner: Handoff, today: date) -> None:
    document, _ = sheet.written(partner, today=today)
    assert "Partner Agency" in "\n".join(compose.texts(document))


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"release_signed": ""}, "answers"),
        ({"release_signed": "no"}, "unsigned"),
        ({"release_recipient": ""}, "answers"),
        ({"release_purpose": " "}, "answers"),
        ({"release_items": ""}, "answers"),
        ({"release_until": ""}, "answers"),
        ({"release_until": "2026-11-24"}, "expired"),
        ({"release_until": "11/24/2026"}, "expired"),
        ({"release_until": "soon"}, "date"),
        ({"release_withdrawn": "yes"}, "withdrawn"),
        ({"release_recipient": "One; Two"}, "two_recipients"),
        ({"release_recipient": "One\nTwo"}, "two_recipients"),
        ({"recipient": "Somebody Else"}, "other_recipient"),
        ({"release_items": "everything"}, "choice"),
        ({"urgency": "tomorrow"}, "choice"),
        ({"danger": "They say she is undocumented"}, "immigration"),
        ({"need": "Her T visa"}, "immigration"),
    ],
)
def test_a_partner_sheet_is_refused_with_the_reason(
    answers: dict[str, str], reason: str, partner: Handoff, today: date
) -> None:
    assert refusal(changed(partner, **answers), today) == reason


def test_a_partner_sheet_without_any_answers_names_what_is_missing(today: date) -> None:
    with pytest.raises(ToolkitError) as caught:
        sheet.written(Handoff("partner_handoff"), today=today)
    said = load("en").explain(caught.value)
    assert "Who may receive it" in said
    assert "Permission ends on" in said


def test_the_last_day_still_counts(partner: Handoff, today: date) -> None:
    sheet.written(changed(partner, release_until=today.isoformat()), today=today)


def test_two_chosen_helpers_are_two_recipients(
    partner: Handoff, today: date, make_provider: Callable[..., Provider]
) -> None:
    two = (make_provider(1, name="Harbor House"), make_provider(2, name="Open Range"))
    both = changed(replace(partner, providers=two), release_recipient="Harbor House and Open Range")
    assert refusal(both, today) == "two_recipients"


def test_one_name_inside_another_is_one_recipient(
    partner: Handoff, today: date, make_provider: Callable[..., Provider]
) -> None:
    two = (make_provider(1, name="Harbor"), make_provider(2, name="Harbor House"))
    sheet.written(changed(replace(partner, providers=two), release_recipient="Harbor House"), today=today)


def form(**answers: str) -> Handoff:
    filled = {"release_recipient": "Harbor House", "release_purpose": "A bed", "release_items": "alias,need"}
    return Handoff("release", answers=MappingProxyType({**filled, **answers}))


def test_a_release_ends_after_thirty_days_unless_the_person_wants_another_date(today: date) -> None:
    document, _ = sheet.written(form(), today=today)
    assert "December\u00a025,\u00a02026" in compose.texts(document)
    document, _ = sheet.written(form(release_until="2026-12-01"), today=today)
    assert "December\u00a01,\u00a02026" in compose.texts(document)


def test_a_release_lists_only_what_was_chosen(today: date) -> None:
    document, _ = sheet.written(form(), today=today)
    said = compose.texts(document)
    assert "The name I want to use" in said
    assert "Danger they should know about" not in said


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_release_says_that_help_does_not_depend_on_it_and_how_to_take_it_back(
    language: str, today: date
) -> None:
    document, _ = sheet.written(replace(form(), language=language), today=today)
    words = load(language)
    for key in ("help", "stop", "ends", "back", "status"):
        assert words.say(f"paper_partner.release.{key}") in compose.texts(document)


@pytest.mark.parametrize("missing", ["release_recipient", "release_purpose", "release_items"])
def test_a_release_without_its_core_is_refused(missing: str, today: date) -> None:
    assert refusal(form(**{missing: ""}), today) == "answers"


def test_a_release_that_has_ended_is_refused(today: date) -> None:
    assert refusal(form(release_until="2026-01-01"), today) == "expired"


def test_forms_never_print_a_typed_name(today: date) -> None:
    assert not {q.key for q in recipe.get("release").questions} & {"name", "alias", "person"}


def test_a_sheet_in_a_language_it_does_not_have_is_refused(today: date) -> None:
    assert refusal(replace(form(), language="ar"), today) == "language"
    assert refusal(Handoff(language="xx"), today) == "language"
    assert refusal(Handoff(paper="napkin"), today) == "paper"
