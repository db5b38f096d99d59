"""What this laptop has from whom, how old it is, what others lack, and the updates that came."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from resources.directory.fields import text
from resources.directory.history import moment
from resources.directory.store import Directory
from resources.updates.medium import HELD, Medium
from resources.updates.refusals import Refused
from resources.updates.segments import DEVICE, signed_by
from resources.updates.trust import Trust

DOMAIN = b"porchlight held 1\0"
_MOST = 1 << 20


@dataclass(frozen=True)
class Holding:
    """One laptop: how much of it is here, how new that is, and what it lacked when it was last heard of.

    `lacks` is None for a laptop that never said what it holds.
    """

    device: str
    name: str
    agency: str
    ops: int
    newest: datetime | None
    lacks: int | None
    heard: datetime | None
    revoked: bool
    here: bool


@dataclass(frozen=True)
class Arrival:
    """An update that was taken: when, from where, how much of whom, and whether it was taken back."""

    id: str
    when: datetime
    source: str
    devices: tuple[str, ...]
    ops: int
    back: bool


def holdings(directory: Directory) -> list[Holding]:
    """All believed laptops and all whose operations are here."""
    trust = Trust(directory)
    with directory.reading() as log:
        held = log.vector()
        newest = dict(
            directory.connection.execute(
                "select d.device, o.clock from device d join op o on o.device = d.device and o.n = d.upto"
            ).fetchall()
        )
        peers = _peers(directory)
    members = {m.device for m in trust.own.members} | held.keys() | {directory.device}
    found = []
    for device in sorted(members):
        member = trust.member(device)
        at, has = peers.get(device, (None, {}))
        lacks = None if at is None else sum(max(0, n - has.get(other, 0)) for other, n in held.items())
        found.append(
            Holding(
                device=device,
                name=member[0].name if member else device,
                agency=member[1] if member else "",
                ops=held.get(device, 0),
                newest=moment(newest[device]) if device in newest else None,
                lacks=lacks,
                heard=None if at is None else datetime.fromtimestamp(at).astimezone(),
                revoked=bool(member and member[0].revoked_after is not None),
                here=device == directory.device,
            )
        )
    return found


def arrivals(directory: Directory) -> list[Arrival]:
    """The updates that were taken, newest first."""
    names = {one.device: one.name for one in holdings(directory)}
    with directory.reading():
        rows = directory.connection.execute(
            "select id, max(at), source, group_concat(distinct device), sum(last - first + 1), max(back)"
            " from arrival group by id order by max(at) desc, max(rowid) desc"
        ).fetchall()
    return [
        Arrival(
            identity,
            datetime.fromtimestamp(at).astimezone(),
            source,
            tuple(sorted(names.get(device, device) for device in devices.split(","))),
            ops,
            bool(back),
        )
        for identity, at, source, devices, ops, back in rows
    ]


def refusals(directory: Directory) -> list[tuple[datetime, str, str]]:
    """What was not taken, newest first: when, from where, and why."""
    with directory.reading():
        rows = directory.connection.execute(
            "select at, source, why from refusal order by rowid desc"
        ).fetchall()
    return [(datetime.fromtimestamp(at).astimezone(), source, why) for at, source, why in rows]


def write_own(directory: Directory, medium: Medium) -> None:
    """Say on the medium how far we hold each log, so that others see what we lack."""
    with directory.reading() as log:
        held = log.vector()
    said = {"device": directory.device, "held": held, "n": sum(held.values())}
    signature = directory.signing_key().sign(DOMAIN + text(said).encode()).hex()
    medium.write(f"held/{directory.device}.json", text(said | {"signature": signature}).encode())


def read_peers(directory: Directory, trust: Trust, medium: Medium) -> None:
    """Note what other laptops said they hold; an older word than the one we know is passed over."""
    now = int(datetime.now().timestamp())
    known = {device: sum(held.values()) for device, (_, held) in _peers(directory).items()}
    news = []
    for name in medium.names():
        said = _said(medium, name, trust, known) if HELD.fullmatch(name) else None
        if said is not None:
            device, held = said
            news.append((device, now, text(held)))
    if news:
        with directory.transaction():
            directory.connection.executemany("insert or replace into peer values (?,?,?)", news)


def _said(
    medium: Medium, name: str, trust: Trust, known: Mapping[str, int]
) -> tuple[str, dict[str, int]] | None:
    """What a laptop says it holds, when that is more than we know and it says it itself."""
    try:
        table = json.loads(medium.read(name, _MOST))
        signature = bytes.fromhex(table.pop("signature"))
        device, held = table["device"], table["held"]
        member = trust.member(device)
        good = isinstance(held, dict) and all(
            DEVICE.fullmatch(d) and type(n) is int and 0 <= n < 1 << 40 for d, n in held.items()
        )
    except (Refused, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if not good or member is None or name != f"held/{device}.json":
        return None
    if sum(held.values()) <= known.get(device, 0):
        return None
    return (device, held) if signed_by(member[0].key, signature, DOMAIN + text(table).encode()) else None


def _peers(directory: Directory) -> dict[str, tuple[int, Mapping[str, int]]]:
    rows = directory.connection.execute("select device, at, held from peer").fetchall()
    return {device: (at, json.loads(held)) for device, at, held in rows}
