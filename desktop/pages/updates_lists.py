"""The lists of the page Updates, as rows: what is open, who has what, what was taken, what was refused."""

from __future__ import annotations

from datetime import datetime

from desktop.desk import Desk
from desktop.widgets import naming
from desktop.widgets.line_list import Line
from resources.directory.history import Conflict
from resources.updates import holdings
from resources.updates.holdings import Arrival, Holding


def conflict_lines(desk: Desk, found: list[Conflict]) -> list[Line]:
    """One row for each field on which laptops disagree."""
    say = desk.words.say
    ids = list(dict.fromkeys(one.provider_id for one in found))
    names = {one.id: one.name for one in desk.directory.many(ids)}
    return [
        Line(
            f"{one.provider_id}\n{one.field}",
            names.get(one.provider_id, one.provider_id),
            say(
                "stick.list.disagree",
                field=one.said,
                values=" / ".join(claim.text or say("stick.conflict.nothing") for claim in one.values),
            ),
            say("stick.list.decide"),
            "warn",
            "warn",
        )
        for one in found
    ]


def laptop_lines(desk: Desk, found: list[Holding]) -> list[Line]:
    """This laptop first, then the others by name; what another one lacks is said with its date."""
    ordered = sorted(found, key=lambda one: (not one.here, one.revoked, one.name.casefold()))
    return [_laptop(desk, one) for one in ordered]


def _laptop(desk: Desk, one: Holding) -> Line:
    say = desk.words.say
    newest = say("stick.list.newest", on=_day(one.newest)) if one.newest else ""
    about = "  ·  ".join(filter(None, (one.agency, say("stick.list.changes", n=one.ops), newest)))
    if one.here:
        return Line(one.device, one.name, about, say("stick.list.here"), "ok", "ok")
    if one.revoked:
        return Line(one.device, one.name, about, say("stick.list.revoked"), "x", "warn")
    if one.lacks is None or one.heard is None:
        return Line(one.device, one.name, about, say("stick.list.silent"), "clock", "mute")
    if one.lacks:
        lacks = say("stick.list.lacks", n=one.lacks, on=_day(one.heard))
        return Line(one.device, one.name, about, lacks, "clock", "warn")
    return Line(one.device, one.name, about, say("stick.list.whole", on=_day(one.heard)), "ok", "ok")


def arrival_lines(desk: Desk, found: list[Arrival]) -> list[Line]:
    """Newest first; one that was taken back says so."""
    say = desk.words.say
    return [
        Line(
            one.id,
            say("stick.list.arrival", source=one.source, on=_moment(one.when)),
            say("stick.list.arrival_about", n=one.ops, who=", ".join(one.devices)),
            say("stick.list.back") if one.back else "",
            "undo" if one.back else "",
        )
        for one in found
    ]


def refusal_lines(desk: Desk) -> list[Line]:
    """Why something was not taken, newest first."""
    rows = holdings.refusals(desk.directory)
    return [
        Line(str(number), why, desk.words.say("stick.list.refused", source=source, on=_moment(when)), "", "")
        for number, (when, source, why) in enumerate(rows)
    ]


def _day(when: datetime) -> str:
    return naming.day(when.date())


def _moment(when: datetime) -> str:
    return f"{naming.day(when.date())}, {when:%H:%M}"
