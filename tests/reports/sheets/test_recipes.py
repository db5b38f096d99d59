"""Recipe files: all valid, all complete in their languages, mistakes named by file and line."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from reports import compose, recipe, recipe_check, sheet
from reports.blocks import Heading
from reports.contact_fields import FIELDS
from reports.parts import KINDS, Extra, Writing
from resources.directory.provider import Provider
from resources.errors import ToolkitError
from resources.guidance.library import Library
from resources.guidance.pieces import Piece
from resources.guidance.readability import grade
from resources.handoff import Handoff
from resources.words import load

WANTED = {
    "wallet_card", "full_page", "large_print_18", "large_print_24", "tear_off", "bilingual", "pictures",
    "purpose_use_choices", "partner_handoff", "release", "withdrawal", "call_script", "safety_plan",
    "language_card", "call_list", "booklet", "coverage", "topic",
}  # fmt: skip
PAIRS = [(one.name, language) for one in recipe.all() for language in one.languages]
ANSWERS = {
    "release_recipient": "Harbor House", "release_purpose": "A bed", "release_items": "alias,need,helpers",
    "release_until": "2026-12-20", "release_signed": "yes", "alias": "Ana", "need": "A bed",
}  # fmt: skip


def answers(name: str) -> MappingProxyType[str, str]:
    mine = {question.key for question in recipe.get(name).questions}
    return MappingProxyType({key: said for key, said in ANSWERS.items() if key in mine})


def test_no_recipe_has_a_mistake() -> None:
    assert recipe.problems() == []
    assert {one.name for one in recipe.all()} == WANTED


def test_survivor_paper_exists_in_every_language() -> None:
    codes = {row[0] for row in recipe.languages()}
    assert len(codes) >= 29
    assert set(recipe.get("wallet_card").languages) == codes
    assert set(recipe.get("bilingual").languages) == codes - {"en"}


@pytest.mark.parametrize("language", [row[0] for row in recipe.languages()])
def test_a_language_has_every_survivor_sentence_with_the_same_gaps_to_fill(language: str) -> None:
    """A lost {phone} would print a sentence without its number."""
    english, words = load("en"), load(language)
    for key in sorted(english.keys()):
        if key.startswith("paper."):
            assert words.has(key), key
            gaps = [sorted(name for _, name, _, _ in string.Formatter().parse(one.say(key)) if name)
                    for one in (english, words)]  # fmt: skip
            assert gaps[0] == gaps[1], key
            assert words.say(key).strip() == words.say(key), key


def test_survivor_sentences_can_be_read_after_six_years_of_school() -> None:
    words = load("en")
    areas = ("paper.", "paper_partner.release.", "paper_partner.plan.", "paper_partner.withdrawal.")
    keys = [key for key in sorted(words.keys()) if key.startswith(areas)]
    said = [words.say(key) for key in keys if words.say(key).endswith((".", "?"))]
    assert len(said) > 40
    assert grade([Piece("paragraph", text, 1) for text in said]) <= 6
    for text in said:
        assert grade([Piece("paragraph", text, 1)]) <= 9, text


@pytest.mark.parametrize("language", [row[0] for row in recipe.languages() if row[0] != "en"])
def test_a_translation_says_honestly_who_has_read_it(language: str) -> None:
    status = load(language).status("paper")
    assert status.state in ("machine", "reviewed")
    assert not status.reviewed or (status.by and status.on)


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_every_recipe_composes_in_each_of_its_languages(
    name: str, language: str, make_provider: Callable[..., Provider], today: date
) -> None:
    helpers = (make_provider(1), make_provider(2, languages=frozenset({"en", language})))
    for plain in (True, False):
        handoff = Handoff(name, language, providers=helpers, plain_cover=plain, answers=answers(name))
        document, _ = sheet.written(handoff, today=today, extra=Extra(markdown="# Title\n\nText."))
        assert document.blocks
        said = "\n".join(compose.texts(document))
        assert "{" not in said and "paper." not in said
        if recipe.get(name).uses_providers and name != "coverage":
            assert "(406)\u00a0555-0101" in said


def test_every_guidance_topic_makes_a_handout_without_marks(today: date) -> None:
    library = Library.load(today=today)
    for topic in library.topics():
        chosen = Handoff("topic")
        extra = Extra(markdown=library.markdown(topic.id))
        said = "\n".join(compose.texts(sheet.written(chosen, today=today, extra=extra)[0]))
        assert topic.title in said
        assert [mark for mark in ("**", "](", "- [ ]", "\\") if mark in said] == [], topic.id


def test_a_topic_can_be_named_by_its_id(today: date) -> None:
    chosen = Handoff("topic", answers=MappingProxyType({"topic": "interpreters"}))
    assert "Find the language" in compose.texts(sheet.written(chosen, today=today)[0])


def test_an_unknown_topic_names_the_known_ones(today: date) -> None:
    with pytest.raises(ToolkitError) as caught:
        sheet.written(Handoff("topic", answers=MappingProxyType({"topic": "weather"})), today=today)
    assert "interpreters" in load("en").explain(caught.value)


def write(folder: Path, text: str) -> list[str]:
    (folder / "odd.toml").write_text(text, encoding="utf-8")
    return recipe.problems(folder)


GOOD = """title = "paper_desk.recipe.full_page"
heading = "paper.title_numbers"
audience = "survivor"
languages = ["en"]
"""


NOTE = '\n[[block]]\nkind = "note"\n'
OFFICE = GOOD.replace("survivor", "officer")
ASKED = '\n[[question]]\nkey = "a"\nlabel = "paper_partner.q.alias"\n'


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        (GOOD.replace("survivor", "everyone"), 3, "everyone"),
        (GOOD + 'form = "scroll"\n', 5, "scroll"),
        (GOOD.replace('["en"]', '["xx"]'), 4, "xx"),
        (GOOD.replace("title_numbers", "no_such"), 2, "no_such"),
        (GOOD + '\n[[block]]\nkind = "dance"\n', 6, "dance"),
        (GOOD + '\n[[block]]\nkind = "para"\ntext = "paper.nothing"\n', 6, "paper.nothing"),
        (GOOD + '\n[[block]]\nkind = "para"\ntext = "paper.call"\nstyle = "loud"\n', 6, "loud"),
        (GOOD + '\n[[block]]\nkind = "contacts"\nfields = ["shoe_size"]\n', 6, "shoe_size"),
        (GOOD + '\n[[block]]\nkind = "picture"\ntext = "paper.call"\nfields = ["cat"]\n', 6, "picture"),
        (GOOD + '\n[[block]]\nkind = "answers"\nfields = ["ghost"]\n', 6, "ghost"),
        (GOOD + '\n[[question]]\nkey = "a"\nlabel = "paper_partner.q.alias"\nkind = "riddle"\n', 6, "riddle"),
        (GOOD + "size = 0\n", 5, "8 to 48"),
        (GOOD + 'papers = ["legal"]\n', 5, "legal"),
        (GOOD + '\n[[question]]\nkey = "a"\nlabel = "paper_partner.q.alias"\n', 6, "asks nothing"),
        (GOOD + '\n[[block]]\nkind = "para"\n', 6, "text"),
        (GOOD + '\n[[block]]\nkind = "bullets"\n', 6, "texts"),
        (GOOD + '\n[[block]]\nkind = "para"\ntext = "paper.say"\n', 6, "english"),
        (OFFICE + '\n[[question]]\nkey = "a"\nlabel = "paper_partner.q.alias"\n' * 2, 10, "two questions"),
        (OFFICE + ASKED + 'kind = "date"\ndefault = "soon"\n', 6, "no date"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(text: str, line: int, part: str, tmp_path: Path) -> None:
    found = write(tmp_path, text)
    assert any(said.startswith(f"odd.toml, line {line}: ") and part in said for said in found), found


@pytest.mark.parametrize(
    ("text", "line", "field", "kind"),
    [
        (GOOD + 'size = "large"\n', 5, "size", "number"),
        (GOOD + 'discreet = "yes"\n', 5, "discreet", "true or false"),
        (GOOD.replace('["en"]', '"en"'), 4, "languages", "list"),
        (GOOD.replace('"survivor"', "3"), 3, "audience", "quotation marks"),
        (GOOD + '\n[[block]]\nkind = "para"\ntext = 5\n', 8, "text", "quotation marks"),
        (GOOD + NOTE + '\n[[block]]\nkind = "lines"\ncount = "many"\n', 11, "count", "number"),
        (GOOD + '\n[[block]]\nkind = "contacts"\nfields = "needs"\n', 8, "fields", "list"),
        (GOOD + '\n[block]\nkind = "para"\n', 6, "block", "[[block]]"),
        (GOOD + '\n[[block]]\ntext = "paper.call"\n', 6, "kind", "missing"),
        (GOOD + NOTE + "sise = 3\n", 8, "sise", "wrong"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_by_file_and_line(
    text: str, line: int, field: str, kind: str, tmp_path: Path
) -> None:
    (said,) = write(tmp_path, text)
    assert f'odd.toml, line {line}: "{field}"' in said and kind in said


def test_a_file_that_cannot_be_read_is_a_sentence_and_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "torn.toml").write_text("title = ", encoding="utf-8")
    (tmp_path / "typo.toml").write_text(GOOD + "colour = 1\n", encoding="utf-8")
    said = recipe.problems(tmp_path)
    assert "torn.toml, line 1, is not understood" in said[0]
    assert 'typo.toml, line 5: "colour" is missing or has a wrong value' in said[1]


def test_a_broken_recipe_leaves_the_others_on_offer(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(GOOD.encode() + b"# \xff")
    (tmp_path / "fine.toml").write_text(GOOD, encoding="utf-8")
    assert [one.name for one in recipe.all(tmp_path)] == ["fine"]
    (sentence,) = recipe.problems(tmp_path)
    assert "bytes.toml, line 5, is not understood" in sentence


def test_an_unknown_recipe_names_the_known_ones() -> None:
    with pytest.raises(ToolkitError) as caught:
        recipe.get("../words/en/paper")
    assert "wallet_card" in load("en").explain(caught.value)


def test_other_names_of_a_language_find_it() -> None:
    assert recipe.base_code("zh-Hans") == "zh"
    assert recipe.own_name("zh") == "中文"
    assert recipe.own_name("es") == "español"


GUIDE = recipe.FOLDER / "README.md"


def test_the_example_of_the_guide_is_a_sheet_as_it_stands(tmp_path: Path, today: date) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "drive.toml").write_text(example, encoding="utf-8")
    assert recipe.problems(tmp_path) == []
    made = recipe.get("drive", tmp_path)
    assert set(made.languages) == {row[0] for row in recipe.languages()}
    for language in ("en", "ar"):
        words = load(language)
        writing = Writing(made, Handoff("drive", language), words, today)
        assert compose.compose(writing).blocks[0] == Heading(words.say("paper.title_numbers"))


def test_the_guide_names_every_kind_of_block_style_and_fact() -> None:
    text = GUIDE.read_text(encoding="utf-8").split("## A sheet of your own")[1]
    named = set(re.findall(r"`(\w+)`", text))
    assert set(KINDS) <= named
    assert {*recipe_check.STYLES, *FIELDS} <= named
