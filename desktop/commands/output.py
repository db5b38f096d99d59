"""What a command says: lines for a person, or one JSON object for a script."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from resources.errors import ToolkitError
from resources.words import load


@dataclass
class Output:
    """Collects the result of one command. `exit_code` stays 0 unless a problem was reported."""

    as_json: bool
    result: dict[str, Any] = field(default_factory=dict)
    exit_code: int = 0

    def say(self, key: str, **data: object) -> None:
        """One sentence for a person; a script reads the object instead."""
        self.line(load("en").say(key, **data))

    def line(self, text: str) -> None:
        if not self.as_json:
            print(text)

    def table(self, rows: Sequence[Sequence[object]]) -> None:
        """Rows in columns; the first holds the headings. Numbers stand at the right."""
        widths = [max(len(str(cell)) for cell in column) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = [
                str(cell).rjust(width) if isinstance(cell, int | float) else str(cell).ljust(width)
                for cell, width in zip(row, widths, strict=True)
            ]
            self.line("  ".join(cells).rstrip())

    def set(self, **values: Any) -> None:
        self.result.update(values)

    def finish(self) -> None:
        if self.as_json:
            print(json.dumps(self.result, ensure_ascii=False, indent=2, default=str))

    def stopped(self) -> int:
        """The person pressed Ctrl+C."""
        return self.fail(ToolkitError("commands.stopped"))

    def fail(self, problem: ToolkitError) -> int:
        sentence = load("en").explain(problem)
        print(sentence, file=sys.stderr)
        if self.as_json:
            print(
                json.dumps({**self.result, "error": {"key": problem.key, "message": sentence}}, default=str)
            )
        return 1


def plain(values: Mapping[str, object]) -> dict[str, object]:
    """Only what is filled in, so that a person's eye is not lost among empty fields."""
    return {name: value for name, value in values.items() if value not in ("", None, (), [], {}, frozenset())}
