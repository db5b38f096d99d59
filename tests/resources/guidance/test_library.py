"""Reading topics: front matter, fences, dates, and files that are broken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from resources.guidance.agency import Agency
from resources.guidance.library import Library
from resources.words import load

TODAY = date(2026, 11, 25)
BODY = "Text.[^BRO]\n"


def test_a_topic_knows_its_title_dates_and_sources(folder, write_topic) -> None:
    write_topic("one", "First.[^BRO] Second.[^OWN]\n", title="One")
    topic = Library.load(folder, today=TODAY).get("one")
    assert (topic.title, topic.sources) == ("One", ("BRO", "OWN"))
    assert topic.review_by == date(2027, 5, 20) and not topic.expired(TODAY)


def test_a_passed_review_date_warns_at_the_top(folder, write_topic) -> None:
    write_topic("one", BODY)
    assert "Check before you rely" not in Library.load(folder, today=date(2027, 5, 20)).markdown("one")
    late = Library.load(folder, today=lambda: date(2027, 5, 21))
    assert late.markdown("one").startswith("> **Check before you rely on this page.")
    assert [topic.id for topic in late.expired()] == ["one"]


def test_sources_are_numbered_once_and_listed_at_the_end(folder, write_topic) -> None:
    write_topic("one", "A.[^BRO]\n\nB.[^BRO]\n\nC.[^OWN]\n\nD.[^M]\n")
    text = Library.load(folder, today=TODAY).markdown("one")
    assert text.count(r"[\[1\]](source:BRO)") == 2
    assert "1. A hospital, A brochure `example.org`" in text
    assert "C.\u00a0[\\*](source:OWN)" in text and "D. *(to be confirmed)*" in text
    assert "Reviewed on November 25, 2026." in text


def test_role_and_minor_parts_show_only_where_they_belong(folder, write_topic) -> None:
    write_topic(
        "one",
        ":::role ems detective\nRole part.\n:::\n:::minor\nChild.\n:::\n"
        ":::adult\nGrown.\n:::\n:::promise\n:::\n",
    )
    library = Library.load(folder, today=TODAY)
    ems, patrol = library.markdown("one", "ems"), library.markdown("one", "patrol", minor=True)
    assert "Role part." in ems and "Grown." in ems and "Child." not in ems and "Keep ems." in ems
    assert "Role part." not in patrol and "Child." in patrol and "Grown." not in patrol


GOOD = '+++\ntitle = "x"\ngroup = "now"\nsummary = "s"\n'


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('+++\ntitle = "x"\n', 1, "front_open"),
        ('+++\ntitle = "x"\nbad line\n+++\n', 3, "front_broken"),
        (GOOD.replace("now", "nowhere") + "+++\n", 3, "field"),
        (GOOD + 'review_by = "soon"\n+++\n', 5, "field"),
        (GOOD + 'keywords = "a"\n+++\n', 5, "field"),
        (GOOD + "+++\n\n:::minor\nx\n", 7, "fence_open"),
        (GOOD + "+++\nx\n:::\n", 7, "fence_shut"),
        (GOOD + "+++\n:::role pilot\n:::\n", 6, "fence_unknown"),
        (GOOD + "+++\n:::minor\n:::adult\n:::\n", 7, "fence_nested"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_the_rest_works(
    folder, write_topic, text: str, line: int, key: str
) -> None:
    write_topic("good", BODY)
    write_topic("bad", "", front=text)
    library = Library.load(folder, today=TODAY)
    assert [topic.id for topic in library.topics()] == ["good"]
    (problem,) = library.problems
    assert problem.key == f"guidance.broken.{key}"
    assert load("en").explain(problem).startswith(f"guidance/bad/en.md, line {line}:")


def test_bytes_that_are_not_text_are_named_with_their_line(folder, write_topic) -> None:
    path = write_topic("bad", "")
    path.write_bytes(path.read_bytes() + b"\n\xff\n")
    (problem,) = Library.load(folder).problems
    assert problem.key == "guidance.broken.not_utf8" and problem.data["line"] == 10


@pytest.mark.parametrize("text", ['[OK]\ntitle = "a"\n[BRO\n', 'BRO = "x"', '[BRO]\nunknown = "x"'])
def test_damaged_sources_leave_the_topics_readable(folder, write_topic, text: str) -> None:
    write_topic("one", BODY)
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    library = Library.load(folder, today=TODAY)
    assert "Text." in library.markdown("one")
    (problem,) = library.problems
    assert problem.data == {"file": "sources.toml", "line": 3 if "[OK]" in text else 1}


def test_a_slot_that_nobody_knows_is_a_hint_not_a_crash(folder, write_topic) -> None:
    write_topic("one", ":::agency nobody\n:::\n\n" + BODY)
    assert "not filled this in: nobody" in Library.load(folder, today=TODAY).markdown("one")


def test_another_language_falls_back_to_english(folder, write_topic) -> None:
    write_topic("one", BODY)
    assert "Text." in Library.load(folder, today=TODAY, language="es").markdown("one")


def test_an_empty_folder_is_an_empty_library(tmp_path: Path) -> None:
    assert Library.load(tmp_path / "none", agency=Agency()).topics() == []
