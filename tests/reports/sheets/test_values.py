"""Dates, clocks and Markdown on paper."""

from __future__ import annotations

from datetime import date

import pytest

from reports import markdown, values
from reports.blocks import Bullets, Heading, Para, Table
from resources.directory.hours import Hours, Span
from resources.directory.provider import Phone
from resources.words import load


@pytest.mark.parametrize(
    ("minute", "english", "arabic"),
    [(0, "12 am", "0:00"), (480, "8 am", "8:00"), (750, "12:30 pm", "12:30"), (1440, "12 am", "24:00")],
)
def test_the_clock_follows_the_language(minute: int, english: str, arabic: str) -> None:
    assert values.clock(minute, load("en")) == english
    assert values.clock(minute, load("ar")) == arabic


def test_seven_days_round_the_clock_are_day_and_night() -> None:
    spans = tuple(Span(day, 0, 1440) for day in range(7))
    assert values.hours(Hours(spans=spans), load("en")) == "Open day and night"


def test_two_spans_on_one_day_and_days_apart() -> None:
    spans = (Span(0, 540, 720), Span(0, 780, 1020), Span(2, 540, 720), Span(2, 780, 1020))
    said = values.bare(values.hours(Hours(spans=spans), load("en")))
    assert said == "Open: Mon, Wed 9 am–12 pm, 1 pm–5 pm"


def test_unknown_hours_say_nothing() -> None:
    assert values.hours(Hours(), load("en")) == ""


def test_what_is_printed_is_what_is_stored() -> None:
    shown = values.phone(Phone("1", "+14065550142"), load("ar"))
    assert values.bare(shown) == "(406) 555-0142"
    assert (
        values.phone(Phone("1", shown="ask at the desk"), load("en"))
        == "\u2066ask\u00a0at\u00a0the\u00a0desk\u2069"
    )


def test_dates_are_read_as_people_write_them() -> None:
    assert values.read_day("2026-12-24") == values.read_day("12/24/2026") == date(2026, 12, 24)
    assert values.read_day("12/24/26") == date(2026, 12, 24)
    assert values.read_day(values.typed_day(date(2027, 1, 4))) == date(2027, 1, 4)
    assert values.read_day("24.12.") is None
    assert values.read_day("1/31/207") is None
    assert values.bare(values.day(date(2026, 3, 1), load("es"))) == "1 de marzo de 2026"


MARKDOWN = """# A *title*

One **strong** [link](topic:x#y) [\\[1\\]](source:A) and
a second line with 2 * 3 and snake_case_name.

- first
  goes on
- [ ] second

1. one
2. two

> A quote
> goes on.

| Head | Two |
|------|:---:|
| a    | `b` |
| only |

---
<b>not markup</b>
"""


def test_guidance_text_becomes_blocks_without_its_marks() -> None:
    assert markdown.blocks(MARKDOWN) == [
        Heading("A title", 1),
        Para("One strong link [1] and a second line with 2 * 3 and snake_case_name."),
        Bullets(("first goes on", "second")),
        Bullets(("one", "two"), ordered=True),
        Para("A quote goes on.", "notice"),
        Table(("Head", "Two"), (("a", "b"), ("only", ""))),
        Para("<b>not markup</b>"),
    ]
