"""Practice scenes: each choice leads somewhere, each path ends, and broken scenes are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from resources.guidance import practice, readability
from resources.guidance.library import Library
from resources.guidance.pieces import Piece
from resources.words import load

ALL = practice.scenarios()
EACH = pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
SCENE = 'title = "T"\nsetting = "farm"\nsummary = "S"\nstart = "a"\n[scene.a]\ntext = "x"\nlesson = "y"\n'
CHOICE = (
    '[[scene.a.choice]]\ntext = "t"\nresult = "r"\nquality = "good"\nnext = "{next}"\ntopic = "{topic}"\n'
)


def test_the_five_settings_are_there_and_sound() -> None:
    assert {one.setting for one in ALL} == {"farm", "motel", "truck stop", "familial", "domestic work"}
    assert practice.problems(topic_ids=frozenset(t.id for t in Library.load().topics())) == []


@EACH
def test_every_path_ends_with_a_lesson(one) -> None:
    def walk(scene_id: str, seen: frozenset[str]) -> None:
        assert scene_id not in seen, "a circle"
        scene = one.scene(scene_id)
        assert scene.lesson if scene.ending else not scene.lesson
        for choice in scene.choices:
            walk(choice.next, seen | {scene_id})

    walk(one.start, frozenset())


@EACH
def test_each_decision_has_a_better_and_a_worse_choice(one) -> None:
    for scene in one.scenes.values():
        qualities = {choice.quality for choice in scene.choices}
        assert not qualities or ("good" in qualities and len(qualities) > 1)


@EACH
def test_scenes_read_as_easily_as_topics(one) -> None:
    texts = [scene.text + " " + scene.lesson for scene in one.scenes.values()]
    texts += [f"{c.text} {c.result}" for scene in one.scenes.values() for c in scene.choices]
    assert readability.grade([Piece("paragraph", text, 1) for text in texts]) <= 8


def test_scenes_say_that_they_are_training() -> None:
    assert load("en").say("guidance.practice.watermark").startswith("TRAINING")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title = ", "practice/x.toml: line 1"),
        (SCENE.replace("[scene.a]", 'scene = "x"\n[other]'), "practice/x.toml: line 1"),
        (SCENE.replace('title = "T"', ""), "x needs title"),
        (SCENE.replace('lesson = "y"', ""), "a needs lesson"),
        (SCENE + CHOICE.format(next="b", topic=""), "a needs at least two choices"),
        (SCENE + CHOICE.format(next="b", topic="") * 2, "a leads to b, which does not exist"),
        (SCENE + CHOICE.format(next="a", topic="no") * 2, "names the guidance page no"),
        (SCENE + '[scene.c]\ntext = "x"\nlesson = "y"\n', "no choice leads to c"),
        (SCENE + CHOICE.replace("good", "great").format(next="a", topic=""), "a needs quality"),
    ],
)
def test_a_broken_scene_is_named_and_the_rest_works(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    (tmp_path / "good.toml").write_text(SCENE, encoding="utf-8")
    found = practice.problems(tmp_path, frozenset({"minors"}))
    assert any(sentence in problem for problem in found)
    assert "good" in [one.id for one in practice.scenarios(tmp_path)]
