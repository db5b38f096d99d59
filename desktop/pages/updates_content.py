"""The content on the page Updates: what is in force, what waits for a person, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog

from desktop import content_exchange
from desktop.content_exchange import ToTake
from desktop.desk import Desk
from desktop.dialogs.working import run_job
from desktop.jobs import Progress
from desktop.widgets import naming
from desktop.widgets.line_list import Line
from resources.editions import exchange, overview
from resources.editions.exchange import Looked
from resources.editions.overview import State
from resources.editions.review import EditionReview

SIGNS = {
    "in_force": ("ok", "ok"), "program": ("ok", "ok"), "waiting": ("clock", "warn"),
    "damaged": ("warn", "warn"), "outdated": ("warn", "warn"), "before": ("undo", "mute"),
}  # fmt: skip
ACTS = ("waiting", "in_force", "before")


def lines(desk: Desk) -> list[Line]:
    """What waits comes first, then what is in force for each role and what was before."""
    found = overview.states(desk.data, exchange.unread(desk.directory, desk.data))
    ordered = sorted(found, key=lambda one: one.state != "waiting")
    return [_line(desk, one) for one in ordered]


def _line(desk: Desk, one: State) -> Line:
    icon, token = SIGNS[one.state]
    say = desk.words.say
    notes = [say(f"content.role.{one.role}")]
    if one.made_on:
        notes.append(say("content.state.made", on=naming.day(date.fromisoformat(one.made_on))))
        notes.append(say("content.state.files", n=one.files))
    if one.kept:
        notes.append(say("content.state.kept", n=one.kept))
    about = "  ·  ".join(notes)
    return Line(f"{one.state}\n{one.role}", one.label, about, say(f"stick.content.{one.state}"), icon, token)


def act_of(line: Line) -> str:
    """What can be done with a row: look at what waits, or go back; empty for neither."""
    state = line.key.partition("\n")[0]
    return "look" if state == "waiting" else "back" if state in ACTS else ""


def act(desk: Desk, line: Line) -> None:
    """Do it; problems are explained."""
    role = line.key.partition("\n")[2]
    if act_of(line) == "back":
        _go_back(desk, role)
    elif act_of(line) == "look":
        look_at_waiting(desk)


def look_at_waiting(desk: Desk) -> None:
    """Show each edition that waits here, and put those in force that a person takes."""

    def work(progress: Progress) -> Looked:
        progress()
        return content_exchange.waiting(desk.directory, desk.data)

    def was_read(found: Any) -> None:
        for one in decide(desk, found.reviews):
            with desk.ask.explaining():
                content_exchange.take(desk.directory, desk.data, one)
                desk.say(desk.words.say("content.lines.took", label=one.review.label))
        desk.content_changed()

    run_job(desk, desk.words.say("stick.content.looking"), work, was_read)


def decide(desk: Desk, reviews: Sequence[EditionReview]) -> list[ToTake]:
    """Show each edition; those that a person takes, with the numbers that were ticked."""
    from desktop.dialogs.content_review import ContentReview

    found = []
    for one in reviews:
        dialog = ContentReview(desk, one)
        if desk.ask.run(dialog) == QDialog.DialogCode.Accepted:
            found.append(dialog.decided)
    return found


def _go_back(desk: Desk, role: str) -> None:
    say = desk.words.say
    to = overview.label(exchange.before(desk.data, role))
    if not desk.ask.confirm(say("stick.content.back_title"), say("stick.content.back_text", label=to),
                            say("stick.content.act_back")):  # fmt: skip
        return
    with desk.ask.explaining():
        exchange.back(desk.directory, desk.data, role)
        desk.say(say("content.say.back", label=to))
    desk.content_changed()
