"""Hours tell what is open, on which days, and in words, without ever guessing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from resources.directory import opening
from resources.directory.hours import Closure, Hours, Span
from resources.words import load

WEEKDAYS = Hours(spans=tuple(Span(n, 480, 1080) for n in range(5)))
NIGHT = Hours(spans=(Span(4, 1080, 420),))


def test_every_schedule_vector_gives_its_dates(sample_data: Path) -> None:
    vectors = json.loads((sample_data / "20-peer-tests" / "schedule-vectors.json").read_text("utf-8"))
    assert len(vectors) >= 12
    for vector in vectors:
        hours = opening.from_hsds([vector["schedule"]])
        first, last = (date.fromisoformat(day) for day in vector["window"])
        found = [day.isoformat() for day in opening.dates(hours, first, last)]
        assert found == vector["expected_dates"], vector["id"]


def test_every_schedule_vector_survives_a_round_trip(sample_data: Path) -> None:
    vectors = json.loads((sample_data / "20-peer-tests" / "schedule-vectors.json").read_text("utf-8"))
    for vector in vectors:
        hours = opening.from_hsds([vector["schedule"]])
        assert opening.from_hsds(opening.to_hsds(hours)) == hours, vector["id"]


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        (datetime(2026, 11, 25, 7, 59), False),
        (datetime(2026, 11, 25, 8, 0), True),
        (datetime(2026, 11, 25, 17, 59), True),
        (datetime(2026, 11, 25, 18, 0), False),
        (datetime(2026, 11, 28, 12, 0), False),
    ],
)
def test_open_from_the_first_minute_to_the_last(moment: datetime, answer: bool) -> None:
    assert opening.is_open(WEEKDAYS, moment) is answer


def test_a_night_belongs_to_the_day_it_began() -> None:
    assert opening.is_open(NIGHT, datetime(2026, 11, 27, 23, 0)) is True
    assert opening.is_open(NIGHT, datetime(2026, 11, 28, 6, 59)) is True
    assert opening.is_open(NIGHT, datetime(2026, 11, 28, 7, 0)) is False
    assert opening.is_open(NIGHT, datetime(2026, 11, 27, 6, 0)) is False


def test_holidays_close_even_what_is_always_open() -> None:
    closure = (Closure(date(2026, 11, 26), date(2026, 11, 27), "Thanksgiving"),)
    assert opening.is_open(Hours(always=True, closures=closure), datetime(2026, 11, 27, 9)) is False
    assert opening.is_open(Hours(always=True, closures=closure), datetime(2026, 11, 28, 9)) is True
    shut = Hours(spans=WEEKDAYS.spans, closures=closure)
    assert opening.is_open(shut, datetime(2026, 11, 26, 9)) is False
    assert date(2026, 11, 26) not in opening.dates(shut, date(2026, 11, 23), date(2026, 11, 30))


def test_unknown_and_expired_hours_are_unknown_not_closed() -> None:
    assert opening.is_open(Hours(), datetime(2026, 1, 1)) is None
    assert opening.is_open(Hours(text="by appointment"), datetime(2026, 1, 1)) is None
    expired = Hours(spans=(Span(0, 480, 1020, last=date(2025, 12, 31)),))
    assert opening.is_open(expired, datetime(2026, 1, 5, 9)) is None
    assert opening.in_words(expired, load("en"), date(2026, 1, 5)) == "Hours not confirmed"
    unreadable = Hours(rules=('{"byyearday": "12", "opens_at": "09:00", "closes_at": "10:00"}',))
    assert opening.is_open(unreadable, datetime(2026, 1, 5, 9)) is None


def test_every_other_week_answers_is_open() -> None:
    row = {"dtstart": "2026-01-07", "freq": "WEEKLY", "interval": "2", "byday": "WE"}
    hours = opening.from_hsds([row | {"opens_at": "08:00", "closes_at": "10:00"}])
    assert opening.is_open(hours, datetime(2026, 1, 21, 9)) is True
    assert opening.is_open(hours, datetime(2026, 1, 14, 9)) is False


@pytest.mark.parametrize(
    "zone", ["America/Denver", "America/New_York", "America/Phoenix", "Pacific/Honolulu"]
)
def test_the_wall_clock_decides_when_daylight_saving_changes(zone: str) -> None:
    for day in (date(2026, 3, 8), date(2026, 11, 1)):
        for minute in range(0, 1440, 30):
            plain = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
            hours = Hours(spans=(Span(6, 90, 180), Span(5, 1320, 60)))
            expected = minute < 60 or 90 <= minute < 180
            assert opening.is_open(hours, plain) is expected
            assert opening.is_open(hours, plain.replace(tzinfo=ZoneInfo(zone))) is expected
            assert opening.is_open(hours, plain.replace(tzinfo=UTC, fold=1)) is expected


def test_tonight_is_eleven_or_now_after_midnight() -> None:
    assert opening.tonight(datetime(2026, 11, 25, 14, 30)) == datetime(2026, 11, 25, 23, 0)
    assert opening.tonight(datetime(2026, 11, 25, 2, 15)) == datetime(2026, 11, 25, 2, 15)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (WEEKDAYS, "Mon–Fri 8 am – 6 pm"),
        (Hours(always=True), "24 hours"),
        (Hours(spans=tuple(Span(n, 0, 1440) for n in range(7))), "24 hours"),
        (Hours(spans=(Span(1, 600, 720), Span(1, 780, 1020))), "Tue 10 am – noon, 1 pm – 5 pm"),
        (Hours(spans=(Span(1, 600, 840), Span(3, 900, 1140))), "Tue 10 am – 2 pm; Thu 3 pm – 7 pm"),
        (Hours(spans=(Span(0, 510, 990), Span(2, 510, 990))), "Mon, Wed 8:30 am – 4:30 pm"),
        (Hours(spans=(Span(4, 540, 720, (2, 4)),)), "2nd and 4th Fri 9 am – noon"),
        (Hours(spans=(Span(3, 540, 720, (-1,)),)), "last Thu 9 am – noon"),
        (NIGHT, "Fri 6 pm – 7 am"),
        (Hours(spans=(Span(5, 0, 1440),)), "Sat all day"),
        (Hours(text="Call first"), "Call first"),
        (Hours(), ""),
    ],
)
def test_hours_are_said_as_people_say_them(hours: Hours, said: str) -> None:
    assert opening.in_words(hours, load("en")) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("24 hours", "24 hours"),
        ("24/7", "24 hours"),
        ("24 hours a day, 7 days a week", "24 hours"),
        ("Open 24 Hours", "24 hours"),
        ("Mon-Fri 9-5", "Mon–Fri 9 am – 5 pm"),
        ("Monday - Friday, 8:30 a.m. - 4:30 p.m.", "Mon–Fri 8:30 am – 4:30 pm"),
        ("Monday through Friday 8am to 5pm", "Mon–Fri 8 am – 5 pm"),
        ("Tues-Sat: 10-6pm", "Tue–Sat 10 am – 6 pm"),
        ("M-F 8:00am-5:00pm; Sat 9am-1pm", "Mon–Fri 8 am – 5 pm; Sat 9 am – 1 pm"),
        ("M, W, F 9am-noon", "Mon, Wed, Fri 9 am – noon"),
        ("Tuesday and Thursday 1pm-4pm", "Tue, Thu 1 pm – 4 pm"),
        ("Daily 9:00 AM - 5:00 PM", "Every day 9 am – 5 pm"),
        ("Every day 6pm-7am", "Every day 6 pm – 7 am"),
        ("2nd and 4th Tuesday 10am-12pm", "2nd and 4th Tue 10 am – noon"),
        ("First Saturday of the month 9am-11:30am", "1st Sat 9 am – 11:30 am"),
        ("2nd, 3rd, 4th Wednesdays, 6-9 PM", None),
        ("Mon 9am-12pm, 1pm-5pm", "Mon 9 am – noon, 1 pm – 5 pm"),
        ("8am-5pm Mon-Fri", "Mon–Fri 8 am – 5 pm"),
        ("Mon-Fri 08:00-16:30", "Mon–Fri 8 am – 4:30 pm"),
        ("by appointment", None),
        ("Mon-Fri", None),
        ("9-5", None),
        ("Mon-Fri 6-9", None),
        ("Mon-Fri 9-5 except holidays", None),
        ("Mon-Fri 9am-5pm, call for weekends", None),
        ("Mon-Fri 9-5; Mon 9-5", None),
        ("Mon 25:00-26:00", None),
        ("Mon (8:00 AM - 6:00 PM), Wed-Fri (7:30 AM - 5:00 PM)", "Mon 8 am – 6 pm; Wed–Fri 7:30 am – 5 pm"),
        ("Mon 1-3pm", "Mon 1 pm – 3 pm"),
        ("Mon 12-4pm", "Mon noon – 4 pm"),
        ("Mon 8-9pm", None),
        ("Mon 8am-10", None),
        ("Tues-Sat: 10-6pm Recovery & peer support; 1-3pm Snacks", None),
        ("", None),
    ],
)
def test_words_are_read_only_when_they_are_certain(text: str, said: str | None) -> None:
    hours = opening.read_text(text)
    if said is None:
        assert hours is None
    else:
        assert hours is not None and hours.text == text.strip()
        assert opening.in_words(hours, load("en")) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"weekday": "1", "opens_at": "09:00", "closes_at": "17:00"}], "Mon 9 am – 5 pm"),
        ([{"weekday": "Tuesday", "opens_at": "9:00Z", "closes_at": "17:00:00-06:00"}], "Tue 9 am – 5 pm"),
        ([{"byday": "MO", "opens_at": "00:00", "closes_at": "23:59"}], "Mon all day"),
        ([{"byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00", "closes_at": "23:59"}], "24 hours"),
        ([{"byday": "FR", "valid_from": "18:00", "valid_to": "07:00"}], "Fri 6 pm – 7 am"),
        ([{"description": "Call first"}], "Call first"),
        ([{"byday": "XX", "opens_at": "09:00", "closes_at": "17:00"}], "Hours not confirmed"),
        ([{"id": "1", "service_id": "2"}], ""),
        ([], ""),
    ],
)
def test_older_and_untidy_rows_are_read(rows: list[dict[str, object]], said: str) -> None:
    assert opening.in_words(opening.from_hsds(rows), load("en")) == said


def test_hours_come_back_from_rows_unchanged() -> None:
    hours = Hours(
        spans=(
            Span(0, 480, 1080),
            Span(1, 480, 1080),
            Span(1, 1140, 1440),
            Span(4, 540, 720, (2, 4)),
            Span(5, 0, 1440, (), date(2026, 1, 1), date(2026, 6, 30)),
        ),
        closures=(Closure(date(2026, 12, 25), date(2026, 12, 25)),),
        text="ring twice",
    )
    assert opening.from_hsds(opening.to_hsds(hours)) == hours
    always = Hours(always=True)
    assert opening.from_hsds(opening.to_hsds(always)) == always
