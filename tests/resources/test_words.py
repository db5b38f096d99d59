"""Sentences: plurals, falling back to English, and one damaged file that does not take the rest down."""

from __future__ import annotations

from pathlib import Path

import pytest

from resources.words import load


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_number_chooses_the_form(tmp_path: Path) -> None:
    words = load("en", folder(tmp_path, en__find='count = { one = "1 provider", other = "{n} providers" }'))
    assert words.say("find.count", n=1) == "1 provider"
    assert words.say("find.count", n=7) == "7 providers"


def test_a_language_says_in_english_what_it_lacks() -> None:
    assert load("es").say("core.not_found", file="x.csv") == load("en").say("core.not_found", file="x.csv")


def test_a_missing_sentence_is_a_bug_that_shows(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        load("en", folder(tmp_path, en__find='a = "b"')).say("find.nothing")


def test_one_damaged_file_is_named_and_the_rest_speaks(tmp_path: Path) -> None:
    words = load("en", folder(tmp_path, en__bad='a = "unfinished', en__good='hello = "Hello"'))
    assert words.say("good.hello") == "Hello"
    assert words.say("bad.a") == "bad.a"
    assert "bad" in words.damaged and "good" not in words.damaged


def test_status_says_who_reviewed_and_when(tmp_path: Path) -> None:
    text = 'a = "b"\n[status]\nstate = "reviewed"\nby = "A. Speaker"\non = "2026-11-25"'
    status = load("es", folder(tmp_path, es__paper=text)).status("paper")
    assert status.reviewed and status.by == "A. Speaker"
