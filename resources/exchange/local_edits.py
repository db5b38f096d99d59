"""What was edited here since a list last spoke, so that importing it again takes nobody's work away.

The rule has three sides: what the list said last time, what it says now, what stands here. A field that
only the list changed is taken over; a field that only we changed stays; one that both changed is disputed.
What the list said last time is in the history, under the label of its imports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from resources.directory.fields import Value
from resources.directory.history import HistoryLine, readable
from resources.directory.store import Directory
from resources.words import load

OURS, THEIRS, BOTH = "ours", "theirs", "both"
_TOUCHED = (
    "select distinct op.provider from op join batch on batch.id = op.batch"
    " where batch.label <> ? and batch.undoes = ''"
)


def import_label(source: str) -> str:
    """How imports of this list are called in the history and beside Undo."""
    return load("en").say("exchange.label", source=source)


class LocalEdits:
    """Tells, for fields in which a directory and a list differ, who changed them."""

    def __init__(self, directory: Directory, source: str) -> None:
        self._directory = directory
        self._label = import_label(source)
        rows = directory.connection.execute(_TOUCHED, (self._label,)).fetchall()
        self._touched = {str(provider) for (provider,) in rows}

    def judge(self, provider: str, names: Iterable[str], said: Mapping[str, Value]) -> dict[str, str]:
        """OURS, THEIRS or BOTH for each of these fields; `said` are the fields as the list has them now."""
        if provider not in self._touched:
            return dict.fromkeys(names, THEIRS)
        lines: dict[str, list[HistoryLine]] = {}
        imported = False
        for line in self._directory.history(provider):
            lines.setdefault(line.field, []).append(line)
            imported = imported or line.label == self._label
        return {name: self._one(lines.get(name, []), name, said.get(name), imported) for name in names}

    def _one(self, lines: list[HistoryLine], name: str, now: Value, imported: bool) -> str:
        by_list = [line for line in lines if line.label == self._label]
        if not imported:  # it came another way: what the list does not mention is not its to remove
            return OURS if now is None else THEIRS
        if not lines or lines[-1].label == self._label or self._undone(lines[-1].label):
            return THEIRS
        before = by_list[-1].new if by_list else ""
        return OURS if readable(name, now) == before else BOTH

    def _undone(self, label: str) -> bool:
        """True for the undoing of an import; its label may go on about values that stay."""
        return self._label in label
