"""One recipe file taken apart: unknown names, missing names and values of the wrong kind, by line."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from typing import Any, TypeVar

Row = TypeVar("Row")
_HEADER = re.compile(r"^\s*\[+\s*(\w+)\s*\]+")
# how a field is declared -> what may stand in the file, and the name of that in our sentences
_KINDS: dict[str, tuple[Any, str]] = {
    "str": (str, "text"),
    "int": (int, "number"),
    "float": ((int, float), "number"),
    "bool": (bool, "switch"),
    "bool | None": (bool, "switch"),
    "tuple[str, ...]": (list, "list"),
}


class Mistake(Exception):
    """At this line this field is unknown, missing, or (`kind`) not of the kind that it must be."""

    def __init__(self, line: int, field: str, kind: str = "") -> None:
        super().__init__(field)
        self.line, self.field, self.kind = line, field, kind


class Source:
    """The text of the file, to find lines in."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._heads = [at for at, line in enumerate(self._lines) if _HEADER.match(line)]

    def section(self, name: str, number: int) -> int:
        """The line (from 0) of the header of the nth block or question."""
        found = [at for at in self._heads if _HEADER.match(self._lines[at])[1] == name]  # type: ignore[index]
        return found[number] if number < len(found) else 0

    def line(self, field: str, start: int = 0) -> int:
        """The line (from 1) that sets the field in the section that starts there, else that of its header."""
        end = next((at for at in self._heads if at > start), len(self._lines))
        for at in range(start, end):
            if re.match(rf"\s*{re.escape(field)}\s*=", self._lines[at]):
                return at + 1
        return start + 1


def rows(table: dict[str, Any], name: str, source: Source) -> list[dict[str, Any]]:
    """The rows of [[name]]."""
    found = table.pop(name, [])
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Mistake(source.line(name, source.section(name, 0)), name, "rows")
    return found


def filled(made: type[Row], row: dict[str, Any], source: Source, start: int = 0, **more: Any) -> Row:
    """The row as a Part, Question or Recipe; `more` is what the file does not say."""
    known = {field.name: field for field in fields(made) if field.name not in more}  # type: ignore[arg-type]
    for name, value in row.items():
        if name not in known:
            raise Mistake(source.line(name, start), name)
        allowed, kind = _KINDS[str(known[name].type)]
        fits = isinstance(value, allowed) and (kind == "switch" or not isinstance(value, bool))
        if not fits or (kind == "list" and not all(isinstance(one, str) for one in value)):
            raise Mistake(source.line(name, start), name, kind)
    for name, field in known.items():
        if name not in row and field.default is MISSING:
            raise Mistake(source.line(name, start), name)
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return made(**given, **more)
