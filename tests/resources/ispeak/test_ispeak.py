"""I Speak: every language can be found, every pack is complete and says how far it was checked."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from resources.errors import ToolkitError
from resources.guidance import ispeak

PACKS = [code for code in ispeak.packs() if code != "en"]


def test_at_least_forty_five_languages_with_unique_codes() -> None:
    codes = [language.code for language in ispeak.languages()]
    assert len(codes) >= 45
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    "name", ["Mam", "K'iche'", "Q'eqchi'", "Q'anjob'al", "Mixtec (Mixteco)", "Zapotec (Zapoteco)"]
)
def test_indigenous_languages_of_mexico_and_guatemala_hint_at_a_relay(name: str) -> None:
    language = next(one for one in ispeak.languages() if one.english_name == name)
    assert language.relay and not language.written


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("quiche", "quc"),
        ("kiche", "quc"),
        ("guatemala huehue", "mam"),
        ("espanol", "es"),
        ("deaf", "ase"),
        ("한국", "ko"),
    ],
)
def test_a_hurried_officer_finds_the_language(typed: str, code: str) -> None:
    assert code in [language.code for language in ispeak.find(typed)]


def test_nothing_is_missing_in_any_pack() -> None:
    assert ispeak.problems() == []


@pytest.mark.parametrize("code", PACKS)
def test_no_pack_claims_a_review_that_did_not_happen(code: str) -> None:
    assert ispeak.status(code).state == "machine"


@pytest.mark.parametrize("code", PACKS)
def test_every_pack_belongs_to_a_language_and_has_its_answers(code: str) -> None:
    assert code in {language.code for language in ispeak.languages()}
    assert all(ispeak.answers(code))
    assert len(ispeak.phrases(code)) == len(ispeak.phrases("en")) >= 25


_IDLE = {
    "a",
    "an",
    "the",
    "you",
    "i",
    "to",
    "do",
    "is",
    "it",
    "are",
    "for",
    "of",
    "with",
    "that",
    "this",
    "my",
    "your",
}


_ALIKE = {
    **dict.fromkeys(("injured", "injury", "wounded", "pain"), "hurt"),
    **dict.fromkeys(("phone", "phoning", "calling", "contacting"), "call"),
    **dict.fromkeys(("suit", "suits", "suitable", "fine", "okay", "good"), "right"),
    **dict.fromkeys(("toilet", "restroom", "washroom"), "bathroom"),
    **dict.fromkeys(("remain", "staying", "nearby", "close", "beside"), "near"),
    **dict.fromkeys(("helping", "helps"), "helper"),
    **dict.fromkeys(("leave", "pass", "jump", "unanswered"), "skip"),
    **dict.fromkeys(("lady",), "woman"),
    **dict.fromkeys(("show",), "point"),
}


def _content(text: str) -> set[str]:
    text = " ".join(_ALIKE.get("".join(c for c in w if c.isalpha()), w) for w in text.lower().split())
    words = {"".join(c for c in word if c.isalpha()) for word in text.lower().replace("'", "").split()}
    return {word[:5] for word in words - _IDLE if word}


@pytest.mark.parametrize("code", PACKS)
def test_back_translations_keep_the_meaning(code: str) -> None:
    """Shared content words by their first five letters: Dice overlap of a third per phrase, 0.6 on average.

    A coarse net of our own: it catches a phrase in the wrong place, not a clumsy one. A speaker must do that.
    """
    scores = []
    for phrase in ispeak.phrases(code):
        a, b = _content(phrase.english), _content(phrase.back)
        scores.append(2 * len(a & b) / (len(a) + len(b)))
        assert scores[-1] >= 1 / 3, (phrase.english, phrase.back)
    assert sum(scores) / len(scores) >= 0.6


@pytest.mark.parametrize("code", PACKS)
def test_reading_back_is_recorded_and_is_no_copy_of_the_english(code: str) -> None:
    phrases, record = ispeak.phrases(code), ispeak.back_check(code)
    assert sum(phrase.back == phrase.english for phrase in phrases) <= len(phrases) // 2
    assert record is not None and record.by == "machine" and date.fromisoformat(record.on)
    assert len(record.found) > 20


def test_a_pack_that_nobody_read_back_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "ispeak"
    shutil.copytree(ispeak.FOLDER, folder)
    pack = folder / "phrases" / "ko.toml"
    pack.write_text(pack.read_text(encoding="utf-8").split("[back_check]")[0], encoding="utf-8")
    assert [one for one in ispeak.problems(folder) if "[back_check]" in one]


def test_an_agency_review_counts_until_the_text_changes(tmp_path: Path) -> None:
    folder = tmp_path / "ispeak"
    (folder / "phrases").mkdir(parents=True)
    for name in ("en", "es"):
        (folder / "phrases" / f"{name}.toml").write_bytes(
            (ispeak.FOLDER / "phrases" / f"{name}.toml").read_bytes()
        )
    ispeak.mark_reviewed(tmp_path, "es", 'M. "Lola" R.', "2026-11-25", folder)
    assert ispeak.status("es", tmp_path, folder).by == 'M. "Lola" R.'
    with (folder / "phrases" / "es.toml").open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert ispeak.status("es", tmp_path, folder).state == "machine"


def test_a_review_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(ToolkitError, match="reviewer_missing"):
        ispeak.mark_reviewed(tmp_path, "es", "  ", "2026-11-25")
