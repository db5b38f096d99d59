"""Needs are named in words, recognized in lists, and met by what officers really type."""

from __future__ import annotations

import pytest

from resources.directory import needs, synonyms
from resources.directory.provider import INTAKE_RULES
from resources.words import load


def test_the_twenty_needs_are_there_in_order() -> None:
    order = "shelter housing food clothing id medical sane mental substance legal immigration interpreter"
    rest = "culture transport child job case victim cac hotline"
    assert [n.code for n in needs.all()] == f"{order} {rest}".split()


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_need_has_a_name_and_a_button_name(language: str) -> None:
    said = load(language)
    for need in needs.all():
        assert said.has(need.key) and said.has(need.short_key)


def test_spanish_names_say_that_a_machine_made_them() -> None:
    assert load("es").status("needs").state == "machine"


@pytest.mark.parametrize(
    ("category", "codes"),
    [
        ("shelter", {"shelter"}),
        ("Emergency Shelter", {"shelter"}),
        ("1121", {"shelter"}),
        ("Day / Drop in Centers", {"shelter"}),
        ("Emergency Food", {"food"}),
        ("Permanent Housing", {"housing"}),
        ("Addiction & Recovery", {"substance"}),
        ("Citizenship & Immigration", {"immigration"}),
        ("Legal; Food Pantry", {"legal", "food"}),
        ("Children's Advocacy Center", {"cac"}),
        ("Sexual Assault Nurse Examiner", {"sane"}),
        ("Mental Health", {"mental"}),
        ("Child Care", {"child"}),
        ("BH-1800.8500", set()),
        ("Bladder Cancer", set()),
        ("", set()),
    ],
)
def test_incoming_categories_are_recognized(category: str, codes: set[str]) -> None:
    assert needs.guess(category) == codes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("bed tonight", "shelter"),
        ("bed for ton", "shelter"),
        ("rape kit", "sane"),
        ("visa", "immigration"),
        ("papers", "id"),
        ("lawyer", "legal"),
        ("detox", "substance"),
        ("stolen wages", "job"),
        ("wage theft", "job"),
        ("hungry", "food"),
        ("translator", "interpreter"),
        ("greyhound", "transport"),
    ],
)
def test_everyday_words_lead_to_a_need(typed: str, code: str) -> None:
    phrases = synonyms.understand(typed.split())
    assert synonyms.Meaning("need", code) in phrases[0].meanings


def test_words_without_a_meaning_stay_single() -> None:
    phrases = synonyms.understand(["forsyth", "rape", "kit", "zzz"])
    assert [p.words for p in phrases] == [("forsyth",), ("rape", "kit"), ("zzz",)]


def test_each_meaning_is_a_code_that_exists() -> None:
    for meanings in synonyms.asked().values():
        for meaning in meanings:
            if meaning.kind == "need":
                assert meaning.code in needs.codes()
            elif meaning.kind == "intake":
                assert meaning.code in INTAKE_RULES
            else:
                assert meaning.kind == "language" and 2 <= len(meaning.code) <= 3
    for code in needs.codes():
        assert sum(synonyms.Meaning("need", code) in m for m in synonyms.asked().values()) >= 15
