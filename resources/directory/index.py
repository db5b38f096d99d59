"""The search index: one card and one full-text row for each provider, filters as facet tokens.

It never holds a street, a value of `kept`, or anything typed for a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from resources.directory import needs, places
from resources.directory.hours import Closure, Hours, Span
from resources.directory.letters import indexed
from resources.directory.phone_forms import show
from resources.directory.provider import UNKNOWN_HOURS, Phone, Provider
from resources.directory.schedules import kept_rule
from resources.directory.synonyms import language_names
from resources.errors import ToolkitError
from resources.words import load

VERSION = 2  # raise it when tokens or columns change: every directory then writes its index anew
CARD = (
    "provider_id", "name", "organization", "phone", "place", "lat", "lon", "about", "county", "state",
    "remote", "serves", "needs", "confirmed", "result", "confidential", "training", "retired", "hours",
)  # fmt: skip
COLUMNS = ("facets", "name", "org", "needs", "place", "body", "phone")
_TABLES = (
    """create table if not exists search_doc(docid integer primary key, provider_id text not null,
    name text not null, organization text not null, phone text not null, place text not null,
    lat real, lon real, about int not null, county text not null, state text not null, remote int not null,
    serves text not null, needs text not null, confirmed text not null, result text not null,
    confidential int not null, training int not null, retired int not null, hours text not null,
    d0 int not null, d1 int not null, d2 int not null, d3 int not null, d4 int not null, d5 int not null,
    d6 int not null) strict""",
    "create index if not exists search_name on search_doc(name collate nocase)",
    f"""create virtual table if not exists search_fts using fts5({", ".join(COLUMNS)},
    content='', contentless_delete=1, detail=column, prefix='1 2 3 4',
    tokenize="unicode61 remove_diacritics 2")""",
    # the same words to read back: while filters leave few providers, letters are matched in memory
    "create table if not exists search_letters(docid integer primary key, facets text not null,"
    " words text not null) strict",
)
_BITS = tuple(f"d{day}" for day in range(7))
# "insert or replace" would open a savepoint, which makes FTS5 write out its pending rows: 3 times slower
_WRITE_CARD = (
    f"insert into search_doc(docid, {', '.join(CARD + _BITS)}) values (?{', ?' * len(CARD + _BITS)}) "
    f"on conflict(docid) do update set {', '.join(f'{name} = excluded.{name}' for name in CARD + _BITS)}"
)
_WRITE_TEXT = (
    f"insert or replace into search_fts(rowid, {', '.join(COLUMNS)}) values (?{', ?' * len(COLUMNS)})"
)
_WRITE_LETTERS = "insert or replace into search_letters(docid, facets, words) values (?, ?, ?)"
_MERGE = "insert into search_fts(search_fts, rank) values ('automerge', ?)"
_USUAL = 4  # what FTS5 does unless told otherwise
FULL_DAY = (1 << 48) - 1
FINE, COARSE = 0.5, 2.0


def create(connection: Any) -> None:
    """Make the tables when they are not there yet; safe inside a transaction."""
    for statement in _TABLES:
        connection.execute(statement)


def write(connection: Any, docid: int, provider: Provider) -> None:
    """Put one provider into the index, in place of what stood there; the caller owns the transaction."""
    write_many(connection, ((docid, provider),))


def write_many(connection: Any, entries: Iterable[tuple[int, Provider]]) -> None:
    """Put many providers into the index: cards first, then texts, which is twice as fast as in turn."""
    cards, texts, read_back = [], [], []
    for docid, provider in entries:
        packed, bits = _shown_hours(provider.hours)
        point, about = _point(provider)
        cards.append((docid, *_card(provider, point, about, packed), *bits))
        facets, said = _facets(provider, point), _texts(provider)
        texts.append((docid, facets, *said))
        read_back.append((docid, f" {facets} ", f" {' '.join(filter(None, said))} "))
    connection.executemany(_WRITE_CARD, cards)
    connection.executemany(_WRITE_TEXT, texts)
    connection.executemany(_WRITE_LETTERS, read_back)


def remove(connection: Any, docid: int) -> None:
    """Take one provider out of the index."""
    connection.execute("delete from search_doc where docid = ?", (docid,))
    connection.execute("delete from search_fts where rowid = ?", (docid,))
    connection.execute("delete from search_letters where docid = ?", (docid,))


def hurry(connection: Any) -> None:
    """Merge only what piles up until `tidy`: for a long list that spares a third of the time."""
    connection.execute(_MERGE, (0,))


def hurried(connection: Any) -> bool:
    """True when a long list that came in parts was cut short: nobody tidied up."""
    row = connection.execute("select v from search_fts_config where k = 'automerge'").fetchone()
    return row is not None and row[0] == 0


def tidy(connection: Any) -> None:
    """Merge the index into one piece (3.5 s for 200,000 providers); from here on edits merge as usual."""
    connection.execute("insert into search_fts(search_fts) values('optimize')")
    connection.execute(_MERGE, (_USUAL,))


def names(connection: Any) -> Iterable[str]:
    """The names of all providers, also of those no longer in use."""
    return (name for (name,) in connection.execute("select name from search_doc"))


def cell(prefix: str, lat: float, lon: float, size: float) -> str:
    """The token of the grid square a point lies in."""
    return f"{prefix}{int((lat + 90) / size)}x{int((lon + 180) / size)}"


def _point(provider: Provider) -> tuple[tuple[float, float] | None, bool]:
    """Where the provider is; without a point of its own the middle of its ZIP code or county.

    A confidential place is only ever as exact as its county.
    """
    place = provider.place
    if place.latitude is not None and place.longitude is not None:
        return (place.latitude, place.longitude), False
    hit = None if place.confidential else places.find(place.postal_code[:5])
    hit = hit or places.county(place.county)
    return (hit.point, True) if hit else (None, False)


def _card(
    provider: Provider, point: tuple[float, float] | None, about: bool, hours: str
) -> tuple[object, ...]:
    phone, check, place = provider.phone, provider.last_check, provider.place
    lat, lon = point or (None, None)
    return (
        provider.id,
        provider.name,
        provider.organization,
        _shown(phone, provider.phones),
        ", ".join(filter(None, (place.city or _county_only(place.county), place.state))),
        lat,
        lon,
        about,
        place.county,
        place.state,
        provider.remote,
        " ".join(sorted(provider.serves)),
        " ".join(sorted(provider.needs)),
        provider.confirmed_on.isoformat() if provider.confirmed_on else "",
        check.result if check else "",
        place.confidential,
        provider.training,
        provider.retired,
        hours,
    )


def _county_only(fips: str) -> str:
    return places.county_name(fips).rpartition(",")[0] if fips else ""


def _shown(phone: Phone | None, phones: tuple[Phone, ...]) -> str:
    if phone:
        return show(phone.number, phone.extension)
    return next((p.shown for p in phones if p.shown), "")


def _facets(provider: Provider, point: tuple[float, float] | None) -> str:
    place = provider.place
    tokens = [f"n{code}" for code in provider.needs] + [f"l{code}" for code in provider.languages]
    tokens += [f"i{rule.replace('_', '')}" for rule, yes in provider.intake.items() if yes]
    tokens += [area_token(area) for area in provider.serves]
    tokens += [f"c{place.county}"] * bool(place.county) + [f"s{place.state}"] * bool(place.state)
    tokens += ["rremote"] * provider.remote + ["zretired"] * provider.retired
    if point:
        tokens += [cell("g", *point, FINE), cell("k", *point, COARSE)]
    return " ".join(token.lower() for token in tokens)


def area_token(area: str) -> str:
    """The facet token for one value of Provider.serves."""
    if area == "US":
        return "aus"
    return f"a{area}" if area.isdigit() else f"ast{area.lower()}"


def _texts(provider: Provider) -> tuple[str, ...]:
    place = provider.place
    body = (
        provider.description, provider.alert, provider.eligibility, provider.how_to_reach, provider.documents,
        provider.cost, provider.interpretation,
    )  # fmt: skip
    meanings = [_need_words(code) for code in provider.needs]
    meanings += [language_names().get(code, "") for code in provider.languages]
    where = (place.city, _county_only(place.county), place.state, places.STATES.get(place.state, ""))
    return (
        _letters(provider.name, provider.cover_name),
        _letters(provider.organization),
        _common_letters(*meanings),
        _common_letters(*where, place.postal_code),
        _letters(*body),
        _phone_words(provider.phones),
    )


def _letters(*texts: str) -> str:
    return " ".join(indexed("\n".join(texts)))


_common_letters = lru_cache(maxsize=4096)(_letters)  # towns and needs, which many providers share


@lru_cache(maxsize=64)
def _need_words(code: str) -> str:
    if code not in needs.codes():
        return code
    key = needs.get(code).key
    try:
        return f"{load('en').say(key)} {load('es').say(key)}"
    except ToolkitError:  # a damaged sentence file must not keep anyone from saving a provider
        return code


def _phone_words(phones: tuple[Phone, ...]) -> str:
    """Digits as people type them: the whole number, without area code, and each group."""
    found: list[str] = []
    for phone in phones:
        digits = "".join(filter(str.isdigit, phone.number))
        if phone.number.startswith("+1") and len(digits) == 11:
            found += [digits, digits[1:], digits[4:], digits[1:4], digits[4:7], digits[7:]]
        elif digits:
            found.append(digits)
        found += [phone.extension] if phone.extension else []
        found += indexed(phone.shown or phone.label)
    return " ".join(found)


@lru_cache(maxsize=4096)
def _shown_hours(hours: Hours) -> tuple[str, tuple[int, ...]]:
    """Both forms of hours in the index; many providers keep the same ones, so they are remembered."""
    return pack_hours(hours), open_bits(hours)


def open_bits(hours: Hours) -> tuple[int, ...]:
    """Half hours of each weekday in which the service may be open; the exact check comes after."""
    if hours.always:
        return (FULL_DAY,) * 7
    days = [0] * 7
    times = [(span.weekday, span.opens, span.closes) for span in hours.spans]
    for text in hours.rules:
        rule = kept_rule(text)[1]
        times += [(day, *rule) for day in range(7)] if rule else []
    for day, opens, closes in times:
        end = closes if closes > opens else closes + 1440
        for slot in range(opens // 30, (end + 29) // 30):
            days[(day + slot // 48) % 7] |= 1 << slot % 48
    return tuple(days)


def pack_hours(hours: Hours) -> str:
    """Hours as one short text for the card; "" when nothing is known."""
    if hours is UNKNOWN_HOURS or hours == UNKNOWN_HOURS:
        return ""
    if hours == Hours(always=True):
        return "*"
    table = {
        "s": [[s.weekday, s.opens, s.closes, s.nth, _iso(s.first), _iso(s.last)] for s in hours.spans],
        "c": [[_iso(c.first), _iso(c.last)] for c in hours.closures],
        "a": hours.always,
        "t": hours.text,
        "r": hours.rules,
    }
    return json.dumps({key: value for key, value in table.items() if value}, separators=(",", ":"))


@lru_cache(maxsize=4096)
def unpack_hours(text: str) -> Hours:
    """The hours that `pack_hours` wrote; many providers keep the same ones, so they are remembered."""
    if not text or text == "*":
        return Hours(always=bool(text))
    table = json.loads(text)
    return Hours(
        spans=tuple(
            Span(day, opens, closes, tuple(nth), _day(first), _day(last))
            for day, opens, closes, nth, first, last in table.get("s", ())
        ),
        closures=tuple(
            Closure(date.fromisoformat(first), date.fromisoformat(last)) for first, last in table.get("c", ())
        ),
        always=table.get("a", False),
        text=table.get("t", ""),
        rules=tuple(table.get("r", ())),
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
