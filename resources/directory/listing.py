"""Lists of entries: ids in order, languages spoken, and changes to many as one step, undone at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from resources.directory import due
from resources.directory.fields import check_id
from resources.directory.places import county
from resources.directory.provider import CHECK_RESULTS, Check, Provider
from resources.engine import in_parts
from resources.words import load

if TYPE_CHECKING:
    from resources.directory.store import Directory

Progress = Callable[[int, int], object]
ALL, NO_AREA, NEVER, RETIRED = "all", "no_area", "never", "retired"
SETS = (ALL, NO_AREA, NEVER, RETIRED)
_WHERE = {
    ALL: "status <> 'defunct'",
    NO_AREA: "status <> 'defunct' and docid not in (select docid from provider_serves)",
    NEVER: "status <> 'defunct' and docid not in (select docid from provider_check)",
    RETIRED: "status = 'defunct'",
}
_MOST_WORDS = 8
_CALLS = (
    "select d.docid, d.needs, d.training, d.docid in (select docid from provider where source = ?),"
    " c.id, c.on_day, c.result from search_doc d left join provider_check c on c.docid = d.docid"
    " where d.retired = 0 order by d.docid, c.id"
)


@dataclass(frozen=True)
class Health:
    """How many entries are in use, how many are the agency's own, and how many of those wait for a call."""

    total: int
    own: int
    waiting: int


def ids(directory: Directory, chosen: str = ALL, text: str = "") -> list[str]:
    """Ids by name: of one of SETS, those that have every typed word in name, organization or town."""
    where, given = [_WHERE[chosen]], list[str]()
    for word in text.replace("\0", "").split()[:_MOST_WORDS]:
        where.append("name || ' ' || organization || ' ' || city like ? escape '!'")
        given.append("%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%")
    with directory.reading():
        rows = directory.connection.execute(
            f"select id from provider where {' and '.join(where)} order by name collate nocase, id", given
        )
        return [identity for (identity,) in rows.fetchall()]


def languages(directory: Directory) -> frozenset[str]:
    """Codes of the languages that entries in use speak."""
    with directory.reading():
        rows = directory.connection.execute(
            "select distinct code from provider_language where docid not in"
            " (select rowid from search_fts where search_fts match 'facets : zretired')"
        )
        return frozenset(code for (code,) in rows.fetchall())


def health(directory: Directory, today: date, apart: str) -> Health:
    """The state of the directory; entries of the source `apart` are not the agency's own.

    It reads over a connection of its own and makes no list of providers, and every half millisecond it lets
    another thread have its turn: a search beside it does not wait.
    """
    total = own = waiting = 0
    with closing(directory.reader()) as reader:
        for _, rows in groupby(reader.execute(_CALLS, (apart,)), itemgetter(0)):
            calls = tuple(rows)
            _, needs, training, foreign, *_ = calls[0]
            total += 1
            if total % 50 == 0:
                time.sleep(0.001)
            if foreign:
                continue
            own += 1
            checks = tuple(Check(i, date.fromisoformat(on), result) for *_, i, on, result in calls if i)
            one = Provider("", needs=frozenset(needs.split()), training=bool(training), checks=checks)
            waiting += due.waits_since(one, today) is not None
    return Health(total, own, waiting)


def set_area(
    directory: Directory,
    identities: Sequence[str],
    codes: frozenset[str],
    *,
    add: bool,
    progress: Progress | None = None,
) -> str:
    """Set (or `add` to) the area that these entries serve; gives the id of the batch, "" for no change."""
    changed = [
        replace(one, serves=one.serves | codes if add else codes)
        for some in in_parts(identities)
        for one in directory.many(some)
    ]
    label = load("en").say("entries.done.county", n=len(changed))
    return directory.apply(changed, label=label, progress=progress)


def set_county(
    directory: Directory, identities: Sequence[str], fips: str, progress: Progress | None = None
) -> str:
    """Say in which county these entries lie; what works by phone only lies nowhere and stays as it is."""
    lies = county(fips)
    if lies is None:
        raise ValueError(fips)
    changed = [
        replace(one, place=replace(one.place, county=fips, state=lies.state))
        for some in in_parts(identities)
        for one in directory.many(some)
        if not one.remote
    ]
    label = load("en").say("entries.done.lies", n=len(changed))
    return directory.apply(changed, label=label, progress=progress)


def record_checks(
    directory: Directory, identities: Sequence[str], result: str, by: str, progress: Progress | None = None
) -> str:
    """A person called each of these and this is what happened at each; one check per entry, one batch."""
    if result not in CHECK_RESULTS:
        raise ValueError(result)
    changed = []
    for some in in_parts(identities):
        for one in directory.many(some):
            check = Check(check_id(time.time_ns() // 1000), directory.today(), result, by)
            changed.append(replace(one, checks=(*one.checks, check)))
    label = load("en").say("entries.done.checked", n=len(changed))
    return directory.apply(changed, label=label, progress=progress)


def starting(directory: Directory, start: str) -> list[str]:
    """The ids that begin so, also of entries out of use."""
    with directory.reading():
        rows = directory.connection.execute(
            "select id from provider where id >= ? and id < ?", (start, start + chr(0x10FFFF))
        )
        return [identity for (identity,) in rows] if start else []
