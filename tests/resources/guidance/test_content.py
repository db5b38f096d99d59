"""The guidance that ships: sourced, linked, dated, readable."""

from __future__ import annotations

import re
from datetime import date

import pytest

from resources.guidance import check, readability
from resources.guidance.library import Library
from resources.guidance.topic import ROLES
from resources.paths import CONTENT

LIBRARY = Library.load(today=date(2026, 11, 25))
TOPICS = LIBRARY.topics()
EACH_TOPIC = pytest.mark.parametrize("topic", TOPICS, ids=lambda t: t.id)
DEMANDED = {
    "first-ten-minutes", "trauma-informed-interviewing", "cultural-competency", "rapport", "confidentiality",
    "collaboration", "why-people-fear-police", "indicators", "screening", "legal-definitions", "minors",
    "immediate-safety", "safety-planning", "discovery", "release-of-information", "warm-handoff",
    "interpreters", "immigration-and-remedies", "benefits", "tribal-land", "safe-paper", "what-not-to-do",
    "after-the-call", "using-porchlight", "about-the-brochure", "disabilities",
    "men-boys-lgbtq", "online-and-groups",
}  # fmt: skip


def test_nothing_in_the_guidance_needs_a_person() -> None:
    assert check.problems(today=date(2026, 11, 25)) == []


def test_each_promised_topic_is_there() -> None:
    assert {topic.id for topic in TOPICS} >= DEMANDED


@EACH_TOPIC
def test_a_tired_reader_can_follow(topic) -> None:
    assert readability.grade(topic.pieces) <= 8


@EACH_TOPIC
def test_every_fact_has_a_source(topic) -> None:
    assert [piece for piece in topic.pieces if check.states_fact(piece) and not piece.markers] == []


@EACH_TOPIC
def test_a_topic_is_useful_in_the_car(topic) -> None:
    kinds = {piece.kind for piece in topic.pieces}
    assert "heading" in kinds and kinds & {"check", "row", "item"}
    assert LIBRARY.markdown(topic.id).startswith("# ")


@EACH_TOPIC
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("minor", [False, True], ids=["adult", "minor"])
def test_no_marker_fence_or_markup_reaches_the_screen(topic, role: str, minor: bool) -> None:
    text = LIBRARY.markdown(topic.id, role, minor)
    assert "[^" not in text and ":::" not in text and "](http" not in text
    assert not re.search(r"<[a-zA-Z/!]|!\[", text)


@pytest.mark.parametrize("topic_id", ["trauma-informed-interviewing", "cultural-competency", "rapport",
                                      "confidentiality", "collaboration"])  # fmt: skip
def test_each_technique_has_steps_wordings_and_do_and_dont(topic_id: str) -> None:
    pieces = LIBRARY.get(topic_id).pieces
    assert sum(piece.kind == "check" for piece in pieces) >= 4
    assert sum(piece.text.startswith('"') or '"' in piece.text for piece in pieces) >= 2
    assert any(piece.kind == "head" and "Don't" in piece.text for piece in pieces)


def test_unverified_statements_say_so_where_they_stand() -> None:
    unsure = [line for topic in TOPICS for _, line in topic.lines if "[^M]" in line]
    shown = "\n".join(LIBRARY.markdown(topic.id) for topic in TOPICS)
    assert shown.count("*(to be confirmed)*") == sum(line.count("[^M]") for line in unsure)
    assert "speak up for you. *(to be confirmed)*" in shown


def test_indicator_pages_warn_that_signs_prove_nothing() -> None:
    for topic in TOPICS:
        if topic.id.startswith("indicators"):
            assert "Signs prove nothing" in LIBRARY.markdown(topic.id)


def test_law_and_phone_pages_are_reviewed_every_six_months() -> None:
    law = {topic.id for topic in TOPICS if topic.law}
    assert law >= {"immigration-and-remedies", "benefits", "legal-definitions", "minors", "discovery"}
    for topic in TOPICS:
        assert topic.reviewed_on and topic.review_by
        assert (topic.review_by - topic.reviewed_on).days <= (183 if topic.law else 366)


def test_survivor_words_are_ours_and_slips_of_the_brochure_are_not_copied() -> None:
    whole = " ".join(text for topic in TOPICS for _, text in topic.lines if topic.id != "about-the-brochure")
    assert "physiological" not in whole and "persecution" not in whole


def test_remedies_never_promise() -> None:
    text = LIBRARY.markdown("immigration-and-remedies")
    assert "may be able to" in text and "never a bargaining chip" in text
    assert not re.search(r"\bwill (get|receive|be granted)\b", text)


def test_minor_mode_hides_what_is_for_adults_only() -> None:
    adult, minor = LIBRARY.markdown("immediate-safety"), LIBRARY.markdown("immediate-safety", minor=True)
    assert "Adults decide for themselves" in adult and "Adults decide for themselves" not in minor
    assert "Do not hand the child back" in minor and "Do not hand the child back" not in adult


def test_the_promise_guard_follows_the_role() -> None:
    shown = {role: LIBRARY.markdown("confidentiality", role) for role in ROLES}
    assert len(set(shown.values())) == len(ROLES)
    assert "You cannot keep details secret" in shown["patrol"]
    assert "In most cases you can keep it private" in shown["community_advocate"]


def test_the_brochure_page_maps_all_five_points() -> None:
    rows = [p for p in LIBRARY.get("about-the-brochure").pieces if p.kind == "row"]
    assert len(rows) == 5 and all("](topic:" in row.text for row in rows)


def test_content_files_name_no_machine() -> None:
    for path in (CONTENT / "guidance").rglob("*"):
        if path.is_file():
            assert "/work/" not in path.read_text(encoding="utf-8")
