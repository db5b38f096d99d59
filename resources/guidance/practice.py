"""Practice scenes for roll call: invented people, choices, and what each choice leads to. Nothing is kept."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from resources.errors import ToolkitError
from resources.files import bad_line
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
    """One invented call, from its first scene to one of its endings; `lines` says where each scene starts."""

    id: str
    title: str
    setting: str
    summary: str
    start: str
    scenes: Mapping[str, Scene]
    order: int = 0
    minor: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)

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
        line = bad_line(problem, text.encode())
        raise ToolkitError("guidance.practice.broken", file=path.name, line=line) from problem
    try:
        return _scenario(table, _File(path.name, path.stem, text))
    except (AttributeError, TypeError, ValueError) as problem:  # a text where a table should stand
        raise ToolkitError("guidance.practice.broken", file=path.name, line=1) from problem


@dataclass(frozen=True)
class _File:
    """The file that is being read, to say where in it something is wrong."""

    name: str
    stem: str
    text: str

    def line(self, scene_id: str) -> int:
        """Where a scene starts; 1 for what belongs to the whole scenario."""
        found = re.search(rf"^\[scene\.{re.escape(scene_id)}\]", self.text, re.MULTILINE)
        return self.text[: found.start()].count("\n") + 1 if found else 1


def _scenario(table: Mapping[str, Any], file: _File) -> Scenario:
    scenes = table.get("scene", {})
    return Scenario(
        id=file.stem,
        title=_text(table, "title", file, file.stem),
        setting=_text(table, "setting", file, file.stem),
        summary=_text(table, "summary", file, file.stem),
        start=_text(table, "start", file, file.stem),
        scenes={name: _scene(name, row, file) for name, row in scenes.items()},
        order=int(table.get("order", 0)),
        minor=table.get("minor") is True,
        lines={name: file.line(name) for name in scenes},
    )


def _scene(name: str, row: Mapping[str, Any], file: _File) -> Scene:
    choices = tuple(
        Choice(
            text=_text(choice, "text", file, name),
            result=_text(choice, "result", file, name),
            quality=_text(choice, "quality", file, name),
            next=_text(choice, "next", file, name),
            topic=str(choice.get("topic", "")),
        )
        for choice in row.get("choice", ())
    )
    lesson = "" if choices else _text(row, "lesson", file, name)
    return Scene(name, _text(row, "text", file, name), choices, lesson)


def _text(row: Mapping[str, Any], field: str, file: _File, where: str) -> str:
    value = row.get(field)
    if not isinstance(value, str) or not value.strip() or (field == "quality" and value not in QUALITIES):
        place = {"file": file.name, "line": file.line(where), "where": where}
        raise ToolkitError("guidance.practice.missing", field=field, **place)
    return value.strip()


def _problems(one: Scenario, topic_ids: frozenset[str] | None) -> Iterator[str]:
    def where(scene_id: str) -> dict[str, object]:
        return {"file": f"{one.id}.toml", "line": one.lines.get(scene_id, 1), "where": scene_id}

    reached = {one.start}
    if one.start not in one.scenes:
        yield say("guidance.practice.no_scene", target=one.start, **where(one.id))
    for scene in one.scenes.values():
        if len(scene.choices) == 1:
            yield say("guidance.practice.one_choice", **where(scene.id))
        for choice in scene.choices:
            reached.add(choice.next)
            if choice.next not in one.scenes:
                yield say("guidance.practice.no_scene", target=choice.next, **where(scene.id))
            if choice.topic and topic_ids is not None and choice.topic not in topic_ids:
                yield say("guidance.practice.no_topic", target=choice.topic, **where(scene.id))
    for name in one.scenes:
        if name not in reached:
            yield say("guidance.practice.unreachable", **where(name))
