"""One exchange in the window: look at what came, let a person decide, take, give, say what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from desktop import content_exchange
from desktop.content_exchange import ToTake
from desktop.desk import Desk
from desktop.dialogs.working import run_job
from desktop.jobs import Progress
from desktop.pages import updates_content
from resources.editions import exchange as editions
from resources.editions.exchange import Looked
from resources.updates import bundle
from resources.updates.bundle import Bundle
from resources.updates.exchange import Decision, Exchange, Taken, complete, preview
from resources.updates.medium import Folder, Medium
from resources.updates.review import Review

Done = Callable[[Exchange], object]


@dataclass(frozen=True)
class _Brought:
    """What a stick or a file brings; `file` is None for a stick, which also gets what we hold."""

    medium: Medium
    looked: Review
    content: Looked
    file: Bundle | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        return self.file.warnings if self.file else ()


def exchange_with(desk: Desk, folder: Path, done: Done) -> None:
    """Exchange both ways with a folder; `done` gets what happened. Problems are explained."""

    def look(progress: Progress) -> _Brought:
        progress()
        medium = Folder(folder)
        looked = preview(desk.directory, medium)
        return _Brought(medium, looked, content_exchange.look(desk.directory, desk.data, medium))

    _exchange(desk, folder.name or str(folder), look, done)


def read_file(desk: Desk, path: Path, done: Done) -> None:
    """Take what one file brings, after a person has looked at it."""

    def look(progress: Progress) -> _Brought:
        progress()
        found = bundle.read(desk.directory, path)
        looked = preview(desk.directory, found.parts)
        content = content_exchange.look(desk.directory, desk.data, found.parts)
        return _Brought(found.parts, looked, content, found)

    _exchange(desk, path.name, look, done)


def write_file(desk: Desk, path: Path, done: Callable[[int], object]) -> None:
    """Write all that this laptop holds as one file; `done` gets how many changes it holds."""

    def work(progress: Progress) -> int:
        progress()
        return bundle.write(desk.directory, path, partial(editions.give, desk.directory, desk.data))

    run_job(desk, desk.words.say("stick.writing", name=path.name), work, done)


def _exchange(desk: Desk, name: str, look: Callable[[Progress], _Brought], done: Done) -> None:
    say = desk.words.say

    def was_read(found: Any) -> None:
        decided = _decide(desk, found)
        wanted = updates_content.decide(desk, found.content.reviews)

        def work(progress: Progress) -> Exchange:
            return _both_ways(desk, found, decided, wanted, progress)

        run_job(desk, say("stick.exchanging", name=name), work, finish)
        desk.directory_changed()  # whatever was taken is whole, even when the rest was stopped
        if wanted:
            desk.content_changed()

    def finish(result: Any) -> None:
        done(result)

    run_job(desk, say("stick.looking", name=name), look, was_read)


def _decide(desk: Desk, found: _Brought) -> Decision | None:
    """Show what would change; where there is nothing to show there is nothing to ask. None: not now."""
    from desktop.dialogs.update_review import UpdateReview

    if (found.looked.empty and not found.notes) or found.looked.incoming.ahead:
        return Decision()
    dialog = UpdateReview(desk, found.looked, found.medium.label, found.notes)
    if desk.ask.run(dialog) != QDialog.DialogCode.Accepted:
        return None
    return Decision(frozenset(dialog.phones), frozenset(dialog.declined), dialog.retire)


def _both_ways(
    desk: Desk, found: _Brought, decided: Decision | None, wanted: list[ToTake], progress: Progress
) -> Exchange:
    here = (desk.directory, desk.data)
    if not found.file:
        done = complete(desk.directory, found.medium, found.looked, decided, progress)
        return content_exchange.complete(*here, found.medium, found.content, wanted, done)
    taken = Taken()
    if decided is not None:
        taken = bundle.take(desk.directory, found.file, found.looked, decided)
    refusals = found.looked.incoming.refusals + taken.refusals
    done = Exchange(found.looked, taken, decided is None, refusals=refusals)
    return content_exchange.taken(*here, found.content, wanted, done)
