"""The reading grade: syllables counted right, and hard text told from easy text."""

from __future__ import annotations

import pytest

from resources.guidance.pieces import split
from resources.guidance.readability import count_words, grade, syllables

KNOWN = {
    1: "need asked closed safe makes time told phone used raised force you hours wage real eye tried changed",
    2: "needed wanted table tables little people police shelter safely sometimes quiet question going being"
    " allowed minor statement movement careful service value science person visa language choices",
    3: "trafficking interview advocate detective survivor agency agencies video various serious officer"
    " continued employer juvenile evidence radio period violence families vacatur guardian services",
    4: "interpreter immigration prosecutor immediate variety society associate custodian reality",
}


@pytest.mark.parametrize(("count", "word"), [(n, w) for n, text in KNOWN.items() for w in text.split()])
def test_syllables_are_counted_as_spoken(count: int, word: str) -> None:
    assert syllables(word) == count


def test_initials_are_read_letter_by_letter() -> None:
    assert (syllables("FBI"), syllables("NCMEC"), syllables("WHD"), syllables("I")) == (3, 5, 5, 1)


def test_the_formula_is_flesch_kincaid() -> None:
    pieces = split([(1, "The cat sat on the mat.")])  # 6 words, 1 sentence, 6 syllables
    assert grade(pieces) == round(0.39 * 6 + 11.8 * 1 - 15.59, 1)


def test_hard_text_is_told_from_easy_text() -> None:
    hard = split([(1, "Notwithstanding jurisdictional considerations, interdisciplinary investigators"
                      " necessarily prioritize confidentiality obligations.")])  # fmt: skip
    easy = split([(1, "Ask first. Then wait. Do not rush.")])
    assert grade(hard) > 15 and grade(easy) < 3


def test_markers_links_and_headings_do_not_count() -> None:
    bare = split([(1, "Ask first.")])
    dressed = split(
        [(1, "## Considerations"), (2, ""), (3, "[Ask](topic:interdisciplinary) **first**.[^EG-TI]")]
    )
    assert grade(bare) == grade(dressed)
    assert grade([]) == 0.0 and count_words(bare) == 2
