"""Coverage on paper: what was found about counties as sentences, a hatched map and a table, worst first."""

from __future__ import annotations

from collections.abc import Sequence

from reports.blocks import Area, Figure
from reports.parts import Extra
from resources.directory import coverage, needs, places, shapes
from resources.directory.coverage import LIMITED, NONE, CountyReach, Reach, Sites
from resources.directory.places import PlaceHit
from resources.words import Words

CLOSE = 0.6  # degrees from the middle of the outermost counties
LEVELS = ("all_covered", "some_limited", "some_none", "all_none")


def extra(found: Sequence[CountyReach], sites: Sites, state: str, miles: int, words: Words) -> Extra:
    """What the sheet `coverage` prints; `found` may hold counties of the neighbors too."""
    figure = _figure(found, sites, state, words)
    head = (words.say("coverage.paper.county"), *(_need(reach, words) for reach in found[0].reaches))
    rows = tuple((one.name, *(_cell(reach, words) for reach in one.reaches)) for one in found)
    said = words.say(
        "coverage.paper.summary",
        state=_where(found, state, words),
        summary=summary(found, words),
        miles=miles,
    )
    legend = words.say("coverage.paper.legend") + (
        f" {words.say('coverage.paper.circles')}" if figure else ""
    )
    return Extra(words.say("coverage.list"), f"{said}\n\n{legend}", figure, head, rows)


def _where(found: Sequence[CountyReach], state: str, words: Words) -> str:
    name = places.STATES.get(state, state)
    alone = len({one.fips[:2] for one in found}) == 1
    return name if alone else words.say("coverage.paper.and_neighbors", state=name)


def summary(found: Sequence[CountyReach], words: Words) -> str:
    """How many counties lack something."""
    bad = sum(one.level >= 2 for one in found)
    return words.say("coverage.bad", n=bad, of=len(found)) if bad else words.say("coverage.good")


def dots(
    sites: Sites, wanted: Sequence[str], around: Sequence[PlaceHit], turned: shapes.Upright
) -> list[tuple[float, float]]:
    """Where providers of these needs are drawn, in these counties and close by; never a confidential one."""
    lats, lons = [one.lat for one in around], [one.lon for one in around]
    return [
        turned.at(*site.point)
        for site in sites.sites
        if site.point and site.sure and not site.confidential and not site.needs.isdisjoint(wanted)
        and min(lats) - CLOSE < site.point[0] < max(lats) + CLOSE
        and min(lons) - CLOSE < site.point[1] < max(lons) + CLOSE
    ]  # fmt: skip


def _figure(found: Sequence[CountyReach], sites: Sites, state: str, words: Words) -> Figure | None:
    """The map of the screen in black and white; none where there are no outlines."""
    levels = {one.fips: one.level for one in found}
    own = [one.county for one in coverage.counties(state)]
    turned = shapes.upright(own)
    outlines = turned.outlines(sorted(levels))
    if not outlines:
        return None
    wanted = [reach.need for reach in found[0].reaches]
    shown = [level for level in range(len(LEVELS)) if level != 2 or len(wanted) > 1]
    counts = {level: sum(one.level == level for one in found) for level in shown}
    keys = tuple(
        (level, words.say("coverage.paper.key", level=words.say(f"coverage.level.{LEVELS[level]}"), n=n))
        for level, n in counts.items()
    )
    hits = (places.county(one.fips) for one in found)
    shown_counties = [hit for hit in hits if hit]
    heard = words.say(
        "coverage.paper.map_text",
        state=_where(found, state, words),
        counts=", ".join(said for _, said in keys),
    )
    areas = tuple(Area(rings, levels[fips]) for fips, rings in outlines.items())
    drawn = tuple(sorted(dots(sites, wanted, shown_counties, turned)))
    return Figure(heard, areas, turned.border(own), drawn, keys)


def _need(reach: Reach, words: Words) -> str:
    return words.say(needs.get(reach.need).short_key)


def _cell(reach: Reach, words: Words) -> str:
    miles = f"{reach.miles or 0:.0f}"
    if reach.state == LIMITED:
        return words.say("coverage.paper.limited", why=words.say(f"coverage.why.{reach.why}"))
    if reach.state == NONE:
        ending = "none" if reach.miles is not None else "none_anywhere"
        return words.say(f"coverage.paper.{ending}", miles=miles)
    return words.say(f"coverage.paper.covered{'' if (reach.miles or 0) >= 1 else '_near'}", miles=miles)
