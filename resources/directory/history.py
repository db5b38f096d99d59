"""What happened to an entry, in words a person can read, and where two laptops disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from resources.directory import needs
from resources.directory.fields import Value, hours_in
from resources.directory.merge import SEEN, STATUS, Entry, Op, OpId
from resources.directory.oplog import OpLog
from resources.engine import in_parts
from resources.words import load


@dataclass(frozen=True)
class HistoryLine:
    """One field of one change. `field` is its code, `said` its name for people; nothing is ""."""

    when: datetime
    who: str
    field: str
    old: str
    new: str
    label: str
    said: str
    device: str


@dataclass(frozen=True)
class Claim:
    """One of several values of a conflict: `value` to hand to `resolve`, `text` to show."""

    value: Value
    who: str
    when: datetime
    text: str


@dataclass(frozen=True)
class Conflict:
    """A field for which laptops said different things; the claim that is shown meanwhile comes first."""

    provider_id: str
    field: str
    said: str
    values: tuple[Claim, ...]


def history(log: OpLog, provider: str) -> list[HistoryLine]:
    """Every change of every field of a provider, oldest first."""
    found: list[HistoryLine] = []
    ops = list(log.ops("provider = ?", (provider,)))
    known = {op.id: op for op in ops}
    for op in ops:
        for name, value in sorted(op.set.items()):
            before = _before(op, name, known)
            if before == value or name == SEEN:
                continue
            old, new = readable(name, before), readable(name, value)
            found.append(
                HistoryLine(
                    moment(op.clock), op.who, name, old, new, op.label, field_name(name), op.id.device
                )
            )
    return found


def conflicts(log: OpLog) -> list[Conflict]:
    """All open conflicts, by provider and field."""
    rows = log.connection.execute("select provider, field from conflict order by provider, field").fetchall()
    found: list[Conflict] = []
    for some in in_parts(list(dict.fromkeys(provider for provider, _ in rows))):
        entries = log.entries(some)
        found += [
            Conflict(provider, name, field_name(name), _claims(log, entries[provider], name))
            for provider, name in rows
            if provider in entries and provider in set(some)
        ]
    return found


def moment(clock: int) -> datetime:
    """Local time of a hybrid clock; one that no calendar can show counts as the first day."""
    try:
        return datetime.fromtimestamp((clock >> 16) / 1000).astimezone()
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0).astimezone()


def field_name(name: str) -> str:
    """What people call a field: "Phone", "Need: Legal help", "Accepts: pets"."""
    words = load("en")
    group, slash, code = name.partition("/")
    key = f"directory.field.{name.replace('/', '_')}"
    if words.has(key):
        return words.say(key)
    if not slash:
        return name.replace("_", " ").capitalize()
    if group == "needs" and code in needs.codes():
        code = words.say(needs.get(code).key)
    key = f"directory.field.{group}"
    return words.say(key, name=code.replace("_", " ")) if words.has(key) else name


def readable(name: str, value: Value) -> str:
    """A value of a field as text; empty for none."""
    group = name.partition("/")[0]
    if value is None:
        return ""
    if name == STATUS:
        words, key = load("en"), f"directory.value.status_{str(value).replace(' ', '_')}"
        return words.say(key) if words.has(key) else str(value)
    if isinstance(value, bool):
        return load("en").say("directory.value.yes" if value else "directory.value.no")
    if group == "phones" and isinstance(value, Mapping):
        return _phone(value)
    if group == "checks" and isinstance(value, Mapping):
        return " ".join(str(value[part]) for part in ("on", "result", "by", "note") if value.get(part))
    if name == "hours" and isinstance(value, Mapping):
        from resources.directory import opening

        hours = hours_in(value)
        return opening.in_words(hours, load("en")) or hours.text
    return str(value)


def _phone(value: Mapping[str, Value]) -> str:
    from resources.directory import phones

    number = value.get("number", "")
    shown = phones.show(number, value.get("extension", "")) if number else value.get("shown", "")
    label = value.get("label", "")
    return f"{shown} ({label})" if label else str(shown)


def _before(op: Op, name: str, known: Mapping[OpId, Op]) -> Value:
    earlier = [known[i] for i in op.replaced.get(name, ()) if i in known and name in known[i].set]
    return max(earlier, key=lambda one: (one.words.clock, one.id)).set[name] if earlier else None


def _claims(log: OpLog, entry: Entry, name: str) -> tuple[Claim, ...]:
    found = []
    for identity, value in entry.claims(name):
        op = log.op(identity)
        who = (op.words.who if op else "") or identity.device
        found.append(Claim(value, who, moment(entry.alive[identity].clock), readable(name, value)))
    return tuple(found)
