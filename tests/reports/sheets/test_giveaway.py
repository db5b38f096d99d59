"""Threat test 60: a discreet paper has no word that tells a stranger what it is about, in any language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from reports import compose, giveaway, recipe, sheet
from resources.directory.provider import Phone, Provider
from resources.handoff import Handoff
from resources.starter import hotlines, training_providers
from resources.words import load

LANGUAGES = [row[0] for row in recipe.languages()]
DISCREET = [one.name for one in recipe.all() if one.discreet]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*DISCREET, "full_page", "large_print_18", "bilingual", "pictures"])
def test_plain_paper_gives_nothing_away(name: str, language: str, today: date) -> None:
    if language not in recipe.get(name).languages:
        assert (name, language) == ("bilingual", "en")
        return
    helpers = (*training_providers(today), *hotlines())
    document, _ = sheet.written(Handoff(name, language, providers=helpers), today=today)
    assert giveaway.found("\n".join(compose.texts(document)), language) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_own_list_that_finds_its_own_words(language: str) -> None:
    words = giveaway.lists()["words"][language]
    assert len(words) >= 10
    for word in words:
        assert giveaway.found(f"… {word} …", language), word


def test_other_forms_of_a_word_are_found_but_not_words_that_only_contain_it() -> None:
    assert giveaway.found("Trafficked persons; police. Victims' fund", "en") == (
        "trafficked",
        "police",
        "victims",
    )
    assert giveaway.found("A therapeutic grapevine", "en") == ()
    assert giveaway.found("Приют и полиция", "ru") == ("приют", "полиция")


def test_isolates_and_no_break_spaces_do_not_hide_a_word() -> None:
    assert giveaway.found("\u2066safe\u00a0house\u2069", "en") == ("safe house",)


def test_a_name_that_gives_the_card_away_is_replaced_and_the_officer_told(
    make_provider: Callable[..., Provider], today: date
) -> None:
    one = make_provider(name="Women's Shelter", cover_name="", needs=frozenset({"shelter"}))
    document, warnings = sheet.written(Handoff(providers=(one,)), today=today)
    assert "A place to stay" in compose.texts(document)
    said = next(w for w in warnings if w.key == "paper_desk.warn.cover_replaced").sentence()
    assert "Women's Shelter" in said


def test_an_own_name_without_cover_name_is_printed_with_a_warning(
    make_provider: Callable[..., Provider], today: date
) -> None:
    one = make_provider(name="Open Range", cover_name="")
    document, warnings = sheet.written(Handoff(providers=(one,)), today=today)
    assert "Open Range" in compose.texts(document)
    assert "paper_desk.warn.no_cover_name" in [w.key for w in warnings]


def test_words_in_the_note_are_named_to_the_officer(
    make_provider: Callable[..., Provider], today: date
) -> None:
    _, warnings = sheet.written(Handoff(providers=(make_provider(),), note="Police report 12"), today=today)
    assert "police" in next(w for w in warnings if w.key == "paper_desk.warn.gives_away").sentence()


@pytest.mark.parametrize("name", DISCREET)
def test_discreet_paper_has_no_footer_label_or_translation_mark(
    name: str, make_provider: Callable[..., Provider], today: date
) -> None:
    labelled = replace(make_provider(), phones=(Phone("1", "+14065550142", label="crisis line"),))
    document, warnings = sheet.written(Handoff(name, "ko", providers=(labelled,)), today=today)
    said = "\n".join(compose.texts(document))
    assert not document.footer
    assert "crisis" not in said
    assert load("ko").say("paper.machine") not in said
    assert "paper_desk.warn.unreviewed" in [w.key for w in warnings]


def test_other_paper_carries_the_translation_mark_until_somebody_has_read_it(
    make_provider: Callable[..., Provider], today: date
) -> None:
    handoff = Handoff("full_page", "ko", providers=(make_provider(),))
    mark = load("ko").say("paper.machine")
    assert mark in compose.texts(sheet.written(handoff, today=today)[0])
    read = {"reviewed.ko": "Kim, 2026-11-01"}
    document, warnings = sheet.written(handoff, today=today, agency=read)
    assert mark not in compose.texts(document)
    assert "paper_desk.warn.unreviewed" not in [w.key for w in warnings]


def test_english_words_are_found_on_paper_in_any_language() -> None:
    assert giveaway.found("Police", "km") == ("police",)
    assert giveaway.found("no papers", "es", "status") == ("no papers",)
    assert giveaway.found("sin papeles", "en", "status") == ("sin papeles",)
