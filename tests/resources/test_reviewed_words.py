"""The agency's own reader of a translation: named, kept, taken back, and never trusted for another text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from resources import reviewed_words
from resources.errors import ToolkitError
from resources.words import WORDS, load


@pytest.fixture
def words(tmp_path: Path) -> Path:
    for language in ("es", "uk"):
        shutil.copytree(WORDS / language, tmp_path / "words" / language)
    return tmp_path / "words"


def test_a_mark_names_reader_and_day(tmp_path: Path, words: Path) -> None:
    reviewed_words.mark(tmp_path, "uk", ' O. "Olha" Koval\n', "2026-11-25", words)
    reviewed_words.mark(tmp_path, "es", "M. Lopez", "2026-11-24", words)
    assert reviewed_words.marks(tmp_path, words) == {
        "reviewed.uk": 'O. "Olha" Koval, 2026-11-25',
        "reviewed.es": "M. Lopez, 2026-11-24",
    }
    reviewed_words.forget(tmp_path, "uk")
    assert set(reviewed_words.marks(tmp_path, words)) == {"reviewed.es"}


@pytest.mark.parametrize("area", ["paper", "paper_partner"])
def test_a_mark_falls_off_when_the_text_changes(area: str, tmp_path: Path, words: Path) -> None:
    reviewed_words.mark(tmp_path, "es", "M. Lopez", "2026-11-24", words)
    path = words / "es" / f"{area}.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert reviewed_words.marks(tmp_path, words) == {}


@pytest.mark.parametrize(("language", "by"), [("es", " "), ("xx", "A. B."), ("en", "A. B."), ("../es", "A")])
def test_nobody_vouches_without_a_name_or_for_nothing(language: str, by: str, tmp_path: Path) -> None:
    with pytest.raises(ToolkitError) as caught:
        reviewed_words.mark(tmp_path, language, by, "2026-11-24")
    assert load("en").explain(caught.value)
    assert reviewed_words.marks(tmp_path) == {}


def test_a_damaged_file_vouches_for_nothing_and_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / reviewed_words.FILE
    path.write_text("[es\n", encoding="utf-8")
    assert reviewed_words.marks(tmp_path) == {}
    with pytest.raises(ToolkitError) as caught:
        reviewed_words.mark(tmp_path, "es", "M. Lopez", "2026-11-24")
    assert reviewed_words.FILE in load("en").explain(caught.value)
    assert path.read_text(encoding="utf-8") == "[es\n"
