"""Finished text: literal, ordered, isolated; hostile and oversized entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from reports import compose, contact_fields, pictograms, sheet, values
from reports.blocks import Contact, Contacts, Heading, Picture, Table, TearOff
from resources.directory import needs
from resources.directory.hours import Hours, Span
from resources.directory.provider import Check, Phone, Place, Provider
from resources.handoff import Handoff
from resources.words import load
from tests.reports.sheets.papers import text_of

Make = Callable[..., Provider]


def contacts(handoff: Handoff, today: date) -> list[Contact]:
    document, _ = sheet.written(handoff, today=today)
    return [one for block in document.blocks if isinstance(block, Contacts) for one in block.items]


def test_markup_in_a_name_stays_text(make_provider: Make, today: date) -> None:
    odd = make_provider(cover_name='<b>A & B</b> <img src="x"/> </para>')
    assert contacts(Handoff(providers=(odd,)), today)[0].name == odd.cover_name


def test_signs_that_turn_text_around_never_reach_paper(make_provider: Make, today: date) -> None:
    odd = make_provider(cover_name="Open\u202e Range\x00\u2067")
    document, _ = sheet.written(Handoff(providers=(odd,), note="a\u202eb\x07"), today=today)
    said = compose.texts(document)
    assert "Open Range" in said and "ab" in said


@pytest.mark.parametrize("language", ["en", "ar", "he", "ja"])
def test_every_number_is_isolated_and_cannot_break(language: str, make_provider: Make, today: date) -> None:
    one = contacts(Handoff("full_page", language, providers=(make_provider(42),)), today)[0]
    assert one.phone == "\u2066(406)\u00a0555-0142\u2069"


def test_an_extension_is_said_in_the_language(make_provider: Make, today: date) -> None:
    one = make_provider(phones=(Phone("1", "+14065550142", extension="12"),))
    assert "extensión \u206612\u2069" in contacts(Handoff(language="es", providers=(one,)), today)[0].phone


def test_a_text_line_says_that_one_texts_it(make_provider: Make, today: date) -> None:
    one = make_provider(phones=(Phone("1", "741741", kind="text"),))
    assert contacts(Handoff(providers=(one,)), today)[0].phone == "Text: \u2066741741\u2069"


def test_sixty_helpers_all_stand_on_the_card_in_their_order(make_provider: Make, today: date) -> None:
    sixty = tuple(make_provider(n) for n in range(60))
    names = [one.name for one in contacts(Handoff(providers=sixty), today)]
    assert names == [f"Cover {n}" for n in range(60)]


def test_a_helper_without_a_number_is_left_off_and_named(make_provider: Make, today: date) -> None:
    mute = make_provider(1, phones=(Phone("f", "+14065550100", kind="fax"),))
    document, warnings = sheet.written(Handoff(providers=(mute, make_provider(2))), today=today)
    assert "Cover 1" not in "\n".join(compose.texts(document))
    assert [w.key for w in warnings if "phone" in w.key] == ["paper_desk.warn.no_phone"]


def test_the_person_reads_that_their_language_is_spoken(make_provider: Make, today: date) -> None:
    speaks = make_provider(1, languages=frozenset({"zh-Hans", "en"}))
    found = contacts(Handoff("full_page", "zh", providers=(speaks, make_provider(2))), today)
    assert "他们会说中文" in found[0].lines
    assert not any("会说" in line for line in found[1].lines)


def test_a_foreign_card_shows_how_to_ask_for_ones_language(make_provider: Make, today: date) -> None:
    said = compose.texts(sheet.written(Handoff(language="ht", providers=(make_provider(),)), today=today)[0])
    assert any("Haitian\u00a0Creole,\u00a0please." in text for text in said)


def test_the_real_name_and_street_come_only_without_plain_cover(make_provider: Make, today: date) -> None:
    one = make_provider(place=Place("12 Main St", "Forsyth", "30087", "MT", "59327"))
    plain = contacts(Handoff("full_page", providers=(one,)), today)[0]
    opened = contacts(Handoff("full_page", providers=(one,), plain_cover=False), today)[0]
    assert (plain.name, opened.name) == ("Cover 42", "Helper 42")
    assert not any("Main" in line for line in plain.lines)
    assert "Where: \u206612 Main St, Forsyth, MT 59327\u2069" in opened.lines


def test_hours_are_in_the_words_of_the_language(make_provider: Make, today: date) -> None:
    spans = (*(Span(day, 480, 1080) for day in range(5)), Span(5, 540, 750))
    one = make_provider(hours=Hours(spans=spans))
    english = contacts(Handoff("full_page", providers=(one,)), today)[0].lines[0]
    assert values.bare(english) == "Open: Mon–Fri 8 am–6 pm, Sat 9 am–12:30 pm"
    german_style = contacts(Handoff("full_page", "ru", providers=(one,)), today)[0].lines[0]
    assert values.bare(german_style).endswith("пн–пт 8:00–18:00, сб 9:00–12:30")


def test_hours_that_cannot_be_translated_say_call_to_ask(make_provider: Make, today: date) -> None:
    for hours in (Hours(text="by the moon"), Hours(spans=(Span(1, 540, 600, nth=(2,)),))):
        lines = contacts(Handoff("full_page", "es", providers=(make_provider(hours=hours),)), today)[0].lines
        assert lines == ("Llame para preguntar cuándo abren",)


def test_each_picture_has_words_that_say_the_same(make_provider: Make, today: date) -> None:
    bed = make_provider(1, needs=frozenset({"shelter"}))
    odd = make_provider(2, needs=frozenset())
    document, _ = sheet.written(Handoff("pictures", providers=(bed, odd)), today=today)
    first, second, third = (block for block in document.blocks if isinstance(block, Picture))
    assert (first.name, first.text) == ("bed", "A place to stay: Cover 1")
    assert (second.name, third.name) == ("phone", "speech")


def test_the_call_list_starts_with_what_is_due_longest(make_provider: Make, today: date) -> None:
    fresh, never = make_provider(1), make_provider(2, checks=())
    old = make_provider(3, checks=(Check("c", date(2025, 1, 1), "answered"),))
    document, _ = sheet.written(Handoff("call_list", providers=(fresh, old, never)), today=today)
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert [row[0].split(" · ")[0] for row in table.rows] == ["Helper 2", "Helper 3", "Helper 1"]


def test_the_call_list_tells_places_of_one_name_apart_but_names_no_town_of_a_confidential_one(
    make_provider: Make, today: date
) -> None:
    open_place = make_provider(1, place=Place(city="Forsyth", state="MT"))
    secret = make_provider(2, place=Place(city="Colstrip", state="MT", confidential=True))
    document, _ = sheet.written(Handoff("call_list", providers=(open_place, secret)), today=today)
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert {row[0] for row in table.rows} == {"Helper 1 · Forsyth", "Helper 2"}
    assert table.head[-1] == "Result and initials"


def test_every_need_has_a_name_in_plain_words_and_a_picture() -> None:
    assert set(contact_fields.NEEDS) == set(needs.codes())
    for code in needs.codes():
        name, need = pictograms.of_needs({code})
        assert name in pictograms.PICTOGRAMS
        assert need == code
        assert load("en").has(f"paper.need.{code}")


def test_each_tear_off_page_names_its_helper(make_provider: Make, today: date) -> None:
    document, _ = sheet.written(
        Handoff("tear_off", providers=(make_provider(1), make_provider(2))), today=today
    )
    assert [type(block) for block in document.blocks] == [Heading, Contacts, TearOff] * 2


def test_room_for_notes_gives_way_to_numbers(make_provider: Make, today: date) -> None:
    def notes(count: int) -> tuple[bool, int]:
        many = tuple(make_provider(n) for n in range(count))
        made = sheet.make(Handoff("full_page", providers=many), today=today)
        return "Your notes" in text_of(made.pdf), made.pages

    assert notes(3) == (True, 1)
    full = next(count for count in range(4, 30) if notes(count) == (False, 1))
    assert notes(full - 1) == (True, 1)


def test_training_helpers_mark_the_paper(make_provider: Make, today: date) -> None:
    one = make_provider(training=True)
    document, warnings = sheet.written(Handoff(providers=(one,)), today=today)
    assert document.watermark == "TRAINING"
    assert warnings[0].key == "paper_desk.warn.training"
    assert sheet.written(Handoff(providers=(replace(one, training=False),)), today=today)[0].watermark == ""


def test_the_title_is_neutral_on_every_survivor_paper(make_provider: Make, today: date) -> None:
    for name in ("wallet_card", "full_page", "pictures"):
        handoff = Handoff(name, providers=(make_provider(),), plain_cover=False)
        assert sheet.written(handoff, today=today)[0].title == "Useful numbers"


def test_only_an_open_page_says_that_these_people_help(make_provider: Make, today: date) -> None:
    for plain, title in ((True, "Useful numbers"), (False, "People who can help")):
        handoff = Handoff("full_page", providers=(make_provider(),), plain_cover=plain)
        assert sheet.written(handoff, today=today)[0].blocks[0] == Heading(title)
