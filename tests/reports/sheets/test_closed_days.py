"""Hours on paper never send a person to a closed door: closures, holidays, seasons, services that pause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from reports import sheet, values
from reports.compose import texts
from resources.directory.hours import Closure, Hours, Span
from resources.directory.provider import Provider
from resources.handoff import Handoff
from resources.words import load

Make = Callable[..., Provider]
WEEK = tuple(Span(day, 480, 1020) for day in range(5))
OPEN, ASK, FIRST = "Open: Mon–Fri 8 am–5 pm", "Call to ask when they are open", "Call before you go."


def said(one: Provider, today: date, name: str = "full_page", language: str = "en") -> str:
    document, _ = sheet.written(Handoff(name, language, providers=(one,)), today=today)
    return values.bare("\n".join(texts(document)))


def closed(today: date, start: int, end: int, reason: str = "") -> Hours:
    return Hours(WEEK, (Closure(today + timedelta(start), today + timedelta(end), reason),))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-3, 1), (10, 16), (59, 90)])
def test_who_is_closed_now_or_for_a_week_is_asked_by_phone(
    start: int, end: int, make_provider: Make, today: date
) -> None:
    text = said(make_provider(hours=closed(today, start, end)), today)
    assert ASK in text and OPEN not in text


@pytest.mark.parametrize(("start", "end"), [(1, 1), (30, 33), (60, 61)])
def test_a_holiday_keeps_the_hours_and_asks_to_call_first(
    start: int, end: int, make_provider: Make, today: date
) -> None:
    assert f"{OPEN} · {FIRST}" in said(make_provider(hours=closed(today, start, end)), today)


@pytest.mark.parametrize(("start", "end"), [(-9, -1), (61, 62)])
def test_a_closure_that_is_over_or_far_away_changes_nothing(
    start: int, end: int, make_provider: Make, today: date
) -> None:
    one = make_provider(hours=closed(today, start, end))
    assert OPEN in said(one, today) and FIRST not in said(one, today, "wallet_card")
    assert sheet.written(Handoff(providers=(one,)), today=today)[1] == ()


def test_day_and_night_is_not_promised_through_a_closure(make_provider: Make, today: date) -> None:
    one = make_provider(hours=Hours(closures=(Closure(today, today),), always=True))
    for name in ("wallet_card", "full_page", "large_print_18", "bilingual"):
        text = said(one, today, name, "es")
        assert load("es").say("paper.ask_hours") in text
        assert load("es").say("paper.open_always") not in text


def test_a_service_that_pauses_shows_no_hours(make_provider: Make, today: date) -> None:
    assert OPEN not in said(make_provider(hours=Hours(WEEK), status="temporarily closed"), today)


def test_hours_of_a_season_count_only_while_it_lasts(make_provider: Make, today: date) -> None:
    def during(first: int | None, last: int | None) -> str:
        days = [None if n is None else today + timedelta(n) for n in (first, last)]
        spans = tuple(Span(day, 480, 1020, first=days[0], last=days[1]) for day in range(5))
        return said(make_provider(hours=Hours(spans)), today)

    assert OPEN in during(-90, 90) and OPEN in during(None, 60)
    for changing in ((-90, 30), (10, None), (-90, -30), (90, None)):
        assert ASK in during(*changing)


def test_partners_read_the_days_but_never_the_reason(make_provider: Make, today: date) -> None:
    one = make_provider(hours=closed(today, 0, 3, "ZZreason"))
    english = said(one, today, "booklet")
    assert f"{OPEN} · Closed from November 25, 2026 to November 28, 2026" in english
    single = make_provider(hours=closed(today, 2, 2, "ZZreason"))
    assert "Closed on November 27, 2026" in said(single, today, "booklet")
    assert "ZZ" not in english


def test_the_officer_is_told_of_closed_days(make_provider: Make, today: date) -> None:
    def warned(hours: Hours) -> list[str]:
        found = sheet.written(Handoff(providers=(make_provider(hours=hours),)), today=today)[1]
        return [f"{one.key} {one.sentence()}" for one in found]

    now, soon = warned(closed(today, 0, 3)), warned(closed(today, 5, 6))
    assert len(now) == len(soon) == 1
    assert now[0].startswith("paper_desk.warn.shut_now") and "2026-11-28" in now[0]
    assert soon[0].startswith("paper_desk.warn.shut_soon") and "2026-11-30 to 2026-12-01" in soon[0]
