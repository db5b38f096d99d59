"""Practice scenes for roll call: invented people, choices, and what each choice leads to. Nothing is kept."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resources.errors import ToolkitError
from resources.guidance import topic as topics
from resources.paths import CONTENT
from resources.words import load

FOLDER = CONTENT / "practice"
QUALITIES = ("good", "mixed", "poor")


def say(key: str, **data: object) -> str:
    return load("en").say(key, **data)


@dataclass(frozen=True)
class Choice:
    """One thing a person could do: what happens then, how good it was, and the page that says why."""

    text: str
    result: str
    quality: str
    next: str
    topic: str = ""


@dataclass(frozen=True)
class Scene:
    """One moment. A scene without choices is an ending; its `lesson` says what to take home."""

    id: str
    text: str
    choices: tuple[Choice, ...] = ()
    lesson: str = ""

    @property
    def ending(self) -> bool:
        return not self.choices


@dataclass(frozen=True)
class Scenario:
    """One invented call, from its first scene to one of its endings."""

    id: str
    title: str
    setting: str
    summary: str
    start: str
    scenes: Mapping[str, Scene]
    order: int = 0
    minor: bool = False

    def scene(self, scene_id: str = "") -> Scene:
        """A scene by its id; without one, the first."""
        return self.scenes[scene_id or self.start]


def scenarios(folder: Path = FOLDER) -> list[Scenario]:
    """Every scenario that can be read, in order. See `problems` for the others."""
    return sorted(_readable(folder, []), key=lambda one: (one.order, one.title))


def problems(folder: Path = FOLDER, topic_ids: frozenset[str] | None = None) -> list[str]:
    """What is wrong in the scenes, one plain sentence each. `topic_ids` are the pages they may name."""
    found: list[str] = []
    for one in _readable(folder, found):
        found += _problems(one, topic_ids)
    return found


def _readable(folder: Path, found: list[str]) -> Iterator[Scenario]:
    for path in sorted(folder.glob("*.toml")):
        try:
            yield _read(path)
        except ToolkitError as problem:
            found.append(load("en").explain(problem))


def _read(path: Path) -> Scenario:
    text = topics.decode(path, f"practice/{path.name}")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line = topics.toml_line(problem, text.rstrip().count("\n") + 1)
        raise ToolkitError("guidance.practice.broken", file=path.name, line=line) from problem
    try:
        return _scenario(table, path)
    except (AttributeError, TypeError, ValueError) as problem:  # a text where a table should stand
        raise ToolkitError("guidance.practice.broken", file=path.name, line=1) from problem


def _scenario(table: Mapping[str, Any], path: Path) -> Scenario:
    scenes = table.get("scene", {})
    return Scenario(
        id=path.stem,
        title=_text(table, "title", path, path.stem),
        setting=_text(table, "setting", path, path.stem),
        summary=_text(table, "summary", path, path.stem),
        start=_text(table, "start", path, path.stem),
        scenes={name: _scene(name, row, path) for name, row in scenes.items()},
        order=int(table.get("order", 0)),
        minor=table.get("minor") is True,
    )


def _scene(name: str, row: Mapping[str, Any], path: Path) -> Scene:
    choices = tuple(
        Choice(
            text=_text(choice, "text", path, name),
            result=_text(choice, "result", path, name),
            quality=_text(choice, "quality", path, name),
            next=_text(choice, "next", path, name),
            topic=str(choice.get("topic", "")),
        )
        for choice in row.get("choice", ())
    )
    lesson = "" if choices else _text(row, "lesson", path, name)
    return Scene(name, _text(row, "text", path, name), choices, lesson)


def _text(row: Mapping[str, Any], field: str, path: Path, where: str) -> str:
    value = row.get(field)
    if not isinstance(value, str) or not value.strip() or (field == "quality" and value not in QUALITIES):
        raise ToolkitError("guidance.practice.missing", file=path.name, where=where, field=field)
    return value.strip()


def _problems(one: Scenario, topic_ids: frozenset[str] | None) -> Iterator[str]:
    file = f"{one.id}.toml"
    reached = {one.start}
    if one.start not in one.scenes:
        yield say("guidance.practice.no_scene", file=file, where=one.id, target=one.start)
    for scene in one.scenes.values():
        if len(scene.choices) == 1:
            yield say("guidance.practice.one_choice", file=file, where=scene.id)
        for choice in scene.choices:
            reached.add(choice.next)
            if choice.next not in one.scenes:
                yield say("guidance.practice.no_scene", file=file, where=scene.id, target=choice.next)
            if choice.topic and topic_ids is not None and choice.topic not in topic_ids:
                yield say("guidance.practice.no_topic", file=file, where=scene.id, target=choice.topic)
    for name in one.scenes:
        if name not in reached:
            yield say("guidance.practice.unreachable", file=file, where=name)
