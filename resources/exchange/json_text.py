"""JSON of strangers: strict, with limits; every value becomes text, as if it stood in a cell."""

from __future__ import annotations

import json
from typing import Any

from resources.errors import ToolkitError
from resources.words import load

MOST_DEPTH = 64
MOST_DIGITS = 40


def read_json(text: str, file: str) -> Any:
    """Objects, lists and texts; raises ToolkitError for deep nesting, doubled names, NaN, endless numbers."""
    _check_depth(text, file)

    def refuse(key: str, **data: object) -> ToolkitError:
        return ToolkitError(
            "exchange.json_refused", file=file, why=load("en").say(f"exchange.json.{key}", **data)
        )

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, value in found:
            if name in made:
                raise refuse("doubled", name=name[:60])
            made[name] = _text(value)
        return made

    def number(said: str) -> str:
        if len(said) > MOST_DIGITS:
            raise refuse("number")
        return said

    def constant(said: str) -> str:
        raise refuse("number")

    try:
        return json.loads(
            text, object_pairs_hook=pairs, parse_int=number, parse_float=number, parse_constant=constant
        )
    except json.JSONDecodeError as problem:
        raise ToolkitError("exchange.json_broken", file=file, line=problem.lineno) from problem


def _text(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _check_depth(text: str, file: str) -> None:
    """Refuse before parsing what is nested deeper than any list."""
    depth = 0
    inside = escaped = False
    for sign in text:
        if inside:
            if escaped:
                escaped = False
            elif sign == "\\":
                escaped = True
            elif sign == '"':
                inside = False
        elif sign == '"':
            inside = True
        elif sign in "[{":
            depth += 1
            if depth > MOST_DEPTH:
                why = load("en").say("exchange.json.deep")
                raise ToolkitError("exchange.json_refused", file=file, why=why)
        elif sign in "]}":
            depth -= 1
