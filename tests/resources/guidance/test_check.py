"""The content check: each mistake is named with its file and line in a plain sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from resources import check as all_checks
from resources.guidance import check
from resources.paths import CONTENT
from resources.words import load

TODAY = date(2026, 11, 25)
LONG = "The dog ran to the big red barn.[^BRO]\n\n" * 40


def problems(folder: Path, today: date = TODAY) -> list[str]:
    return check.problems(folder, CONTENT, today)


def test_a_good_page_has_no_problem(folder, write_topic) -> None:
    write_topic("one", LONG)
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("A fact without a source.", "line 9: this line has no source"),
        ("- [ ] A step without a source", "line 9: this line has no source"),
        ("A fact.[^NOPE]", "line 9: the source NOPE is not in sources.toml"),
        ("A.[^BRO] See [x](topic:nowhere).", "line 9: the link goes to a page named nowhere"),
        ("A.[^BRO] See [x](topic:one#nope).", "line 9: the page one has no heading for the link nope"),
        ("A.[^BRO] See [x](find:need=gold).", "line 9: the link looks for the need gold"),
        ("A.[^BRO] See [x](sheet:nope).", "line 9: the link opens the sheet nope"),
        ("A.[^BRO] See [x](speak:xx-nope).", "line 9: the link opens the language xx-nope"),
        ("A.[^BRO] See [x](https://example.org).", "line 9: the link https://example.org leaves the program"),
        ("A <b>fact</b>.[^BRO]", "line 9: HTML and pictures are not allowed"),
        ("![a](topic:one).[^BRO]", "line 9: HTML and pictures are not allowed"),
        (":::agency nobody\n:::", "line 9: there is no agency text named nobody"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(folder, write_topic, line: str, sentence: str) -> None:
    write_topic("one", f"{line}\n\n{LONG}")
    (found,) = problems(folder)
    assert found.startswith(f"guidance/one/en.md, {sentence}")


def test_links_to_what_is_there_are_fine(folder, write_topic) -> None:
    write_topic("one", f"## Steps\n\n[a](topic:one#steps), [b](find:need=shelter), [c](speak:)\n\n{LONG}")
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("front", "sentence"),
    [
        ('reviewed_on = "2026-11-25"', "needs reviewed_on and review_by dates"),
        ('reviewed_on = "2026-11-25"\nreview_by = "2026-11-25"', "review_by must come after"),
        ('reviewed_on = "2026-11-25"\nreview_by = "2027-12-01"', "more than 12 months"),
        ('reviewed_on = "2026-11-25"\nreview_by = "2027-06-30"\nlaw = true', "more than 6 months"),
        ('reviewed_on = "2026-01-01"\nreview_by = "2026-11-24"', "was due for review by 2026-11-24"),
    ],
)  # fmt: skip
def test_dates_that_cannot_be_trusted_are_named(folder, write_topic, front: str, sentence: str) -> None:
    write_topic("one", LONG, front=f'+++\ntitle = "x"\ngroup = "now"\nsummary = "s"\n{front}\n+++\n')
    (found,) = problems(folder)
    assert sentence in found


def test_a_phone_number_makes_a_page_age_fast(folder, write_topic) -> None:
    write_topic("one", f"Call 406-555-0142.[^BRO]\n\n{LONG}")
    (found,) = problems(folder)
    assert "line 9: a page with a phone number ages fast" in found


def test_hard_short_and_broken_pages_are_named(folder, write_topic) -> None:
    write_topic(
        "hard", "Jurisdictional considerations necessitate interdisciplinary collaboration.[^BRO]\n\n" * 50
    )
    write_topic("short", "Too short.[^BRO]\n")
    write_topic("broken", "", front="+++\n")
    found = " ".join(problems(folder))
    assert "hard/en.md, line 9: the page reads at grade" in found
    assert "short/en.md: the page has 2 words" in found
    assert "broken/en.md, line 1:" in found


def test_sources_that_nobody_uses_and_roles_without_text_are_named(folder, write_topic) -> None:
    write_topic("one", LONG)
    with (folder / "sources.toml").open("a", encoding="utf-8") as out:
        out.write('[IDLE]\ntitle = ""\n')
    (folder / "roles.toml").write_text("", encoding="utf-8")
    found = problems(folder)
    assert "sources.toml, line 5: no page uses the source IDLE. Remove it or use it." in found
    assert sum("text for the role" in sentence for sentence in found) == 5
    assert any("IDLE needs a title" in sentence for sentence in found)


def write_words(folder: Path, language: str, area: str, text: str) -> None:
    (folder / language).mkdir(exist_ok=True)
    (folder / language / f"{area}.toml").write_text(text, encoding="utf-8")


STATUS = '[status]\nstate = "machine"\non = "2026-11-25"\n'


def test_sentence_files_are_checked_against_english(tmp_path: Path) -> None:
    write_words(tmp_path, "en", "paper", 'a = "{n} x"\nb = "y"\n' + STATUS)
    write_words(tmp_path, "en", "desk", 'a = "x"\nb = "y"\n' + STATUS)
    write_words(tmp_path, "es", "paper", 'a = "{m} x"\nc = "z"\n')
    write_words(tmp_path, "es", "desk", 'a = "x"\n' + STATUS)
    load.cache_clear()
    found = " ".join(all_checks.words_problems(tmp_path))
    assert "words/es/paper.toml says nothing about its status" in found
    assert (
        "words/es/paper.toml lacks paper.b" in found and "has paper.c, which English does not have" in found
    )
    assert "paper.a must use the same names in braces" in found
    assert "desk.b" not in found


def test_a_damaged_sentence_file_is_named(tmp_path: Path) -> None:
    write_words(tmp_path, "en", "paper", 'a = "x"\n' + STATUS)
    write_words(tmp_path, "es", "paper", "a = ")
    assert "paper.toml, line 1, is not understood" in " ".join(all_checks.words_problems(tmp_path))


def test_other_parts_can_add_their_checks() -> None:
    assert all_checks.content_problems([lambda: ["A recipe is broken."]])[-1] == "A recipe is broken."
